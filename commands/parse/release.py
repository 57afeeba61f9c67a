"""The verbs that speak of releases: start, status, advance, deploy, hold, retarget, can-i-deploy …"""

from __future__ import annotations

import re
from datetime import date

from commands import slash
from commands.parse import vocabulary
from commands.parse.common import (
    SHOWN,
    is_version,
    leftover,
    maybe_project,
    only_project,
    only_release,
    take_release,
    unreadable,
    version_of,
)
from commands.parse.dates import EXAMPLE, find_when, split_ranges, take_when
from commands.parse.tokens import Words, phrase, pick, user_id
from domain.refusals import Refused, Unreadable

_COMMIT = re.compile(r"[#!][0-9]{1,9}|[0-9a-f]{7,64}")

__all__ = ["is_version"]


def start(words: Words, _today: date) -> slash.StartText:
    """`start hotfix 1.5.1 web`, in any order."""
    kind, words = pick(words, vocabulary.TYPES)
    version, words = _take_version(words)
    if len(words.tokens) > 1:
        raise unreadable("type", words, vocabulary.TYPES, "/release start hotfix 1.5.1")
    return slash.StartText(type=kind, version=version, project=maybe_project(words))


def status(words: Words, _today: date) -> slash.StatusText:
    return slash.StatusText(**only_release(words))


def listing(words: Words, _today: date) -> slash.ListText:
    return slash.ListText(project=maybe_project(words))


def board(words: Words, _today: date) -> slash.BoardText:
    return slash.BoardText(project=maybe_project(words))


def advance(words: Words, _today: date) -> slash.AdvanceText:
    """`advance 1.5.0 build failed: tests are red`."""
    meant, rest = take_release(words)
    if not rest:
        return slash.AdvanceText(**meant)
    found = phrase(rest, vocabulary.ACTIONS)
    if found is None and meant["project"] is None and len(rest.tokens) > 1:
        found = phrase(rest.after(1), vocabulary.ACTIONS)
        meant["project"] = only_project(rest.first) if found else None
    if found is None:
        raise unreadable("action", rest, vocabulary.ACTIONS, "build passed")
    action, note = found
    return slash.AdvanceText(**meant, action=action, note=note.rest)


def deploy(words: Words, _today: date) -> slash.DeployText:
    return slash.DeployText(**only_release(words))


def hold(words: Words, _today: date) -> slash.HoldText:
    meant, rest = take_release(words)
    return slash.HoldText(**meant, reason=rest.rest)


def resume(words: Words, _today: date) -> slash.ResumeText:
    return slash.ResumeText(**only_release(words))


def cancel(words: Words, _today: date) -> slash.CancelText:
    meant, rest = take_release(words)
    return slash.CancelText(**meant, reason=rest.rest)


def retarget(words: Words, today: date) -> slash.RetargetText:
    """`retarget 1.5.0 2026-03-12 14:00`; the date may come first. A date is never taken for a version."""
    words = split_ranges(words)
    when, rest = None, words
    if words and not is_version(words.first):
        when, rest = take_when(words, today) or (None, words)
    meant, rest = take_release(rest)
    if when is None and rest:
        found = take_when(rest, today)
        if found is None:
            raise Refused(Unreadable("moment", rest.rest[:80], EXAMPLE))
        when, rest = found
    return leftover(rest, slash.RetargetText(**meant, when=when))


def captain(words: Words, _today: date) -> slash.CaptainText:
    """`captain 1.5.0 @mina`, `captain @mina 1.5.0`, `captain me`."""
    for index, token in enumerate(words.tokens):
        user, me = user_id(token), token.key in vocabulary.SELF
        if user or me:
            return slash.CaptainText(**only_release(words.without(index)), user=user, me=me)
    meant, rest = take_release(words)
    if rest:
        raise Refused(Unreadable("person", rest.first.text[:SHOWN], "/release captain 1.5.0 @mina"))
    return slash.CaptainText(**meant)


def branches(words: Words, _today: date) -> slash.BranchesText:
    return slash.BranchesText(project=maybe_project(words))


def dry_run(words: Words, _today: date) -> slash.DryRunText:
    """`dry-run`, `dry-run finish 1.5.0`, `dry-run cut 1.4.1 3f2a91c #12`: an urgent fix names its commits."""
    step, words = pick(words, vocabulary.GIT_STEPS)
    commits = tuple(token.text for token in words.tokens if _COMMIT.fullmatch(token.text))
    rest = tuple(token for token in words.tokens if not _COMMIT.fullmatch(token.text))
    meant = only_release(Words(words.text, rest))
    return slash.DryRunText(**meant, step=step, commits=commits)


def notes(words: Words, _today: date) -> slash.NotesText:
    return slash.NotesText(**only_release(words))


def can_i_deploy(words: Words, today: date) -> slash.CanIDeployText:
    """`can-i-deploy hotfix fri 16:00 web`, in any order; no time and `now` are the same."""
    kind, words = pick(words, vocabulary.TYPES)
    when, words = find_when(words, today)
    words = Words(words.text, tuple(token for token in words.tokens if token.key not in vocabulary.NOW))
    return slash.CanIDeployText(type=kind, when=when, project=maybe_project(words))


def when(words: Words, _today: date) -> slash.WhenText:
    """`when`, `when 1.5.0`, `web 1.5.0 언제`; a question mark is no word of its own."""
    asked = tuple(token for token in words.tokens if token.key != "?")
    return slash.WhenText(**only_release(Words(words.text, asked)))


def _take_version(words: Words) -> tuple[str | None, Words]:
    for index, token in enumerate(words.tokens):
        if is_version(token) or (token.text.isascii() and token.text.isdecimal()):
            return version_of(token), words.without(index)
    return None, words
