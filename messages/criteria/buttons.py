"""The buttons beside a breach and beneath what is said of it: declare, confirm, not this time, on it."""

from __future__ import annotations

from collections.abc import Iterator

from domain import events as v
from domain.criteria.model import Breach, BreachState
from messages.blocks import Block, Element, actions
from messages.buttons import press_button
from messages.criteria.words import metric_label, rule
from messages.ids import Press, Target
from messages.texts import Reader


def breach_buttons(reader: Reader, of: Breach, candidate: int) -> list[Element]:
    """A press that is refused says why; of a dry run, and of what is rolled back, nothing can be pressed."""
    t = reader.t
    if of.dry_run or of.state is BreachState.DECLARED:
        return []
    mine = Target(release=of.release, key=of.id)
    declare = Target(release=of.release, candidate=candidate, key=of.id)
    found = []
    if of.waits:
        found.append(press_button(t("I see it too"), Press.BREACH_CONFIRM, mine, key=of.id, style="primary"))
    if not of.unclear:
        style = "" if of.waits else "danger"
        found.append(press_button(t("Declare rollback"), Press.ROLLBACK, declare, key=of.id, style=style))
    found.append(press_button(t("Not this time…"), Press.BREACH_DISMISS, mine, key=of.id))
    return found


_UNCLEAR = 10


def line_buttons(reader: Reader, said: object) -> Block | None:
    """Beneath a line; None where there is nothing to press."""
    match said:
        case v.BreachOpened() | v.BreachConfirmed() | v.BreachHeard():
            found = breach_buttons(reader, said.breach, said.candidate)
        case v.CriteriaUnclear():
            found = [_report(reader, said), *_aside(reader, said)]
        case v.BreachesOpenAgain() if said.breaches:
            found = [_declare(reader, said), *_not_now(reader, said)]
        case v.Paged() if said.asks:
            found = [*breach_buttons(reader, said.breach, 0), _on_it(reader, said, style="")]
        case v.Paged():
            found = [_on_it(reader, said), *breach_buttons(reader, said.breach, 0)[:1]]
        case _:
            found = []
    return actions(found) if found else None


def _report(reader: Reader, said: v.CriteriaUnclear) -> Element:
    """Who has looked may have seen something."""
    return press_button(reader.t("Report a breach…"), Press.BREACH_REPORT, Target(release=said.release))


def _aside(reader: Reader, said: v.CriteriaUnclear) -> Iterator[Element]:
    """Who has looked and found it fine says so, of each."""
    for one in said.breaches[:_UNCLEAR]:
        target = Target(release=one.release, key=one.id)
        label = reader.t("{what}: looked at…", what=metric_label(reader, one.metric))
        yield press_button(label, Press.BREACH_DISMISS, target, key=one.id)


def _declare(reader: Reader, said: v.BreachesOpenAgain) -> Element:
    first = said.breaches[0].id
    target = Target(release=said.release, candidate=said.candidate, key=first)
    return press_button(reader.t("Declare rollback"), Press.ROLLBACK, target, key=first, style="danger")


def _not_now(reader: Reader, said: v.BreachesOpenAgain) -> Iterator[Element]:
    for one in said.breaches[:_UNCLEAR]:
        target = Target(release=one.release, key=one.id)
        label = reader.t("{what}: not this time…", what=rule(reader, one).replace("`", ""))
        yield press_button(label, Press.BREACH_DISMISS, target, key=one.id)


def _on_it(reader: Reader, said: v.Paged, style: str = "primary") -> Element:
    target = Target(release=said.release, key=said.page)
    return press_button(reader.t("I am on it"), Press.PAGE_ANSWER, target, key=said.page, style=style)
