"""Release notes as Slack messages: the first tells what they are of, the others go on in its thread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain.links import NO_LINKS, Links
from domain.notes import Audience, Entry, Environment, Notes, Section
from domain.scope import Variable, VariableChange
from messages.blocks import Block, cut, esc, fields, header
from messages.message import Message
from messages.notes.mrkdwn import mrkdwn
from messages.notes.outline import Around, Listed, Nothing, Part, Written, guide, outline
from messages.notes.pages import pages, sections
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
from messages.quoting import code, link, quote, sha
from messages.texts import Reader

_TEXT = 1000
_SCOPE = 60
_GUIDE = 10_000
_FALLBACK = 3000


def slack(reader: Reader, notes: Notes, audience: Audience, links: Links = NO_LINKS) -> tuple[Message, ...]:
    """One message or more, each within Slack's limits; no entry is cut."""
    name = title(reader, notes.head)
    titles = section_titles(reader)
    groups = [
        sections([f"*{titles[part.section]}*", *_units(reader, part, audience, links)])
        for part in outline(notes, audience)
    ]
    if not any(notes.entries.values()) and not notes.written:
        groups.insert(0, sections([reader.t("There are no changes.")]))
    before, after = (sections(mrkdwn(text)) for text in (notes.intro, notes.outro))
    shown = pages([before, *groups, after], _top(reader, notes, name))
    return tuple(
        Message(cut(_fallback(reader, name, number, len(shown)), _FALLBACK), blocks)
        for number, blocks in enumerate(shown, start=1)
    )


def _top(reader: Reader, notes: Notes, name: str) -> list[Block]:
    return [
        header(name),
        fields(f"*{label}*\n{quote(value)}" for label, value in facts(reader, notes.head)),
    ]


def _fallback(reader: Reader, name: str, number: int, of: int) -> str:
    return (
        esc(name) if of == 1 else reader.t("{name} ({number} of {of})", name=esc(name), number=number, of=of)
    )


def _units(reader: Reader, part: Part, audience: Audience, links: Links) -> Iterator[str]:
    match part:
        case Written():
            yield from mrkdwn(part.text)
        case Listed():
            for entry in part.entries:
                yield _entry(entry, audience, links) + _guide(reader, part.section, entry)
        case Around():
            yield from _environment(reader, part.environment, audience)
        case Nothing():
            yield reader.t("None.")
        case _:
            assert_never(part)


def _entry(entry: Entry, audience: Audience, links: Links) -> str:
    text = quote(entry.text, _TEXT)
    if audience is Audience.CUSTOMERS:
        return f"• {text}"
    scope = f"*{quote(entry.scope, _SCOPE)}:* " if entry.scope else ""
    author = f" – {quote(entry.author, _SCOPE)}" if entry.author else ""
    return f"• {scope}{text}{_references(entry, links)}{author}"


def _references(entry: Entry, links: Links) -> str:
    found = []
    if entry.pull_request:
        found.append(_link(links.of_pull_request(entry.pull_request), f"#{entry.pull_request}"))
    found += [_link(links.of_issue(issue), issue) for issue in entry.issues]
    if entry.sha:
        url = links.of_commit(entry.sha)
        found.append(link(url, entry.sha[:7]) if url else sha(entry.sha))
    return f" ({', '.join(found)})" if found else ""


def _link(url: str, label: str) -> str:
    return link(url, label) if url else quote(label)


def _guide(reader: Reader, section: Section, entry: Entry) -> str:
    """Beneath its entry, as a quotation."""
    said = [quote(line, _TEXT) for line in cut(guide(section, entry), _GUIDE).splitlines() if line.strip()]
    if not said:
        return ""
    first, *rest = said
    return "".join(f"\n> {line}" for line in (f"*{guide_label(reader, section)}* {first}", *rest))


def _environment(reader: Reader, of: Environment, audience: Audience) -> Iterator[str]:
    for change in VariableChange:
        found = [_variable(reader, one) for one in of.variables if one.change is change]
        if found:
            yield f"_{variables_label(reader, change)}_"
            yield from (f"• {line}" for line in found)
    if of.migrations:
        yield f"_{migrations_label(reader)}_"
        yield from (f"• {line}" for line in _migrations(reader, of, audience))


def _migrations(reader: Reader, of: Environment, audience: Audience) -> list[str]:
    """Customers read how many there are, the team which."""
    if audience is Audience.CUSTOMERS:
        return [reader.t("{n} in all", n=len(of.migrations))]
    return [code(path) for path in of.migrations]


def _variable(reader: Reader, of: Variable) -> str:
    name = code(of.name)
    default, before = (code(value) if value else "" for value in (of.default, of.before))
    match of.change:
        case VariableChange.ADDED:
            return f"{name} = {default}" if default else f"{name}: {no_default(reader)}"
        case VariableChange.CHANGED:
            return f"{name}: {before or empty(reader)} → {default or empty(reader)}"
        case VariableChange.REMOVED:
            return name
        case _:
            assert_never(of.change)
