"""The command line: `naru`. A user's mistake is a sentence and exit code 2, never a traceback."""

import sys

from bot.cli import quick

__all__ = ["main"]


def main() -> None:
    if sys.argv[1:] and sys.argv[1] in quick.COMMANDS:
        sys.exit(quick.main(sys.argv[1:]))
    from bot.cli.app import main as run  # noqa: PLC0415 - Typer is slow to import

    run()
