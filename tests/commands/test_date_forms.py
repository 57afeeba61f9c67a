"""The modals that move dates say what a chosen time would run into, before anything is moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from commands.requests import AddBlackout
from commands.show import date_forms
from commands.show.date_forms import Wished
from domain.calendar.changes import SLOT
from domain.calendar.entries import GateRule
from domain.refusals import Gone, Refused
from domain.views import ChosenTime, OccurrenceForm, RetargetForm
from tests.support.driver import Driver
from tests.support.world import PM, PROJECT

HOUR = timedelta(hours=1)
THURSDAY = "thursday 10:00-17:00"


def seoul(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC) - 9 * HOUR


def retarget(drive: Driver, release: str, to: datetime | None) -> RetargetForm:
    return drive.read(date_forms.retarget_form, release, to)


def chosen(form: RetargetForm | OccurrenceForm) -> ChosenTime:
    found = form.chosen if isinstance(form, RetargetForm) else form.moved
    assert found is not None
    return found


# --- a release's deploy -------------------------------------------------------------------------------------


def test_a_free_time_says_what_comes_before_it(drive: Driver) -> None:
    found = chosen(retarget(drive, drive.start(), seoul(12, 14)))
    assert not found.found
    assert found.free == ()
    assert (found.dates.freeze_at, found.dates.qa_first_day) == (seoul(9, 14), date(2026, 3, 10))


def test_a_time_in_a_blackout_names_it_and_the_nearest_free_ones(drive: Driver) -> None:
    release = drive.start()
    drive.ok(AddBlackout(project=PROJECT, name="Sale", start=seoul(11), end=seoul(13)), PM)
    found = chosen(retarget(drive, release, seoul(12, 14)))
    assert [(reason.rule, reason.name) for reason in found.found.reasons] == [(GateRule.BLACKOUT, "Sale")]
    assert found.free == (seoul(10, 14), seoul(17, 14), seoul(18, 14))


def test_a_window_that_another_release_wants_names_it(drive: Driver) -> None:
    release = drive.start()
    drive.start(version="1.6.0", deploy_at=seoul(12, 14))
    found = chosen(retarget(drive, release, seoul(12, 11)))
    assert [other.version for other in found.found.releases] == ["1.6.0"]
    assert seoul(12, 14) not in found.free


@pytest.mark.parametrize("to", [None, seoul(1, 14)])
def test_nothing_chosen_and_a_time_that_is_past_are_not_looked_at(drive: Driver, to: datetime | None) -> None:
    form = retarget(drive, drive.start(), to)
    assert (form.deploy_at, form.chosen) == (to, None)


# --- one occurrence of what recurs --------------------------------------------------------------------------


def occurrence(drive: Driver, of: str, wished: Wished | None) -> OccurrenceForm:
    return drive.read(date_forms.occurrence_form, PROJECT, of, wished)


def test_a_window_that_is_left_out_names_the_release_planned_in_it(drive: Driver) -> None:
    drive.start()
    form = occurrence(drive, THURSDAY, Wished(day=date(2026, 3, 5)))
    assert form.taken is not None
    assert [(said.version, said.deploy_at) for said in form.taken] == [("1.5.0", seoul(5, 14))]
    assert form.taken[0].free[0] > drive.clock()
    assert occurrence(drive, THURSDAY, Wished(day=date(2026, 3, 12))).taken == ()
    assert occurrence(drive, THURSDAY, None).taken is None


def test_a_window_that_is_moved_keeps_what_still_lies_in_it(drive: Driver) -> None:
    drive.start()
    day = date(2026, 3, 5)
    later = Wished(day=day, start=seoul(5, 13), end=seoul(5, 19))
    away = Wished(day=day, start=seoul(6, 10), end=seoul(6, 12))
    taken = [occurrence(drive, THURSDAY, one).taken for one in (later, away)]
    assert [len(found or ()) for found in taken] == [0, 1]


def test_a_move_that_cannot_be_closes_nothing_yet(drive: Driver) -> None:
    drive.start()
    for end in (None, seoul(5, 9)):
        wished = Wished(day=date(2026, 3, 5), start=seoul(5, 10), end=end)
        assert occurrence(drive, THURSDAY, wished).taken == ()


def test_a_regular_deploy_that_is_moved_says_what_it_would_run_into(drive: Driver) -> None:
    drive.ok(AddBlackout(project=PROJECT, name="Sale", start=seoul(10), end=seoul(11)), PM)
    day = date(2026, 3, 12)
    found = chosen(occurrence(drive, SLOT, Wished(day=day, start=seoul(10, 14))))
    assert [reason.rule for reason in found.found.reasons] == [GateRule.BLACKOUT]
    assert not chosen(occurrence(drive, SLOT, Wished(day=day, start=seoul(11, 14)))).found
    assert occurrence(drive, SLOT, Wished(day=day)).moved is None
    assert occurrence(drive, SLOT, Wished(day=day, start=seoul(1, 14))).moved is None


def test_what_is_gone_has_no_form(drive: Driver) -> None:
    with pytest.raises(Refused) as caught:
        occurrence(drive, "monday 01:00-02:00", None)
    assert caught.value.refusal == Gone("window")
