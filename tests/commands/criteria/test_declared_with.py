"""What stands on a release is filled in when somebody declares its rollback, wherever they begin (spec 6.2)."""

from __future__ import annotations

from collections.abc import Callable

from commands.requests import DismissBreach, ReportBreach
from commands.rollback.show import rollback_form
from domain.criteria.model import Reported
from tests.commands.criteria.stories import Story
from tests.support.world import OPS, QA

SIX_BAD = [0.12] * 6
Begin = Callable[..., Story]


def filled_in(story: Story, breach: str = "") -> list[str]:
    form = story.read(rollback_form, story.release_id, "", OPS, breach)
    return [one.rule for one in form.breaches]


def test_all_that_is_breached_is_filled_in_whatever_it_was_opened_from(begin: Begin) -> None:
    story = begin(profile="standard")
    story.out()
    story.measure(*SIX_BAD)
    errors = story.only()
    story.ok(ReportBreach(release=story.release_id, reported=Reported.DATA, seen="orders doubled"), QA)
    (data,) = [one for one in story.breaches() if one.id != errors.id]

    assert filled_in(story) == [errors.rule, data.rule]
    assert filled_in(story, data.id) == [data.rule, errors.rule]

    story.ok(DismissBreach(breach=errors.id, reason="the load test"), OPS)
    assert filled_in(story) == [data.rule]
    assert filled_in(story, errors.id) == [errors.rule, data.rule]


def test_what_runs_dry_or_could_not_be_judged_is_no_reason(begin: Begin) -> None:
    story = begin(profile="standard", changes={"error_rate": {"dry_run": True}})
    story.out()
    story.measure(*SIX_BAD)
    assert [one.rule for one in story.breaches()] == ["error_rate"]
    assert filled_in(story) == []


def test_without_a_breach_there_is_nothing_to_fill_in(begin: Begin) -> None:
    story = begin(profile="standard")
    story.out()
    assert filled_in(story) == []
