"""Lists in modals: what can be ticked, what a submit takes back, and how much fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.checklists.model import Auto, ItemState, NamedItem, Phase, Section
from domain.checklists.standing import Judged, Proof, Standing
from domain.health.model import CPU, P95, Reading, Source
from domain.names import Names
from domain.needs import ItemsOpen, Missing, NotSoaked
from domain.people import Role
from domain.readiness_rules import Strictness
from domain.types import Environment
from domain.views import Progress
from messages.checklists.items import item_line
from messages.checklists.needs import items_open, together
from messages.checklists.progress import lists_button, progress_line
from messages.ids import Press, Target, decode
from messages.modals import checklist, checklist_item
from messages.modals.checklist_item import Asked, What
from messages.texts import Reader
from sandbox.blockkit import check_view, view_too_large
from tests.messages.surfaces import builders as b
from tests.messages.surfaces import checks as c


def boxes(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["block_id"]: one["element"] for one in view["blocks"] if one["type"] == "input"}


def values(options: list[dict[str, Any]]) -> list[str]:
    return [option["value"] for option in options]


# --- a list ------------------------------------------------------------------------------------------------


def test_what_is_by_hand_is_a_box_and_what_is_known_a_line() -> None:
    view = checklist.checklist(b.EN_PERSON, c.VIEW)
    found = {name: values(element["options"]) for name, element in boxes(view).items()}
    assert found == {
        "items:code_quality:0": ["cve"],
        "items:infrastructure:0": ["backup"],
        "items:security:0": ["https"],
    }
    assert values(boxes(view)["items:security:0"]["initial_options"]) == ["https"]
    assert checklist.ticked_in(decode(view["private_metadata"])) == {"https"}


def test_more_than_ten_of_a_section_are_groups_of_their_own() -> None:
    view = checklist.checklist(b.EN_PERSON, replace(c.VIEW, lists=(c.MANY,)))
    assert {name: len(element["options"]) for name, element in boxes(view).items()} == {
        "items:all:0": 10,
        "items:all:1": 2,
    }


def test_a_list_that_is_shown_anew_shows_its_own_ticks() -> None:
    """Slack keeps what was chosen in an element of the same id: here that would be untrue."""
    ticked = c.shown(c.BACKUP, Standing.DONE, c.DONE)
    after = replace(c.BEFORE, sections=((c.SECTIONS[1][0], (ticked,)),))
    before = replace(c.BEFORE, sections=((c.SECTIONS[1][0], (c.shown(c.BACKUP),)),))
    ids = [
        boxes(checklist.checklist(b.EN_PERSON, replace(c.VIEW, lists=(one,))))["items:infrastructure:0"]
        for one in (before, after)
    ]
    assert ids[0]["action_id"] != ids[1]["action_id"]


def test_the_list_to_look_at_first_is_shown_unless_another_is_named() -> None:
    shown = [checklist.chosen(c.VIEW, phase) for phase in (None, Phase.STAGING, Phase.OUTAGE)]
    assert [one.phase if one else None for one in shown] == [
        Phase.PRE_RELEASE,
        Phase.STAGING,
        Phase.PRE_RELEASE,
    ]
    assert checklist.chosen(replace(c.VIEW, now=()), None) is c.CLOSED
    assert checklist.chosen(replace(c.VIEW, lists=()), None) is None


def test_the_first_list_with_something_open_is_the_one_to_look_at() -> None:
    done = replace(c.BEFORE, sections=((c.SECTIONS[1][0], (c.shown(c.BACKUP, Standing.DONE, c.DONE),)),))
    left = replace(c.BEFORE, phase=Phase.RELEASE_START)
    view = replace(c.VIEW, lists=(done, left), now=(done.phase, left.phase))
    assert checklist.chosen(view, None) is left
    assert checklist.chosen(view, done.phase) is done
    assert checklist.chosen(replace(view, lists=(done,)), None) is done


@pytest.mark.parametrize(
    ("ticked", "unrecorded"), [({"https"}, False), ({"https", "backup"}, True), (set(), True)]
)
def test_what_is_ticked_and_not_recorded_is_noticed(ticked: set[str], *, unrecorded: bool) -> None:
    target = decode(checklist.checklist(b.EN_PERSON, c.VIEW)["private_metadata"])
    assert checklist.changed(target, ticked) is unrecorded


def test_a_list_in_which_nothing_is_left_to_tick_says_so_to_itself() -> None:
    ticked, open_ = c.shown(c.BACKUP, Standing.DONE, c.DONE), c.shown(c.NETWORK)
    full, half, known = (
        replace(c.BEFORE, sections=((c.SECTIONS[1][0], items),))
        for items in ((ticked,), (ticked, open_), (c.ITEMS["tag"],))
    )
    targets = [
        decode(checklist.checklist(b.EN_PERSON, replace(c.VIEW, lists=(one,)))["private_metadata"])
        for one in (full, half, known)
    ]
    assert [checklist.all_ticked(target) for target in targets] == [True, False, False]
    assert [checklist.ticked_in(target) for target in targets] == [{"backup"}, {"backup"}, frozenset()]
    assert not checklist.changed(targets[0], {"backup"})


def _box(text: str, state: ItemState = c.NOTHING) -> dict[str, Any]:
    of = c.shown(c.item("long", text, text), state=state)
    one = replace(c.BEFORE, sections=((Section("s", Names(en="S")), (of,)),))
    view = checklist.checklist(b.EN_PERSON, replace(c.VIEW, lists=(one,)))
    assert check_view(view) == []
    options: list[dict[str, Any]] = boxes(view)["items:s:0"]["options"]
    return options[0]


def test_a_long_text_goes_on_beneath_its_box() -> None:
    text = "The team is briefed; roles, emergency contacts and the communication channel are confirmed"
    box = _box(text, c.OWNED)
    assert box["text"]["text"] == "The team is briefed; roles, emergency contacts and the communication…"
    assert (
        box["description"]["text"] == "…channel are confirmed · <@U0DBA> · by Thu 5 Mar 06:00 (Seoul 14:00)"
    )
    assert _box("x" * 150)["description"]["text"] == "…" + "x" * 73 + "…"


def test_who_sees_to_an_item_and_until_when_stands_beneath_it() -> None:
    assert _box("Backups", c.OWNED)["description"]["text"] == "<@U0DBA> · by Thu 5 Mar 06:00 (Seoul 14:00)"
    assert "description" not in _box("Backups")


@pytest.mark.parametrize(
    ("reader", "role"), [(b.EN_PERSON, "customer support or DBA"), (b.KO_PERSON, "고객 지원 또는 DB 관리자")]
)
def test_who_usually_sees_to_an_item_stands_beneath_it_until_somebody_does(reader: Reader, role: str) -> None:
    usual = replace(c.item("tell", "사용자에게 알립니다", "Tell the users"), owners=(Role.SUPPORT, Role.DBA))

    def beneath(state: ItemState, standing: Standing = Standing.OPEN) -> str:
        one = replace(c.BEFORE, sections=((Section("s", Names(en="S")), (c.shown(usual, standing, state),)),))
        view = checklist.checklist(reader, replace(c.VIEW, lists=(one,)))
        (option,) = boxes(view)["items:s:0"]["options"]
        return str(option["description"]["text"])

    assert beneath(c.NOTHING) == role
    assert beneath(replace(c.OWNED, due=None)) == "<@U0DBA>"
    assert role not in beneath(c.DONE, Standing.DONE)


def test_the_longest_list_fits() -> None:
    keys = [f"{'k' * 37}_{n:02}" for n in range(60)]
    hostile = "<!channel> & " * 11
    done = replace(c.DONE, note="n" * 1000)
    items = tuple(c.shown(c.item(key, hostile, hostile), Standing.DONE, done) for key in keys)
    waived = tuple(c.shown(one.judged.item, Standing.WAIVED, c.WAIVED) for one in items)
    for several in (items, waived):
        one = replace(c.BEFORE, sections=tuple((Section(i.key, Names(ko="절")), (i,)) for i in several))
        view = checklist.checklist(b.KO_PERSON, replace(c.VIEW, lists=(one,)))
        assert check_view(view) == []
        assert not view_too_large(view)


# --- an item -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "offers"),
    [
        ("backup", [What.DONE, What.WAIVE, What.NOTE, What.ASSIGN]),
        ("ci", [What.WAIVE, What.NOTE, What.ASSIGN]),
        ("https", [What.NOTE, What.REOPEN]),
        ("network", [What.NOTE, What.REOPEN]),
        ("tag", [What.NOTE]),
        ("unknown", [What.DONE, What.WAIVE, What.NOTE, What.ASSIGN]),
    ],
)
def test_an_item_offers_what_can_be_done_with_it(name: str, offers: list[What]) -> None:
    view = checklist_item.item(b.EN_PERSON, c.VIEW, c.BEFORE, c.ITEMS[name], Asked())
    radio = boxes(view)["what"]
    assert values(radio["options"]) == offers
    assert radio["initial_option"]["value"] == offers[0]


def test_an_item_of_a_list_that_is_not_open_is_only_shown() -> None:
    one = replace(c.SOON.items[0], tickable=False, waivable=False)
    view = checklist_item.item(b.EN_PERSON, c.VIEW, c.SOON, one, Asked())
    assert boxes(view) == {}
    assert "submit" not in view


def test_what_is_not_offered_any_more_is_not_asked_for() -> None:
    view = checklist_item.item(b.EN_PERSON, c.VIEW, c.BEFORE, c.ITEMS["tag"], Asked(what=What.WAIVE))
    assert list(boxes(view)) == ["what", "note", "link"]


def test_the_item_knows_whether_the_list_beneath_can_be_shown_anew() -> None:
    targets = [
        decode(
            checklist_item.item(b.EN_PERSON, c.VIEW, c.BEFORE, c.ITEMS["backup"], Asked(clean=clean))[
                "private_metadata"
            ]
        )
        for clean in (True, False)
    ]
    of = Target(project="shop", release=b.ID, candidate=1, state=Phase.PRE_RELEASE, step="backup")
    assert targets == [replace(of, key="clean"), of]


def _measured(metric: str, value: float) -> Reading:
    at = datetime(2026, 3, 5, 5, tzinfo=UTC)
    return Reading(
        metric=metric, environment=Environment.PRODUCTION, at=at, source=Source.PROMETHEUS, value=value
    )


@pytest.mark.parametrize(
    ("auto", "proof", "said"),
    [
        (Auto.CI, {"text": b.SHA}, "✓ Item\n        `1a2b3c4`"),
        (Auto.CI, {"text": "412 passed"}, "✓ Item\n        412 passed"),
        (Auto.QA, {"text": "https://qa.example/1"}, "✓ Item\n        <https://qa.example/1|QA report>"),
        (Auto.NOTES, {"text": "2", "held": False}, "✕ Item\n        missing in the notes: 2"),
        (Auto.MERGED, {"text": "release/v1.5.0"}, "✓ Item\n        `release/v1.5.0`"),
        (Auto.BOARD, {}, "✓ Item\n        Naru knows it"),
        (
            Auto.METRICS,
            {"held": False, "readings": (_measured(P95, 0.25), _measured(CPU, 0.91))},
            "✕ Item\n        P95 250 ms, CPU 91 %",
        ),
        (Auto.GATE, {"held": False}, "○ Item\n        Naru sees it by itself; not so yet"),
    ],
)
def test_what_proves_an_item_stands_beneath_it(auto: Auto, proof: dict[str, Any], said: str) -> None:
    known = Proof(**{"auto": auto, "held": True} | proof)
    standing = Standing.DONE if known.held else Standing.FAILED
    one = Judged(item=c.item("i", "항목", "Item", auto=auto), standing=standing, proof=known)
    assert item_line(b.EN_PERSON, one) == said


def test_an_item_that_only_has_a_link_or_a_time_says_just_that() -> None:
    linked = replace(c.DONE, note="", link="https://ci.example/42")
    done = Judged(item=c.BACKUP, standing=Standing.DONE, state=linked)
    assert item_line(b.EN_PERSON, done) == (
        "✓ Backups taken\n        <@U0QA> · Tue 3 Mar 02:00 (Seoul 10:00)\n        <https://ci.example/42|Link>"
    )
    timed = Judged(item=c.BACKUP, standing=Standing.OPEN, state=replace(c.OWNED, owner=""))
    assert item_line(b.EN_PERSON, timed) == "○ Backups taken\n        by Thu 5 Mar 06:00 (Seoul 14:00)"


# --- lines -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "english", "korean"),
    [
        (
            c.PROGRESS[0],
            "☐ Before the release 5 of 8 · ✕ failed 1 · waived 1",
            "☐ 릴리스 전 5/8 · ✕ 실패 1 · 면제 1",
        ),
        (c.PROGRESS[1], "☑ At the start 6 of 6", "☑ 배포 시작 6/6"),
        (
            c.PROGRESS[2],
            "☐ 30 minutes after the release 0 of 1 · holds up nothing",
            "☐ 배포 30분 후 0/1 · 진행을 막지 않음",
        ),
        (
            Progress(phase=Phase.STAGING, done=2, total=2, strictness=Strictness.WARN),
            "☑ On staging 2 of 2",
            "☑ 스테이징 2/2",
        ),
    ],
)
def test_progress_is_one_line(progress: Progress, english: str, korean: str) -> None:
    assert progress_line(b.EN_CHANNEL, progress) == english
    assert progress_line(b.KO_CHANNEL, progress) == korean


def test_the_button_opens_the_lists_of_a_room_or_of_a_release() -> None:
    button = lists_button(b.KO_CHANNEL, room="m1", phase=Phase.OUTAGE)
    assert (button["text"]["text"], button["action_id"]) == ("체크리스트", Press.CHECKLIST)
    assert decode(button["value"]) == Target(room="m1", state=Phase.OUTAGE)


def _open(count: int, failed: tuple[str, ...] = (), roles: tuple[Role, ...] = c.TICK) -> Missing:
    items = tuple(NamedItem(f"i{n}", Names(ko=f"항목 {n}", en=f"Item {n}")) for n in range(count))
    return Missing(ItemsOpen(Phase.PRE_RELEASE, items, failed), roles)


def test_what_failed_is_named_first_and_what_is_too_much_is_counted() -> None:
    need = _open(5, ("i3",)).need
    assert isinstance(need, ItemsOpen)
    assert items_open(b.EN_PERSON, need, 3) == (
        "Checklist “Before the release”, open 5: Item 3 (failed); Item 0; Item 1 "
        "and 2 more: `/release checklist`"
    )
    assert items_open(b.KO_PERSON, need) == (
        "체크리스트 “릴리스 전”, 남은 항목 5: 항목 3 (실패); 항목 0; 항목 1; 항목 2; 항목 4"
    )


def test_what_is_open_of_one_list_is_told_together_with_who_can_settle_all_of_it() -> None:
    soak = Missing(NotSoaked(b.DEPLOY))
    first, second = _open(1), _open(2, ("i1",), (Role.DEVOPS, *c.TICK))
    assert isinstance(first.need, ItemsOpen)
    assert isinstance(second.need, ItemsOpen)
    items = first.need.items + second.need.items
    assert together([first, soak, second]) == [
        Missing(ItemsOpen(Phase.PRE_RELEASE, items, ("i1",)), c.TICK),
        soak,
    ]
    apart = together([first, replace(second, roles=(Role.DEVOPS,))])
    assert [one.roles for one in apart] == [(*c.TICK, Role.DEVOPS)]
