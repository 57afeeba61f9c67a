"""`naru notes`: the release notes of any git repository, with no server and no configuration."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from bot.cli.history import Read, environment, look, read, read_after, tag_of, unreadable_told, warn
from bot.cli.terminal import Mistake, one_of, reader, write
from domain.notes import Audience, Head, Notes, in_sections
from domain.notes.since import newest_first, versions_among
from messages.cli import Code
from messages.notes.as_markdown import lines
from messages.texts import LANGUAGES, Reader
from storage import local

NEWS, NOTHING_NEW = 0, 1
_FORMATS = ("markdown", "slack", "json")
_LINES = 1000


@dataclass(frozen=True)
class Asked:
    """What was typed: `since` and `until` are revisions, `language` is empty for the terminal's own.

    `tag_prefix` stands before the versions of one project of several: `shop/` of `shop/v1.5.0`.
    """

    repo: Path
    since: str
    until: str
    language: str
    format: str
    audience: str
    tag_prefix: str = ""


def tell(asked: Asked, output: Path | None) -> int:
    """Write the notes and return the exit code. Raises Mistake."""
    audience = one_of(Audience, "--audience", asked.audience)
    _check("--format", asked.format, _FORMATS)
    _check("--lang", asked.language, ("", *sorted(LANGUAGES, reverse=True)))
    who = Reader(asked.language or reader().language, "UTC")
    with unreadable_told():
        notes = _read(asked)
    write(_pieces(who, notes, audience, asked.format), output)
    return NEWS if notes.entries else NOTHING_NEW


def _check(option: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise Mistake(Code.NO_CHOICE, option=option, given=given, known=", ".join(filter(None, known)))


def _read(asked: Asked) -> Notes:
    place = look(asked.repo, asked.until, asked.since)
    versions = versions_among(place.tags, asked.tag_prefix)
    tag = tag_of(place, versions)
    if place.since:
        told = read(place, asked.since, place.since)
        _check_direction(asked, place, told)
    else:
        earlier = newest_first(versions, below=versions.get(tag))
        told = read_after(place, [one for one in earlier if place.tags[one] != place.until], asked.tag_prefix)
    day = told.walked.newest.date() if tag and told.walked.newest else None
    head = Head(version=tag, previous=told.since, day=day)
    notes = Notes(head=head, entries=in_sections(told.kept), environment=environment(place.git, told.range))
    if not notes.entries and told.since:
        warn(Code.NOTHING_NEW, name=told.since)
    return notes


def _check_direction(asked: Asked, place: local.Place, told: Read) -> None:
    if told.walked.count or place.since == place.until:
        return
    turned = shlex.join(
        ["naru", "notes", "--repo", str(asked.repo), "--from", asked.until, "--to", asked.since]
    )
    raise Mistake(Code.WRONG_WAY, first=asked.since, last=asked.until, command=turned)


def _pieces(who: Reader, notes: Notes, audience: Audience, form: str) -> Iterable[str]:
    if form == "markdown":
        return _joined(lines(who, notes, audience))
    import json  # noqa: PLC0415 - not for Markdown, as what follows

    from messages.notes.as_json import data  # noqa: PLC0415
    from messages.notes.as_slack import slack  # noqa: PLC0415

    if form == "json":
        shown: object = data(who, notes, audience)
    else:
        shown = [{"text": page.text, "blocks": page.blocks} for page in slack(who, notes, audience)]
    return chain(json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(shown), ["\n"])


def _joined(told: Iterator[str]) -> Iterator[str]:
    """Some at a time: a history may have more than should be held as one text."""
    while some := list(islice(told, _LINES)):
        yield "\n".join([*some, ""])
