"""What a policy changes of the lists."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.checklists.model import Coverage, Phase
from domain.checklists.rules import MOST, ChecklistRules
from domain.checklists.shipped import shipped
from domain.people import Role
from domain.readiness_rules import Strictness
from domain.types import ReleaseType

SOON = Phase.POST_SOON


def rules(**of: Any) -> ChecklistRules:
    return ChecklistRules.model_validate({"lists": {"post_soon": of}})


def keys(given: ChecklistRules) -> list[str]:
    return [item.key for item in given.of(SOON).items]


def test_what_is_not_mentioned_stays_as_shipped() -> None:
    assert ChecklistRules().of(SOON) == shipped()[SOON]
    assert rules(strictness="warn").of(Phase.STAGING) == shipped()[Phase.STAGING]
    assert ChecklistRules().relaxed == ()


def test_items_are_dropped_added_and_given_to_others() -> None:
    own = {"key": "till", "ko": "계산대 확인", "section": "shop", "types": ["feature"]}
    found = rules(
        drop=["traffic"],
        add=[own],
        item_roles={"queries": ["devops"]},
        sections={"shop": {"ko": "매장"}},
        roles=["pm"],
        waive=["pm"],
        strictness="warn",
    )
    of = found.of(SOON)
    assert keys(found) == ["errors", "queries", "external_services", "till"]
    assert (of.roles, of.waive, of.strictness) == ((Role.PM,), (Role.PM,), Strictness.WARN)
    queries, till = of.item("queries"), of.item("till")
    assert queries is not None
    assert till is not None
    assert of.who_ticks(queries) == (Role.DEVOPS, Role.PM)
    assert (till.text["en"], till.section) == ("계산대 확인", "shop")
    assert [section.key for section in of.sections] == ["post_soon", "shop"]
    assert len(found.for_release(SOON, ReleaseType.REGULAR).items) == 3
    assert found.relaxed == (SOON,)
    assert of.item("traffic") is None


def test_a_list_is_replaced_whole() -> None:
    found = rules(items=[{"key": "one", "en": "One"}])
    assert keys(found) == ["one"]
    assert found.of(SOON).sections == ()


def test_coverage_has_targets() -> None:
    found = ChecklistRules.model_validate({"coverage": {"unit": 90}})
    assert found.of(Phase.PRE_RELEASE).coverage == Coverage(unit=90, integration=60)


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        ({"drop": ["trafic"]}, "item_unknown"),
        ({"item_roles": {"trafic": ["pm"]}}, "item_unknown"),
        ({"add": [{"key": "traffic", "en": "Again"}]}, "item_twice"),
        ({"add": [{"key": "till", "en": "Till", "section": "shop"}]}, "list_section_unknown"),
        ({"items": [{"key": "one", "en": "One"}], "drop": ["traffic"]}, "list_twice"),
        ({"add": [{"key": "till"}]}, "item_text"),
        ({"add": [{"key": "Till", "en": "Till"}]}, "string_pattern_mismatch"),
        ({"add": [{"key": "till", "en": "x" * 151}]}, "string_too_long"),
        ({"add": [{"key": "till", "en": "Till", "auto": "magic"}]}, "enum"),
        ({"items": [{"key": f"k{n}", "en": "x"} for n in range(MOST + 1)]}, "list_too_long"),
    ],
)
def test_what_cannot_be_meant_is_an_error(of: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as error:
        rules(**of)
    assert [found["type"] for found in error.value.errors()] == [kind]
