"""Exceptions as people live through them: asked in one form, decided by others, used, revoked, judged."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.journeys import ways
from tests.journeys.play import CHANNEL, SEOUL, Story


async def _held(story: Story) -> None:
    """v1.5.0 is approved and confirmed; on Tuesday at 18:00 a blackout and the closed window hold it."""
    t, sora, alex = story.t, story.person("sora"), story.person("alex")
    await ways.to_approval(story, "v1.5.0")
    await alex.press(t("Approve", "승인"), "dm")
    await ways.confirm(story)
    await sora.slash(
        t(
            '/release blackout add "Spring sale" 2026-03-03 ~ 2026-03-04 big campaign',
            '/release 배포금지 추가 "Spring sale" 3월 3일 ~ 3월 4일 big campaign',
        )
    )
    await story.time("2026-03-03", "18:00")
    await story.begin_here()


def _words(story: Story, what: str = "v1.5.0", *, merge: bool = False) -> dict[str, str]:
    t = story.t
    deploy = t("What goes out?", "무엇을 배포합니까?")
    return {
        t("Which change or branch?", "어떤 변경 또는 브랜치입니까?") if merge else deploy: what,
        t("Why can it not wait?", "왜 기다릴 수 없습니까?"): "Tax law",
        t("What could go wrong?", "어떤 위험이 있습니까?"): "Slow carts",
        t("Way back", "되돌리는 방법"): "Blue stays up",
    }


async def test_what_closes_a_deploy_is_asked_in_one_go_granted_used_and_judged(story: Story) -> None:
    await _held(story)
    await _asked(story)
    await _granted(story)
    await _used(story)
    await _judged(story)


async def _asked(story: Story) -> None:
    """The form says what is needed and who decides; each decider gets a request of their own."""
    t = story.t
    haneul, sora, emma = story.people("haneul", "sora", "emma")
    assert await haneul.slash(t("/release can-i-deploy regular", "/release 배포가능 정기")) == t(
        "Shop · v1.5.0 · Regular\n"
        "🔴 Closed, opens Thu 5 Mar 10:00\n"
        "• Blackout: Spring sale (big campaign) · until Thu 5 Mar 00:00\n"
        "• Outside the release windows · until Wed 4 Mar 10:00\n"
        "Exception possible: Blackout: Spring sale, granted by: PM\n"
        "Exception possible: Outside the release windows, granted by: release manager",
        "상점 · v1.5.0 · 정기\n"
        "🔴 닫힘 · 열리는 시각 3월 5일(목) 10:00\n"
        "• 배포 금지 기간: Spring sale (big campaign) · 3월 5일(목) 00:00까지\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 4일(수) 10:00까지\n"
        "예외 승인 가능: 배포 금지 기간: Spring sale (결정: PM)\n"
        "예외 승인 가능: 릴리스 윈도우 밖의 시간 (결정: 릴리스 매니저)",
    )
    assert await emma.slash(t("/release exception ask 1.5.0", "/release 예외 요청 1.5.0")) == t(
        "Asking for an exception is for: release manager, DevOps/SRE, tech lead or incident commander.\n"
        "Who can: @Alex Rivera @김하늘 (Haneul Kim) @이준호 (Junho Lee) @최민재 (Minjae Choi) @Priya Nair",
        "예외 승인 요청 권한이 있는 역할: 릴리스 매니저, DevOps/SRE, 테크 리드 또는 장애 지휘관\n"
        "할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim) @이준호 (Junho Lee) @최민재 (Minjae Choi) @Priya Nair",
    )
    assert await haneul.press(t("Ask for an exception…", "예외 승인 요청…"), CHANNEL) == ""
    assert haneul.modal.text.split(t("\nFrom when?", "\n언제부터입니까?"))[0] == t(
        "Deploy v1.5.0\n"
        "2 exceptions are needed, each decided by somebody else than you:\n"
        "• Blackout: Spring sale · until Thu 5 Mar 00:00\n"
        "   Can decide: @박소라 (Sora Park) (PM)\n"
        "• Outside the release windows · until Wed 4 Mar 10:00\n"
        "   Can decide: @Alex Rivera (release manager)",
        "v1.5.0 배포\n"
        "예외 승인이 2건 필요하며, 각각 본인이 아닌 사람이 결정합니다.\n"
        "• 배포 금지 기간: Spring sale · 3월 5일(목) 00:00까지\n"
        "   결정할 수 있는 사람: @박소라 (Sora Park) (PM)\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 4일(수) 10:00까지\n"
        "   결정할 수 있는 사람: @Alex Rivera (릴리스 매니저)",
    )
    assert await haneul.fill(_words(story)) == t(
        "Recorded: v1.5.0 An exception is asked for.\n"
        "• Blackout: Spring sale — decided by @박소라 (Sora Park) (PM)\n"
        "• Outside the release windows — decided by @Alex Rivera (release manager)\n"
        "• What: v1.5.0\n"
        "• Why: Tax law\n"
        "• Risk: Slow carts\n"
        "• Way back: Blue stays up\n"
        "• Wanted: at once, for 2 hr (one deploy)\n"
        "You are told here what is decided.",
        "기록했습니다: v1.5.0 예외 승인을 요청했습니다.\n"
        "• 배포 금지 기간: Spring sale — 결정: @박소라 (Sora Park) (PM)\n"
        "• 릴리스 윈도우 밖의 시간 — 결정: @Alex Rivera (릴리스 매니저)\n"
        "• 내용: v1.5.0\n"
        "• 이유: Tax law\n"
        "• 위험 요소: Slow carts\n"
        "• 되돌리는 방법: Blue stays up\n"
        "• 희망: 승인 즉시 2시간 동안 (배포 한 번)\n"
        "결정되면 여기에서 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 An exception is asked for. — @김하늘 (Haneul Kim)\n"
            "• Blackout: Spring sale — decided by @박소라 (Sora Park) (PM)\n"
            "• Outside the release windows — decided by @Alex Rivera (release manager)\n"
            "• What: v1.5.0\n"
            "• Why: Tax law\n"
            "• Risk: Slow carts\n"
            "• Way back: Blue stays up\n"
            "• Wanted: at once, for 2 hr (one deploy)",
            "↳ v1.5.0 예외 승인을 요청했습니다. — @김하늘 (Haneul Kim)\n"
            "• 배포 금지 기간: Spring sale — 결정: @박소라 (Sora Park) (PM)\n"
            "• 릴리스 윈도우 밖의 시간 — 결정: @Alex Rivera (릴리스 매니저)\n"
            "• 내용: v1.5.0\n"
            "• 이유: Tax law\n"
            "• 위험 요소: Slow carts\n"
            "• 되돌리는 방법: Blue stays up\n"
            "• 희망: 승인 즉시 2시간 동안 (배포 한 번)",
        )
    ]
    waits = t("Exception for v1.5.0: ⏳ Waits for a decision", "예외 승인 요청: v1.5.0: ⏳ 결정 대기")
    assert [story.dms(name) for name in ("sora", "alex", "haneul")] == [[waits], [waits], []]
    assert sora.reads("v1.5.0", "dm") == t(
        "Exception for v1.5.0\n"
        "Blackout: Spring sale · until Thu 5 Mar 00:00\n"
        "Asked by @김하늘 (Haneul Kim), Tue 3 Mar 18:00\n"
        "Wanted: at once, for 2 hr (one deploy)\n"
        "What goes out?\n"
        "v1.5.0\n"
        "Why can it not wait?\n"
        "Tax law\n"
        "What could go wrong?\n"
        "Slow carts\n"
        "Way back\n"
        "Blue stays up\n"
        "⏳ Waits for a decision\n"
        "Can decide: @박소라 (Sora Park) (PM)",
        "예외 승인 요청: v1.5.0\n"
        "배포 금지 기간: Spring sale · 3월 5일(목) 00:00까지\n"
        "요청: @김하늘 (Haneul Kim), 3월 3일(화) 18:00\n"
        "희망: 승인 즉시 2시간 동안 (배포 한 번)\n"
        "무엇을 배포합니까?\n"
        "v1.5.0\n"
        "왜 기다릴 수 없습니까?\n"
        "Tax law\n"
        "어떤 위험이 있습니까?\n"
        "Slow carts\n"
        "되돌리는 방법\n"
        "Blue stays up\n"
        "⏳ 결정 대기\n"
        "결정할 수 있는 사람: @박소라 (Sora Park) (PM)",
    )
    assert await sora.slash(t("/release mine", "/release 내할일")) == t(
        "What waits for you: 1\n"
        "v1.5.0 · An exception waits for your decision: v1.5.0\n"
        "shop · since Tue 3 Mar 18:00",
        "나를 기다리는 일 1건\n"
        "v1.5.0 · 예외 승인 요청이 결정을 기다립니다: v1.5.0\n"
        "shop · 3월 3일(화) 18:00부터",
    )


async def _granted(story: Story) -> None:
    """Never by who asked; each opens its own restriction only."""
    t = story.t
    haneul, sora, alex = story.people("haneul", "sora", "alex")
    held = alex.person.hold(t("Grant…", "허용…"), in_="dm")
    assert await haneul.press_late(held) == ""
    assert story.dms("haneul") == [
        t(
            "Nobody decides on their own request.\nWho can: @Alex Rivera",
            "자신이 요청한 건은 결정할 수 없습니다.\n할 수 있는 사람: @Alex Rivera",
        )
    ]
    assert await sora.press(t("Grant…", "허용…"), "dm") == ""
    assert sora.modal.fields == {
        t("Good for", "유효 시간"): t("2 hr", "2시간"),
        t("For", "사용 범위"): t("One deploy", "배포 한 번"),
        t("Note", "메모"): None,
    }
    assert await sora.fill({}) == t(
        "Recorded: v1.5.0 The exception is granted until Tue 3 Mar 20:00 (one deploy): Blackout: Spring sale\n"
        "You can revoke it: /release exception",
        "기록했습니다: v1.5.0 예외가 3월 3일(화) 20:00까지 승인되었습니다 (배포 한 번): 배포 금지 기간: Spring sale\n"
        "승인을 취소하려면: /release exception",
    )
    granted = t(
        "v1.5.0 The exception is granted until today 8:00 PM (Seoul Tue 3 Mar 20:00) (one deploy): Blackout: Spring sale — @박소라 (Sora Park)",
        "v1.5.0 예외가 오늘 오후 8:00 (서울 3월 3일(화) 20:00)까지 승인되었습니다 (배포 한 번): 배포 금지 기간: Spring sale — @박소라 (Sora Park)",
    )
    assert story.news() == [f"↳ {granted}", granted]
    assert story.dms("haneul") == [
        t(
            "v1.5.0 The exception is granted until Tue 3 Mar 20:00 (one deploy): Blackout: Spring sale — @박소라 (Sora Park)",
            "v1.5.0 예외가 3월 3일(화) 20:00까지 승인되었습니다 (배포 한 번): 배포 금지 기간: Spring sale — @박소라 (Sora Park)",
        )
    ]
    assert sora.buttons(t("Way back", "되돌리는 방법"), "dm") == (t("Revoke…", "승인 취소…"),)
    assert await haneul.slash(t("/release can-i-deploy regular", "/release 배포가능 정기")) == t(
        "Shop · v1.5.0 · Regular\n"
        "🔴 Closed, opens Thu 5 Mar 10:00\n"
        "• Outside the release windows · until Wed 4 Mar 10:00\n"
        "• Opened by an exception until Tue 3 Mar 20:00, granted by @박소라 (Sora Park): Blackout: Spring sale\n"
        "Exception possible: Outside the release windows, granted by: release manager",
        "상점 · v1.5.0 · 정기\n"
        "🔴 닫힘 · 열리는 시각 3월 5일(목) 10:00\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 4일(수) 10:00까지\n"
        "• 예외 승인으로 3월 3일(화) 20:00까지 열림 (승인: @박소라 (Sora Park)): 배포 금지 기간: Spring sale\n"
        "예외 승인 가능: 릴리스 윈도우 밖의 시간 (결정: 릴리스 매니저)",
    )
    assert await haneul.slash(t("/release can-i-deploy hotfix", "/release 배포가능 핫픽스")) == t(
        "Shop · Hotfix\n"
        "🔴 Closed, opens Thu 5 Mar 00:00\n"
        "• Blackout: Spring sale (big campaign) · until Thu 5 Mar 00:00\n"
        "Exception possible: Blackout: Spring sale, granted by: PM",
        "상점 · 핫픽스\n"
        "🔴 닫힘 · 열리는 시각 3월 5일(목) 00:00\n"
        "• 배포 금지 기간: Spring sale (big campaign) · 3월 5일(목) 00:00까지\n"
        "예외 승인 가능: 배포 금지 기간: Spring sale (결정: PM)",
    )
    await alex.press(t("Grant…", "허용…"), "dm")
    await alex.fill({t("Note", "메모"): "only this once"})
    assert await haneul.slash(t("/release can-i-deploy regular", "/release 배포가능 정기")) == t(
        "Shop · v1.5.0 · Regular\n"
        "🟢 Open by exception\n"
        "• Opened by an exception until Tue 3 Mar 20:00, granted by @박소라 (Sora Park): Blackout: Spring sale\n"
        "• Opened by an exception until Tue 3 Mar 20:00, granted by @Alex Rivera: Outside the release windows",
        "상점 · v1.5.0 · 정기\n"
        "🟢 예외 승인으로 열림\n"
        "• 예외 승인으로 3월 3일(화) 20:00까지 열림 (승인: @박소라 (Sora Park)): 배포 금지 기간: Spring sale\n"
        "• 예외 승인으로 3월 3일(화) 20:00까지 열림 (승인: @Alex Rivera): 릴리스 윈도우 밖의 시간",
    )


async def _used(story: Story) -> None:
    """The deploy uses them up; who decided is asked how it went once it has come out."""
    t = story.t
    priya, sora = story.people("priya", "sora")
    await story.begin_here()
    await priya.press(t("Deploy", "배포"), CHANNEL)
    assert story.news() == [
        t(
            "↳ v1.5.0 Asked of git: Deploy. The result follows. — @Priya Nair",
            "↳ v1.5.0 git 작업 요청: 배포. 결과는 곧 알려 드립니다. — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.5.0 Deploy started (rc.1 <commit>) · Stage: Deploying — @Priya Nair",
            "↳ 🔵 정보 v1.5.0 배포 시작 (rc.1 <commit>) · 단계: 배포 중 — @Priya Nair",
        ),
        t(
            "↳ v1.5.0 The deploy uses the exception: Blackout: Spring sale — @Priya Nair",
            "↳ v1.5.0 예외 승인을 사용해 배포합니다: 배포 금지 기간: Spring sale — @Priya Nair",
        ),
        t(
            "↳ v1.5.0 The deploy uses the exception: Outside the release windows — @Priya Nair",
            "↳ v1.5.0 예외 승인을 사용해 배포합니다: 릴리스 윈도우 밖의 시간 — @Priya Nair",
        ),
    ]
    assert sora.buttons(t("Way back", "되돌리는 방법"), "dm") == ()
    await ways.roll_out(story)
    assert story.dms("sora") == []
    await ways.verify(story)
    assert story.dms("sora") == [
        t(
            "How did the exception turn out? v1.5.0 · Blackout: Spring sale",
            "예외 승인 사후 평가 v1.5.0 · 배포 금지 기간: Spring sale",
        )
    ]


async def _judged(story: Story) -> None:
    """Three answers; what Naru knows is proposed. The ledger keeps them."""
    t = story.t
    haneul, sora = story.people("haneul", "sora")
    asked = t("How did the exception turn out?", "예외 승인 사후 평가")
    assert sora.reads(asked, "dm") == t(
        "How did the exception turn out?\n"
        "v1.5.0 · Blackout: Spring sale\n"
        "Why can it not wait?\n"
        "Tax law\n"
        "Asked by @김하늘 (Haneul Kim), granted by @박소라 (Sora Park)\n"
        "As far as Naru knows, it went well.\n"
        "Did it fail, was it urgent, was the reason true? The ledger keeps the answer.",
        "예외 승인 사후 평가\n"
        "v1.5.0 · 배포 금지 기간: Spring sale\n"
        "왜 기다릴 수 없습니까?\n"
        "Tax law\n"
        "요청: @김하늘 (Haneul Kim), 승인: @박소라 (Sora Park)\n"
        "나루가 아는 결과: 잘됨\n"
        "실패했습니까? 긴급했습니까? 사유가 사실이었습니까? 답은 예외 승인 대장에 남습니다.",
    )
    assert (
        t("An exception waits for your judgement", "예외 승인에 대한 사후 평가를 기다립니다")
        in (await sora.home()).text
    )
    await sora.press(t("Judge…", "평가하기…"), "dm")
    assert sora.modal.fields == {
        t("Did the deploy fail?", "배포가 실패했습니까?"): t("No, it went well", "아니요, 잘되었습니다"),
        t("Was it urgent?", "긴급했습니까?"): None,
        t("Was the reason true?", "사유가 사실이었습니까?"): None,
        t("Note", "메모"): None,
    }
    assert await sora.fill(
        {
            t("Was it urgent?", "긴급했습니까?"): t("No", "아니요"),
            t("Was the reason true?", "사유가 사실이었습니까?"): t("Yes", "예"),
            t("Note", "메모"): "April would have done",
        }
    ) == t(
        "Recorded: v1.5.0 The exception is judged: went well · not urgent · the reason was true (Blackout: Spring sale)\n"
        "> April would have done",
        "기록했습니다: v1.5.0 예외 승인을 평가했습니다: 잘됨 · 긴급하지 않았음 · 사유가 사실이었음 (배포 금지 기간: Spring sale)\n"
        "> April would have done",
    )
    assert sora.buttons(asked, "dm") == ()
    assert await haneul.slash(t("/release exception ledger", "/release 예외 대장")) == t(
        "Ledger of exceptions: Shop, March 2026\n"
        "Asked: 2 · granted: 2 · budget: 2 · to be judged: 1\n"
        "v1.5.0 · Blackout: Spring sale · ✓ Used\n"
        "Asked by @김하늘 (Haneul Kim), Tue 3 Mar 18:00: Tax law\n"
        "Granted by @박소라 (Sora Park)\n"
        "Used Tue 3 Mar 18:00\n"
        "As far as Naru knows, it went well.\n"
        "Judged: went well · not urgent · the reason was true — @박소라 (Sora Park)\n"
        "> April would have done\n"
        "v1.5.0 · Outside the release windows · ✓ Used\n"
        "Asked by @김하늘 (Haneul Kim), Tue 3 Mar 18:00: Tax law\n"
        "Granted by @Alex Rivera\n"
        "Used Tue 3 Mar 18:00\n"
        "As far as Naru knows, it went well.\n"
        "Not judged yet.",
        "예외 승인 대장: 상점, 2026년 3월\n"
        "요청 2건 · 승인 2건 · 한도 2건 · 평가 대기 1건\n"
        "v1.5.0 · 배포 금지 기간: Spring sale · ✓ 사용됨\n"
        "요청: @김하늘 (Haneul Kim), 3월 3일(화) 18:00: Tax law\n"
        "승인: @박소라 (Sora Park)\n"
        "사용: 3월 3일(화) 18:00\n"
        "나루가 아는 결과: 잘됨\n"
        "평가: 잘됨 · 긴급하지 않았음 · 사유가 사실이었음 — @박소라 (Sora Park)\n"
        "> April would have done\n"
        "v1.5.0 · 릴리스 윈도우 밖의 시간 · ✓ 사용됨\n"
        "요청: @김하늘 (Haneul Kim), 3월 3일(화) 18:00: Tax law\n"
        "승인: @Alex Rivera\n"
        "사용: 3월 3일(화) 18:00\n"
        "나루가 아는 결과: 잘됨\n"
        "아직 평가하지 않았습니다.",
    )


async def test_an_exception_is_revoked_denied_and_runs_out(story: Story) -> None:
    await _held(story)
    await _revoked(story)
    await _denied(story)
    await _ran_out(story)
    await _beyond_the_budget(story)


async def _revoked(story: Story) -> None:
    """A decider changes their mind: the gate closes at once, and whoever was told is told."""
    t = story.t
    haneul, sora, alex, priya = story.people("haneul", "sora", "alex", "priya")
    await haneul.slash(t("/release exception ask 1.5.0", "/release 예외 요청 1.5.0"))
    await haneul.fill(_words(story))
    for decider in (sora, alex):
        await decider.press(t("Grant…", "허용…"), "dm")
        await decider.fill({})
    await story.begin_here()
    assert await alex.press(t("Revoke…", "승인 취소…"), "dm") == ""
    assert alex.modal.text == t(
        "v1.5.0 · Outside the release windows\n"
        "Wanted: at once, for 2 hr (one deploy)\n"
        "Tax law\n"
        "The gate closes again at once; a rollout under way pauses or goes on as the policy has it. The channel is told.\n"
        "Reason",
        "v1.5.0 · 릴리스 윈도우 밖의 시간\n"
        "희망: 승인 즉시 2시간 동안 (배포 한 번)\n"
        "Tax law\n"
        "게이트가 즉시 다시 닫힙니다. 진행 중인 배포는 정책에 따라 일시 중지되거나 계속됩니다. 채널에 알립니다.\n"
        "사유",
    )
    assert await alex.fill({t("Reason", "사유"): "too risky"}) == t(
        "Recorded: v1.5.0 The exception is revoked and opens nothing any more: Outside the release windows\n"
        "> too risky",
        "기록했습니다: v1.5.0 예외 승인이 취소되어 더 이상 유효하지 않습니다: 릴리스 윈도우 밖의 시간\n"
        "> too risky",
    )
    revoked = t(
        "v1.5.0 The exception is revoked and opens nothing any more: Outside the release windows — @Alex Rivera\n"
        "> too risky",
        "v1.5.0 예외 승인이 취소되어 더 이상 유효하지 않습니다: 릴리스 윈도우 밖의 시간 — @Alex Rivera\n"
        "> too risky",
    )
    assert story.news() == [f"↳ {revoked}", revoked]
    assert story.dms("haneul") == [revoked]
    assert alex.buttons(t("Way back", "되돌리는 방법"), "dm") == ()
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.5.0: one thing is missing.\n"
        "• The gate is closed: Outside the release windows · until Wed 4 Mar 06:30 (Seoul 10:00); opens Thu 5 Mar 06:30 (Seoul 10:00) (ask: release manager)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 배포: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.\n"
        "• 게이트가 닫혀 있습니다: 릴리스 윈도우 밖의 시간 · 3월 4일(수) 06:30 (서울 10:00)까지; 열리는 시각: 3월 5일(목) 06:30 (서울 10:00) (담당: 릴리스 매니저)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )


async def _denied(story: Story) -> None:
    """The form warns that the other exception ends first; the no has a reason, and the channel is spared."""
    t = story.t
    haneul, alex = story.people("haneul", "alex")
    await haneul.slash(t("/release exception ask 1.5.0", "/release 예외 요청 1.5.0"))
    assert haneul.modal.text.split(t("\nFrom when?", "\n언제부터입니까?"))[0] == t(
        "Deploy v1.5.0\n"
        "One exception is needed, decided by somebody else than you:\n"
        "• Outside the release windows · until Wed 4 Mar 10:00\n"
        "   Can decide: @Alex Rivera (release manager)\n"
        "Something else closes the gate again: Tue 3 Mar 20:00\n"
        "⚠ The month's budget is used up: 2 granted, 2 allowed for. It can be asked all the same; the ledger shows it.",
        "v1.5.0 배포\n"
        "예외 승인이 1건 필요하며, 본인이 아닌 사람이 결정합니다.\n"
        "• 릴리스 윈도우 밖의 시간 · 3월 4일(수) 10:00까지\n"
        "   결정할 수 있는 사람: @Alex Rivera (릴리스 매니저)\n"
        "다른 규칙으로 게이트가 다시 닫히는 시각: 3월 3일(화) 20:00\n"
        "⚠ 이번 달 예외 승인 한도를 모두 사용했습니다(승인 2건, 한도 2건). 요청할 수는 있으며 대장에 표시됩니다.",
    )
    await haneul.fill(_words(story))
    assert t(
        "⚠ Asked although the month's budget of 2 was used up.",
        "⚠ 이번 달 한도 2건을 모두 사용한 뒤의 요청입니다.",
    ) in alex.reads(t("Way back", "되돌리는 방법"), "dm")
    await story.begin_here()
    await alex.press(t("Deny…", "거절…"), "dm")
    assert await alex.fill({t("Why not?", "왜 허용하지 않습니까?"): "tomorrow"}) == t(
        "Recorded: v1.5.0 The exception is denied: Outside the release windows\n> tomorrow",
        "기록했습니다: v1.5.0 예외 승인 요청이 거절되었습니다: 릴리스 윈도우 밖의 시간\n> tomorrow",
    )
    denied = t(
        "v1.5.0 The exception is denied: Outside the release windows — @Alex Rivera\n> tomorrow",
        "v1.5.0 예외 승인 요청이 거절되었습니다: 릴리스 윈도우 밖의 시간 — @Alex Rivera\n> tomorrow",
    )
    assert story.news() == [f"↳ {denied}"]
    assert story.dms("haneul") == [denied]


async def _ran_out(story: Story) -> None:
    """Nobody used the other one: told once, and who granted it is asked why it was wanted."""
    t = story.t
    await story.wait_for(timedelta(hours=2))
    unused = t(
        "v1.5.0 The exception has expired unused: Blackout: Spring sale",
        "v1.5.0 예외 승인이 사용되지 않고 만료되었습니다: 배포 금지 기간: Spring sale",
    )
    assert story.news() == [f"↳ {unused}", unused]
    assert story.dms("haneul") == [unused]
    assert story.dms("sora") == [
        t(
            "How did the exception turn out? v1.5.0 · Blackout: Spring sale",
            "예외 승인 사후 평가 v1.5.0 · 배포 금지 기간: Spring sale",
        )
    ]
    await story.wait_for(timedelta(hours=1))
    assert story.news() == []


async def _beyond_the_budget(story: Story) -> None:
    """Ahead of its time: the form follows the time that is chosen; a third one in the month is marked."""
    t = story.t
    haneul, sora = story.people("haneul", "sora")
    await haneul.slash(t("/release exception ask 1.5.0", "/release 예외 요청 1.5.0"))
    ahead = datetime(2026, 3, 4, 14, tzinfo=SEOUL)
    await haneul.choose(t("From when?", "언제부터입니까?"), ahead)
    assert haneul.modal.text.split(t("\nFrom when?", "\n언제부터입니까?"))[0] == t(
        "Deploy v1.5.0\n"
        "One exception is needed, decided by somebody else than you:\n"
        "• Blackout: Spring sale · until Thu 5 Mar 00:00\n"
        "   Can decide: @박소라 (Sora Park) (PM)\n"
        "Something else closes the gate again: Wed 4 Mar 17:00\n"
        "⚠ The month's budget is used up: 2 granted, 2 allowed for. It can be asked all the same; the ledger shows it.",
        "v1.5.0 배포\n"
        "예외 승인이 1건 필요하며, 본인이 아닌 사람이 결정합니다.\n"
        "• 배포 금지 기간: Spring sale · 3월 5일(목) 00:00까지\n"
        "   결정할 수 있는 사람: @박소라 (Sora Park) (PM)\n"
        "다른 규칙으로 게이트가 다시 닫히는 시각: 3월 4일(수) 17:00\n"
        "⚠ 이번 달 예외 승인 한도를 모두 사용했습니다(승인 2건, 한도 2건). 요청할 수는 있으며 대장에 표시됩니다.",
    )
    await haneul.fill(_words(story))
    await sora.press(t("Grant…", "허용…"), "dm")
    assert await sora.fill({}) == t(
        "Recorded: v1.5.0 The exception is granted from Wed 4 Mar 14:00 until Wed 4 Mar 16:00 (one deploy): Blackout: Spring sale\n"
        "You can revoke it: /release exception",
        "기록했습니다: v1.5.0 예외가 3월 4일(수) 14:00부터 3월 4일(수) 16:00까지 승인되었습니다 (배포 한 번): 배포 금지 기간: Spring sale\n"
        "승인을 취소하려면: /release exception",
    )
    assert await haneul.slash(t("/release exception ledger", "/release 예외 대장")) == t(
        "Ledger of exceptions: Shop, March 2026\n"
        "Asked: 4 · granted: 3 · budget: 2 · ⚠ 1 beyond it · to be judged: 1\n"
        "v1.5.0 · Blackout: Spring sale · ⌛ Expired unused\n"
        "Asked by @김하늘 (Haneul Kim), Tue 3 Mar 18:00: Tax law\n"
        "Granted by @박소라 (Sora Park)\n"
        "Not judged yet.\n"
        "v1.5.0 · Outside the release windows · ⛔ Revoked\n"
        "Asked by @김하늘 (Haneul Kim), Tue 3 Mar 18:00: Tax law\n"
        "Granted by @Alex Rivera\n"
        "Revoked by @Alex Rivera: too risky\n"
        "v1.5.0 · Outside the release windows · 🔴 Denied\n"
        "Asked by @김하늘 (Haneul Kim), Tue 3 Mar 18:00: Tax law\n"
        "Denied by @Alex Rivera: tomorrow\n"
        "v1.5.0 · Blackout: Spring sale · 🟢 Granted · ⚠ beyond the budget\n"
        "Asked by @김하늘 (Haneul Kim), Tue 3 Mar 21:00: Tax law\n"
        "Granted by @박소라 (Sora Park)",
        "예외 승인 대장: 상점, 2026년 3월\n"
        "요청 4건 · 승인 3건 · 한도 2건 · ⚠ 한도 1건 초과 · 평가 대기 1건\n"
        "v1.5.0 · 배포 금지 기간: Spring sale · ⌛ 미사용 만료\n"
        "요청: @김하늘 (Haneul Kim), 3월 3일(화) 18:00: Tax law\n"
        "승인: @박소라 (Sora Park)\n"
        "아직 평가하지 않았습니다.\n"
        "v1.5.0 · 릴리스 윈도우 밖의 시간 · ⛔ 취소됨\n"
        "요청: @김하늘 (Haneul Kim), 3월 3일(화) 18:00: Tax law\n"
        "승인: @Alex Rivera\n"
        "취소: @Alex Rivera — too risky\n"
        "v1.5.0 · 릴리스 윈도우 밖의 시간 · 🔴 거절됨\n"
        "요청: @김하늘 (Haneul Kim), 3월 3일(화) 18:00: Tax law\n"
        "거절: @Alex Rivera — tomorrow\n"
        "v1.5.0 · 배포 금지 기간: Spring sale · 🟢 허용됨 · ⚠ 한도 초과\n"
        "요청: @김하늘 (Haneul Kim), 3월 3일(화) 21:00: Tax law\n"
        "승인: @박소라 (Sora Park)",
    )


async def test_a_merge_in_the_code_freeze_is_asked_by_a_developer_and_decided_once(story: Story) -> None:
    t = story.t
    emma, haneul, alex = story.people("emma", "haneul", "alex")
    await ways.start(story, "v1.5.0")
    await story.time("2026-03-03", "11:00")
    await story.begin_here()
    await emma.slash(t("/release freeze", "/release 프리즈"))
    assert await emma.press(t("Ask to merge in the freeze…", "프리즈 중 병합 요청…"), CHANNEL) == ""
    assert emma.modal.text.split(t("\nFrom when?", "\n언제부터입니까?"))[0] == t(
        "Merge features\n"
        "One exception is needed, decided by somebody else than you:\n"
        "• Code freeze: 1.5.0\n"
        "   Can decide: @Alex Rivera @김하늘 (Haneul Kim) (release manager)",
        "기능 병합\n"
        "예외 승인이 1건 필요하며, 본인이 아닌 사람이 결정합니다.\n"
        "• 코드 프리즈: 1.5.0\n"
        "   결정할 수 있는 사람: @Alex Rivera @김하늘 (Haneul Kim) (릴리스 매니저)",
    )
    words = _words(story, "feature/cart", merge=True)
    assert await emma.fill(words) == t(
        "Recorded: v1.5.0 An exception is asked for.\n"
        "• Code freeze: 1.5.0 — decided by @Alex Rivera @김하늘 (Haneul Kim) (release manager)\n"
        "• What: feature/cart\n"
        "• Why: Tax law\n"
        "• Risk: Slow carts\n"
        "• Way back: Blue stays up\n"
        "• Wanted: at once, for 2 hr (merges)\n"
        "You are told here what is decided.",
        "기록했습니다: v1.5.0 예외 승인을 요청했습니다.\n"
        "• 코드 프리즈: 1.5.0 — 결정: @Alex Rivera @김하늘 (Haneul Kim) (릴리스 매니저)\n"
        "• 내용: feature/cart\n"
        "• 이유: Tax law\n"
        "• 위험 요소: Slow carts\n"
        "• 되돌리는 방법: Blue stays up\n"
        "• 희망: 승인 즉시 2시간 동안 (병합)\n"
        "결정되면 여기에서 알려 드립니다.",
    )
    for manager in (haneul, alex):
        await manager.press(t("Grant…", "허용…"), "dm")
        assert manager.modal.fields == {
            t("Good for", "유효 시간"): t("2 hr", "2시간"),
            t("Note", "메모"): None,
        }
    await story.begin_here()
    assert await haneul.fill({t("Good for", "유효 시간"): t("1 hr", "1시간")}) == t(
        "Recorded: v1.5.0 The exception is granted until Tue 3 Mar 12:00 (merges): Code freeze: 1.5.0\n"
        "You can revoke it: /release exception",
        "기록했습니다: v1.5.0 예외가 3월 3일(화) 12:00까지 승인되었습니다 (병합): 코드 프리즈: 1.5.0\n"
        "승인을 취소하려면: /release exception",
    )
    assert await alex.fill({}) == ""  # a moment too late
    assert list(alex.errors.values()) == [
        t(
            "This exception is already granted. By @haneul",
            "이미 승인된 예외입니다. 처리한 사람: @haneul",
        )
    ]
    granted = t(
        "v1.5.0 The exception is granted until today 12:00 PM (Seoul Tue 3 Mar 12:00) (merges): Code freeze: 1.5.0 — @김하늘 (Haneul Kim)",
        "v1.5.0 예외가 오늘 오후 12:00 (서울 3월 3일(화) 12:00)까지 승인되었습니다 (병합): 코드 프리즈: 1.5.0 — @김하늘 (Haneul Kim)",
    )
    assert story.news() == [f"↳ {granted}", granted]
    assert await emma.slash(t("/release exception", "/release 예외")) == t(
        "Exceptions: Shop\n"
        "Code freeze: 1.5.0 · 🟢 Granted\n"
        "@Emma Jones: Tax law\n"
        "Good from Tue 3 Mar 02:00 (Seoul 11:00) until Tue 3 Mar 03:00 (Seoul 12:00) (merges).\n"
        "This month: 1 granted, budget 2. The ledger: /release exception ledger",
        "예외 승인: 상점\n"
        "코드 프리즈: 1.5.0 · 🟢 허용됨\n"
        "@Emma Jones: Tax law\n"
        "유효: 3월 3일(화) 02:00 (서울 11:00)부터 3월 3일(화) 03:00 (서울 12:00)까지 (병합)\n"
        "이번 달: 승인 1건, 한도 2건. 대장: /release exception ledger",
    )
    assert await emma.slash(t("/release exception revoke", "/release 예외 취소")) == ""
    await emma.fill({t("Reason", "사유"): "merged"})
    assert story.news() == [
        mark
        + t(
            "v1.5.0 The exception is revoked and opens nothing any more: Code freeze: 1.5.0 — @Emma Jones\n> merged",
            "v1.5.0 예외 승인이 취소되어 더 이상 유효하지 않습니다: 코드 프리즈: 1.5.0 — @Emma Jones\n> merged",
        )
        for mark in ("↳ ", "")
    ]
    assert await emma.slash(t("/release exception revoke 1.5.0", "/release 예외 취소 1.5.0")) == t(
        "Exceptions: Shop\n"
        "None waits for a decision, none is granted.\n"
        "This month: 1 granted, budget 2. The ledger: /release exception ledger",
        "예외 승인: 상점\n"
        "결정을 기다리거나 승인된 예외가 없습니다.\n"
        "이번 달: 승인 1건, 한도 2건. 대장: /release exception ledger",
    )
    assert await emma.slash(t("/release exception ask merge", "/release 예외 요청 병합")) == ""
    assert emma.modal.text.startswith(t("Merge features\n", "기능 병합\n"))
