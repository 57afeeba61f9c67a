"""`naru next-version`: what the commits since the newest version tag call for, with the reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, assert_never

from bot.cli.history import look, read_after, tag_of, unreadable_told, warn
from bot.cli.terminal import say
from domain.commits import ChangeKind, Told
from domain.notes.since import newest_first, versions_among
from domain.types import ReleaseType
from domain.versions import Bump, Version, bump_for, is_candidate, next_version
from messages.cli import Code

TOLD, NOTHING_NEW = 0, 1


def tell(repo: Path, *, as_json: bool, tag_prefix: str = "") -> int:
    """Print it and return the exit code. Raises Mistake.

    JSON: `{"version", "bump", "since", "changes", "reasons"}`, each reason `{"kind", "breaking", "scope",
    "text", "sha"}`: the changes that call for this bump. Version and bump are null when nothing is new.
    """
    with unreadable_told():
        place = look(repo, "HEAD")
        versions = versions_among(place.tags, tag_prefix)
        tag = tag_of(place, versions)
        released = bool(tag) and not is_candidate(versions[tag])
        told = None if released else read_after(place, list(newest_first(versions)), tag_prefix)
    since, found = (told.since, tuple(told.kept)) if told else (tag, ())
    if found:
        answer = _answer(versions, since, found)
    else:
        warn(Code.NOTHING_NEW, name=since)
        answer = {"version": None, "bump": None, "since": since or None, "changes": 0, "reasons": []}
    if as_json:
        say(json.dumps(answer, ensure_ascii=False, indent=2))
    elif found:
        say(answer["version"])
    return TOLD if found else NOTHING_NEW


def _answer(versions: Mapping[str, Version], since: str, found: Sequence[Told]) -> dict[str, Any]:
    newest = versions[since] if since else None
    bump = bump_for(found, ReleaseType.REGULAR)
    return {
        "version": str(next_version(newest, found, ReleaseType.REGULAR, used=frozenset(versions.values()))),
        "bump": bump.value if newest else None,
        "since": since or None,
        "changes": len(found),
        "reasons": [_reason(change) for change in found if newest and _calls_for(bump, change)],
    }


def _calls_for(bump: Bump, change: Told) -> bool:
    match bump:
        case Bump.MAJOR:
            return change.breaking
        case Bump.MINOR:
            return change.kind is ChangeKind.FEATURE
        case Bump.PATCH:
            return True
        case _:
            assert_never(bump)


def _reason(change: Told) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "breaking": change.breaking,
        "scope": change.scope,
        "text": change.text,
        "sha": change.sha,
    }
