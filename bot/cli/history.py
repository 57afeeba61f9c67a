"""Reads the history that notes and the next version are made of, and says what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.cli.machine import GIT, dotted
from bot.cli.terminal import Mistake, reader, say
from domain.commits import Told
from domain.commits.live import Live
from domain.detection import ENVIRONMENT, MIGRATIONS, surroundings
from domain.globs import Globs
from domain.notes import Environment
from domain.versions import Version
from messages.cli import Code, said
from storage import local


@dataclass(frozen=True)
class Read:
    """What was read: `since` is the tag, or the name as typed, after which it begins; empty for all of it."""

    since: str
    range: local.Range
    walked: local.Walked
    kept: Iterator[Told]


@contextmanager
def unreadable_told() -> Iterator[None]:
    """What cannot be read becomes a Mistake."""
    try:
        yield
    except local.Unreadable as problem:
        known = ", ".join(f"“{name}”" for name in problem.similar)
        code = Code.UNKNOWN_REF_GUESS if known else Code(problem.kind.value)
        needed = dotted(GIT)
        raise Mistake(code, name=problem.name, known=known, detail=problem.detail, needed=needed) from problem


def look(repo: Path, until: str, since: str = "") -> local.Place:
    place = local.look(repo, until, since)
    if place.shallow:
        warn(Code.SHALLOW)
    return place


def warn(code: Code, **data: str) -> None:
    """On standard error: what is written stays what was asked for."""
    say(said(reader(), code, **data), error=True)


def tag_of(place: local.Place, versions: Mapping[str, Version]) -> str:
    """The version tag on the last commit, the highest where there are several, empty without one."""
    here = [tag for tag in versions if place.tags[tag] == place.until]
    ordered = sorted(here, key=lambda tag: (versions[tag], tag))
    if len(ordered) > 1:
        warn(Code.TWO_TAGS, known=", ".join(ordered), name=ordered[-1])
    return ordered[-1] if ordered else ""


def read_after(place: local.Place, tags: Sequence[str], prefix: str) -> Read:
    """Begins after the first of `tags` that the end follows; the whole history where it follows none.

    The first is nearly always the one, and reading shows whether it is: asking git before would cost as much.
    """
    for number, tag in enumerate(tags):
        sha = place.tags[tag]
        if number and not local.is_ancestor(place.git, sha, place.until):
            continue
        found = read(place, tag, sha)
        if found.walked.follows:
            return found
    if place.tags and not tags:
        warn(Code.NO_VERSION_TAGS, name=f"{prefix}v1.2.3")
    return read(place, "", "")


def read(place: local.Place, name: str, sha: str) -> Read:
    """What picks took into the history before the range is no news; where there are any, it is read again."""
    live, walked = _walked(place, sha, frozenset())
    if live.met_any(walked.picked):
        live, walked = _walked(place, sha, walked.picked)
    return Read(name, local.Range(place.until, sha), walked, live.kept())


def environment(git: local.LocalGit, of: local.Range) -> Environment:
    """What changed around the program, by the files in the usual places."""
    try:
        found = local.difference(git, of, Globs(ENVIRONMENT))
    except local.Unreadable:
        warn(Code.FILES_UNREAD)
        return Environment()
    around = surroundings(found, Globs(MIGRATIONS))
    return Environment(variables=around.variables, migrations=around.migrations)


def _walked(place: local.Place, since: str, without: frozenset[str]) -> tuple[Live, local.Walked]:
    for sorted_first in (False, True):
        live = Live()
        of = local.Range(place.until, since)
        walked = local.walk(place.git, of, live.take, without=without, sorted_first=sorted_first)
        if walked.in_order:
            break
    return live, walked
