from __future__ import annotations

from datetime import date

import pytest

from commands import slash
from commands.parse import parse
from commands.slash import ChecklistText, UsageError
from domain.checklists.model import Phase
from domain.refusals import Unreadable

MONDAY = date(2026, 3, 2)


def read(text: str) -> slash.SlashCommand | UsageError:
    return parse(text, today=MONDAY)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("checklist 1.5.0", ChecklistText(release="1.5.0")),
        ("checklist web 1.5.0", ChecklistText(release="1.5.0", project="web")),
        ("checklist web", ChecklistText(project="web")),
        ("checklist 1.5.0 staging", ChecklistText(release="1.5.0", phase=Phase.STAGING)),
        ("checklist before the deploy 1.5.0", ChecklistText(release="1.5.0", phase=Phase.PRE_RELEASE)),
        ("checklist staging web", ChecklistText(project="web", phase=Phase.STAGING)),
        ("checklist post_soon", ChecklistText(phase=Phase.POST_SOON)),
        ("체크리스트 1.5.0 배포 전", ChecklistText(release="1.5.0", phase=Phase.PRE_RELEASE)),
        ("1.5.0 체크리스트 마무리", ChecklistText(release="1.5.0", phase=Phase.POST_FINISH)),
        ("점검 롤백 후", ChecklistText(phase=Phase.ROLLBACK_AFTER)),
        ("checklist data loss", ChecklistText(phase=Phase.DATA_LOSS)),
    ],
)
def test_a_release_and_a_list_are_read_in_any_order(text: str, command: ChecklistText) -> None:
    assert read(text) == command


@pytest.mark.parametrize("phase", Phase)
def test_every_list_can_be_named_as_it_stands_in_policies(phase: Phase) -> None:
    assert read(f"checklist {phase}") == ChecklistText(phase=phase)


def test_a_misspelt_list_of_a_release_is_not_taken_for_a_project() -> None:
    assert read("checklist 1.5.0 stagign") == UsageError(
        Unreadable("checklist", "stagign", "/release checklist 1.5.0 staging", "staging")
    )


def test_more_words_than_that_are_refused() -> None:
    assert read("checklist web staging shop") == UsageError(Unreadable("subcommand", "shop"))
