"""Deployers: asked, followed, and heard."""
