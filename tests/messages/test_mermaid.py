"""What stands here was read by Mermaid 11 itself (`mermaid.parse`) when it was written."""

from __future__ import annotations

import pytest

from domain.calendar.blackouts import Blackout
from messages.mermaid import gantt
from messages.texts import Reader
from tests.messages import months


def test_a_month_in_korean() -> None:
    assert gantt(Reader("ko", "UTC"), months.calendar_view()) == (
        "gantt\n"
        "    title 달력#58; 상점 · 2026년 3월 · 서울\n"
        "    dateFormat YYYY-MM-DD HH:mm\n"
        "    axisFormat %m-%d\n"
        "    tickInterval 1week\n"
        "    section v1.5.0 · 정기\n"
        "    코드 프리즈 :freeze_r1, 2026-03-02 14:00, 2026-03-05 15:00\n"
        "    QA :qa_r1, 2026-03-03 00:00, 2026-03-05 00:00\n"
        "    배포 :milestone, deploy_r1, 2026-03-05 14:00, 0m\n"
        "    section 릴리스 미정 · 3월 11일\n"
        "    코드 프리즈 :freeze_2026_03_12, 2026-03-08 14:00, 2026-03-11 17:00\n"
        "    QA :qa_2026_03_12, 2026-03-09 00:00, 2026-03-11 00:00\n"
        "    배포 :milestone, deploy_2026_03_12, 2026-03-11 14:00, 0m\n"
        "    section v1.6.0 · 정기\n"
        "    코드 프리즈 :freeze_r2, 2026-03-16 14:00, 2026-03-19 17:00\n"
        "    QA :qa_r2, 2026-03-17 00:00, 2026-03-19 00:00\n"
        "    배포 :crit, milestone, deploy_r2, 2026-03-19 14:00, 0m\n"
        "    section v1.5.1 · 핫픽스\n"
        "    배포 :crit, milestone, deploy_r3, 2026-03-19 11:00, 0m\n"
        "    section 릴리스 미정 · 4월 2일\n"
        "    코드 프리즈 :freeze_2026_04_02, 2026-03-30 14:00, 2026-04-02 17:00\n"
        "    QA :qa_2026_04_02, 2026-03-31 00:00, 2026-04-02 00:00\n"
        "    배포 :milestone, deploy_2026_04_02, 2026-04-02 14:00, 0m\n"
        "    section 배포 금지 기간\n"
        "    봄맞이 #60;세일#62; :crit, blackout_b1, 2026-03-18 00:00, 2026-03-21 00:00\n"
        "    section 점검\n"
        "    Database :blackout_b2, 2026-03-24 01:00, 2026-03-24 05:00\n"
        "    section 휴일\n"
        "    삼일절 :holiday_2026_03_01, 2026-03-01 00:00, 2026-03-02 00:00\n"
        "    삼일절 대체 휴일 :holiday_2026_03_02, 2026-03-02 00:00, 2026-03-03 00:00\n"
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("콜론: 있음", "콜론#58; 있음"),
        ("50% off; #1", "#53;0#37; off#59; #35;1"),
        ("2026-03-05 launch", "#50;026-03-05 launch"),
        ("section end", "#115;ection end"),
        ("Title", "#84;itle"),
        ("ending", "ending"),
        ("a\nb", "a b"),
        ('<b> & {x} "q" \\', "#60;b#62; #38; #123;x#125; #34;q#34; #92;"),
        ("\u202e", "–"),
    ],
)
def test_a_name_is_never_read_as_anything_else(name: str, written: str) -> None:
    found = Blackout(id="b", name=name, start=months.at(3, 20), end=months.at(3, 21))
    lines = gantt(Reader("en", "UTC"), months.calendar_view(blackouts=(found,))).splitlines()
    assert f"    {written} :crit, blackout_b, 2026-03-20 00:00, 2026-03-21 00:00" in lines
