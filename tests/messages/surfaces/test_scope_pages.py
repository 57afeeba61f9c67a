"""The list of a release's changes, however many there are and whatever stands in them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from domain.commits import ChangeCounts, ChangeKind
from domain.release import LeftOut
from domain.scope import Line, Scope, Size, Variable, VariableChange
from messages.ids import decode
from messages.modals import scope
from messages.modals.scope import BREAKING, LEFT_OUT, Place
from messages.surroundings import large_line, variable_line
from sandbox.blockkit import check_view, view_too_large
from tests.messages.surfaces import builders as b

KINDS = tuple(ChangeKind)
HOSTILE = (
    "<!channel> <@U0ADMIN> *bold* `code` ~no~ @everyone",
    "🚢🚢🚢 👩‍👩‍👧‍👦 배포 " * 30,
    "\u202etxet desrever\u202c \u0000 " + "שלום " * 60,
    "& < > &amp; " * 60,
    "```` ~~ __ **" * 40,
    "x" * 2000,
)


def _lines(count: int) -> tuple[Line, ...]:
    return tuple(
        Line(
            sha=f"{number:040x}",
            kind=KINDS[number % len(KINDS)],
            text=HOSTILE[number % len(HOSTILE)],
            author="mina",
            scope=HOSTILE[-number % len(HOSTILE)],
            breaking=number % 97 == 0,
            pull_request=number,
        )
        for number in range(count)
    )


@pytest.fixture(scope="module")
def great() -> Any:
    """Two thousand changes with as many migrations, some of them left out."""
    lines = _lines(2000)
    left_out = tuple(
        LeftOut(sha=line.sha, text=line.text, flag=f"flag-{n}", by="U0RM", at=b.NOW)
        for n, line in enumerate(lines[:50])
    )
    carried = Scope(
        since="v1.4.2",
        sha=b.SHA,
        counts=ChangeCounts(other=2500),
        lines=lines,
        migrations=tuple(f"migrations/{number:05}_{'x' * 150}.sql" for number in range(2000)),
        variables=tuple(Variable(f"V{n}", VariableChange.ADDED, "`<!here>`" * 20) for n in range(500)),
        size=Size(123_456, 7_654_321, 1_234_567),
    )
    return b.scope_view(
        release=b.release(left_out=left_out),
        scope=carried,
        candidates=tuple(range(1, 30)),
        large=True,
        changeable=True,
    )


@pytest.mark.parametrize("reader", [b.EN_PERSON, b.KO_PERSON], ids=["en", "ko"])
@pytest.mark.parametrize("changeable", [True, False])
def test_every_page_fits_whatever_stands_in_it(great: Any, reader: Any, *, changeable: bool) -> None:
    view = replace(great, changeable=changeable)
    for page in (0, 1, 50, 99, 1000):
        shown = scope.scope(reader, view, Place("", page))
        assert check_view(shown) == []
        assert not view_too_large(shown)
        assert len(shown["blocks"]) <= 100
        text = json.dumps(shown)
        assert "<!channel>" not in text
        assert "<@U0ADMIN>" not in text


def test_all_pages_together_show_every_change_once(great: Any) -> None:
    keys = [key for page in range(100) for key in _keys(scope.scope(b.EN_PERSON, great, Place("", page)))]
    assert sorted(keys) == sorted(line.sha[:20] for line in great.scope.lines)


def _keys(view: dict[str, Any]) -> list[str]:
    """The changes of a page, by the targets of their overflows."""
    found = [block.get("accessory", {}) for block in view["blocks"]]
    return [decode(one["options"][0]["value"]).key for one in found if one.get("type") == "overflow"]


@pytest.mark.parametrize("group", [BREAKING, LEFT_OUT, *KINDS])
def test_a_group_shows_its_own_changes_and_turns_its_own_pages(great: Any, group: str) -> None:
    hidden = great.release.hidden
    wanted = [
        line.sha[:20]
        for line in great.scope.lines
        if (group == LEFT_OUT and line.sha in hidden)
        or (group == BREAKING and line.breaking)
        or (line.kind == group and not line.breaking)
    ]
    found: list[str] = []
    for page in range(1 + (len(wanted) - 1) // scope.PAGE):
        view = scope.scope(b.EN_PERSON, great, Place(group, page))
        found += _keys(view)
        target = decode(view["private_metadata"])
        assert (target.state, target.page) == (group, page)
    assert sorted(found) == sorted(wanted)
    last = scope.scope(b.EN_PERSON, great, Place(group, 10_000))
    turns = [decode(one["value"]) for one in last["blocks"][-1].get("elements", []) if "value" in one]
    assert {one.state for one in turns} == {group}


def test_a_group_that_is_empty_by_now_shows_all(great: Any) -> None:
    view = replace(great, release=b.release())
    shown = scope.scope(b.EN_PERSON, view, Place(LEFT_OUT, 3))
    assert decode(shown["private_metadata"]).state == scope.ALL


def test_what_is_left_out_can_only_be_taken_back(great: Any) -> None:
    shown = scope.scope(b.EN_PERSON, great, Place(LEFT_OUT))
    labels = {
        block["accessory"]["options"][0]["text"]["text"]
        for block in shown["blocks"]
        if block.get("accessory", {}).get("type") == "overflow"
    }
    assert labels == {"Include again"}


def test_after_the_deploy_began_nothing_is_offered(great: Any) -> None:
    assert _keys(scope.scope(b.EN_PERSON, replace(great, changeable=False))) == []


def test_only_the_newest_are_listed_and_that_is_said(great: Any) -> None:
    shown = scope.scope(b.EN_PERSON, great)
    assert {"type": "mrkdwn", "text": "Listed are the newest 2,000.", "verbatim": True} in [
        element for block in shown["blocks"] for element in block.get("elements", [])
    ]


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (Variable("A", VariableChange.ADDED), "`A` new: empty"),
        (Variable("A", VariableChange.CHANGED, "", "1"), "`A` changed: `1` → empty"),
        (Variable("A", VariableChange.REMOVED, before="1"), "`A` removed"),
        (Variable("A", VariableChange.ADDED, "x" * 61), f"`A` new: `{'x' * 60}…`"),
        (Variable("A", VariableChange.ADDED, "a`b <!here>"), "`A` new: `aˋb &lt;!here&gt;`"),
    ],
)
def test_a_variable_reads_on_one_line(of: Variable, said: str) -> None:
    assert variable_line(b.EN_PERSON, of) == said


def test_files_of_several_programs_are_named() -> None:
    of = Variable("A", VariableChange.ADDED, "1", file="web/.env.example")
    assert variable_line(b.KO_PERSON, of, with_file=True) == "`A` 추가: `1` (`web/.env.example`)"


def test_how_large_is_said_in_one_sentence() -> None:
    assert large_line(b.EN_PERSON, 1200, None) == (
        "⚠ An unusually large change (changes 1,200): consider splitting it."
    )
    assert large_line(b.KO_PERSON, 1200, Size(42, 20_001, 3)) == (
        "⚠ 변경이 매우 많습니다(변경 1,200건 · 파일 42개 · 줄 +20,001 −3). 나누는 것을 고려해 주십시오."
    )
