from __future__ import annotations

from tests.journeys.play import CHANNEL, Story


async def test_in_december_the_coming_year_is_confirmed_press_by_press(story: Story) -> None:
    t = story.t
    haneul, sora, minji = story.people("haneul", "sora", "junho")
    import time

    a = time.time()
    await story.time("2026-12-01", "09:59")
    print("jump", time.time() - a)
    await story.begin_here()
    await story.time("2026-12-01", "10:00")
    for n in story.news():
        print("NEWS", n)
    head = t("The year 2027 to confirm", "2027년 일정 확인")
    print(haneul.reads(head))
    print(haneul.buttons(head))
    print(await minji.press(t("Add", "추가"), CHANNEL, action_id="year.add:holidays:2027-02-07"))
    print(await sora.press(t("Add", "추가"), CHANNEL, action_id="year.add:holidays:2027-02-07"))
    print(
        await sora.press(
            t("Not needed", "필요 없음"), CHANNEL, action_id="year.not_needed:holidays:2027-07-17"
        )
    )
    print(await haneul.press(t("Add all", "모두 추가"), CHANNEL))
    for n in story.news():
        print("NEWS", n)
    held = haneul.person.hold(t("Move to Tue 18 May 14:00", "5월 18일(화) 14:00 이동"), in_=CHANNEL)
    print(await haneul.press(t("Move to Tue 18 May 14:00", "5월 18일(화) 14:00 이동"), CHANNEL))
    print(await haneul.press_late(held))
    print(
        await haneul.press(
            t("Skip this date", "이번 일정 건너뛰기"), CHANNEL, action_id="year.skip:date:2027-09-16"
        )
    )
    print(await sora.press(t("Leave it", "그대로 두기"), CHANNEL, action_id="year.leave:date:2027-02-11"))
    print(await haneul.press(t("Leave it", "그대로 두기"), CHANNEL, action_id="year.leave:date:2027-02-11"))
    print(haneul.reads(head))
    for n in story.news():
        print("NEWS", n)
    print("---- private")
    print(await haneul.slash(t("/release calendar 2027", "/release 달력 2027")))
    print(
        await haneul.person.choose(
            t("Take an answer back…", "답변 되돌리기…"), t("Added: Chuseok", "추가: 추석"), in_=CHANNEL
        )
    )
    await story.settled()
    for n in story.news():
        print("NEWS", n)
    print(haneul.reads(head))
    assert 0
