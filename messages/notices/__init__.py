"""Notices to a team, a company, customers: drafted from templates."""
