"""What goes into the outbox, the audit and the inbox comes out again as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errands import Errand, InRoom, MonitoringOver, SoakOver, Tell
from domain.events import Event, FreezeBegun, LockSet
from domain.needs import BugMissing, Missing, ReasonMissing, UrgentFirst
from domain.people import Role
from domain.refusals import EndsBeforeStart, NotReady
from domain.types import Action, ReleaseType, Stage
from domain.views import Outcome, SaidNo
from storage.codec import Codec

AT = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
EVENTS: Codec[Event] = Codec(Event)
ERRANDS: Codec[Errand] = Codec(Errand)
ANSWERS: Codec[Outcome] = Codec(Outcome)


@pytest.mark.parametrize(
    "said",
    [
        LockSet(release="1", version="1.6.0", reason="5xx"),
        FreezeBegun(release="1", version="1.6.0", reason="5xx"),
        SoakOver(release="1", version="1.6.0"),
        MonitoringOver(release="1", version="1.6.0"),
    ],
)
def test_said_with_the_same_fields_stay_apart(
    said: LockSet | FreezeBegun | SoakOver | MonitoringOver,
) -> None:
    errand = Tell(project="shop", to=InRoom("R1"), said=said, at=AT)

    assert ERRANDS.load(ERRANDS.dump(errand)) == errand


def test_needs_without_fields_stay_apart() -> None:
    missing = (
        Missing(BugMissing(), (Role.QA_LEAD,)),
        Missing(ReasonMissing()),
        Missing(UrgentFirst("1.5.1", ReleaseType.HOTFIX)),
    )
    answer = SaidNo(NotReady(Action.DEPLOY, "1.6.0", Stage.APPROVED, missing))

    assert ANSWERS.load(ANSWERS.dump(answer)) == answer


@pytest.mark.parametrize("end", [AT, AT.date(), "10:00", "2026-03-14"])
def test_a_moment_or_a_day_or_a_text_stays_what_it_is(end: datetime | date | str) -> None:
    answer = SaidNo(EndsBeforeStart(AT, end))

    assert ANSWERS.load(ANSWERS.dump(answer)) == answer


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.from_type(Event))  # type: ignore[arg-type]  # a union is a type to hypothesis
def test_every_event_comes_back(event: Event) -> None:
    assert EVENTS.load(EVENTS.dump(event)) == event


def test_another_union_is_refused() -> None:
    with pytest.raises(TypeError, match="not a member"):
        EVENTS.dump(InRoom("R1"))  # type: ignore[arg-type]  # the point of the test


def test_two_classes_of_one_name_are_refused() -> None:
    @dataclass(frozen=True)
    class Tell:
        text: str

    with pytest.raises(TypeError, match="two classes are called Tell"):
        Codec(Errand | Tell)
