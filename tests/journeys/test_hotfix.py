from __future__ import annotations

from datetime import timedelta

from sandbox.sample_repo import add_hotfix_work
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

ROOM = "#rollback-v1-6-0"


async def test_a_hotfix_and_an_emergency_carry_named_commits_alone(story: Story) -> None:
    await _hotfix_started(story)
    await _hotfix_approved(story)
    await _hotfix_out(story)
    await _emergency(story)


async def _hotfix_started(story: Story) -> None:
    """A fix of what is in production, cut from its tag with the named commit alone."""
    t = story.t
    minjae = story.person("minjae")
    add_hotfix_work(story.demo.sample, at=story.demo.clock())
    await story.look_at_remotes()
    assert await minjae.slash(t("/release start hotfix 1.4.3", "/release 시작 핫픽스 1.4.3")) == ""
    assert minjae.modal.fields == {
        t("Project", "프로젝트"): t("Shop", "상점"),
        t("Release type", "릴리스 유형"): t("Hotfix", "핫픽스"),
        t("In production now", "현재 프로덕션 버전"): "v1.4.2",
        t("Version", "버전"): "1.4.3",
        t("Commits", "커밋"): None,
        t("Deploy", "배포"): None,
    }
    assert await minjae.fill({t("Commits", "커밋"): story.demo.sample.sha("develop")[:10]}) == t(
        "Recorded: v1.4.3 has started. Type: Hotfix\n"
        "The card is in the project's channel. Next: cut the branch.",
        "기록했습니다: v1.4.3 릴리스를 시작했습니다. 유형: 핫픽스\n"
        "카드는 프로젝트 채널에 있습니다. 다음: 브랜치를 만듭니다.",
    )
    assert story.news() == [
        t("v1.4.3 · Hotfix release: Candidate", "v1.4.3 · 핫픽스 릴리스: 릴리스 후보"),
        t(
            "↳ v1.4.3 has started. Type: Hotfix — @최민재 (Minjae Choi)",
            "↳ v1.4.3 릴리스를 시작했습니다. 유형: 핫픽스 — @최민재 (Minjae Choi)",
        ),
        t(
            "↳ In production: v1.4.2. Confirmed once, before the first release. — @최민재 (Minjae Choi)",
            "↳ 프로덕션 버전: v1.4.2. 첫 릴리스 전에 한 번만 확인합니다. — @최민재 (Minjae Choi)",
        ),
    ]
    assert story.card("v1.4.3").buttons == (
        t("Cut branch", "브랜치 생성"),
        t("Move the deploy date", "배포 일정 변경"),
        t("Hold", "보류"),
        t("Cancel release", "릴리스 취소"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
    )
    assert await minjae.press(t("Cut branch", "브랜치 생성"), CHANNEL) == t(
        "Recorded: v1.4.3 Asked of git: Cut branch. The result follows.",
        "기록했습니다: v1.4.3 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.4.3 Asked of git: Cut branch. The result follows. — @최민재 (Minjae Choi)",
            "↳ v1.4.3 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다. — @최민재 (Minjae Choi)",
        ),
        t(
            "↳ v1.4.3 Branch cut · Stage: Building — @최민재 (Minjae Choi)",
            "↳ v1.4.3 브랜치 생성 · 단계: 빌드 중 — @최민재 (Minjae Choi)",
        ),
    ]
    assert story.demo.sample.subjects("v1.4.2..hotfix/INC-20260301-1") == [
        "fix(payment): 해외 카드 결제가 거절되던 문제를 고친다 (#260)"
    ]


async def _hotfix_approved(story: Story) -> None:
    """Staging may be skipped with a reason; the incident commander approves."""
    t = story.t
    junho, minjae = story.people("junho", "minjae")
    assert await minjae.press(t("Build passed", "빌드 성공"), CHANNEL) == t(
        "Recorded: v1.4.3 Asked of git: Build passed. The result follows.",
        "기록했습니다: v1.4.3 git 작업 요청: 빌드 성공. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.4.3 Asked of git: Build passed. The result follows. — @최민재 (Minjae Choi)",
            "↳ v1.4.3 git 작업 요청: 빌드 성공. 결과는 곧 알려 드립니다. — @최민재 (Minjae Choi)",
        ),
        t(
            "↳ v1.4.3 Build passed (rc.1 <commit>) · Stage: Staging — @최민재 (Minjae Choi)",
            "↳ v1.4.3 빌드 성공 (rc.1 <commit>) · 단계: 스테이징 — @최민재 (Minjae Choi)",
        ),
        t(
            "↳ v1.4.3 Done in git: Tag the candidate\n• v1.4.3-rc.1 → <commit>",
            "↳ v1.4.3 git 작업 완료: 릴리스 후보 태그\n• v1.4.3-rc.1 → <commit>",
        ),
    ]
    assert await minjae.press(t("Skip staging", "스테이징 건너뛰기"), CHANNEL) == ""
    assert await minjae.fill(
        {t("Why without staging?", "왜 스테이징을 건너뜁니까?"): "payments are down"}
    ) == t(
        "Recorded: v1.4.3 Staging skipped · Stage: QA\n> payments are down\nNext: QA tests the candidate.",
        "기록했습니다: v1.4.3 스테이징 건너뜀 · 단계: QA\n"
        "> payments are down\n"
        "다음: QA가 릴리스 후보를 테스트합니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.4.3 Staging skipped · Stage: QA — @최민재 (Minjae Choi)\n> payments are down",
            "↳ v1.4.3 스테이징 건너뜀 · 단계: QA — @최민재 (Minjae Choi)\n> payments are down",
        )
    ]
    await ways.pass_qa(story)
    assert story.news() == [
        t("↳ Approval of v1.4.3 · Hotfix release, rc.1", "↳ 승인 요청: v1.4.3 · 핫픽스 릴리스, rc.1"),
        t(
            "↳ v1.4.3 QA passed for rc.1. DB migration: no · Breaking changes: no — @Daniel Weber",
            "↳ v1.4.3 rc.1 QA 통과. DB 마이그레이션: 아니요 · 단절적 변경: 아니요 — @Daniel Weber",
        ),
        t(
            "↳ v1.4.3 rc.1 (<commit>) waits for approval. — @Daniel Weber",
            "↳ v1.4.3 rc.1 (<commit>) 승인을 기다립니다. — @Daniel Weber",
        ),
    ]
    assert story.dms("minjae") == [
        t("Approval of v1.4.3 · Hotfix release, rc.1", "승인 요청: v1.4.3 · 핫픽스 릴리스, rc.1")
    ]
    assert await junho.press(t("Approve", "승인"), CHANNEL) == t(
        "Your decision does not count for the approval of v1.4.3.\nWho can: @최민재 (Minjae Choi)",
        "v1.4.3의 승인을 결정할 수 있는 사람이 아닙니다.\n할 수 있는 사람: @최민재 (Minjae Choi)",
    )
    assert await minjae.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.4.3 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.4.3 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.4.3 rc.1 Approved — @최민재 (Minjae Choi)", "↳ v1.4.3 rc.1 승인 — @최민재 (Minjae Choi)"),
        t(
            "↳ v1.4.3 All approvals given · Stage: Approved — @최민재 (Minjae Choi)",
            "↳ v1.4.3 승인 요건 충족 · 단계: 승인 — @최민재 (Minjae Choi)",
        ),
    ]


async def _hotfix_out(story: Story) -> None:
    """On a Sunday: the gate is open for a hotfix, and the pre-release list is not asked for."""
    t = story.t
    haneul, priya = story.people("haneul", "priya")
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Deploy has to wait for v1.4.3: 3 things are missing.\n"
        "• Checklist “At the start”, open 2: The production database is backed up; Dashboards are ready (errors, latency, resources) (ask: release manager, DevOps/SRE, QA lead or incident commander)\n"
        "• Not confirmed yet: Deployer standing by (ask: DevOps/SRE or release manager)\n"
        "• Not confirmed yet: On-call standing by (ask: on-call or DevOps/SRE)\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.4.3 배포: 아직 진행할 수 없습니다. 필요한 것이 3가지 남았습니다.\n"
        "• 체크리스트 “배포 시작”, 남은 항목 2: 운영 데이터베이스를 백업했습니다; 대시보드가 준비되었습니다(오류, 지연, 자원) (담당: 릴리스 매니저, DevOps/SRE, QA 리드 또는 장애 지휘관)\n"
        "• 아직 확인되지 않음: 배포 담당자 대기 (담당: DevOps/SRE 또는 릴리스 매니저)\n"
        "• 아직 확인되지 않음: 온콜 대기 (담당: 온콜 또는 DevOps/SRE)\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await priya.press(t("Deployer standing by", "배포 담당자 대기"), CHANNEL) == ""
    assert await priya.fill({}) == t(
        "Recorded: v1.4.3 Confirmed: Deployer standing by", "기록했습니다: v1.4.3 확인: 배포 담당자 대기"
    )
    assert story.news() == [
        t(
            "↳ v1.4.3 Confirmed: Deployer standing by — @Priya Nair",
            "↳ v1.4.3 확인: 배포 담당자 대기 — @Priya Nair",
        )
    ]
    assert await priya.press(t("On-call standing by", "온콜 대기"), CHANNEL) == ""
    assert await priya.fill({}) == t(
        "Recorded: v1.4.3 Confirmed: On-call standing by", "기록했습니다: v1.4.3 확인: 온콜 대기"
    )
    assert story.news() == [
        t("↳ v1.4.3 Confirmed: On-call standing by — @Priya Nair", "↳ v1.4.3 확인: 온콜 대기 — @Priya Nair")
    ]
    await ways.tick(story, "haneul", t("Deploy", "배포"))
    assert await priya.press(t("Deploy", "배포"), CHANNEL) == t(
        "Recorded: v1.4.3 Asked of git: Deploy. The result follows.",
        "기록했습니다: v1.4.3 git 작업 요청: 배포. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.4.3 Asked of git: Deploy. The result follows. — @Priya Nair",
            "↳ v1.4.3 git 작업 요청: 배포. 결과는 곧 알려 드립니다. — @Priya Nair",
        ),
        t(
            "↳ 🔵 Info v1.4.3 Deploy started (rc.1 <commit>) · Stage: Deploying — @Priya Nair",
            "↳ 🔵 정보 v1.4.3 배포 시작 (rc.1 <commit>) · 단계: 배포 중 — @Priya Nair",
        ),
    ]
    assert await priya.press(t("Step done", "배포 단계 완료"), CHANNEL) == t(
        "Recorded: v1.4.3 Batch 1 ▰▰▰▱▱▱▱▱▱▱ 1/3", "기록했습니다: v1.4.3 1차 배치 ▰▰▰▱▱▱▱▱▱▱ 1/3"
    )
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.4.3 Batch 1 ▰▰▰▱▱▱▱▱▱▱ 1/3 — @Priya Nair",
            "↳ 🔵 정보 v1.4.3 1차 배치 ▰▰▰▱▱▱▱▱▱▱ 1/3 — @Priya Nair",
        )
    ]
    assert await priya.press(t("Step done", "배포 단계 완료"), CHANNEL) == t(
        "Recorded: v1.4.3 Batch 2 ▰▰▰▰▰▰▰▱▱▱ 2/3", "기록했습니다: v1.4.3 2차 배치 ▰▰▰▰▰▰▰▱▱▱ 2/3"
    )
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.4.3 Batch 2 ▰▰▰▰▰▰▰▱▱▱ 2/3 — @Priya Nair",
            "↳ 🔵 정보 v1.4.3 2차 배치 ▰▰▰▰▰▰▰▱▱▱ 2/3 — @Priya Nair",
        )
    ]
    assert await priya.press(t("Step done", "배포 단계 완료"), CHANNEL) == t(
        "Recorded: v1.4.3 Batch 3 ▰▰▰▰▰▰▰▰▰▰ 3/3", "기록했습니다: v1.4.3 3차 배치 ▰▰▰▰▰▰▰▰▰▰ 3/3"
    )
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.4.3 Batch 3 ▰▰▰▰▰▰▰▰▰▰ 3/3 — @Priya Nair",
            "↳ 🔵 정보 v1.4.3 3차 배치 ▰▰▰▰▰▰▰▰▰▰ 3/3 — @Priya Nair",
        )
    ]
    await ways.tick(story, "priya", t("Rollout complete", "배포 완료"))
    assert await priya.press(t("Rollout complete", "배포 완료"), CHANNEL) == t(
        "Recorded: v1.4.3 Rollout completed · Stage: Verifying\n"
        "Next: verify in production, then confirm it on the card.",
        "기록했습니다: v1.4.3 배포 완료 · 단계: 검증 중\n다음: 프로덕션에서 검증한 뒤 카드에서 확인합니다.",
    )
    assert story.news() == [
        t(
            "↳ 🟢 Success v1.4.3 Rollout completed · Stage: Verifying — @Priya Nair",
            "↳ 🟢 성공 v1.4.3 배포 완료 · 단계: 검증 중 — @Priya Nair",
        )
    ]
    await ways.verify(story)
    assert story.news() == [
        t(
            "↳ 🟢 Success v1.4.3 Verified and released · Stage: Released — @Daniel Weber",
            "↳ 🟢 성공 v1.4.3 검증 및 릴리스 완료 · 단계: 릴리스 완료 — @Daniel Weber",
        ),
        t(
            "↳ v1.4.3 Release notes published: the release's thread — @Daniel Weber",
            "↳ v1.4.3 릴리스 노트를 게시했습니다: 릴리스 스레드 — @Daniel Weber",
        ),
        t("↳ Release notes v1.4.3", "↳ 릴리스 노트 v1.4.3"),
        t(
            "↳ v1.4.3 Done in git: Tag and merge\n"
            "• main <commit> → <commit>\n"
            "• develop <commit> → <commit>\n"
            "• v1.4.3 → <commit>\n"
            "• hotfix/INC-20260301-1 deleted <commit>",
            "↳ v1.4.3 git 작업 완료: 태그 및 병합\n"
            "• main <commit> → <commit>\n"
            "• develop <commit> → <commit>\n"
            "• v1.4.3 → <commit>\n"
            "• hotfix/INC-20260301-1 삭제 <commit>",
        ),
    ]
    assert story.demo.sample.subjects("v1.4.2..main") == [
        "fix(payment): 해외 카드 결제가 거절되던 문제를 고친다 (#260)"
    ]
    await story.wait_for(timedelta(minutes=30))
    assert story.news() == [
        t(
            "Code freeze in a day (deploy on Thu 5 Mar): begins tomorrow 2:00 PM (Seoul Mon 2 Mar 14:00). Merge features before that.",
            "하루 뒤 코드 프리즈 (3월 5일(목) 배포): 내일 오후 2:00 (서울 3월 2일(월) 14:00)에 시작합니다. 기능은 그 전에 병합해 주십시오.",
        ),
        t(
            "↳ v1.4.3 The checklist can be worked through now: 30 minutes after the release. Open items: 4",
            "↳ v1.4.3 이제 체크리스트를 진행할 수 있습니다: 배포 30분 후 · 남은 항목 4개",
        ),
    ]
    await story.wait_for(timedelta(minutes=30))
    assert story.news() == [
        t(
            "↳ 🔵 Info v1.4.3 Monitoring is over. Was all well? Then close the release.",
            "↳ 🔵 정보 v1.4.3 모니터링이 끝났습니다. 문제가 없었다면 릴리스를 종료해 주십시오.",
        )
    ]
    assert story.dms("alex") == [
        t(
            "The monitoring of v1.4.3 is over.\n"
            "Was everything in range, and is the branch merged back? For: release manager or incident commander\n"
            "Closing still needs\n"
            "• Checklist “30 minutes after the release”, open 4: The traffic pattern is normal; Errors are in range; External services are fine; Database queries are normal (ask: QA lead, release manager, DevOps/SRE, on-call or incident commander)\n"
            "• Checklist “To finish”, open 1: Monitoring is started (ask: release manager, DevOps/SRE, QA lead or incident commander)",
            "v1.4.3 모니터링 기간이 끝났습니다.\n"
            "모든 지표가 정상이었고 브랜치가 병합되었습니까? 담당: 릴리스 매니저 또는 장애 지휘관\n"
            "종료하려면 아직 필요한 것\n"
            "• 체크리스트 “배포 30분 후”, 남은 항목 4: 트래픽 패턴이 정상입니다; 오류가 정상 범위입니다; 외부 서비스가 정상입니다; 데이터베이스 쿼리가 정상입니다 (담당: QA 리드, 릴리스 매니저, DevOps/SRE, 온콜 또는 장애 지휘관)\n"
            "• 체크리스트 “마무리”, 남은 항목 1: 모니터링을 시작했습니다 (담당: 릴리스 매니저, DevOps/SRE, QA 리드 또는 장애 지휘관)",
        )
    ]
    assert story.dms("haneul") == [
        t(
            "The monitoring of v1.4.3 is over.\n"
            "Was everything in range, and is the branch merged back? For: release manager or incident commander\n"
            "Closing still needs\n"
            "• Checklist “30 minutes after the release”, open 4: The traffic pattern is normal; Errors are in range; External services are fine; Database queries are normal (ask: QA lead, release manager, DevOps/SRE, on-call or incident commander)\n"
            "• Checklist “To finish”, open 1: Monitoring is started (ask: release manager, DevOps/SRE, QA lead or incident commander)",
            "v1.4.3 모니터링 기간이 끝났습니다.\n"
            "모든 지표가 정상이었고 브랜치가 병합되었습니까? 담당: 릴리스 매니저 또는 장애 지휘관\n"
            "종료하려면 아직 필요한 것\n"
            "• 체크리스트 “배포 30분 후”, 남은 항목 4: 트래픽 패턴이 정상입니다; 오류가 정상 범위입니다; 외부 서비스가 정상입니다; 데이터베이스 쿼리가 정상입니다 (담당: QA 리드, 릴리스 매니저, DevOps/SRE, 온콜 또는 장애 지휘관)\n"
            "• 체크리스트 “마무리”, 남은 항목 1: 모니터링을 시작했습니다 (담당: 릴리스 매니저, DevOps/SRE, QA 리드 또는 장애 지휘관)",
        )
    ]
    await ways.tick(story, "haneul", t("Checklists", "체크리스트"))
    assert await haneul.press(t("Close release", "릴리스 종료"), "dm") == t(
        "Recorded: v1.4.3 Closed · Stage: Closed", "기록했습니다: v1.4.3 종료 · 단계: 종료"
    )
    assert story.news() == [
        t(
            "↳ v1.4.3 Closed · Stage: Closed — @김하늘 (Haneul Kim)",
            "↳ v1.4.3 종료 · 단계: 종료 — @김하늘 (Haneul Kim)",
        )
    ]


async def _emergency(story: Story) -> None:
    """A commit that is not there is named anew; then the tech lead and the PM both approve."""
    t = story.t
    haneul, junho, sora, priya = story.people("haneul", "junho", "sora", "priya")
    assert await haneul.slash(t("/release start emergency 1.4.4", "/release 시작 긴급 1.4.4")) == ""
    assert await haneul.fill({t("Commits", "커밋"): "deadbee"}) == t(
        "Recorded: v1.4.4 has started. Type: Emergency\n"
        "The card is in the project's channel. Next: cut the branch.",
        "기록했습니다: v1.4.4 릴리스를 시작했습니다. 유형: 긴급\n"
        "카드는 프로젝트 채널에 있습니다. 다음: 브랜치를 만듭니다.",
    )
    assert story.news() == [
        t("v1.4.4 · Emergency release: Candidate", "v1.4.4 · 긴급 릴리스: 릴리스 후보"),
        t(
            "↳ v1.4.4 has started. Type: Emergency — @김하늘 (Haneul Kim)",
            "↳ v1.4.4 릴리스를 시작했습니다. 유형: 긴급 — @김하늘 (Haneul Kim)",
        ),
    ]
    assert await haneul.press(t("Cut branch", "브랜치 생성"), CHANNEL) == t(
        "Recorded: v1.4.4 Asked of git: Cut branch. The result follows.",
        "기록했습니다: v1.4.4 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.4.4 Asked of git: Cut branch. The result follows. — @김하늘 (Haneul Kim)",
            "↳ v1.4.4 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다. — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ v1.4.4 Git could not do this: Cut branch\nA branch, tag or commit is not there.\n> <commit>",
            "↳ v1.4.4 git에서 하지 못한 작업: 브랜치 생성\n"
            "브랜치, 태그 또는 커밋을 찾을 수 없습니다.\n"
            "> <commit>",
        ),
    ]
    assert story.dms("haneul") == [
        t(
            "v1.4.4 A task for you. Git could not do this: Cut branch\n"
            "A branch, tag or commit is not there.\n"
            "> <commit>",
            "v1.4.4 처리할 작업이 있습니다. git에서 하지 못한 작업: 브랜치 생성\n"
            "브랜치, 태그 또는 커밋을 찾을 수 없습니다.\n"
            "> <commit>",
        )
    ]
    assert story.card("v1.4.4").buttons == (
        t("Try again", "다시 시도"),
        t("Cut branch", "브랜치 생성"),
        t("Move the deploy date", "배포 일정 변경"),
        t("Hold", "보류"),
        t("Cancel release", "릴리스 취소"),
        t("What would git do next?", "다음 git 작업 미리 보기"),
    )
    sha = _urgent_fix(story)
    assert await haneul.press(t("Try again", "다시 시도"), CHANNEL) == ""
    assert haneul.modal.fields == {t("Which commits does it carry?", "어떤 커밋을 담습니까?"): "deadbee"}
    assert await haneul.fill({t("Which commits does it carry?", "어떤 커밋을 담습니까?"): sha}) == t(
        "Recorded: v1.4.4 Asked of git: Cut branch. The result follows.",
        "기록했습니다: v1.4.4 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.4.4 Asked of git: Cut branch. The result follows. — @김하늘 (Haneul Kim)",
            "↳ v1.4.4 git 작업 요청: 브랜치 생성. 결과는 곧 알려 드립니다. — @김하늘 (Haneul Kim)",
        ),
        t(
            "↳ v1.4.4 Branch cut · Stage: Building — @김하늘 (Haneul Kim)",
            "↳ v1.4.4 브랜치 생성 · 단계: 빌드 중 — @김하늘 (Haneul Kim)",
        ),
    ]
    await haneul.press(t("Build passed", "빌드 성공"), CHANNEL)
    await priya.press(t("Staging deployed", "스테이징 배포 성공"), CHANNEL)
    await priya.fill({t("Health check", "상태 점검"): "200 OK"})
    await ways.pass_qa(story)
    story.news()
    assert await junho.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.4.4 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.4.4 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.4.4 rc.1 Approved — @이준호 (Junho Lee)", "↳ v1.4.4 rc.1 승인 — @이준호 (Junho Lee)")
    ]
    assert story.dms("junho") == [
        t("Approval of v1.4.4 · Emergency release, rc.1", "승인 요청: v1.4.4 · 긴급 릴리스, rc.1")
    ]
    assert story.dms("sora") == [
        t("Approval of v1.4.4 · Emergency release, rc.1", "승인 요청: v1.4.4 · 긴급 릴리스, rc.1")
    ]
    assert story.reads("v1.4.4") == t(
        "v1.4.4 · Emergency release\n"
        "● Candidate  ● Building  ● Staging  ● QA  ◉ Waiting for approval  ○ Approved  ○ Deploying  ○ Verifying  ○ Released  ○ Closed\n"
        "\n"
        "Waits for approval from @박소라 (Sora Park). The request is in the thread.\n"
        "At this stage since today 2:30 PM\n"
        "Deploy\n"
        "no date yet\n"
        "Changes\n"
        "1 in all: fixes 1\n"
        "Release candidate\n"
        "rc.1 · <commit>\n"
        "Branch\n"
        "release/hotfix-v1.4.4\n"
        "Previous version\n"
        "v1.4.3\n"
        "Started by\n"
        "@김하늘 (Haneul Kim)\n"
        "Soak ends\n"
        "today 3:00 PM (Seoul Sun 1 Mar 15:00)\n"
        "Approvals 1 of 2\n"
        "✓ Tech lead: @이준호 (Junho Lee)\n"
        "○ PM: @박소라 (Sora Park)\n"
        "⚠ Way back ready · never rehearsed\n"
        "Checklists\n"
        "☐ Before the release 3 of 7\n"
        "☐ At the start 2 of 6\n"
        "Deploying now\n"
        "🟡 Open, with a warning\n"
        "• Holiday: Independence Movement Day · until tomorrow 12:00 AM (Seoul Mon 2 Mar 00:00)\n"
        "• Outside business hours: allowed for this type, but think twice · until tomorrow 9:00 AM (Seoul Mon 2 Mar 09:00)\n"
        "To confirm, by the people who know:\n"
        "Shop",
        "v1.4.4 · 긴급 릴리스\n"
        "● 릴리스 후보  ● 빌드 중  ● 스테이징  ● QA  ◉ 승인 대기  ○ 승인  ○ 배포 중  ○ 검증 중  ○ 릴리스 완료  ○ 종료\n"
        "\n"
        "승인을 기다립니다: @박소라 (Sora Park). 승인 요청은 스레드에 있습니다.\n"
        "이 단계 시작: 오늘 오후 2:30\n"
        "배포\n"
        "날짜 미정\n"
        "변경 사항\n"
        "모두 1건: 수정 1\n"
        "릴리스 후보\n"
        "rc.1 · <commit>\n"
        "브랜치\n"
        "release/hotfix-v1.4.4\n"
        "이전 버전\n"
        "v1.4.3\n"
        "시작한 사람\n"
        "@김하늘 (Haneul Kim)\n"
        "스테이징 안정화 종료\n"
        "오늘 오후 3:00 (서울 3월 1일(일) 15:00)\n"
        "승인 1/2\n"
        "✓ 테크 리드: @이준호 (Junho Lee)\n"
        "○ PM: @박소라 (Sora Park)\n"
        "⚠ 롤백 준비 완료 · 롤백 연습 없음\n"
        "체크리스트\n"
        "☐ 릴리스 전 3/7\n"
        "☐ 배포 시작 2/6\n"
        "지금 배포\n"
        "🟡 열림 (주의)\n"
        "• 휴일: 삼일절 · 내일 오전 12:00 (서울 3월 2일(월) 00:00)까지\n"
        "• 업무 시간 밖: 이 유형은 배포할 수 있지만 한 번 더 생각해 주세요 · 내일 오전 9:00 (서울 3월 2일(월) 09:00)까지\n"
        "담당자가 확인할 항목:\n"
        "상점",
    )
    assert await sora.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.4.4 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.4.4 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.4.4 rc.1 Approved — @박소라 (Sora Park)", "↳ v1.4.4 rc.1 승인 — @박소라 (Sora Park)"),
        t(
            "↳ v1.4.4 All approvals given · Stage: Approved — @박소라 (Sora Park)",
            "↳ v1.4.4 승인 요건 충족 · 단계: 승인 — @박소라 (Sora Park)",
        ),
    ]
    assert await haneul.slash(
        t("/release cancel v1.4.4 solved otherwise", "/release 취소 v1.4.4 solved otherwise")
    ) == t(
        "Recorded: v1.4.4 Cancelled · Stage: Cancelled\n> solved otherwise\nThe version is not used again.",
        "기록했습니다: v1.4.4 취소 · 단계: 취소\n> solved otherwise\n이 버전은 다시 사용하지 않습니다.",
    )
    assert story.news() == [
        t(
            "↳ v1.4.4 Cancelled · Stage: Cancelled — @김하늘 (Haneul Kim)\n> solved otherwise",
            "↳ v1.4.4 취소 · 단계: 취소 — @김하늘 (Haneul Kim)\n> solved otherwise",
        )
    ]
    assert story.card("v1.4.4").buttons == (t("Changes", "변경 사항"), t("Notes", "노트"))


def _urgent_fix(story: Story) -> str:
    """Somebody mends the cart on develop; its commit."""
    return story.demo.sample.commit(
        "develop", "fix(cart): do not sell twice", {"cart.lock": "held"}, by="emma", at=story.demo.clock()
    )
