"""Freeze exceptions: asked, decided on, used, ended, revoked, judged."""
