"""Every turn of a release, drafted for everybody in both languages; a project's own words go first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.names import Names
from domain.notices import NoticeAudience, NoticeKind
from domain.notices.rules import CommunicationRules
from domain.release import Hold
from domain.rollout.model import PlannedStep
from domain.rollout.rollout import Rollout
from domain.types import RolloutStrategy, Stage
from domain.views import NoticeForm
from messages.modals.notice import field_of, notice
from messages.notices.draft import draft
from messages.texts import Reader
from tests.messages.surfaces import builders as b

EN, KO = Reader("en", "Asia/Seoul", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")
FORM = NoticeForm(
    project=b.PROJECT,
    release=b.release(),
    kind=NoticeKind.ROLLBACK,
    audience=NoticeAudience.TEAM,
    languages=("ko", "en"),
    channels=("C0ALL",),
    templates={},
    target="v1.4.0",
    summary="",
    at=b.NOW,
)


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("audience", NoticeAudience)
def test_every_turn_has_words_for_everybody(kind: NoticeKind, audience: NoticeAudience) -> None:
    form = replace(FORM, kind=kind, audience=audience)
    english, korean = draft(EN, form), draft(KO, form)
    assert english != korean
    assert "{" not in english + korean


def test_a_team_reads_what_to_do_and_customers_what_it_means_for_them() -> None:
    assert draft(EN, FORM) == (
        "Shop v1.5.0 caused trouble in production and is taken back to v1.4.0. "
        "Until it is over please deploy nothing."
    )
    assert draft(KO, replace(FORM, audience=NoticeAudience.CUSTOMERS)) == (
        "현재 일부 고객께서 쇼핑 이용에 불편을 겪으실 수 있습니다. 서비스를 복구하고 있으며, 정상화되는 대로 "
        "다시 안내해 드리겠습니다."
    )


def test_who_is_told_ahead_reads_how_long_the_service_is_down() -> None:
    down = replace(FORM, kind=NoticeKind.AHEAD, downtime=timedelta(hours=30))
    assert draft(EN, down) == (
        "Shop v1.5.0 (Regular) is planned to go to production: Thu 5 Mar 14:00. "
        "The service will be down for 1 day 6 hr. It replaces v1.4.2. "
        "Please tell us now what speaks against it."
    )
    customers = replace(down, audience=NoticeAudience.CUSTOMERS)
    assert draft(EN, customers) == (
        "We will update Shop: Thu 5 Mar 14:00. It will not be available for about 1 day 6 hr."
    )
    assert draft(KO, replace(customers, kind=NoticeKind.STARTED)) == (
        "지금 쇼핑 업데이트를 진행하고 있습니다. 이용하실 수 없는 시간: 약 1일 6시간"
    )
    assert draft(EN, replace(down, kind=NoticeKind.DONE)) == draft(EN, replace(FORM, kind=NoticeKind.DONE))


# --- while the rollout is under way -------------------------------------------------------------------------

OUT = Rollout(
    strategy=RolloutStrategy.CANARY,
    steps=("canary_10", "canary_50", "canary_100"),
    done=1,
    plan=(
        PlannedStep(key="canary_10", percent=10),
        PlannedStep(key="canary_50", percent=50),
        PlannedStep(key="canary_100", percent=100),
    ),
)
UNDER_WAY = replace(FORM, kind=NoticeKind.PROGRESS, release=b.release(stage=Stage.DEPLOYING, rollout=OUT))


def paused(reason: str) -> NoticeForm:
    return replace(
        UNDER_WAY,
        release=b.release(
            stage=Stage.DEPLOYING, rollout=replace(OUT, paused=True, pause_reason=reason), deploy_at=b.NOW
        ),
    )


def test_progress_says_how_far_it_is() -> None:
    assert draft(EN, UNDER_WAY) == (
        "Shop v1.5.0 is going to production. Steps done: 1 of 3. 10 % of the users have the new version."
    )
    assert draft(EN, replace(UNDER_WAY, audience=NoticeAudience.CUSTOMERS)) == (
        "We are still at the update of Shop: 10 % of all users have it."
    )
    assert draft(EN, paused("errors rise")) == (
        "Shop v1.5.0 is going to production. Steps done: 1 of 3. 10 % of the users have the new version. "
        "It is paused: errors rise."
    )
    assert draft(EN, paused("Really?")).endswith("It is paused: Really?")
    assert draft(EN, paused("")).endswith("It is paused.")
    assert draft(EN, replace(paused("errors rise"), audience=NoticeAudience.CUSTOMERS)) == (
        "The update of Shop is interrupted at present. We will tell you as soon as it goes on."
    )
    assert draft(EN, replace(FORM, kind=NoticeKind.PROGRESS)) == "Shop v1.5.0 stands at: QA."


def test_a_delay_never_offers_a_time_that_is_over() -> None:
    delayed = replace(paused("errors rise"), kind=NoticeKind.DELAYED)
    assert draft(EN, delayed) == (
        "The deploy of Shop v1.5.0 takes longer than planned. Steps done: 1 of 3. "
        "10 % of the users have the new version. It is paused: errors rise. New time: ⟦the new time⟧."
    )
    assert draft(KO, replace(delayed, audience=NoticeAudience.CUSTOMERS)) == (
        "쇼핑 업데이트가 예정보다 오래 걸리고 있습니다. 새 일정: ⟦새 일정⟧"
    )
    past = replace(FORM, kind=NoticeKind.DELAYED, release=b.release(deploy_at=b.NOW))
    assert draft(EN, past) == (
        "Shop v1.5.0 is delayed. New time: ⟦the new time⟧. Production stays on v1.4.2."
    )
    own = replace(past, templates={NoticeKind.DELAYED: Names(en="{version}: {time}")})
    assert draft(EN, own) == "v1.5.0: ⟦the new time⟧"
    assert "Thu 5 Mar 14:00" in draft(EN, replace(FORM, kind=NoticeKind.DELAYED))


def test_a_stop_does_not_offer_the_time_of_before_as_the_new_one() -> None:
    held = b.release(
        stage=Stage.ON_HOLD,
        hold=Hold(source=Stage.APPROVAL, by="U0RM", at=b.NOW, reason="the supplier is late"),
        asked_anew_at=b.NOW,
    )
    delayed = replace(FORM, kind=NoticeKind.DELAYED, audience=NoticeAudience.CUSTOMERS, release=held)
    assert draft(EN, delayed) == "The update of Shop is postponed. New time: ⟦the new time⟧."
    assert draft(KO, delayed) == "쇼핑 업데이트가 연기되었습니다. 새 일정: ⟦새 일정⟧"
    moved = replace(delayed, release=replace(held, asked_anew_at=b.NOW + timedelta(hours=1)))
    assert draft(EN, moved) == "The update of Shop is postponed. New time: Thu 5 Mar 14:00."


def test_a_project_words_the_downtime_itself() -> None:
    own = replace(FORM, templates={NoticeKind.ROLLBACK: Names(en="down: {downtime}")})
    assert draft(EN, own) == "down:"
    assert draft(EN, replace(own, downtime=timedelta(minutes=30))) == "down: 30 min"


def test_a_project_has_its_own_words() -> None:
    own = replace(FORM, templates={NoticeKind.ROLLBACK: Names(en="{version} → {target} {{now}}")})
    assert draft(EN, own) == "v1.5.0 → v1.4.0 {now}"
    assert draft(KO, own) == "v1.5.0 → v1.4.0 {now}"


def test_a_misspelt_place_never_reaches_a_reader() -> None:
    for text, kind in (
        ("{verison}", "notice_place"),
        ("{version!r}", "notice_place"),
        ("{", "notice_braces"),
    ):
        with pytest.raises(ValidationError) as raised:
            CommunicationRules.model_validate({"templates": {"done": {"en": text}}})
        assert [error["type"] for error in raised.value.errors()] == [kind]
    with pytest.raises(ValidationError) as raised:
        CommunicationRules.model_validate({"templates": {"done": {"en": "x" * 2001}}})
    assert [error["type"] for error in raised.value.errors()] == ["text_too_long"]


def test_the_form_has_a_text_for_each_language_and_none_without_a_channel() -> None:
    view = notice(EN, FORM)
    names = [block.get("block_id", "") for block in view["blocks"]]
    assert [name for name in names if name.startswith("text:")] == [
        field_of(FORM.kind, FORM.audience, "ko"),
        field_of(FORM.kind, FORM.audience, "en"),
    ]
    assert view["submit"]["text"] == "Send"
    nobody = notice(EN, replace(FORM, channels=(), languages=()))
    assert "submit" not in nobody
    assert "`communication.channels.team`" in nobody["blocks"][-1]["text"]["text"]


FIRST = replace(FORM, release=b.release(previous_version=""), target="", summary="All users are back.")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            NoticeKind.AHEAD,
            (
                "Shop v1.5.0 (Regular) is planned to go to production: Thu 5 Mar 14:00. "
                "Please tell us now what speaks against it."
            ),
        ),
        (NoticeKind.DELAYED, "Shop v1.5.0 is delayed. New time: Thu 5 Mar 14:00."),
        (NoticeKind.ABORTED, "Shop v1.5.0 is called off."),
        (
            NoticeKind.ROLLBACK,
            (
                "Shop v1.5.0 caused trouble in production and is taken out of it. "
                "Until it is over please deploy nothing."
            ),
        ),
        (NoticeKind.RECOVERY, "Shop works normally again. All users are back."),
    ],
)
def test_a_first_version_replaces_none_and_none_can_be_gone_back_to(kind: NoticeKind, text: str) -> None:
    assert draft(EN, replace(FIRST, kind=kind)) == text
    assert "–" not in draft(KO, replace(FIRST, kind=kind))


def test_a_project_that_names_the_earlier_version_is_asked_what_to_say_where_there_is_none() -> None:
    own = replace(FIRST, templates={NoticeKind.ROLLBACK: Names(en="{version} → {target}")})
    assert draft(EN, own) == "v1.5.0 → ⟦no earlier version⟧"
