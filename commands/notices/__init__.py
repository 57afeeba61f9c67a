"""Notices: drafted from a template, edited by a person, posted to the channels of an audience."""
