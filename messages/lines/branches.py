"""Lines of branches beside main that are stale or too many: whose they are, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from domain import events as v
from messages.blocks import user
from messages.dates import duration
from messages.parts import bullets, code, quote
from messages.texts import Reader

_AUTHOR = 60


def branches_line(reader: Reader, said: v.BranchesLeft) -> str:
    head = reader.t("*Branches beside main*")
    return "\n".join((head, *_stale(reader, said), *_many(reader, said), *unread_line(reader, said.unread)))


def unread_line(reader: Reader, number: int) -> Iterator[str]:
    """There are so many that not all of them were measured."""
    if number:
        yield reader.t(
            "Not measured yet: {n}. There are very many; the next reading goes on.", n=f"{number:,}"
        )


def _stale(reader: Reader, said: v.BranchesLeft) -> Iterator[str]:
    t = reader.t
    if not said.stale:
        return
    limit = duration(reader, said.stale_after)
    yield t("Older than {age}, counted since they left main:", age=limit)
    yield from _listed(reader, said.stale, said.more_stale, said.at)
    yield t("Merge them into main, behind a feature flag if need be, or delete them.")


def _many(reader: Reader, said: v.BranchesLeft) -> Iterator[str]:
    t = reader.t
    if not said.active:
        return
    number = len(said.active) + said.more_active
    yield t("{n} are open at once:", n=number)
    yield from _listed(reader, said.active, said.more_active, said.at)
    yield t("Finish some of them before others are begun: main stays ready for release that way.")


def _listed(reader: Reader, of: Iterable[v.AgedBranch], more: int, at: datetime) -> Iterator[str]:
    yield bullets(_branch(reader, branch, at) for branch in of)
    if more:
        yield reader.t("… and {n} more", n=more)


def _branch(reader: Reader, branch: v.AgedBranch, at: datetime) -> str:
    who = user(branch.user) if branch.user else quote(branch.author, _AUTHOR)
    return f"{code(branch.name)} · {age(reader, at - branch.since)} · {commits(reader, branch.ahead)} — {who}"


def age(reader: Reader, length: timedelta) -> str:
    """Whole days, from the first one on."""
    return duration(reader, timedelta(days=length.days) if length.days > 0 else length)


def commits(reader: Reader, number: int) -> str:
    return reader.t("one commit") if number == 1 else reader.t("{n} commits", n=number)
