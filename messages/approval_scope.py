"""What an approval request says of the scope: what was detected beside QA's answers, what is new since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.release import QaReport
from domain.scope import Variable
from domain.signs import signs
from domain.views import ApprovalView
from messages import blocks
from messages.blocks import Block
from messages.buttons import press_button
from messages.changes import change_line
from messages.ids import Press, Target
from messages.parts import code, fitting, labelled, quote
from messages.surroundings import few_paths, variable_counts, variable_line
from messages.texts import Reader

_LINE, _FIELD, _SECTION = 120, 600, 1200


def migration(reader: Reader, view: ApprovalView, qa: QaReport | None) -> str:
    """What QA says, and the paths that were detected."""
    found = view.scope.migrations if view.scope else ()
    said = _answer(reader, None if qa is None else qa.migration, detected=bool(found))
    return f"{said}\n{few_paths(reader, found)}" if found else said


def breaking(reader: Reader, view: ApprovalView, qa: QaReport | None) -> str:
    """What QA says, and the changes that say so of themselves."""
    found = signs(view.scope, view.release.hidden).breaking_changes if view.scope else ()
    said = _answer(reader, None if qa is None else qa.breaking, detected=bool(found))
    lines = [f"• {quote(text, _LINE)}" for text in found]
    return f"{said}\n{fitting(reader, lines, _FIELD)}" if found else said


def _answer(reader: Reader, answer: bool | None, *, detected: bool) -> str:  # noqa: FBT001 - what QA answered
    t = reader.t
    if answer is None:
        return t("not answered")
    if answer:
        return t("*yes*")
    return t("⚠ QA says no, but detected:") if detected else t("no")


def environment(reader: Reader, of: Sequence[Variable]) -> str:
    """How many are new or changed, and which."""
    lines = [f"• {code(one.name)}" for one in of]
    return f"{variable_counts(reader, of)}\n{fitting(reader, lines, _FIELD)}"


def since_approved(reader: Reader, view: ApprovalView) -> Iterator[Block]:
    """What came after the candidate that was approved before: that is what is new to decide on."""
    if not view.since:
        return
    t, new = reader.t, view.new
    flags = {one.sha: one.flag for one in view.release.left_out}
    lines = [f"• {change_line(line, flag=flags.get(line.sha, ''))}" for line in new.came]
    lines += [t("• gone: {change}", change=change_line(line)) for line in new.gone]
    lines += [t("• migration: {path}", path=code(path)) for path in new.migrations]
    lines += [f"• {variable_line(reader, one)}" for one in new.variables]
    what = fitting(reader, lines, _SECTION) if lines else t("the same changes")
    title = t("Since rc.{n}, which was approved", n=view.since)
    target = Target(release=view.release.id, candidate=view.candidate, page=view.since)
    button = press_button(t("See the difference"), Press.COMPARE, target)
    yield blocks.section(labelled(title, what), accessory=button)


def left_out(reader: Reader, view: ApprovalView) -> Iterator[Block]:
    """What the release carries and nobody gets to see, with the flags that must stay off."""
    if view.release.left_out:
        title = reader.t("Left out behind a flag")
        lines = [f"• {quote(one.text, _LINE)} 🚩 {code(one.flag)}" for one in view.release.left_out]
        yield blocks.section(labelled(title, fitting(reader, lines, _SECTION)))
