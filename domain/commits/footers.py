"""Splits what follows a first line into body and footers (Conventional Commits 1.0.0, rules 8-12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from domain.commits.model import Footer
from domain.commits.words import BREAKING_TOKENS

_BREAKING = "|".join(re.escape(token) for token in BREAKING_TOKENS)
# A trailer such as `Reviewed-by:Z` is one without the space, as git reads it; Hangul keyboards write `：`.
_FOOTER = re.compile(
    rf"(?P<breaking>{_BREAKING})(?:：|:(?: |$)| (?=#))"
    r"|(?P<token>[^\W_][\w-]*+)(?:: |：| (?=#\d)|(?<=-by):|(?<=-By):)",
    re.MULTILINE,
)
_CHERRY_PICKED = re.compile(r"^\(cherry picked from commit ([0-9a-f]{7,64})\)$", re.MULTILINE)
# A squashed pull request lists its commits by bullets, and its co-authors below a line.
_NEXT_OF_SQUASHED = re.compile(r"\n(?:-{5,}$|\* [^\s():]+(?:\([^()]*\))?!?: )", re.MULTILINE)


def split_footers(text: str) -> tuple[str, tuple[Footer, ...]]:
    """The body and the footers of everything after the first line.

    Footers begin after an empty line; a breaking footer is believed wherever a line starts with it, since
    missing one is worse. A footer's value runs on until the next footer (rule 10).
    """
    if not text:
        return "", ()
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "(cherry picked from commit " in text:
        text = _CHERRY_PICKED.sub("", text)
    found = list(_starts(text))
    if not found:
        return _body(text), ()
    ends = [start.start() for start in found[1:]]
    footers = [
        _footer(start, text[start.end() : end]) for start, end in zip(found, [*ends, None], strict=True)
    ]
    return _body(text[: found[0].start()]), tuple(footers)


def _body(text: str) -> str:
    """Without empty lines around it; its first line may be indented, as code is."""
    return text.lstrip("\n").rstrip()


def _starts(text: str) -> Iterator[re.Match[str]]:
    """Where footers start: the first one after an empty line, or a breaking one; then every one."""
    begun, after_empty, at = False, True, 0
    for line in text.split("\n"):
        if (":" in line or " #" in line or "：" in line) and (found := _FOOTER.match(text, at)):
            begun = begun or after_empty or found["breaking"] is not None
            if begun:
                yield found
        after_empty = not line or line.isspace()
        at += len(line) + 1


def _footer(start: re.Match[str], value: str) -> Footer:
    if "\n" in value and (squashed := _NEXT_OF_SQUASHED.search(value)):
        value = value[: squashed.start()]
    return Footer(start["breaking"] or start["token"], value.strip())


def breaking_note(footers: Iterable[Footer]) -> str | None:
    """The text of the breaking footers, or None."""
    notes = [footer.value for footer in footers if footer.token in BREAKING_TOKENS]
    return "\n\n".join(notes) if notes else None


def picked_from(body: str) -> str | None:
    """The SHA that `git cherry-pick -x` names; of several picks in a row where the change was born."""
    if "(cherry picked from commit " not in body:
        return None
    found = _CHERRY_PICKED.search(body)
    return found[1] if found else None
