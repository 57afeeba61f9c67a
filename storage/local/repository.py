"""What is in a repository: whether it is one, the commits that people name, its tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storage.local.problems import Unreadable, UnreadableKind
from storage.local.process import Answer, LocalGit

_TAGS, _PEELED = "refs/tags/", "^{}"
# A branch, a tag, a SHA or HEAD by the rules of `git check-ref-format`, then generations: `v1.5.0`, `HEAD~3`.
# No other part of git's revision language is understood, so no text can mean a file, a search or an option.
_REVISION = re.compile(
    r"(?!-)[^\x00-\x20\x7f~^:?*\[\\@]*(?:@(?!\{)[^\x00-\x20\x7f~^:?*\[\\@]*)*(?:[~^]\d{0,4})*"
)


@dataclass(frozen=True)
class Place:
    """A repository and the commits that were named: `since` is empty when none was.

    `tags` are all tags by name, with the commits they mean.
    """

    git: LocalGit
    until: str
    since: str
    shallow: bool
    tags: Mapping[str, str] = field(repr=False)


def look(path: Path, until: str, since: str = "") -> Place:
    """Raises Unreadable."""
    _check_folder(path)
    for revision in filter(None, (until, since)):
        if not revision_of_ours(revision):
            raise Unreadable(UnreadableKind.BAD_REF, revision)
    git = LocalGit(path)
    named = [_parse(revision) for revision in (until, since) if revision]
    shallow, tags, *found = git.ask(
        ("rev-parse", "--is-shallow-repository"), ("show-ref", "--tags", "--dereference"), *named
    )
    if shallow.code != 0:
        raise _no_repository(path, shallow)
    for revision, answer in zip(filter(None, (until, since)), found, strict=True):
        if answer.code != 0:
            raise _unknown(git, revision)
    return Place(
        git=git,
        until=found[0].text,
        since=found[1].text if since else "",
        shallow=shallow.text == "true",
        tags=_tags(tags.text),
    )


def revision_of_ours(text: str) -> bool:
    return bool(text) and ".." not in text and _REVISION.fullmatch(text) is not None


def _similar(git: LocalGit, wrong: str) -> list[str]:
    """The tags and branches that were probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 - for those who mistype only

    (answer,) = git.ask(
        ("for-each-ref", "--format=%(refname:short)", "refs/tags", "refs/heads", "refs/remotes")
    )
    return get_close_matches(wrong, answer.text.splitlines(), n=3)


def _parse(revision: str) -> tuple[str, ...]:
    return ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")


def _check_folder(path: Path) -> None:
    try:
        is_folder = path.is_dir()
        next(path.iterdir(), None) if is_folder else None
    except PermissionError:
        raise Unreadable(UnreadableKind.NO_PERMISSION, str(path)) from None
    if not is_folder:
        raise Unreadable(UnreadableKind.NO_FOLDER, str(path))


def _no_repository(path: Path, answer: Answer) -> Unreadable:
    said = answer.errors.lower()
    if "permission denied" in said:
        return Unreadable(UnreadableKind.NO_PERMISSION, str(path))
    kind = UnreadableKind.NOT_A_REPOSITORY if "not a git repository" in said else UnreadableKind.BROKEN
    return Unreadable(kind, str(path), detail=answer.errors)


def _unknown(git: LocalGit, revision: str) -> Unreadable:
    (first,) = git.ask(("rev-list", "--max-count=1", "--all"))
    if first.code == 0 and not first.text:
        return Unreadable(UnreadableKind.EMPTY, str(git.path))
    return Unreadable(UnreadableKind.UNKNOWN_REF, revision, similar=_similar(git, revision))


def _tags(listed: str) -> dict[str, str]:
    """An annotated tag stands twice: the second time, peeled, with its commit."""
    found: dict[str, str] = {}
    for line in listed.splitlines():
        sha, _, ref = line.partition(" ")
        found[ref.removeprefix(_TAGS).removesuffix(_PEELED)] = sha
    return found
