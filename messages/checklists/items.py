"""An item in words: its mark, how it came to stand there, whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from domain.checklists.model import SAID_ELSEWHERE, Auto, Item, Only
from domain.checklists.standing import Judged, Proof, Standing
from messages.blocks import user
from messages.checklists.words import item_text
from messages.health.words import said_of
from messages.names import word
from messages.parts import code, link, quote, sha, when
from messages.texts import Reader

MARKS: Mapping[Standing, str] = {
    Standing.OPEN: "○",
    Standing.FAILED: "✕",
    Standing.DONE: "✓",
    Standing.WAIVED: "⊘",
    Standing.NOT_ASKED: "–",
}
ONLY: Mapping[Only, str] = {
    Only.ALWAYS: word("not asked for by this type of release"),
    Only.MIGRATION: word("not asked for: no database migration"),
    Only.LEFT_OUT: word("not asked for: nothing is left out"),
    Only.ENVIRONMENT_CHANGES: word("not asked for: no environment variable changes"),
}
_SHA = re.compile(r"[0-9a-f]{40}")
_TEXT = 160


def item_line(reader: Reader, of: Judged) -> str:
    """`✓ CI is green · 412 passed`, with what people said of it beneath; mrkdwn."""
    head = f"{mark(of)} {item_text(reader, of.item.named)}"
    return "\n".join([head, *(f"        {line}" for line in details(reader, of))])


def mark(of: Judged) -> str:
    """What another step or the calendar brings has not failed: it is not so yet."""
    return MARKS[Standing.OPEN if _not_yet(of) else of.standing]


def _not_yet(of: Judged) -> bool:
    return of.standing is Standing.FAILED and of.item.auto in SAID_ELSEWHERE


def details(reader: Reader, of: Judged) -> Iterator[str]:
    """How it came to stand so, whose it is, note and link: one line each, mrkdwn."""
    said = standing_line(reader, of)
    if said:
        yield said
    if of.standing in {Standing.OPEN, Standing.FAILED} and (of.state.owner or of.state.due):
        yield owner_line(reader, of)
    noted = [quote(of.state.note, _TEXT)] if of.state.note else []
    linked = [link(of.state.link, reader.t("Link"))] if of.state.link else []
    if noted or linked:
        yield " · ".join([*noted, *linked])


def standing_line(reader: Reader, of: Judged) -> str:
    """Who or what made it so; nothing of an item by hand that is open."""
    t, state = reader.t, of.state
    match of.standing:
        case Standing.WAIVED if state.waived_at:
            by, at = user(state.waived_by), when(reader, state.waived_at)
            return t("waived by {by}, {at}: {reason}", by=by, at=at, reason=quote(state.reason, _TEXT))
        case Standing.WAIVED:
            return t("the step was skipped: {reason}", reason=_known(reader, of.item, of.proof))
        case Standing.NOT_ASKED:
            unplanned = of.item.auto is Auto.STEP_DATABASE
            return t(ONLY[Only.MIGRATION if unplanned else of.item.only])
        case Standing.DONE if state.done_at and state.done_by and not _held(of.proof):
            return f"{user(state.done_by)} · {when(reader, state.done_at)}"
        case _ if _not_yet(of):
            return t("Naru sees it by itself; not so yet")
        case _:
            return _known(reader, of.item, of.proof)


def _held(proof: Proof | None) -> bool:
    return proof is not None and proof.held


def _known(reader: Reader, item: Item, proof: Proof | None) -> str:
    """The evidence of an automatic item."""
    if item.auto is None:
        return ""
    if proof is None:
        return reader.t("nothing reported yet")
    return proof_line(reader, proof) or (reader.t("Naru knows it") if proof.held else "")


def proof_line(reader: Reader, of: Proof) -> str:
    """`82 % of 80 %`, what a pipeline wrote, a tag, and since when."""
    t = reader.t
    parts = []
    if of.value is not None and of.wanted is not None:
        parts.append(t("{value} % of {wanted} %", value=f"{of.value:g}", wanted=of.wanted))
    if of.text:
        parts.append(_proven(reader, of))
    if of.readings:
        parts.append(said_of(reader, of.readings))
    if of.link:
        parts.append(link(of.link, t("Evidence")))
    if of.at:
        parts.append(when(reader, of.at))
    return " · ".join(parts)


def _proven(reader: Reader, of: Proof) -> str:
    """What proves it: a tag, a commit, a report, or words."""
    match of.auto:
        case Auto.TAG | Auto.PREVIOUS_TAG | Auto.TARGET | Auto.MERGED | Auto.BRANCH_DELETED:
            return code(of.text)
        case Auto.CI if _SHA.fullmatch(of.text):
            return sha(of.text)
        case Auto.QA:
            return link(of.text, reader.t("QA report"))
        case Auto.NOTES:
            return reader.t("missing in the notes: {n}", n=of.text)
        case _:
            return quote(of.text, _TEXT)


def owner_line(reader: Reader, of: Judged) -> str:
    """`@owner · by Thu 5 Mar 14:00`"""
    t, state = reader.t, of.state
    parts = [user(state.owner)] if state.owner else []
    if state.due:
        parts.append(t("by {at}", at=when(reader, state.due)))
    return " · ".join(parts)
