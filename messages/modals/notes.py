"""Edit release notes section by section.

Fields (block ids): `section` and `language` (selects whose change is dispatched), the parts of a text
`text.<section>.<language>.<n>` (joined by line breaks), `draft.<section>.<language>` (checkbox `yes`: the
draft again), `issue.<field>.<language>` (a known issue to add). What was typed in another section stays and
is saved with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from domain.notes import Section
from domain.notes.edits import written_in
from domain.views.notes import NotesView
from messages import blocks
from messages.blocks import Block
from messages.buttons import press_id
from messages.ids import Form, Press, Target
from messages.modals.fields import YES, View, boxes, dispatched, form
from messages.names import word
from messages.notes.as_markdown import body
from messages.notes.gaps import gap_line
from messages.notes.mrkdwn import mrkdwn
from messages.notes.pages import sections
from messages.notes.words import language_name, section_titles
from messages.parts import when
from messages.texts import LANGUAGES, Reader

Views = Mapping[str, NotesView]
"""The notes by language."""

SECTION, LANGUAGE = "section", "language"
TEXT, DRAFT, ISSUE = "text", "draft", "issue"
PART = 3000
NEARLY = 2000
PARTS = 14
ALL_PARTS = 24
ISSUE_FIELDS = {
    "id": word("Number"),
    "what": word("What goes wrong"),
    "impact": word("Whom it concerns"),
    "workaround": word("Workaround"),
    "fix": word("Fix planned for"),
}
_HASH = 10
LEFT_OUT = "long"
"""In the place of a fingerprint: the text was too long to be shown."""
_ISSUE_TEXT = 500


@dataclass(frozen=True)
class Opened:
    """One text in the modal: which, the edit that stood there, the fingerprint of what was shown, and in how
    many parts.
    """

    section: Section
    language: str
    base: int
    shown: str
    parts: int

    @property
    def name(self) -> str:
        return f"{self.section}.{self.language}"

    def block(self, part: int) -> str:
        return f"{TEXT}.{self.name}.{part}"


def notes(
    reader: Reader,
    views: Views,
    opened: Opened,
    kept: Sequence[Opened] = (),
    *,
    overtaken: frozenset[str] = frozenset(),
) -> View:
    """`kept` are the other texts in which something was typed, `overtaken` the names of those that somebody
    else wrote meanwhile: theirs is shown above.
    """
    view = views[opened.language]
    content = [
        *_choices(reader, view, opened.section),
        *_about(reader, view, opened.section),
        *_texts(reader, view, opened, overtaken=opened.name in overtaken),
        *_issue(reader, opened),
        *_kept(reader, views, kept, overtaken),
    ]
    target = Target(
        project=view.project.key,
        release=view.release.id,
        key=opened.name,
        state=encoded([opened, *kept]),
    )
    return form(
        reader, Form.NOTES, reader.t("Release notes"), content, submit=reader.t("Save"), target=target
    )


def opened_at(view: NotesView, section: Section) -> Opened:
    text = text_of(view, section)
    base = view.text_id(section, view.language)
    shown = LEFT_OUT if _is_left_out(view, section) else fingerprint(text)
    return Opened(section, view.language, base, shown, len(inputs_of(text)))


def is_changed(one: Opened, text: str) -> bool:
    """Whether something else was typed than what was shown."""
    return bool(text) if one.shown == LEFT_OUT else fingerprint(text) != one.shown


def _is_left_out(view: NotesView, section: Section) -> bool:
    return bool(_whole(view, section)) and not text_of(view, section)


def text_of(view: NotesView, section: Section) -> str:
    """What the section says now, in Markdown; a draft too long for the modal is left out."""
    text = _whole(view, section)
    return text if len(parts_of(text)) <= PARTS else ""


def _whole(view: NotesView, section: Section) -> str:
    reader = Reader(view.language, view.project.zone)
    return body(reader, view.notes, section, view.links).strip()


def inputs_of(text: str) -> list[str]:
    """The parts, with an empty one to go on in where the last is nearly full."""
    parts = parts_of(text)
    return [*parts, ""] if len(parts[-1]) > NEARLY and len(parts) < PARTS else parts


def parts_of(text: str) -> list[str]:
    """The text in pieces that one input takes, divided between lines; joined by line breaks they are it."""
    parts: list[str] = []
    for piece in chain.from_iterable(map(_pieces, text.split("\n"))):
        if parts and len(parts[-1]) + 1 + len(piece) <= PART:
            parts[-1] += f"\n{piece}"
        else:
            parts.append(piece)
    return parts


def _pieces(line: str) -> list[str]:
    return [line[at : at + PART] for at in range(0, len(line), PART)] or [""]


def fingerprint(text: str) -> str:
    """Equal for texts that differ in blank space alone: Slack trims what is typed."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:_HASH]


def encoded(opened: Sequence[Opened]) -> str:
    return ";".join(f"{one.name}={one.base}.{one.shown}.{one.parts}" for one in opened)


def decoded(state: str) -> list[Opened]:
    """Raises ValueError for anything that `encoded` did not write."""
    found = []
    for row in filter(None, state.split(";")):
        name, _, rest = row.partition("=")
        section, _, language = name.partition(".")
        base, shown, parts = rest.split(".")
        if language not in LANGUAGES or int(parts) not in range(1, PARTS + 1):
            raise ValueError(row)
        found.append(Opened(Section(section), language, int(base), shown, int(parts)))
    return found


def _choices(reader: Reader, view: NotesView, section: Section) -> Iterator[Block]:
    t = reader.t
    sections = [blocks.option(title, one) for one, title in section_titles(reader).items()]
    chosen = next(option for option in sections if option["value"] == section)
    yield dispatched(
        blocks.field(
            t("Section"), blocks.select(press_id(Press.NOTES_SECTION), sections, initial=chosen), SECTION
        )
    )
    languages = [blocks.option(language_name(reader, one), one) for one in LANGUAGES]
    spoken = next(option for option in languages if option["value"] == view.language)
    yield dispatched(
        blocks.field(
            t("Language"),
            blocks.select(press_id(Press.NOTES_SECTION, "language"), languages, initial=spoken),
            LANGUAGE,
        )
    )


def _about(reader: Reader, view: NotesView, section: Section) -> Iterator[Block]:
    """Where the text comes from, and what it lacks."""
    t = reader.t
    standing = written_in(view.edits, view.language).get(section)
    if standing is None:
        said = t("Drafted from the commits. What you save stands in its place.")
    else:
        said = t("Written by {who}, {at}.", who=blocks.user(standing.by), at=when(reader, standing.at))
    lines = [said]
    if n := view.after.get(section):
        lines.append(t("⚠ Changes that came after this was written: {n}", n=n))
    if of := view.elsewhere.get(section):
        lines.append(t("Written only in {language} so far.", language=language_name(reader, of)))
    lines += [gap_line(reader, gap.kind, gap.subject) for gap in view.gaps if gap.section is section][:5]
    if _is_left_out(view, section):
        lines.append(
            t("⚠ The draft is too long to be edited here. Write a shorter text, or leave changes out.")
        )
    yield blocks.context(*lines)


def _texts(
    reader: Reader, view: NotesView, opened: Opened, heading: str = "", *, overtaken: bool = False
) -> Iterator[Block]:
    """The action ids carry what was shown: what was typed over it stays when the modal is built again."""
    t = reader.t
    text = text_of(view, opened.section)
    if overtaken:
        yield from _theirs(reader, view, opened, text)
    shown = [*inputs_of(text), *[""] * opened.parts][: opened.parts]
    for n, part in enumerate(shown):
        name = opened.block(n)
        label = heading or t("Text (Markdown)")
        if opened.parts > 1:
            label += f" {n + 1}/{opened.parts}"
        element = blocks.text_input(f"{name}.{opened.shown}", multiline=True, initial=part, limit=PART)
        hint = "" if n else t("Empty: there is nothing to say.")
        yield blocks.field(label, element, name, hint=hint, optional=True)
    if view.text_id(opened.section, opened.language) and _is_written(view, opened):
        again = blocks.option(t("Take the draft from the commits again"), YES)
        name = f"{DRAFT}.{opened.name}"
        yield blocks.field(t("Draft"), boxes(name, [again]), name, optional=True)


def _is_written(view: NotesView, opened: Opened) -> bool:
    found = view.edits.get((opened.section, opened.language))
    return found is not None and found.text is not None


def _theirs(reader: Reader, view: NotesView, opened: Opened, text: str) -> Iterator[Block]:
    """The text that was saved while this one was typed."""
    found = view.edits.get((opened.section, opened.language))
    who = blocks.user(found.by) if found else "Naru"
    yield blocks.section(
        reader.t(
            "⚠ {who} has saved this section meanwhile; it is shown here. Yours stands below it: "
            "make one of both, then save again.",
            who=who,
        )
    )
    yield from sections(mrkdwn(text) if text else [reader.t("_Empty_")])


def _issue(reader: Reader, opened: Opened) -> Iterator[Block]:
    """A known issue by its fields, for who would rather not write Markdown."""
    language = opened.language
    if opened.section is not Section.KNOWN_ISSUES:
        return
    yield blocks.divider()
    yield blocks.section(reader.t("*Add an issue* – or write above as you like."))
    for field, label in ISSUE_FIELDS.items():
        name = issue_block(field, language)
        element = blocks.text_input(name, limit=_ISSUE_TEXT)
        yield blocks.field(reader.t(label), element, name, optional=True)


def issue_block(field: str, language: str) -> str:
    return f"{ISSUE}.{field}.{language}"


def issue_entry(reader: Reader, values: dict[str, str]) -> str:
    """A known issue as Markdown: its first line says what, the others what follows from it."""
    number = f"**{values['id']}** " if values["id"] else ""
    lines = [f"- {number}{values['what']}".rstrip()]
    said = [field for field in ("impact", "workaround", "fix") if values[field]]
    return "\n".join([*lines, *(f"  - {reader.t(ISSUE_FIELDS[one])}: {values[one]}" for one in said)])


def _kept(
    reader: Reader, views: Views, others: Sequence[Opened], overtaken: frozenset[str]
) -> Iterator[Block]:
    titles = section_titles(reader)
    if others:
        yield blocks.divider()
        yield blocks.context(reader.t("Typed before, and saved with it:"))
    for one in others:
        heading = f"{titles[one.section]} · {language_name(reader, one.language)}"
        yield from _texts(reader, views[one.language], one, heading, overtaken=one.name in overtaken)
        yield from _issue(reader, one)
