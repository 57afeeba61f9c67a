"""The lists that Naru brings along: complete in both languages, and as spec 2.1 asks of each type."""

from __future__ import annotations

from collections import Counter

import pytest

from domain.checklists.model import (
    CHECKS,
    GUARDED,
    IN_ROOM,
    SAID_ELSEWHERE,
    Auto,
    Check,
    Checklist,
    Phase,
)
from domain.checklists.rules import ChecklistRules
from domain.checklists.shipped import shipped
from domain.types import ReleaseType as R

RULES = ChecklistRules()


@pytest.mark.parametrize("of", shipped().values(), ids=lambda of: of.phase.value)
def test_every_item_is_told_in_both_languages_and_stands_in_a_section(of: Checklist) -> None:
    assert of.items
    assert [item.key for item in of.items if not (item.text.ko.strip() and item.text.en.strip())] == []
    assert [key for key, count in Counter(item.key for item in of.items).items() if count > 1] == []
    assert {item.section for item in of.items} == {section.key for section in of.sections}
    assert all(section.title.ko and section.title.en for section in of.sections if len(of.sections) > 1)
    assert all(len(item.text[language]) <= 150 for item in of.items for language in ("ko", "en"))
    assert of.roles
    assert of.waive


@pytest.mark.parametrize("phase", [Phase.OUTAGE, Phase.DATA_LOSS, Phase.SECURITY])
def test_every_item_of_a_playbook_has_owners(phase: Phase) -> None:
    assert [item.key for item in shipped()[phase].items if not item.owners] == []


@pytest.mark.parametrize("of", shipped().values(), ids=lambda of: of.phase.value)
def test_who_usually_sees_to_an_item_may_tick_it(of: Checklist) -> None:
    by_hand = [item for item in of.items if item.auto not in SAID_ELSEWHERE]
    assert [item.key for item in by_hand if not set(item.owners) <= set(of.who_ticks(item))] == []


def keys(phase: Phase, kind: R) -> list[str]:
    return [item.key for item in RULES.for_release(phase, kind).items]


def test_what_a_policy_adds_before_a_release_spares_a_hotfix_unless_it_is_named() -> None:
    def asked(phase: Phase, **facts: object) -> list[R]:
        own = {"key": "legal", "en": "Legal has signed", **facts}
        rules = ChecklistRules.model_validate({"lists": {phase.value: {"items": [own]}}})
        return [kind for kind in R if rules.for_release(phase, kind).items]

    assert asked(Phase.PRE_RELEASE) == [R.REGULAR, R.EMERGENCY, R.FEATURE]
    assert asked(Phase.PRE_RELEASE, types=["hotfix"]) == [R.HOTFIX]
    assert asked(Phase.RELEASE_START) == list(R)


def test_an_emergency_has_the_reduced_list_and_a_hotfix_none() -> None:
    assert keys(Phase.PRE_RELEASE, R.EMERGENCY) == [
        "reviewed",
        "ci",
        "on_staging",
        "touched_area_tested",
        "migration_tried",
        "migration_way_back",
        "no_secrets",
        "schedule_announced",
        "back_out_plan",
    ]
    assert keys(Phase.PRE_RELEASE, R.HOTFIX) == []
    assert keys(Phase.PRE_RELEASE, R.REGULAR) == keys(Phase.PRE_RELEASE, R.FEATURE)
    assert len(keys(Phase.PRE_RELEASE, R.REGULAR)) == 36


@pytest.mark.parametrize("kind", R)
def test_the_list_of_the_start_is_asked_of_everybody(kind: R) -> None:
    assert keys(Phase.RELEASE_START, kind) == [item.key for item in shipped()[Phase.RELEASE_START].items]


def test_every_list_of_a_release_guards_a_step_and_what_would_slow_a_rescue_does_not() -> None:
    assert set(Phase) - set(GUARDED) == {
        Phase.ROLLBACK_BEFORE,
        Phase.ROLLBACK_AFTER,  # guards the end of the post-mortem
        Phase.OUTAGE,
        Phase.DATA_LOSS,
        Phase.SECURITY,
    }
    assert set(GUARDED) & IN_ROOM == {Phase.ROLLBACK_DURING}


def test_every_check_is_the_evidence_of_an_item() -> None:
    used = {item.auto for of in shipped().values() for item in of.items}
    assert {Auto(check.value) for check in Check} == CHECKS
    assert used - {None} == set(Auto)
    assert used >= SAID_ELSEWHERE
