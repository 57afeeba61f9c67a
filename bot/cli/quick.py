"""Commands that need no server and no settings. They take less time than importing Typer, so their options
are read with argparse; to Typer they are names in `naru --help` that lead here.
"""

from __future__ import annotations

import gc
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.cli.terminal import Mistake, of_system, reader, say
from messages.cli import Help, helped, said

ERROR = 2


def main(arguments: Sequence[str]) -> int:
    """`arguments` begin with the command's name. Prints, and returns the exit code."""
    # A moment's work in a process of its own: looking for cycles in what is kept costs a tenth of it.
    gc.disable()
    name, *rest = arguments
    parser, run = COMMANDS[name]
    asked = parser().parse_args(rest)
    try:
        return run(asked)
    except Mistake as mistake:
        told = mistake
    except OSError as error:
        told = of_system(error)
    say(said(reader(), told.code, **told.data), error=True)
    return ERROR


def _notes(asked: Namespace) -> int:
    from bot.cli.notes import Asked, tell  # noqa: PLC0415 - the other command does not need it

    given = Asked(
        repo=asked.repo,
        since=asked.since,
        until=asked.until,
        language=asked.lang,
        format=asked.format,
        audience=asked.audience,
        tag_prefix=asked.tag_prefix,
    )
    return tell(given, asked.output)


def _notes_options() -> ArgumentParser:
    parser = _parser("notes", Help.NOTES)
    parser.add_argument("--from", dest="since", default="", metavar="REF", help=_text(Help.SINCE))
    parser.add_argument("--to", dest="until", default="HEAD", metavar="REF", help=_text(Help.UNTIL))
    parser.add_argument("--lang", default="", metavar="LANG", help=_text(Help.LANG))
    parser.add_argument("--format", default="markdown", metavar="FORMAT", help="markdown, slack, json")
    parser.add_argument("--audience", default="team", metavar="AUDIENCE", help=_text(Help.AUDIENCE))
    parser.add_argument("--output", type=Path, metavar="FILE", help=_text(Help.OUTPUT))
    return parser


def _next_version(asked: Namespace) -> int:
    from bot.cli.next_version import tell  # noqa: PLC0415 - the other command does not need it

    return tell(asked.repo, as_json=asked.json, tag_prefix=asked.tag_prefix)


def _next_version_options() -> ArgumentParser:
    parser = _parser("next-version", Help.NEXT_VERSION)
    parser.add_argument("--json", action="store_true", help=_text(Help.JSON))
    return parser


def _parser(name: str, about: Help) -> ArgumentParser:
    parser = ArgumentParser(prog=f"naru {name}", description=_text(about), allow_abbrev=False)
    parser.add_argument("--repo", type=Path, default=Path(), metavar="PATH", help=_text(Help.REPO))
    parser.add_argument("--tag-prefix", default="", metavar="TEXT", help=_text(Help.TAG_PREFIX))
    return parser


def _text(of: Help) -> str:
    return helped(reader(), of)


COMMANDS: Mapping[str, tuple[Callable[[], ArgumentParser], Callable[[Namespace], int]]] = {
    "notes": (_notes_options, _notes),
    "next-version": (_next_version_options, _next_version),
}
