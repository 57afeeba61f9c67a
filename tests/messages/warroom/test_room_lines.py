"""Lines of war rooms as people read them, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.checklists.model import Phase
from domain.errands import RoomToClose, Said
from domain.events import (
    ListsOpened,
    LockLifted,
    RedeployLinked,
    RoomClosed,
    RoomLeads,
    RoomNotMade,
    SeatLeft,
)
from domain.people import Role
from messages.lines import line
from messages.texts import Reader

EN, KO = Reader("en", "Asia/Seoul", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")

AT = datetime(2026, 3, 5, 5, tzinfo=UTC)

CASES: list[tuple[Said, str, str]] = [
    (
        LockLifted(reason="fixed", version="1.6.0", still=("1.5.0", "1.4.0")),
        (
            "*Deploy lock lifted*: the one set after v1.6.0. "
            "Deploys stay locked after v1.5.0, v1.4.0. — <@U1>\n> fixed"
        ),
        (
            "*배포 잠금 일부 해제*: v1.6.0 롤백의 잠금을 해제했습니다. "
            "다음 롤백의 잠금은 남아 있습니다: v1.5.0, v1.4.0 — <@U1>\n> fixed"
        ),
    ),
    (
        LockLifted(reason="fixed", version="1.6.0"),
        "*Deploys unlocked* — <@U1>\n> fixed",
        "*배포 잠금 해제* — <@U1>\n> fixed",
    ),
    (
        RoomLeads(room="r", version="1.6.0", name="rollback-v1-6-0", channel="C1"),
        "*The rollback of v1.6.0* is led in <#C1>. — <@U1>",
        "*v1.6.0 롤백*은 <#C1> 채널에서 지휘합니다. — <@U1>",
    ),
    (
        RoomLeads(room="r", version="1.6.0", name="rollback-v1-6-0", merged=True),
        (
            "*The rollback of v1.6.0* is led in #rollback-v1-6-0. "
            "This war room is over; its people are called in there. — <@U1>"
        ),
        (
            "*v1.6.0 롤백*은 #rollback-v1-6-0 채널에서 지휘합니다. "
            "이 워룸은 종료되었으며 참여자를 그곳으로 초대합니다. — <@U1>"
        ),
    ),
    (
        RoomNotMade(room="r", release="", version="", name="incident-shop", code="no_such_code"),
        (
            "⚠ *The war room has no channel* #incident-shop: Slack refuses it (`no_such_code`). "
            "Type `/release warroom here` in a channel that people can meet in: it becomes the war room, "
            "with summary, seat and steps. — <@U1>"
        ),
        (
            "⚠ *워룸 채널을 만들지 못했습니다*: #incident-shop. Slack이 거부했습니다(`no_such_code`). "
            "담당자가 모일 채널에서 `/release warroom here` 명령을 입력하면 그 채널이 워룸이 되고 "
            "요약, 지휘관 자리, 단계가 게시됩니다. — <@U1>"
        ),
    ),
    (
        ListsOpened(room="r", phases=(Phase.SECURITY,), who=("U2", "U3")),
        "Checklists opened: Playbook: security — <@U1>\nCalled in: <@U2> <@U3>",
        "체크리스트를 열었습니다: 대응 절차: 보안 — <@U1>\n호출된 담당자: <@U2> <@U3>",
    ),
    (
        ListsOpened(room="r", phases=(Phase.OUTAGE, Phase.DATA_LOSS)),
        "Checklists opened: Playbook: outage, Playbook: data loss — <@U1>",
        "체크리스트를 열었습니다: 대응 절차: 서비스 중단, 대응 절차: 데이터 손실 — <@U1>",
    ),
    (
        RoomNotMade(room="r", release="", version="", name="incident-shop", code="is_archived", lost="C1"),
        (
            "⚠ *The war room has lost its channel* <#C1>: somebody archived it (`is_archived`). "
            "Type `/release warroom here` in a channel that people can meet in: it becomes the war room, "
            "with summary, seat and steps. — <@U1>"
        ),
        (
            "⚠ *워룸 채널을 더 이상 쓸 수 없습니다*: <#C1>. 누군가 채널을 보관했습니다(`is_archived`). "
            "담당자가 모일 채널에서 `/release warroom here` 명령을 입력하면 그 채널이 워룸이 되고 "
            "요약, 지휘관 자리, 단계가 게시됩니다. — <@U1>"
        ),
    ),
    (
        RoomNotMade(
            room="r", release="", version="1.6.0", name="incident-shop", code="channel_not_found", lost="C1"
        ),
        (
            "*v1.6.0* ⚠ *The war room has lost its channel* <#C1>: Naru cannot see it any more "
            "(`channel_not_found`). Type `/release warroom here` in a channel that people can meet in: it "
            "becomes the war room, with summary, seat and steps. — <@U1>"
        ),
        (
            "*v1.6.0* ⚠ *워룸 채널을 더 이상 쓸 수 없습니다*: <#C1>. 나루가 볼 수 없는 채널입니다(`channel_not_found`). "
            "담당자가 모일 채널에서 `/release warroom here` 명령을 입력하면 그 채널이 워룸이 되고 "
            "요약, 지휘관 자리, 단계가 게시됩니다. — <@U1>"
        ),
    ),
    (
        SeatLeft(room="r", user="U2", roles=(Role.INCIDENT_COMMANDER, Role.TECH_LEAD)),
        (
            "🟠 *Warning* *Nobody has command*: <@U2> has left the workspace or is a guest now. "
            "Who may take it: incident commander or tech lead — <@U1>"
        ),
        (
            "🟠 *경고* *장애 지휘관이 없습니다*: <@U2> 계정이 비활성화되었거나 게스트로 바뀌었습니다. "
            "맡을 수 있는 역할: 장애 지휘관 또는 테크 리드 — <@U1>"
        ),
    ),
    (
        RoomClosed(room="r", version="1.6.0", adopted=True),
        "*War room closed* — <@U1>",
        "*워룸 종료* — <@U1>",
    ),
    (
        RoomClosed(room="r", version="1.6.0", adopted=False),
        "*War room closed*: its channel is archived. — <@U1>",
        "*워룸 종료*: 채널을 보관합니다. — <@U1>",
    ),
    (
        RoomToClose(room="r", version="", name="incident", channel="C1", resolved_at=AT, adopted=False),
        "*War room to close*: <#C1> was resolved Thu 5 Mar 14:00. Closing archives it. — <@U1>",
        "*종료할 워룸*: <#C1> 워룸은 3월 5일(목) 14:00에 해결되었습니다. 종료하면 채널이 보관됩니다. — <@U1>",
    ),
    (
        RoomToClose(room="r", version="", name="incident", channel="C1", resolved_at=AT, adopted=True),
        "*War room to close*: <#C1> was resolved Thu 5 Mar 14:00. — <@U1>",
        "*종료할 워룸*: <#C1> 워룸은 3월 5일(목) 14:00에 해결되었습니다. — <@U1>",
    ),
    (
        RedeployLinked(room="r", version="1.6.0", release="", by_version="", on=date(2026, 3, 11)),
        "*Re-deploy* of v1.6.0 planned: Wed 11 Mar — <@U1>",
        "*재배포* 예정: v1.6.0 · 3월 11일(수) — <@U1>",
    ),
    (
        RedeployLinked(room="r", version="1.6.0", release="r1", by_version="1.6.1", on=date(2026, 3, 11)),
        "*Re-deploy*: v1.6.1 brings out again what was rolled back with v1.6.0. · New date: Wed 11 Mar — <@U1>",
        "*재배포*: v1.6.0 롤백 뒤의 변경이 다시 나갑니다: v1.6.1 · 새 일정: 3월 11일(수) — <@U1>",
    ),
]


@pytest.mark.parametrize(("said", "english", "korean"), CASES)
def test_a_line_of_a_war_room(said: Said, english: str, korean: str) -> None:
    assert (line(EN, said, "U1"), line(KO, said, "U1")) == (english, korean)
