"""Notices from inside a war room: offered by its steps, kept on its timeline, also without a release."""

from __future__ import annotations

from typing import Any

import pytest

from bot import notices as modal
from bot.desk import Call
from bot.slash.notices import answer
from commands import slash
from commands.notices.refused import was_refused
from commands.notices.send import send_notice
from commands.notices.show import notice_form
from commands.requests import FinishPostmortem, HandSeat, Resolve, SendNotice
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.rollback.seat import hand_seat
from commands.rollback.show import room_view
from domain.errands import InChannel, InRoom, InThread, Notice, ToPerson
from domain.events import NoticeNotSent, NoticeSent
from domain.notices import NoticeAudience, NoticeKind
from domain.people import Actor, Origin, Via
from domain.rollback import Room
from messages.ids import Press, Target, decode
from messages.lines import line
from messages.notices.draft import draft
from messages.texts import Reader
from messages.warroom import room_state
from storage.db import Database
from tests.commands.rollback.stories import MADE, Story, release
from tests.support.clock import START
from tests.support.world import IC, OPS, PM, TEAM, TL, world

EN, KO = Reader("en", "Asia/Seoul", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")
RULES: dict[str, Any] = {"communication": {"channels": {"company": ["C0ALL"], "customers": ["C0STATUS"]}}}


@pytest.fixture
def story(database: Database) -> Story:
    with database.transaction() as tx:
        world(tx, **RULES)
    story = Story(database)
    story.given(release())
    return story


@pytest.fixture
def incident(story: Story) -> Room:
    """A war room about no release."""
    room = story.made(story.open(TL))
    story.sent()
    return room


def send(
    story: Story, room: str, kind: NoticeKind, audience: NoticeAudience, by: str = PM, release: str = ""
) -> NoticeSent:
    asked = SendNotice(room=room, release=release, kind=kind, audience=audience, texts=(("ko", "장애"),))
    event = story.done(send_notice, asked, by)
    assert isinstance(event, NoticeSent)
    return event


# --- the steps ----------------------------------------------------------------------------------------------


def step(story: Story, room: Room, name: str) -> tuple[str, list[Target]]:
    """What the step of that name reads, and where its notice buttons lead."""
    blocks = list(room_state(EN, story.database.read_now(room_view, room.id)).blocks)
    index = next(n for n, one in enumerate(blocks) if f"*{name}*" in one.get("text", {}).get("text", ""))
    after = blocks[index + 1] if index + 1 < len(blocks) else {}
    elements = [blocks[index].get("accessory", {}), *(after.get("elements", []))]
    pressed = [one for one in elements if one.get("action_id", "").startswith(Press.NOTICE)]
    return blocks[index]["text"]["text"], [decode(one["value"]) for one in pressed]


def test_the_outage_notice_opens_its_form(story: Story) -> None:
    room = story.led(outage=True)

    _, buttons = step(story, room, "Outage notice")

    assert buttons == [Target(release="release-1.6.0", room=room.id, state="rollback")]
    with story.database.transaction() as tx:
        view = modal.view(tx, EN, buttons[0])
    chosen = [one["element"]["initial_option"]["value"] for one in view["blocks"] if "kind" in str(one)][:2]
    assert chosen[0] == "rollback"


def test_a_step_says_whom_its_notices_went_to_and_who_is_left(story: Story) -> None:
    room = story.led(outage=True)
    send(story, room.id, NoticeKind.ROLLBACK, NoticeAudience.CUSTOMERS)

    text, _ = step(story, room, "Outage notice")

    assert "Notices sent: Customers Mon 2 Mar 09:30" in text
    assert "Not told yet: Company" in text


def test_a_step_that_was_done_otherwise_says_so(story: Story) -> None:
    room = story.led(outage=True)
    story.step(room, "outage_notice", note="by phone")

    text, buttons = step(story, room, "Outage notice")

    assert "No notice was sent through Naru." in text
    assert buttons == []


def test_completion_can_be_told_when_the_room_is_resolved(story: Story) -> None:
    room = story.restored(story.led())
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)

    text, buttons = step(story, room, "Completion notice")

    assert "Not told yet: Customers, Company" in text
    assert [one.state for one in buttons] == ["recovery"]


def test_what_was_left_out_offers_nothing(story: Story) -> None:
    room = story.led(outage=False)

    text, buttons = step(story, room, "Outage notice")

    assert ("Not told" in text, buttons) == (False, [])


# --- sending ------------------------------------------------------------------------------------------------


def test_a_notice_of_a_release_under_rollback_is_on_the_timeline_too(story: Story) -> None:
    room = story.led()

    event = send(story, "", NoticeKind.ROLLBACK, NoticeAudience.COMPANY, release="release-1.6.0")

    assert (event.room, event.release, event.channels) == (room.id, "release-1.6.0", ("C0ALL",))
    assert story.timeline(room)[-1] == (START, PM, event)
    told = story.told()
    assert (InThread("release-1.6.0"), event) in told
    assert (InRoom(room.id), event) in told
    assert [action for _, action, _ in story.audited()].count("NoticeSent") == 1


def test_a_notice_of_an_incident_needs_no_release(story: Story, incident: Room) -> None:
    event = send(story, incident.id, NoticeKind.ROLLBACK, NoticeAudience.COMPANY)

    assert (event.release, event.version) == ("", "")
    notice = Notice(release="", kind=NoticeKind.ROLLBACK, text="장애", room=incident.id)
    assert (InChannel("C0ALL"), notice) in story.told()
    assert story.timeline(incident)[-1] == (START, PM, event)
    assert line(EN, event, PM) == f"*Notice sent*: Trouble → Company · <#C0ALL> — <@{PM}>\n> 장애"


def test_who_has_command_speaks_for_the_incident(story: Story, incident: Room) -> None:
    story.done(hand_seat, HandSeat(room=incident.id, to=IC), IC)
    story.done(hand_seat, HandSeat(room=incident.id, to=OPS), IC)

    assert send(story, incident.id, NoticeKind.PROGRESS, NoticeAudience.COMPANY, by=OPS).text == "장애"


def test_who_sent_it_learns_that_slack_refused_it(story: Story, incident: Room) -> None:
    notice = Notice(release="", kind=NoticeKind.ROLLBACK, text="장애", room=incident.id)
    with story.database.transaction() as tx:
        was_refused(tx, notice, channel="C0ALL", by=PM, code="is_archived")

    told = [(to, said) for to, said in story.told() if isinstance(said, NoticeNotSent)]
    assert [to for to, _ in told] == [ToPerson(PM)]
    assert line(EN, told[0][1], "") == (
        "⚠ Notice *not* sent: <#C0ALL>\n"
        "Slack refuses it (`is_archived`). Then send it again: `/release notice rollback`"
    )


# --- the form -----------------------------------------------------------------------------------------------


def test_the_form_begins_with_the_widest_audience_that_was_not_told(story: Story, incident: Room) -> None:
    def audience() -> NoticeAudience:
        return story.database.read_now(notice_form, "", None, None, incident.id).audience

    heard = [audience()]
    for one in (NoticeAudience.CUSTOMERS, NoticeAudience.COMPANY):
        send(story, incident.id, NoticeKind.ROLLBACK, one)
        heard.append(audience())

    assert heard == [NoticeAudience.CUSTOMERS, NoticeAudience.COMPANY, NoticeAudience.TEAM]


@pytest.mark.parametrize(
    ("kind", "audience", "english", "korean"),
    [
        (
            NoticeKind.ROLLBACK,
            NoticeAudience.COMPANY,
            (
                "shop has trouble in production since Mon 2 Mar 09:30. We are working on it. "
                "Until it is over please deploy nothing."
            ),
            "shop 프로덕션에 장애가 있습니다(3월 2일(월) 09:30부터). 조치하고 있으니 끝날 때까지 배포하지 말아 주세요.",
        ),
        (
            NoticeKind.PROGRESS,
            NoticeAudience.CUSTOMERS,
            "We are still restoring shop and will tell you as soon as it works again.",
            "shop 서비스를 계속 복구하고 있으며, 정상화되는 대로 다시 안내해 드리겠습니다.",
        ),
        (
            NoticeKind.RECOVERY,
            NoticeAudience.COMPANY,
            "shop works normally again. dns",
            "shop 서비스가 정상화되었습니다. dns",
        ),
    ],
)
def test_an_incident_has_words_of_its_own(
    story: Story, incident: Room, kind: NoticeKind, audience: NoticeAudience, english: str, korean: str
) -> None:
    story.done(resolve, Resolve(room=incident.id, summary="dns"), TL)
    form = story.database.read_now(notice_form, "", kind, audience, incident.id)

    assert (draft(EN, form), draft(KO, form)) == (english, korean)


def test_the_command_in_an_incidents_room_opens_its_form(story: Story, incident: Room) -> None:
    call = Call(Origin(Actor(TEAM, PM), Via.SLASH, "", MADE), EN, "", 0.0)
    with story.database.transaction() as tx:
        view = answer(tx, call, slash.NoticeText())

    assert isinstance(view, dict)
    assert decode(view["private_metadata"]) == Target(project="shop", room=incident.id)
    kinds = view["blocks"][1]["element"]
    assert [one["text"]["text"] for one in kinds["options"]] == ["Trouble", "Progress", "Recovered"]
    assert kinds["initial_option"]["value"] == "rollback"


def test_a_resolved_incident_is_told_to_be_over(story: Story, incident: Room) -> None:
    story.done(resolve, Resolve(room=incident.id, summary="dns"), TL)

    assert story.database.read_now(notice_form, "", None, None, incident.id).kind is NoticeKind.RECOVERY


def test_after_a_rollback_the_form_still_knows_what_it_went_back_to(story: Story) -> None:
    room = story.restored(story.led())
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)

    over = story.database.read_now(notice_form, "release-1.6.0")
    event = send(story, "", NoticeKind.RECOVERY, NoticeAudience.COMPANY, release="release-1.6.0")
    story.done(finish_postmortem, FinishPostmortem(room=room.id), IC)
    closed = story.database.read_now(notice_form, "release-1.6.0")

    assert (over.kind, over.room, over.summary) == (NoticeKind.RECOVERY, room.id, "back")
    assert event in [one for *_, one in story.timeline(room)]
    assert (closed.kind, closed.room, closed.summary) == (NoticeKind.RECOVERY, "", "back")
