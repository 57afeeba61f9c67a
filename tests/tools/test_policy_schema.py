from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from domain.calendar.announcements import AnnouncementKind
from domain.policy import Policy
from storage.policies import parse
from tools import policy_schema

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _example() -> str:
    found = re.search(r"```yaml\n(.*?)```", (DOCS / "policy.md").read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def _as_editors_read(text: str) -> Any:
    """YAML 1.2's view: times and dates are text."""
    plain = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only, and our own
    words = {"true": True, "false": False, "null": None}

    def value(found: Any) -> Any:
        if isinstance(found, dict):
            return {key: value(inner) for key, inner in found.items()}
        if isinstance(found, list):
            return [value(inner) for inner in found]
        return int(found) if found.isdecimal() else words.get(found, found)

    return value(plain)


def _check(text: str) -> None:
    schema = json.loads((DOCS / "policy.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(_as_editors_read(text))


def test_the_schema_is_up_to_date() -> None:
    assert policy_schema.main(["--check"]) == 0


def test_the_example_of_the_manual_is_the_defaults() -> None:
    policy = parse(_example())
    plain = parse("project: shop\nchannel: C0SHOP\n")
    assert policy.types == plain.types
    assert policy.calendar.windows == plain.calendar.windows
    assert policy.calendar.no_deploy_hours == plain.calendar.no_deploy_hours
    assert policy.calendar.business_hours == plain.calendar.business_hours
    assert policy.repository.forge == plain.repository.forge
    assert policy.rollback.model_copy(update={"contacts": ()}) == plain.rollback
    assert (policy.language, policy.zone, policy.large_change) == ("ko", "Asia/Seoul", 50)


def test_the_example_of_the_manual_names_every_setting() -> None:
    text = _example()
    schema = Policy.model_json_schema(by_alias=True)
    models = [schema, *(found for found in schema["$defs"].values() if "properties" in found)]
    names = {name for model in models for name in model["properties"]}
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", text)] == []


def test_the_manual_names_every_announcement_that_can_be_muted() -> None:
    text = _example()
    assert [kind.value for kind in AnnouncementKind if not re.search(rf"\b{kind.value}\b", text)] == []


def test_editors_accept_the_example() -> None:
    _check(_example())


@pytest.mark.parametrize(
    "text",
    [
        "channel: C0SHOP",
        "project: shop\nchannel: C0SHOP\nchanel: x",
        "project: shop\nchannel: C0SHOP\ntypes: {hotfix: {soak: soon}}",
        "project: shop\nchannel: C0SHOP\nroles: {boss: {}}",
        "project: shop\nchannel: C0SHOP\ncalendar: {cadence: {deploy_time: 25:00}}",
    ],
)
def test_editors_refuse_what_naru_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        _check(text)
