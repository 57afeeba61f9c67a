from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import pytest

from domain.calendar.announcements import AnnouncementKind
from domain.people import Role
from domain.repository import ProblemKind
from domain.rollout.plans import keys, plan_of
from domain.rollout.rules import RolloutRules
from domain.types import Action, RolloutStrategy
from domain.verbs import Verb
from messages import names, problems
from messages.help.pages import GROUPS, PAGES
from messages.lines.calendar import ANNOUNCED
from messages.texts import Reader, catalogue

EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")

TABLES: tuple[Mapping[Any, str], ...] = (
    *(names.STAGES, names.ACTIONS, names.ACTIONS_DONE, names.TYPES, names.ROLES, names.COLUMNS),
    *(names.OUTCOMES, names.CONFIRM_ITEMS, names.DUES, names.UNMETS, names.STRATEGIES, names.CRITERIA),
    *(names.STEPS, names.STEP_STATES, names.ROOM_STATES),
    *(names.CHANGES, names.SOURCES, problems.PROBLEMS, ANNOUNCED),
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: type(next(iter(table))).__name__)
def test_every_member_has_a_word_in_both_languages(table: Mapping[Any, str]) -> None:
    members: type[Enum] = type(next(iter(table)))
    assert set(table) == set(members)
    assert {text for text in table.values() if not catalogue("ko").get(text)} == set()


def test_tables_name_their_members_apart() -> None:
    for table in (names.STAGES, names.ACTIONS, names.ROLES, names.COLUMNS, names.STEPS, names.CRITERIA):
        assert len(set(table.values())) == len(table)
        assert len({KO.t(text) for text in table.values()}) == len(table)


def test_the_vocabularys_terms_are_used() -> None:
    assert [names.release_type(KO, one) for one in names.TYPES] == ["정기", "긴급", "핫픽스", "기능"]
    assert (
        names.roles(KO, [Role.RELEASE_MANAGER, Role.QA_LEAD, Role.ONCALL])
        == "릴리스 매니저, QA 리드 또는 온콜"
    )
    assert names.roles(EN, [Role.RELEASE_MANAGER, Role.QA_LEAD]) == "release manager or QA lead"
    assert names.roles(EN, []) == ""
    assert names.role_label(EN, Role.TECH_LEAD) == "Tech lead"
    assert [names.outcome(KO, one) for one in names.OUTCOMES] == ["승인", "조건부 승인", "거부"]


def test_buttons_are_short_enough_to_be_read_whole() -> None:
    labels = [names.action(reader, action) for reader in (EN, KO) for action in Action]
    assert [label for label in labels if len(label) > 24] == []


def test_rollout_steps_are_named_by_their_keys() -> None:
    known = [key for strategy in RolloutStrategy for key in keys(plan_of(strategy, RolloutRules()))]
    assert [names.rollout_step(EN, key) for key in known] == [
        *("Green side", "Traffic switched"),
        *("Canary 10 %", "Canary 50 %", "Canary 100 %"),
        *("Batch 1", "Batch 2", "Batch 3"),
        "Everything deployed",
    ]
    assert [names.rollout_step(EN, key) for key in ("canary_25", "traffic_25", "batch_4_of_7")] == [
        "Canary 25 %",
        "Traffic 25 %",
        "Batch 4 of 7",
    ]
    assert names.rollout_step(EN, "batch_of_7") == "batch_of_7"
    assert names.rollout_step(KO, "batch_4_of_7") == "4/7 배치"
    assert names.rollout_step(KO, "canary_10") == "카나리 10%"
    assert names.rollout_step(KO, "own_step") == "own_step"


def test_every_verb_has_a_page_and_a_place() -> None:
    assert set(PAGES) == set(Verb)
    assert sorted(verb for verbs in GROUPS.values() for verb in verbs) == sorted(Verb)


def test_every_announcement_and_git_problem_is_worded() -> None:
    assert set(ANNOUNCED) == set(AnnouncementKind)
    assert {problems.problem_text(KO, kind) for kind in ProblemKind} == {
        KO.t(text) for text in problems.PROBLEMS.values()
    }
    assert problems.problem_text(EN, "something_new") == "something_new"
    assert problems.remedy(EN, "something_new") == ""
