"""Readings of health in words: metrics, values, what went out of range, what cannot be measured."""
