"""Whatever a view holds, Slack takes the message, and nothing that people typed speaks as Slack markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from domain.calendar.agenda import Item, ItemKind
from domain.digest import DigestSetting
from domain.lifecycle import possible
from domain.names import Names
from domain.readiness import Readiness
from domain.release import Condition, ConfirmItem, Release
from domain.rollback import Room, Step
from domain.schema_changes import SchemaChange
from domain.scope import Line, Scope
from domain.types import Action, Stage
from domain.views import (
    ApprovalView,
    BlackoutForm,
    BlackoutsView,
    BoardView,
    CardView,
    CompareView,
    CorrectForm,
    DigestView,
    ExceptionForm,
    ExceptionsView,
    ExceptionView,
    FreezeView,
    GateView,
    HomeView,
    LedgerView,
    ListView,
    MineView,
    OccurrenceForm,
    ProjectView,
    ReadinessView,
    RetargetForm,
    RolesView,
    RollbackForm,
    RoomView,
    SchemaForm,
    SchemaView,
    ScopeView,
    StandingLock,
    StartForm,
    WindowForm,
    WindowsView,
)
from domain.when import WhenView
from messages import approval, card, closing, exceptions, home, lists, postmortem, warroom
from messages.buttons import press_of
from messages.digests.day import digest
from messages.digests.setting import digest_setting
from messages.ids import Target, decode
from messages.message import Message
from messages.modals import (
    actions,
    compare,
    correct,
    dates,
    decisions,
    judgement,
    leave_out,
    project,
    qa,
    rehearsal,
    rollback,
    room,
    schema,
    scope,
    start,
    way_back,
)
from messages.modals import blackout as blackout_form
from messages.modals import digest as digest_form
from messages.modals import exceptions as exception_forms
from messages.modals import occurrence as occurrence_form
from messages.readiness.view import readiness_answer
from messages.texts import Reader
from sandbox.blockkit import check_message, check_view, view_too_large
from tests.messages.months import calendar_view
from tests.messages.surfaces.builders import EN_CHANNEL, EN_PERSON, KO_CHANNEL, KO_PERSON, release
from tests.messages.surfaces.generators import MANY, blackouts, ids, made, texts, versions
from tests.support.proof import rounds

ALL_BLOCKS = 13_000
TOKEN = re.compile(r"<([^<>]*)>")
OURS = re.compile(
    r"@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^[A-Z0-9]+|!date\^\d+\^(?:\{date_short_pretty\} )?\{time\}\|[^<>|]+"
    r"|https?://[^<>|\s]+\|[^<>|]+"
)
readers = st.sampled_from([EN_CHANNEL, KO_CHANNEL, EN_PERSON, KO_PERSON])
releases = made(Release)
# Of each hotfix a card shows the version and the stage: a dozen whole releases would be too large to draw.
hotfixes = st.lists(
    st.builds(
        lambda of, stage: release(id=str(of), version=of, stage=stage), versions, st.sampled_from(Stage)
    ),
    max_size=MANY,
    unique_by=lambda of: of.id,
)
cards = made(CardView, mended_by=hotfixes.map(tuple))
lengths = st.integers(0, 60 * 24 * 30).map(lambda minutes: timedelta(minutes=minutes))


def _as_the_calendar_has_them(view: DigestView) -> DigestView:
    """No-deploy hours are not told, and every holiday has its name."""

    def told(items: tuple[Item, ...]) -> tuple[Item, ...]:
        shown = (item for item in items if item.kind is not ItemKind.NO_DEPLOY_HOURS)
        return tuple(item if item.names else replace(item, names=Names(ko="날", en="day")) for item in shown)

    days = (replace(one, today=told(one.today), tomorrow=told(one.tomorrow)) for one in view.projects)
    return replace(view, projects=tuple(days))


MESSAGES: dict[str, tuple[Callable[[Reader, Any], Message], st.SearchStrategy[Any]]] = {
    "card": (card.card, cards),
    "approval": (approval.approval, made(ApprovalView)),
    "readiness": (readiness_answer, made(ReadinessView)),
    "schema": (lists.schema_list, made(SchemaView)),
    "exception": (exceptions.exception, made(ExceptionView)),
    "judgement": (exceptions.judgement, made(ExceptionView)),
    "exceptions": (lists.exceptions_list, made(ExceptionsView)),
    "ledger": (lists.ledger, made(LedgerView)),
    "close_question": (closing.close_question, cards),
    "room_summary": (warroom.room_summary, made(RoomView)),
    "room_state": (warroom.room_state, made(RoomView)),
    "seat_call": (warroom.seat_call, made(RoomView)),
    "postmortem": (postmortem.postmortem, made(RoomView)),
    "list": (lists.release_list, made(ListView)),
    "board": (lists.board, made(BoardView)),
    "mine": (lists.mine_list, made(MineView)),
    "gate": (lists.gate_answer, made(GateView)),
    "freezes": (lists.freezes_list, made(FreezeView)),
    "blackouts": (lists.blackouts_list, made(BlackoutsView)),
    "windows": (lists.windows_list, made(WindowsView)),
    "month": (lists.month_list, st.lists(blackouts, max_size=40).map(lambda of: calendar_view(blackouts=of))),
    "roles": (lists.roles_list, made(RolesView)),
    "when": (lists.when_answer, made(WhenView)),
    "digest": (digest, made(DigestView).map(_as_the_calendar_has_them)),
    "digest_setting": (digest_setting, made(DigestSetting)),
}
GROUPS = [scope.ALL, scope.BREAKING, scope.LEFT_OUT, "fix", "nothing"]
offered = st.lists(st.tuples(ids, texts), max_size=20, unique_by=lambda one: one[0]).map(tuple)


def _each_once(of: Readiness) -> Readiness:
    return replace(of, ways=tuple({one.path: one for one in of.ways}.values()))


VIEWS: dict[str, st.SearchStrategy[Callable[[Reader], dict[str, Any]]]] = {
    "home": made(HomeView).map(lambda view: lambda r: home.home(r, view)),
    "start": made(StartForm).map(lambda form: lambda r: start.start(r, form)),
    "ask": st.tuples(releases, st.sampled_from(Action)).map(lambda of: lambda r: actions.ask(r, *of)),
    "cut_early": releases.map(lambda of: lambda r: actions.cut_early(r, of)),
    "captain": releases.map(lambda of: lambda r: actions.captain(r, of)),
    "cancel": releases.map(lambda of: lambda r: actions.cancel(r, of)),
    "qa": st.tuples(releases, st.none() | made(Scope)).map(lambda of: lambda r: qa.qa(r, *of)),
    "conditions": releases.map(lambda of: lambda r: decisions.approve_with_conditions(r, of)),
    "reject": releases.map(lambda of: lambda r: decisions.reject(r, of)),
    "meet": st.tuples(releases, made(Condition)).map(lambda of: lambda r: decisions.meet(r, *of)),
    "confirm": st.tuples(releases, st.sampled_from(ConfirmItem)).map(
        lambda of: lambda r: decisions.confirm(r, *of)
    ),
    "retarget": made(RetargetForm)
    .map(lambda of: replace(of, slots=tuple({int(s.deploy_at.timestamp()): s for s in of.slots}.values())))
    .map(lambda of: lambda r: dates.retarget(r, of)),
    "freeze": st.tuples(releases, st.booleans()).map(
        lambda of: lambda r: dates.freeze(r, of[0], begin=of[1])
    ),
    "exception": made(ExceptionForm).map(lambda form: lambda r: exception_forms.ask(r, form)),
    "exception_decision": st.tuples(made(ExceptionView), st.booleans(), lengths).map(
        lambda of: lambda r: exception_forms.decision(r, of[0], grant=of[1], longest=of[2])
    ),
    "exception_revoke": made(ExceptionView).map(lambda view: lambda r: exception_forms.revoke(r, view)),
    "judgement": made(ExceptionView).map(lambda view: lambda r: judgement.judgement(r, view)),
    "rollback": made(RollbackForm).map(lambda form: lambda r: rollback.rollback(r, form)),
    "step": st.tuples(made(Room), made(Step), st.sampled_from([room.STARTED, room.DONE, room.SKIPPED])).map(
        lambda of: lambda r: room.step(r, *of)
    ),
    "resolve": made(Room).map(lambda of: lambda r: room.resolve(r, of)),
    "blackout": made(BlackoutForm).map(lambda of: lambda r: blackout_form.blackout(r, of)),
    "occurrence": made(OccurrenceForm)
    .map(lambda of: replace(of, due=tuple({one.day: one for one in of.due}.values())))
    .filter(lambda of: bool(of.due))
    .map(lambda of: lambda r: occurrence_form.occurrence(r, of)),
    "window": made(WindowForm).map(lambda of: lambda r: project.window(r, of)),
    "digest": made(DigestSetting).map(lambda of: lambda r: digest_form.digest(r, of)),
    "way_back": made(ReadinessView)
    .map(lambda of: replace(of, readiness=_each_once(of.readiness)))
    .map(lambda of: lambda r: way_back.way_back(r, of)),
    "rehearsal": releases.map(lambda of: lambda r: rehearsal.rehearsal(r, of)),
    "schema_begin": made(SchemaForm).map(lambda of: lambda r: schema.begin(r, of)),
    "schema_link": st.tuples(made(SchemaForm), made(SchemaChange), offered).map(
        lambda of: lambda r: schema.link(r, replace(of[0], releases=of[2]), of[1])
    ),
    "schema_end": st.tuples(made(SchemaForm), made(SchemaChange)).map(
        lambda of: lambda r: schema.end(r, *of)
    ),
    "lift_lock": st.tuples(made(ProjectView), st.lists(made(StandingLock), min_size=1)).map(
        lambda of: lambda r: project.lift_lock(r, *of)
    ),
    "scope": st.tuples(made(ScopeView), st.sampled_from(GROUPS), st.integers(-1, 9)).map(
        lambda of: lambda r: scope.scope(r, of[0], scope.Place(*of[1:]))
    ),
    "correct": st.tuples(made(CorrectForm), ids).map(
        lambda of: lambda r: correct.correct(r, of[0], Target(release=of[1], key=of[0].sha))
    ),
    "leave_out": st.tuples(made(Release), made(Line)).map(
        lambda of: lambda r: leave_out.leave_out(r, *of, Target(release=of[0].id, key=of[1].sha[:20]))
    ),
    "compare": made(CompareView, candidates=st.just((1, 2, 3)), newer=st.just(3), older=st.just(1)).map(
        lambda of: lambda r: compare.compare(r, of)
    ),
}
# Views are large, so a failing one is shown as it is: shrinking it would take minutes.
patient = settings(
    max_examples=rounds(4, 100),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("name", MESSAGES)
@patient
@given(data=st.data())
def test_message_of_any_view_is_taken_by_slack(name: str, data: st.DataObject) -> None:
    show, views = MESSAGES[name]
    message = show(data.draw(readers), data.draw(views))
    assert check_message({"blocks": message.blocks}) == []
    assert _length(message.blocks) <= ALL_BLOCKS
    assert 0 < len(message.text) <= 4000
    for block in Block.parse_all(message.blocks):
        block.validate_json()
    _nothing_speaks_as_markup([*message.blocks, {"type": "mrkdwn", "text": message.text}])
    _every_press_can_be_read(message.blocks)


@pytest.mark.parametrize("name", VIEWS)
@patient
@given(data=st.data())
def test_view_of_any_values_is_taken_by_slack(name: str, data: st.DataObject) -> None:
    view = data.draw(VIEWS[name])(data.draw(readers))
    assert check_view(view) == []
    assert not view_too_large(view)
    View(**view).validate_json()
    decode(view.get("private_metadata", ""))
    _nothing_speaks_as_markup(view["blocks"])
    _every_press_can_be_read(view["blocks"])


@patient
@given(reader=readers, view=cards)
def test_card_offers_exactly_what_is_possible(reader: Reader, view: CardView) -> None:
    offered = possible(view.release)
    blocks = card.card(reader, CardView(**{**vars(view), "actions": offered})).blocks
    elements = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    values = [element["value"] for element in elements if element["type"] == "button"]
    values += [option["value"] for element in elements for option in element.get("options", ())]
    pressed = [target.action for value in values if (target := decode(value)).action]
    assert sorted(pressed) == sorted(offered)
    assert all(len(value) <= 150 for value in values)


def _length(value: Any) -> int:
    """The characters of all text objects, as Slack counts a message's blocks."""
    if isinstance(value, list):
        return sum(_length(one) for one in value)
    if isinstance(value, dict):
        return sum(
            len(one) if key == "text" and isinstance(one, str) else _length(one) for key, one in value.items()
        )
    return 0


def _mrkdwn(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _mrkdwn(one)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for one in value.values():
            yield from _mrkdwn(one)


def _nothing_speaks_as_markup(blocks: list[dict[str, Any]]) -> None:
    for text in _mrkdwn(blocks):
        assert [token for token in TOKEN.findall(text) if not OURS.fullmatch(token)] == []
        rest = TOKEN.sub("", text).replace("\n> ", "\n")
        assert "<" not in rest
        assert ">" not in rest


def _every_press_can_be_read(blocks: list[dict[str, Any]]) -> None:
    for block in blocks:
        found = [*block.get("elements", ()), block.get("accessory")]
        for element in found:
            if not isinstance(element, dict) or "action_id" not in element:
                continue
            press_of(element["action_id"])
            for value in [element.get("value"), *(option["value"] for option in element.get("options", ()))]:
                decode(value or "")
