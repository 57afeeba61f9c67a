"""What runs in production before Naru's first release is confirmed once, by a person (spec 2.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from commands import production
from commands.requests import FixForward, PassQa, StartRelease
from commands.show import forms
from domain import needs
from domain import refusals as r
from domain.errands import InThread, Tell
from domain.events import Advanced, ProductionConfirmed, QaReported, ReleaseStarted
from domain.people import Role
from domain.project import ConfirmedProduction
from domain.types import Action, ReleaseType, Stage
from domain.versions import Version
from storage import projects, releases, scopes
from storage.tables import ProjectRow
from tests.support.driver import Driver, changes
from tests.support.world import DEV, IC, PROJECT, QA, RM

R = ReleaseType
TAGS = ("v1.3.0", "v1.4.0", "v1.5.0-rc.1")


def regular(said: str | None = None, version: str = "") -> StartRelease:
    return StartRelease(project=PROJECT, type=R.REGULAR, version=version, production=said)


@pytest.fixture
def fresh(drive: Driver) -> Driver:
    """The repository is read, and nobody has said yet what runs in production."""
    drive.read_repository(confirmed=False, tags=TAGS)
    return drive


def confirmed(drive: Driver) -> ConfirmedProduction | None:
    return drive.read(projects.production, PROJECT)


@pytest.mark.parametrize("kind", [R.REGULAR, R.HOTFIX, R.EMERGENCY])
def test_nothing_starts_before_a_person_has_said_what_runs(fresh: Driver, kind: ReleaseType) -> None:
    refusal = fresh.no(StartRelease(project=PROJECT, type=kind), IC)
    assert refusal == r.ProductionUnconfirmed(PROJECT, "v1.4.0")
    assert fresh.read(releases.live, PROJECT) == []
    assert fresh.read(production.running, PROJECT) is None


def test_who_starts_the_first_release_confirms_it(fresh: Driver) -> None:
    event = fresh.ok(regular("1.4.0"), DEV)
    assert isinstance(event, ReleaseStarted)
    assert (event.version, event.previous_version) == ("1.5.0", "1.4.0")
    assert confirmed(fresh) == ConfirmedProduction(Version(1, 4, 0), DEV, fresh.clock())
    assert fresh.audited()[-2:] == [("ReleaseStarted", "done", DEV), ("ProductionConfirmed", "done", DEV)]
    (told,) = fresh.told(ProductionConfirmed)
    said = ProductionConfirmed(version="1.4.0", found="v1.4.0")
    assert told == Tell(project=PROJECT, to=InThread(event.release), said=said, by=DEV, at=fresh.clock())


def test_another_tag_can_be_what_runs(fresh: Driver) -> None:
    event = fresh.ok(regular("1.3.0"), DEV)
    assert isinstance(event, ReleaseStarted)
    assert (event.version, event.previous_version) == ("1.5.0", "1.3.0")
    assert fresh.read(scopes.of, event.release, 0) is None  # it was read since v1.4.0


def test_nothing_may_run_yet(fresh: Driver) -> None:
    event = fresh.ok(regular(""), DEV)
    assert isinstance(event, ReleaseStarted)
    assert event.previous_version == ""
    assert confirmed(fresh) == ConfirmedProduction(None, DEV, fresh.clock())


@pytest.mark.parametrize("text", ["9.9.9", "latest"])
def test_what_has_no_tag_is_refused(fresh: Driver, text: str) -> None:
    assert fresh.no(regular(text), DEV).__class__ is r.Unreadable
    assert confirmed(fresh) is None


def test_what_else_is_wrong_is_said_first(fresh: Driver) -> None:
    assert fresh.no(regular(version="1.4.0"), RM) == r.BadVersion("1.4.0", "in_use", "", "1.5.0")


def test_it_is_asked_once(fresh: Driver) -> None:
    fresh.ok(regular("1.3.0"), DEV)
    event = fresh.ok(regular(version="1.6.0"), RM)
    assert isinstance(event, ReleaseStarted)
    assert event.previous_version == "1.3.0"
    form = fresh.read(forms.start_form, PROJECT, R.REGULAR)
    assert (form.production, form.to_confirm) == ("v1.3.0", ())


def test_of_two_forms_the_quicker_one_counts(fresh: Driver) -> None:
    fresh.ok(regular("1.4.0"), DEV)
    assert fresh.no(regular("1.3.0", "1.6.0"), RM) == r.AlreadySo("production", DEV)
    assert fresh.no(regular("", "1.6.0"), RM) == r.AlreadySo("production", DEV)
    assert isinstance(fresh.ok(regular("1.4.0", "1.6.0"), RM), ReleaseStarted)
    assert confirmed(fresh) == ConfirmedProduction(Version(1, 4, 0), DEV, fresh.clock())


def test_the_form_offers_the_tags_that_are_no_candidates(fresh: Driver) -> None:
    form = fresh.read(forms.start_form, PROJECT, R.REGULAR)
    assert (form.production, form.to_confirm) == ("v1.4.0", ("v1.4.0", "v1.3.0"))


def test_a_repository_without_tags_asks_nothing(drive: Driver) -> None:
    drive.read_repository(tags=(), production="", next_version="0.1.0", scope=changes())
    event = drive.ok(regular(), DEV)
    assert isinstance(event, ReleaseStarted)
    assert (event.version, event.previous_version) == ("0.1.0", "")


def test_a_policy_that_is_loaded_again_keeps_it(fresh: Driver) -> None:
    fresh.ok(regular("1.4.0"), DEV)
    with fresh.tx() as tx:
        project = projects.get(tx, PROJECT)
        assert project is not None
        projects.put(tx, project.policy, project.channel)
    assert fresh.read(production.running, PROJECT) == Version(1, 4, 0)


def test_a_released_version_takes_its_place(drive: Driver) -> None:
    drive.to_released()
    assert drive.read(production.running, PROJECT) == Version(1, 5, 0)
    # Its tag stays on main, and so does the version that was confirmed, should it be rolled back.
    drive.read_repository(confirmed=False, tags=("v1.4.0", "v1.5.0"), production="v1.5.0", scope=None)
    form = drive.read(forms.start_form, PROJECT, R.REGULAR)
    assert (form.production, form.to_confirm) == ("v1.5.0", ())


def test_a_fix_forward_is_never_asked(drive: Driver) -> None:
    parent = drive.to_verifying()
    with drive.tx() as tx:  # started before anybody was asked
        tx.execute(update(ProjectRow).values(production=None))
    assert isinstance(drive.ok(FixForward(release=parent, reason="a button is dead"), IC), Advanced)
    assert drive.read(projects.production, PROJECT) is None


def test_a_first_release_states_its_way_back_before_approval_is_asked(fresh: Driver) -> None:
    release = fresh.to_qa(production="")
    answers = PassQa(release=release, migration=False, breaking=False)
    missing = (needs.Missing(needs.WayBackMissing(), (Role.RELEASE_MANAGER, Role.DEVOPS)),)
    assert fresh.no(answers, QA) == r.NotReady(Action.QA_PASSED, "1.5.0", Stage.QA, missing, release)
    reported = fresh.ok(replace(answers, way_back="switch the traffic back to the old shop"), QA)
    assert isinstance(reported, QaReported)
    assert reported.way_back == "switch the traffic back to the old shop"
    assert fresh.stage(release) is Stage.APPROVAL
