"""`naru demo`: the real program beside a Slack workspace on this machine, with sample repositories."""

from bot.demo.command import run

__all__ = ["run"]
