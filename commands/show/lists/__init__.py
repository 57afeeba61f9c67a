"""Answers to `/release status`, `list`, `board`, `mine`, the calendar's lists, roles, and App Home."""

from commands.show.lists.calendar import blackouts, can_i_deploy, freezes, windows
from commands.show.lists.home import home
from commands.show.lists.mine import mine
from commands.show.lists.month import coming_weeks, month, outlook
from commands.show.lists.releases import board, listed
from commands.show.lists.roles import roles
from commands.show.lists.when import when, when_started_now

__all__ = [
    "blackouts",
    "board",
    "can_i_deploy",
    "coming_weeks",
    "freezes",
    "home",
    "listed",
    "mine",
    "month",
    "outlook",
    "roles",
    "when",
    "when_started_now",
    "windows",
]
