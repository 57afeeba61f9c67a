"""A release that could not be taken back is not approved; an old schema that a rollback needs stays."""

from __future__ import annotations

from dataclasses import replace

from domain.versions import Version
from storage import releases, scopes
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

TOTAL, CODES = "migrations/0043_add_total.sql", "migrations/0044_drop_codes.sql"
DOWN = "migrations/0043_add_total.down.sql"
WHO = "(ask: DBA, tech lead, release manager, QA lead or DevOps/SRE)"
WHO_KO = "(담당: DB 관리자, 테크 리드, 릴리스 매니저, QA 리드 또는 DevOps/SRE)"


async def test_nothing_is_approved_without_a_way_back_for_every_migration(story: Story) -> None:
    await ways.to_approval(story, "v1.5.0")
    await _with_migrations(story, "1.5.0", TOTAL, DOWN, CODES)
    await story.begin_here()
    await _approve_refused(story)
    await _looked_at(story)
    await _one_given(story)
    await _other_declared_impossible(story)
    await _rehearsed(story)
    await _approved(story)


async def _with_migrations(story: Story, version: str, *paths: str) -> None:
    """What was detected in the changes of the candidate."""

    def put(tx: Tx) -> None:
        found = releases.by_version(tx, "shop", Version.parse(version))
        assert found is not None
        scope = scopes.of(tx, found.id, found.rc)
        assert scope is not None
        scopes.put(tx, found.id, found.rc, replace(scope, migrations=paths))

    await story.demo.program.db.run(put)


async def _approve_refused(story: Story) -> None:
    """Approving, with or without conditions, names each migration and who can settle it."""
    t, alex = story.t, story.person("alex")
    refusal = t(
        "Complete approval has to wait for v1.5.0: 2 things are missing.\n"
        f"• No way back and no declared alternative for a migration: {TOTAL} {WHO}\n"
        f"• No way back and no declared alternative for a migration: {CODES} {WHO}\n"
        "Nothing was changed. Try again when this is settled.",
        "v1.5.0 승인 완료: 아직 진행할 수 없습니다. 필요한 것이 2가지 남았습니다.\n"
        f"• 되돌리는 방법도 대안도 없는 마이그레이션: {TOTAL} {WHO_KO}\n"
        f"• 되돌리는 방법도 대안도 없는 마이그레이션: {CODES} {WHO_KO}\n"
        "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
    )
    assert await alex.press(t("Approve", "승인"), "dm") == refusal
    assert await alex.press(t("Approve with conditions", "조건부 승인"), "dm") == refusal
    assert alex.person.modal is None
    assert story.news() == []


async def _looked_at(story: Story) -> None:
    """Everybody sees each check with its evidence and what to do; not everybody may give a way back."""
    t, emma = story.t, story.person("emma")
    assert await emma.slash(t("/release way-back v1.5.0", "/release 복구방법 v1.5.0")) == t(
        "Giving a way back is for: DBA, tech lead, release manager, QA lead or DevOps/SRE.\n"
        "Who can: @Alex Rivera @Daniel Weber @김하늘 (Haneul Kim) @이준호 (Junho Lee) @Priya Nair",
        "되돌리는 방법 등록 권한이 있는 역할: DB 관리자, 테크 리드, 릴리스 매니저, QA 리드 또는 DevOps/SRE\n"
        "할 수 있는 사람: @Alex Rivera @Daniel Weber @김하늘 (Haneul Kim) @이준호 (Junho Lee) @Priya Nair",
    )
    assert await emma.press(t("Way back", "되돌리는 방법"), CHANNEL) == t(
        "Way back of v1.5.0 · rc.1\n"
        "⚠ Way back: 0 of 2 migrations, never rehearsed\n"
        "✓ Version to go back to\n"
        "v1.4.2 is on the remote and was good in production.\n"
        "✕ Way back of every migration\n"
        f"○ {TOTAL} has a file that looks like it: {DOWN}\n"
        f"No way back and no declared alternative for a migration: {TOTAL} {WHO}\n"
        f"No way back and no declared alternative for a migration: {CODES} {WHO}\n"
        "⚠ Rollback rehearsed on staging\n"
        "No rollback was rehearsed on staging yet; the policy asks for one every 30 days."
        " (ask: DevOps/SRE, release manager, QA lead, DBA or tech lead)\n"
        "– Schema change in its order\n"
        "This release takes no part in a schema change.\n"
        "✕ stops the approval and the deploy, ⚠ only warns: the policy says which.\n"
        "Database guide\n"
        "• Write the way back together with the migration.\n"
        "• Destroy nothing: deprecate columns, rename tables first.\n"
        "• Expand, migrate and contract in separate releases.\n"
        "• Back up the tables concerned before you begin.\n"
        "• Try both directions on staging, with data of real size.",
        "v1.5.0 · rc.1 롤백 준비\n"
        "⚠ 롤백 준비: 마이그레이션 2건 중 0건, 롤백 연습 없음\n"
        "✓ 되돌아갈 버전\n"
        "v1.4.2 태그가 원격 저장소에 있고 프로덕션에서 정상이었습니다.\n"
        "✕ 마이그레이션별 되돌리는 방법\n"
        f"○ {TOTAL} 되돌리는 스크립트로 보이는 파일: {DOWN}\n"
        f"되돌리는 방법도 대안도 없는 마이그레이션: {TOTAL} {WHO_KO}\n"
        f"되돌리는 방법도 대안도 없는 마이그레이션: {CODES} {WHO_KO}\n"
        "⚠ 스테이징 롤백 연습\n"
        "스테이징 롤백 연습 기록이 없습니다. 정책 기준: 30일마다 한 번"
        " (담당: DevOps/SRE, 릴리스 매니저, QA 리드, DB 관리자 또는 테크 리드)\n"
        "– 스키마 변경 순서 준수\n"
        "이 릴리스는 스키마 변경에 연결되어 있지 않습니다.\n"
        "✕ 표시는 승인과 배포를 막고 ⚠ 표시는 경고입니다. 기준은 정책에 있습니다.\n"
        "데이터베이스 지침\n"
        "• 마이그레이션과 되돌리는 방법을 함께 작성합니다.\n"
        "• 아무것도 바로 없애지 않습니다. 컬럼은 사용 중단, 테이블은 이름 변경부터 합니다.\n"
        "• 확장, 전환, 축소는 각각 다른 릴리스에서 진행합니다.\n"
        "• 시작하기 전에 관련 테이블을 백업합니다.\n"
        "• 실제 규모의 데이터로 스테이징에서 양방향을 모두 시험합니다.",
    )


async def _one_given(story: Story) -> None:
    """Beneath the database guide the file beside a migration stands in its field; the badge counts on."""
    t, junho = story.t, story.person("junho")
    await junho.press(t("Way back", "되돌리는 방법"), CHANNEL)
    assert await junho.press(t("Give the way back…", "되돌리는 방법 입력…"), CHANNEL) == ""
    assert junho.modal.text.startswith(
        t(
            "v1.5.0 · rc.1\n"
            "Database guide\n"
            "• Write the way back together with the migration.\n"
            "• Destroy nothing: deprecate columns, rename tables first.\n"
            "• Expand, migrate and contract in separate releases.\n"
            "• Back up the tables concerned before you begin.\n"
            "• Try both directions on staging, with data of real size.\n"
            f"{TOTAL}\n",
            "v1.5.0 · rc.1\n"
            "데이터베이스 지침\n"
            "• 마이그레이션과 되돌리는 방법을 함께 작성합니다.\n"
            "• 아무것도 바로 없애지 않습니다. 컬럼은 사용 중단, 테이블은 이름 변경부터 합니다.\n"
            "• 확장, 전환, 축소는 각각 다른 릴리스에서 진행합니다.\n"
            "• 시작하기 전에 관련 테이블을 백업합니다.\n"
            "• 실제 규모의 데이터로 스테이징에서 양방향을 모두 시험합니다.\n"
            f"{TOTAL}\n",
        )
    )
    assert await junho.fill({}) == t(
        f"Recorded: v1.5.0 Way back given\n• {TOTAL} · Script: {DOWN}\nMigrations that still have none: 1",
        "기록했습니다: v1.5.0 되돌리는 방법 등록\n"
        f"• {TOTAL} · 스크립트: {DOWN}\n"
        "아직 방법이 없는 마이그레이션: 1건",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 Way back given — @이준호 (Junho Lee)\n"
            f"• {TOTAL} · Script: {DOWN}\n"
            "Migrations that still have none: 1",
            "↳ v1.5.0 되돌리는 방법 등록 — @이준호 (Junho Lee)\n"
            f"• {TOTAL} · 스크립트: {DOWN}\n"
            "아직 방법이 없는 마이그레이션: 1건",
        )
    ]
    assert _badge(story, "1.5.0") == t(
        "⚠ Way back: 1 of 2 migrations, never rehearsed",
        "⚠ 롤백 준비: 마이그레이션 2건 중 1건, 롤백 연습 없음",
    )


def _badge(story: Story, version: str) -> str:
    """The line of the way back on the release's card, as emma in Seoul reads it."""
    seen = story.demo.box.person("emma").sees(CHANNEL)
    living = [m for m in seen if not m.ephemeral and m.thread is None and f"v{version} ·" in m.text]
    marks = (story.t("Way back", "롤백 준비"),)
    return next(
        line for line in living[-1].text.split("\n") if line[:1] in "↩⚠" and line[2:].startswith(marks)
    )


async def _other_declared_impossible(story: Story) -> None:
    """What is impossible names what is done instead; a form without it stays open."""
    t, priya = story.t, story.person("priya")
    instead = t("If impossible: what is done instead", "되돌릴 수 없을 때의 대안")
    assert await priya.slash(t("/release way-back v1.5.0", "/release 복구방법 v1.5.0")) == ""
    await priya.fill({t("Way back", "되돌리는 방법"): t("Impossible", "되돌릴 수 없음")})
    assert priya.errors == {
        instead: t(
            "Still empty: what is done instead. Fill it in and send it again.",
            "비어 있는 항목: 대안 · 내용을 입력한 뒤 다시 제출해 주십시오.",
        )
    }
    note = t("Script, reverse migration or note", "스크립트, 역방향 마이그레이션 또는 메모")
    told = await priya.fill({instead: t("selective restore", "선택 복원"), note: "nightly dump"})
    assert told == t(
        f"Recorded: v1.5.0 Way back given\n• {CODES} · Impossible: selective restore – nightly dump",
        f"기록했습니다: v1.5.0 되돌리는 방법 등록\n• {CODES} · 되돌릴 수 없음: 선택 복원 – nightly dump",
    )
    assert _badge(story, "1.5.0") == t(
        "⚠ Way back ready · never rehearsed", "⚠ 롤백 준비 완료 · 롤백 연습 없음"
    )
    story.news()


async def _rehearsed(story: Story) -> None:
    """Somebody says that it was tried; whoever asks sees by whom, when, and how long ago."""
    t, priya, emma = story.t, story.person("priya"), story.person("emma")
    assert await priya.slash(t("/release rehearsed v1.5.0", "/release 롤백연습 v1.5.0")) == ""
    answers = {
        t("Did the rollback on staging work?", "스테이징 롤백이 잘되었습니까?"): t("Yes", "예"),
        t("Result", "결과"): "https://wiki.example/r7",
    }
    assert await priya.fill(answers) == t(
        "Recorded: v1.5.0 rc.1 Rollback rehearsed on staging: it worked\n> https://wiki.example/r7",
        "기록했습니다: v1.5.0 rc.1 스테이징 롤백 연습: 성공\n> https://wiki.example/r7",
    )
    assert story.news() == [
        t(
            "↳ v1.5.0 rc.1 Rollback rehearsed on staging: it worked — @Priya Nair\n> https://wiki.example/r7",
            "↳ v1.5.0 rc.1 스테이징 롤백 연습: 성공 — @Priya Nair\n> https://wiki.example/r7",
        )
    ]
    await story.time("2026-03-02", "13:30")
    found = await emma.slash(t("/release ready v1.5.0", "/release 준비 v1.5.0"))
    assert t("v1.5.0 rc.1, 1 day ago · ", "v1.5.0 rc.1, 1일 전 · ") in found
    assert (
        t("Impossible: selective restore – nightly dump · @Priya Nair", "되돌릴 수 없음: 선택 복원") in found
    )
    assert found.split("\n")[1].startswith(
        t("↩ Way back ready · rehearsed ", "↩ 롤백 준비 완료 · 롤백 연습 ")
    )
    story.news()


async def _approved(story: Story) -> None:
    t, alex = story.t, story.person("alex")
    assert await alex.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.5.0 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.5.0 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
    assert story.news() == [
        t("↳ v1.5.0 rc.1 Approved — @Alex Rivera", "↳ v1.5.0 rc.1 승인 — @Alex Rivera"),
        t(
            "↳ v1.5.0 All approvals given · Stage: Approved — @Alex Rivera",
            "↳ v1.5.0 승인 요건 충족 · 단계: 승인 — @Alex Rivera",
        ),
    ]


# --- expand, migrate, contract ----------------------------------------------------------------------------


async def test_an_old_schema_stays_while_a_rollback_needs_it(story: Story) -> None:
    await _expanded(story)
    await _migrating(story)
    await _contract_refused(story)
    await _contract_allowed(story)


async def _expanded(story: Story) -> None:
    """A release in production can be named as the one that expanded."""
    t, haneul = story.t, story.person("haneul")
    await ways.to_production(story, "v1.5.0")
    await ways.verify(story)
    assert await haneul.slash(t("/release schema", "/release 스키마")) == t(
        "Schema changes: Shop\nNone is open.\nBegin one: /release schema begin 1.5.0 orders.total",
        "스키마 변경: 상점\n진행 중인 것이 없습니다.\n시작하려면: /release schema begin 1.5.0 orders.total",
    )
    begin = t(
        "/release schema begin 1.5.0 orders.total cents", "/release 스키마 시작 1.5.0 orders.total cents"
    )
    assert await haneul.slash(begin) == t(
        "Recorded: v1.5.0 Schema change begun: orders.total\n> cents",
        "기록했습니다: v1.5.0 스키마 변경 시작: orders.total\n> cents",
    )


async def _migrating(story: Story) -> None:
    """The release that migrates is out, but not verified; the one that contracts is named ahead."""
    t, haneul = story.t, story.person("haneul")
    _work_on_develop(story, "feat(cart): keep cents")
    await ways.to_production(story, "v1.6.0")
    _work_on_develop(story, "feat(cart): drop the float")
    await ways.to_approval(story, "v1.7.0")
    contract = t("/release schema contract 1.7.0", "/release 스키마 축소 1.7.0")
    assert await haneul.slash(contract) == t(
        "orders.total: “contract” needs a release that takes “migrate” before it.\n"
        "Link that release first, or take the later phase back.",
        "orders.total: 앞 단계의 릴리스가 먼저 필요합니다: 전환 → 축소\n"
        "먼저 해당 릴리스를 연결하거나 뒤 단계의 연결을 해제하십시오.",
    )
    assert await haneul.slash(t("/release schema migrate 1.6.0", "/release 스키마 전환 1.6.0")) == t(
        "Recorded: v1.6.0 Schema change orders.total: takes “migrate”",
        "기록했습니다: v1.6.0 스키마 변경 orders.total: 단계 연결 (전환)",
    )
    await haneul.slash(contract)
    assert await haneul.slash(t("/release schema", "/release 스키마")) == t(
        "Schema changes: Shop\n"
        "orders.total · cents\n"
        "• expand: v1.5.0 · Released\n"
        "• migrate: v1.6.0 · Verifying\n"
        "• contract: v1.7.0 · Waiting for approval\n"
        "⚠ orders.total cannot be contracted: a rollback would go to v1.5.0, which needs the old schema."
        " Allowed once v1.6.0 is released.\n"
        "Begin one: /release schema begin 1.5.0 orders.total",
        "스키마 변경: 상점\n"
        "orders.total · cents\n"
        "• 확장: v1.5.0 · 릴리스 완료\n"
        "• 전환: v1.6.0 · 검증 중\n"
        "• 축소: v1.7.0 · 승인 대기\n"
        "⚠ orders.total 축소 불가: 롤백 대상 v1.5.0 버전에 이전 스키마가 필요합니다."
        " 가능해지는 시점: v1.6.0 릴리스 완료 후\n"
        "시작하려면: /release schema begin 1.5.0 orders.total",
    )


def _work_on_develop(story: Story, message: str) -> None:
    story.demo.sample.commit("develop", message, {"cents.txt": message}, by="emma", at=story.demo.clock())


async def _contract_refused(story: Story) -> None:
    """The refusal names the version that needs the old schema, and from when it is allowed."""
    t, alex = story.t, story.person("alex")
    refusal = (await alex.press(t("Approve", "승인"), "dm")).split("\n")
    assert (refusal[0], refusal[2]) == t(
        (
            "Complete approval has to wait for v1.7.0: one thing is missing.",
            "Nothing was changed. Try again when this is settled.",
        ),
        (
            "v1.7.0 승인 완료: 아직 진행할 수 없습니다. 필요한 것이 1가지 남았습니다.",
            "변경된 것은 없습니다. 위 사항을 해결한 뒤 다시 시도해 주십시오.",
        ),
    )
    assert refusal[1].startswith(
        t(
            "• orders.total cannot be contracted: a rollback would go to v1.5.0, which needs the old schema."
            " Allowed once v1.6.0 is released",
            "• orders.total 축소 불가: 롤백 대상 v1.5.0 버전에 이전 스키마가 필요합니다."
            " 가능해지는 시점: v1.6.0 릴리스 완료 후",
        )
    )
    shown = alex.reads(t("Approval of v1.7.0", "승인 요청: v1.7.0"), "dm").split("\n")
    assert (
        t(
            "⚠ Way back: orders.total needs the old schema, never rehearsed",
            "⚠ 롤백 준비: orders.total 이전 스키마 필요, 롤백 연습 없음",
        )
        in shown
    )
    assert (
        t(
            "Schema change orders.total: expand v1.5.0 → migrate v1.6.0 → contract v1.7.0",
            "스키마 변경 orders.total: 확장 v1.5.0 → 전환 v1.6.0 → 축소 v1.7.0",
        )
        in shown
    )


async def _contract_allowed(story: Story) -> None:
    """Once the migrating release is verified, a rollback would go to it: the card follows by itself."""
    t, alex = story.t, story.person("alex")
    await ways.verify(story)
    assert _badge(story, "1.7.0") == t(
        "⚠ Way back ready · never rehearsed", "⚠ 롤백 준비 완료 · 롤백 연습 없음"
    )
    assert await alex.press(t("Approve", "승인"), "dm") == t(
        "Recorded: v1.7.0 rc.1 Approved\nYou can change your decision until the deploy starts.",
        "기록했습니다: v1.7.0 rc.1 승인\n배포가 시작되기 전까지 결정을 바꿀 수 있습니다.",
    )
