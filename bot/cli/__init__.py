"""The command line: `naru`. A user's mistake is a sentence and exit code 2, never a traceback."""

from bot.cli.app import main

__all__ = ["main"]
