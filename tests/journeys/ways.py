"""The ordinary way of a release, walked quickly: for stories that are about what comes after."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import CHANNEL, Actor, Story, until


async def start(story: Story, version: str, by: str = "haneul") -> Actor:
    """Before the first release the form asks once what is in production: it is as Naru found it."""
    starter = story.person(by)
    told = await starter.slash(f"/release start regular {version}")
    if not told:
        told = await starter.submit()
    assert version in told, told
    return starter


async def to_qa(story: Story, version: str, by: str = "haneul") -> None:
    """Cut early with a reason, built and on staging."""
    t, manager = story.t, await start(story, version, by)
    await manager.press(t("Cut branch early…", "브랜치 미리 만들기…"), CHANNEL)
    await manager.fill({t("Why now?", "왜 지금입니까?"): "ready"})
    await build(story, by)


async def build(story: Story, by: str = "haneul") -> None:
    """The branch is built, and its candidate healthy on staging."""
    t, priya = story.t, story.person("priya")
    await story.person(by).press(t("Build passed", "빌드 성공"), CHANNEL)
    await priya.press(t("Staging deployed", "스테이징 배포 성공"), CHANNEL)
    await priya.fill({t("Health check", "헬스 체크"): "200 OK"})


async def tick(story: Story, by: str, beside: str) -> None:
    """Everything by hand of the list that is due, and of the one that follows it, on the newest card with the
    button that it stands beside; nothing where no list is asked for.
    """
    person, lists = story.person(by), story.t("Checklists", "체크리스트")
    card = next(one for one in reversed(person.person.sees(CHANNEL)) if beside in one.buttons)
    if lists in card.buttons:
        await person.press(lists, CHANNEL, message_ts=card.ts)
    while person.person.modal is not None:
        await person.fill(boxes(person))


def boxes(person: Actor) -> dict[str, list[str]]:
    """Everything that can be ticked in an open list: its groups, with the keys of their items."""
    found = (block for block in person.modal.blocks if block["type"] == "input")
    return {one["block_id"]: [option["value"] for option in one["element"]["options"]] for one in found}


async def pass_qa(story: Story, *, migration: bool = False) -> None:
    """A migration that was detected has its way back, or nobody could approve."""
    t, daniel = story.t, story.person("daniel")
    yes, no = t("Yes", "예"), t("No", "아니요")
    await tick(story, "daniel", t("QA passed", "QA 통과"))
    await daniel.press(t("QA passed", "QA 통과"), CHANNEL)
    detected = t("If you answer no all the same", "그래도 ‘아니요’로 답하는 경우") in daniel.modal.fields
    migration = migration or detected
    answers = {
        t("Does it carry a database migration?", "DB 마이그레이션이 있습니까?"): yes if migration else no,
        t(
            "Does it break anything for those who use it?", "사용하는 쪽의 호환성이 깨지는 변경이 있습니까?"
        ): no,
    }
    if migration:
        answers[t("Way back", "되돌리는 방법")] = "migrations/down.sql"
    await daniel.fill(answers)


async def to_approval(story: Story, version: str, by: str = "haneul", *, migration: bool = False) -> None:
    await to_qa(story, version, by)
    await pass_qa(story, migration=migration)


async def confirm(story: Story) -> None:
    """The two facts that a deploy asks people for, and its checklists."""
    t, priya = story.t, story.person("priya")
    await tick(story, "haneul", t("Deployer standing by", "배포 담당자 대기"))
    for item in (t("Deployer standing by", "배포 담당자 대기"), t("On-call standing by", "온콜 대기")):
        await priya.press(item, CHANNEL)
        await priya.fill({})


async def to_ready(
    story: Story, version: str, *, by: str = "haneul", approver: str = "alex", migration: bool = False
) -> None:
    """Approved and confirmed: nothing is missing but the soak and a window."""
    await to_approval(story, version, by, migration=migration)
    await story.person(approver).press(story.t("Approve", "승인"), "dm")
    await confirm(story)


async def to_production(
    story: Story, version: str, *, by: str = "haneul", approver: str = "alex", migration: bool = False
) -> None:
    """Through approval and rollout to verifying; the clock moves to the next day's window at 14:00."""
    await to_ready(story, version, by=by, approver=approver, migration=migration)
    await story.time_of_window()
    await story.person("priya").press(story.t("Deploy", "배포"), CHANNEL)
    await roll_out(story)


async def roll_out(story: Story, steps: int = 2) -> None:
    t, priya = story.t, story.person("priya")
    for _ in range(steps):
        await step_out(story)
    await tick(story, "priya", t("Rollout complete", "배포 완료"))
    await priya.press(t("Rollout complete", "배포 완료"), CHANNEL)


async def step_out(story: Story) -> None:
    """The step under way is done; where it is watched, it is out, and gone on from with a reason."""
    t, priya = story.t, story.person("priya")
    early = t("Go on early…", "미리 다음 단계로…")
    buttons = [label for one in priya.person.sees(CHANNEL) for label in one.buttons]
    out = [label for label in buttons if label.endswith(t(" is out", " 반영 완료"))]
    if out:
        await priya.press(out[-1], CHANNEL)
    if out or early in buttons:
        await priya.press(early, CHANNEL)
        await priya.fill({t("Why now?", "왜 지금입니까?"): "it is fine"})
    else:
        await priya.press(t("Step done", "배포 단계 완료"), CHANNEL)


async def verify(story: Story) -> None:
    t, daniel = story.t, story.person("daniel")
    await tick(story, "daniel", t("Verified", "검증 완료"))
    await daniel.press(t("Verified", "검증 완료"), CHANNEL)


async def close(story: Story, by: str = "haneul") -> None:
    await story.wait_for(timedelta(days=1))
    await tick(story, by, story.t("Checklists", "체크리스트"))
    await story.person(by).press(story.t("Close release", "릴리스 종료"), "dm")


async def put_back(story: Story, room: str, *, traffic: bool = True) -> None:
    """Every step of a rollback of blue and green is reported done in its turn; there was no outage.

    The database is the commander's; without `traffic` a deployer has moved that back.
    """
    t, priya, minjae = story.t, story.person("priya"), story.person("minjae")
    if traffic:
        await priya.slash(t("/release step traffic done", "/release 단계 트래픽 완료"), room)
    await minjae.slash(t("/release step database done", "/release 단계 DB 완료"), room)
    for step in (
        t("notice", "결정 및 공지"),
        t("caches", "캐시"),
        t("health check", "헬스 체크"),
        t("core functions", "핵심 기능"),
        t("integrations", "연동"),
    ):
        await priya.slash(t(f"/release step {step} done", f"/release 단계 {step} 완료"), room)


async def to_closed(story: Story, version: str, *, by: str = "haneul", approver: str = "alex") -> None:
    await to_production(story, version, by=by, approver=approver)
    await verify(story)
    await close(story, by)


async def to_second_work(story: Story) -> None:
    """v1.5.0 is closed, and the developers' work for v1.6.0 is on develop and read."""
    await to_closed(story, "v1.5.0")
    await until(lambda: story.demo.sample.subjects("v1.5.0..develop"), "work for v1.6.0 on develop")
    await story.settled()


async def tick_in_room(story: Story, by: str, room: str) -> None:
    """Everything by hand of the list that the war room is at."""
    person = story.person(by)
    await person.slash(story.t("/release checklist", "/release 체크리스트"), room)
    await person.fill(boxes(person))
