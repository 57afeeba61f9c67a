"""Checklists: what stands open, ticking and waiving, and what pipelines report."""
