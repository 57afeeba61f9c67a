"""Release notes as Markdown: for CHANGELOG.md, the page of a release, a mail."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat
from typing import assert_never

from domain.links import NO_LINKS, Links
from domain.notes import Audience, Entry, Environment, Notes, Section
from domain.scope import Variable, VariableChange
from messages.blocks import clean
from messages.notes.escaping import inline, link, name, paragraph, span, words
from messages.notes.outline import GUIDED, Around, Listed, Nothing, Part, Written, guide, outline
from messages.notes.words import (
    empty,
    facts,
    guide_label,
    migrations_label,
    no_default,
    section_titles,
    title,
    variables_label,
)
from messages.texts import Reader

_SHA_SHOWN = 7
_GUIDE = 10_000


def markdown(reader: Reader, notes: Notes, audience: Audience, links: Links = NO_LINKS) -> str:
    """The whole document; it ends with a line break."""
    return "".join(f"{line}\n" for line in lines(reader, notes, audience, links))


def lines(reader: Reader, notes: Notes, audience: Audience, links: Links = NO_LINKS) -> Iterator[str]:
    """The document line by line, for histories too long to hold as one text."""
    return chain(
        (f"# {inline(title(reader, notes.head))}", ""),
        _table(facts(reader, notes.head)),
        sections(reader, notes, audience, links),
    )


def sections(reader: Reader, notes: Notes, audience: Audience, links: Links = NO_LINKS) -> Iterator[str]:
    """The document without its title and table."""
    silent = not any(notes.entries.values()) and not notes.written
    titles = section_titles(reader)
    return chain(
        _around(notes.intro),
        ("", reader.t("There are no changes.")) if silent else (),
        chain.from_iterable(
            chain(("", f"## {titles[part.section]}", ""), _part(reader, part, audience, links))
            for part in outline(notes, audience)
        ),
        _around(notes.outro),
    )


def body(reader: Reader, notes: Notes, section: Section, links: Links = NO_LINKS) -> str:
    """What one section says to the team, without its title; empty where it has nothing to say."""
    parts = (one for one in outline(notes, Audience.TEAM) if one.section is section)
    told = (one for one in parts if not isinstance(one, Nothing))
    return "\n".join(line for one in told for line in _part(reader, one, Audience.TEAM, links))


def _around(text: str) -> Iterator[str]:
    return chain([""], clean(text).splitlines()) if text.strip() else iter(())


def _table(rows: list[tuple[str, str]]) -> Iterator[str]:
    yield f"| {' | '.join(label for label, _ in rows)} |"
    yield "|" + "---|" * len(rows)
    yield f"| {' | '.join(inline(value) for _, value in rows)} |"


def _part(reader: Reader, part: Part, audience: Audience, links: Links) -> Iterator[str]:
    match part:
        case Written():
            return iter(clean(part.text).splitlines())
        case Listed():
            shown = links if audience is Audience.TEAM else None
            if part.section not in GUIDED:
                return map(_entry, part.entries, repeat(shown))
            return chain.from_iterable(
                (_entry(entry, shown), *_guide(reader, part.section, entry)) for entry in part.entries
            )
        case Around():
            return _environment(reader, part.environment, audience)
        case Nothing():
            return iter([reader.t("None.")])
        case _:
            assert_never(part)


def _entry(entry: Entry, links: Links | None) -> str:
    """`- **cart:** keep coupons ([#812](…), `1a2b3c4`), Kim Haneul`; without links the words alone."""
    sha, _, text, author, scope, _, number, issues, _ = entry
    if links is None:
        return f"- {words(text)}"
    said = f"**{name(scope)}:** {inline(text)}" if scope else words(text)
    by = f" – {name(author)}" if author else ""
    return f"- {said}{_references(sha, number, issues, links)}{by}"


def _references(sha: str, number: int, issues: tuple[str, ...], links: Links) -> str:
    short = f"`{sha[:_SHA_SHOWN]}`" if sha else ""
    if short and links.commit:
        short = link(short, links.of_commit(sha))
    if not number and not issues:
        return f" ({short})" if short else ""
    found = f"{link(f'#{number}', links.of_pull_request(number))}, " if number else ""
    if issues:
        found += "".join([f"{link(name(issue), links.of_issue(issue))}, " for issue in issues])
    return f" ({found}{short})" if short else f" ({found.removesuffix(', ')})"


def _guide(reader: Reader, section: Section, entry: Entry) -> list[str]:
    """Beneath its entry, inside the same point of the list."""
    said = paragraph(guide(section, entry), _GUIDE)
    if not said:
        return []
    whole = "\\\n    ".join(said)  # a backslash at its end keeps a line a line of its own
    return [f"  - **{guide_label(reader, section)}:** {whole}"]


def _environment(reader: Reader, of: Environment, audience: Audience) -> Iterator[str]:
    groups = [
        *(
            (
                variables_label(reader, change),
                [_variable(reader, one) for one in of.variables if one.change is change],
            )
            for change in VariableChange
        ),
        _migrations(reader, of, audience),
    ]
    shown = [[f"**{label}**", "", *(f"- {line}" for line in found)] for label, found in groups if found]
    for number, group in enumerate(shown):
        yield from ([""] if number else [])
        yield from group


def _migrations(reader: Reader, of: Environment, audience: Audience) -> tuple[str, list[str]]:
    """Customers read how many there are, the team which."""
    label = migrations_label(reader)
    if audience is Audience.CUSTOMERS and of.migrations:
        return label, [reader.t("{n} in all", n=len(of.migrations))]
    return label, [span(path) for path in of.migrations]


def _variable(reader: Reader, of: Variable) -> str:
    name, default = span(of.name), span(of.default)
    match of.change:
        case VariableChange.ADDED:
            return f"{name} = {default}" if default else f"{name}: {no_default(reader)}"
        case VariableChange.CHANGED:
            return f"{name}: {span(of.before) or empty(reader)} → {default or empty(reader)}"
        case VariableChange.REMOVED:
            return name
        case _:
            assert_never(of.change)
