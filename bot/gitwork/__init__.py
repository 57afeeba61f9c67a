"""The git errands of the outbox, each done at once and reported."""

from bot.gitwork.errands import do
from bot.gitwork.job import Job, Report

__all__ = ["Job", "Report", "do"]
