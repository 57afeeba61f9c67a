"""Notices: who sends them where, in which languages; and whom to call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from commands.notices.send import send_notice
from commands.notices.show import contacts, notice_form
from commands.requests import SendNotice
from domain.errands import InChannel, Notice
from domain.events import NoticeSent
from domain.names import Names
from domain.notices import NoticeAudience, NoticeKind
from domain.people import Role
from domain.refusals import BlankLeft, NoChannel, NotAllowed, TextMissing, TooLong
from domain.rollout.model import PlannedStep
from domain.rollout.rollout import Rollout
from domain.types import RolloutStrategy, Stage
from storage.db import Database
from tests.commands.rollback.stories import Story, release
from tests.support.world import CHANNEL, DEV, IC, ONCALL, OPS, PM, RM, world

RULES: dict[str, Any] = {
    "communication": {
        "channels": {"company": ["C0ALL", {"channel": "C0SEOUL", "language": "en"}]},
        "templates": {"done": {"ko": "{project} {version} 완료!", "en": "{project} {version} done!"}},
    },
    "rollback": {"contacts": [{"role": "DBA", "name": "Kim Jun", "phone": "+82 10"}]},
}


@pytest.fixture
def story(database: Database) -> Story:
    with database.transaction() as tx:
        world(tx, **RULES)
    story = Story(database)
    story.given(release())
    return story


def asked(audience: NoticeAudience = NoticeAudience.TEAM, **texts: str) -> SendNotice:
    return SendNotice(
        release="release-1.6.0",
        kind=NoticeKind.DONE,
        audience=audience,
        texts=tuple(texts.items()),
    )


def test_the_team_is_told_at_home(story: Story) -> None:
    event = story.done(send_notice, asked(ko=" 끝났습니다 "), PM)

    assert event == NoticeSent(
        release="release-1.6.0",
        version="1.6.0",
        kind=NoticeKind.DONE,
        audience=NoticeAudience.TEAM,
        channels=(CHANNEL,),
        text="끝났습니다",
    )
    notice = Notice(release="release-1.6.0", kind=NoticeKind.DONE, text="끝났습니다")
    assert (InChannel(CHANNEL), notice) in story.told()


def test_each_channel_reads_its_own_language(story: Story) -> None:
    story.done(send_notice, asked(NoticeAudience.COMPANY, ko="끝", en="done"), RM)

    told = [(to, said.text) for to, said in story.told() if isinstance(said, Notice)]
    assert told == [(InChannel("C0ALL"), "끝"), (InChannel("C0SEOUL"), "done")]


def test_what_cannot_be_sent_is_refused_before_anybody_is_told(story: Story) -> None:
    assert story.no(send_notice, asked(NoticeAudience.CUSTOMERS, ko="x"), PM) == NoChannel(
        NoticeAudience.CUSTOMERS
    )
    assert story.no(send_notice, asked(NoticeAudience.COMPANY, ko="끝", en=" "), PM) == TextMissing("notice")
    assert story.no(send_notice, asked(ko="x" * 2001), PM) == TooLong("notice", 2000)
    assert story.no(send_notice, asked(ko="새 일정: ⟦새 일정⟧"), PM) == BlankLeft("notice")
    assert isinstance(story.no(send_notice, asked(ko="x"), DEV), NotAllowed)
    assert [said for _, said in story.told() if isinstance(said, Notice)] == []


def test_the_captain_speaks_for_the_release(database: Database) -> None:
    with database.transaction() as tx:
        world(tx)
    story = Story(database)
    story.given(release(captain=DEV))

    assert story.done(send_notice, asked(ko="x"), DEV).text == "x"


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        (Stage.APPROVED, NoticeKind.AHEAD),
        (Stage.DEPLOYING, NoticeKind.STARTED),
        (Stage.RELEASED, NoticeKind.DONE),
        (Stage.ROLLED_BACK, NoticeKind.RECOVERY),
    ],
)
def test_the_form_begins_with_what_there_is_to_tell(story: Story, stage: Stage, kind: NoticeKind) -> None:
    story.given(release("1.7.0", stage=stage))
    form = story.database.read_now(notice_form, "release-1.7.0")

    assert (form.kind, form.audience, form.languages, form.channels) == (
        kind,
        NoticeAudience.TEAM,
        ("ko",),
        (CHANNEL,),
    )
    assert form.templates == {
        NoticeKind.DONE: Names(ko="{project} {version} 완료!", en="{project} {version} done!")
    }


def test_what_was_told_is_not_offered_again(story: Story) -> None:
    """Steps and notices are read from the audit trail."""
    story.given(release("1.7.0", stage=Stage.DEPLOYING, rollout=None))
    started = SendNotice(
        release="release-1.7.0",
        kind=NoticeKind.STARTED,
        audience=NoticeAudience.TEAM,
        texts=(("ko", "시작"),),
    )
    story.done(send_notice, started, PM)

    form = story.database.read_now(notice_form, "release-1.7.0")

    assert form.kind is NoticeKind.PROGRESS


def test_the_form_knows_the_languages_of_its_audience_and_the_rollback(story: Story) -> None:
    story.led(OPS)
    form = story.database.read_now(notice_form, "release-1.6.0", NoticeKind.RECOVERY, NoticeAudience.COMPANY)

    assert (form.languages, form.channels) == (("ko", "en"), ("C0ALL", "C0SEOUL"))
    assert form.target == story.room(story.release().room).target


def test_the_form_knows_how_long_the_service_is_down(database: Database) -> None:
    """As the policy plans it, then as the rollout set out."""
    with database.transaction() as tx:
        world(tx, types={"regular": {"rollout": "big_bang"}}, rollout={"big_bang": {"downtime": "2h"}})
    story, hour = Story(database), timedelta(hours=1)
    plan = (PlannedStep(key="all_at_once", percent=100, expected=hour),)
    down = Rollout(strategy=RolloutStrategy.BIG_BANG, steps=("all_at_once",), plan=plan)
    story.given(
        release("1.7.0", stage=Stage.APPROVED, rollout=None),
        release("1.8.0", stage=Stage.DEPLOYING, rollout=down),
        release("1.9.0"),
    )
    forms = [story.database.read_now(notice_form, f"release-1.{n}.0") for n in (7, 8, 9)]
    assert [form.downtime for form in forms] == [2 * hour, hour, 0 * hour]


def test_contacts_are_the_policys_and_who_is_called_first(story: Story) -> None:
    view = story.database.read_now(contacts, "shop")

    assert [(one.role, one.name, one.phone) for one in view.contacts] == [("DBA", "Kim Jun", "+82 10")]
    assert list(view.members)[:2] == [Role.ONCALL, Role.INCIDENT_COMMANDER]
    assert (view.members[Role.ONCALL], view.members[Role.INCIDENT_COMMANDER]) == ((ONCALL,), (IC,))
