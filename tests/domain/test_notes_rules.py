from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.names import Names
from domain.notes import Audience, GapKind, Section
from domain.notes.rules import NotesRules, PlaceRule, Template
from tests.support.world import CHANNEL, policy


def test_rules_are_read_with_channels_by_name_alone_or_with_their_language() -> None:
    rules = NotesRules.model_validate(
        {
            "changelog": "docs/CHANGELOG.md",
            "version_file": "web/package.json",
            "channels": {"team": ["#dev"], "customers": [{"channel": "C0CUSTOMER", "language": "en"}]},
            "templates": {"customers": {"sections": ["fixes", "features"], "outro": {"ko": "문의"}}},
            "required": ["known_issues"],
        }
    )
    assert rules.writes
    assert rules.places(Audience.TEAM) == (PlaceRule(channel="#dev"),)
    assert rules.places(Audience.CUSTOMERS) == (PlaceRule(channel="C0CUSTOMER", language="en"),)
    assert rules.templates.of(Audience.TEAM) == Template()
    assert rules.templates.of(Audience.CUSTOMERS) == Template(
        sections=(Section.FIXES, Section.FEATURES), outro=Names(ko="문의")
    )
    assert rules.required == (GapKind.KNOWN_ISSUES,)


def test_nothing_is_written_and_no_channel_told_by_default() -> None:
    rules = NotesRules()
    assert not rules.writes
    assert [rules.places(audience) for audience in Audience] == [(), ()]


def test_channels_of_notes_are_among_those_that_the_policy_names() -> None:
    told = policy(notes={"channels": {"team": ["#dev", CHANNEL], "customers": ["#news"]}})
    assert told.channels == (CHANNEL, "#dev", "#news")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"changelog": "../CHANGELOG.md"}, "repository_file"),
        ({"changelog": "/etc/passwd"}, "repository_file"),
        ({"changelog": "docs//CHANGELOG.md"}, "repository_file"),
        ({"changelog": ".git/config"}, "repository_file"),
        ({"changelog": "a/.GIT/hooks"}, "repository_file"),
        ({"version_file": "--all"}, "repository_file"),
        ({"version_file": "a\nb"}, "repository_file"),
        ({"version_file": "c:\\VERSION"}, "repository_file"),
        ({"version_file": ""}, "string_too_short"),
        ({"channels": {"team": ["dev"]}}, "string_pattern_mismatch"),
        ({"channels": {"team": [{"channel": "#dev", "language": "fr"}]}}, "literal_error"),
        ({"templates": {"team": {"intro": {"en": "x" * 1001}}}}, "text_too_long"),
        ({"templates": {"team": {"sections": ["fixes", "fixes"]}}}, "section_twice"),
        ({"templates": {"team": {"sections": ["bugs"]}}}, "enum"),
        ({"required": ["everything"]}, "enum"),
        ({"changelogs": "CHANGELOG.md"}, "extra_forbidden"),
    ],
)
def test_rule_that_cannot_be_meant_is_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as found:
        NotesRules.model_validate(given)
    assert [error["type"] for error in found.value.errors()] == [code]
