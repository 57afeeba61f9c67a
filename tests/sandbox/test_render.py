from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sandbox.dates import format_date
from sandbox.manifest import Manifest
from sandbox.planting import plant
from sandbox.render import Reader
from sandbox.seed import DEMO_SEED

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
AT = int(datetime(2026, 3, 5, 16, 5, 9, tzinfo=UTC).timestamp())  # 01:05 of the 6th in Seoul


class Standing:
    def now(self) -> datetime:
        return NOW


def reader(name: str) -> Reader:
    ws = plant(DEMO_SEED, Standing(), Manifest())
    return Reader(ws, ws.person(name))


@pytest.mark.parametrize(
    ("template", "korean", "english"),
    [
        ("{date_num}", "2026-03-06", "2026-03-05"),
        ("{date}", "3월 6일", "March 5th"),
        ("{date_short}", "3월 6일", "Mar 5"),
        ("{date_long}", "3월 6일 금요일", "Thursday, March 5th"),
        ("{date_short_pretty} {time}", "내일 오전 1:05", "today 5:05 PM"),
        ("{date_pretty}, {time_secs}", "내일, 오전 1:05:09", "today, 5:05:09 PM"),
        ("{ago}", "4시간 후", "in 4 hours"),
        ("{nonsense}", "{nonsense}", "{nonsense}"),
    ],
)
def test_date_is_shown_in_the_readers_zone_and_language(template: str, korean: str, english: str) -> None:
    assert format_date(AT, template, tz="Asia/Seoul", locale="ko-KR", now=NOW) == korean
    assert format_date(AT, template, tz="Europe/Berlin", locale="en-US", now=NOW) == english


def test_date_more_than_six_months_away_names_the_year() -> None:
    far = int(datetime(2025, 3, 5, 3, tzinfo=UTC).timestamp())
    shown = [
        format_date(far, "{date_long}", tz="Asia/Seoul", locale=locale, now=NOW)
        for locale in ("ko-KR", "en-US")
    ]
    assert shown == ["2025년 3월 5일 수요일", "Wednesday, March 5th, 2025"]


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("*bold* _slanted_ ~gone~ `code`", "bold slanted gone code"),
        ("<@U0HANEUL01> and <@U0HANEUL01|haneul>", "@김하늘 (Haneul Kim) and @김하늘 (Haneul Kim)"),
        ("<!subteam^S0APPROVE1> <!here> <#C0GENERAL0>", "@release-approvers @here #general"),
        ("<https://naru.example|the card> <https://naru.example>", "the card https://naru.example"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("<!date^nonsense^{date}|then>", "then"),
        ("<!date^1^{broken|later>", "{broken"),
        ("&gt; quoted", "quoted"),
        ("`<@U0HANEUL01>` *`v1`*", "@김하늘 (Haneul Kim) v1"),
    ],
)
def test_markup_reads_as_plain_text(markup: str, plain: str) -> None:
    assert reader("daniel").mrkdwn(markup) == plain


def test_name_with_underscores_inside_emphasis_stays_whole() -> None:
    shown = replace(reader("emma")).mrkdwn("_by <https://x.example/a_b_c|a_b_c>_")
    assert shown == "by a_b_c"


def test_table_and_rich_text_read_line_by_line() -> None:
    cells = [{"type": "raw_text", "text": "v1"}, {"type": "raw_text", "text": "ready"}]
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}] * 2
    blocks = [
        {"type": "table", "rows": [cells, cells]},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "ordered", "elements": items}],
        },
    ]
    assert reader("emma").blocks(blocks) == "v1 | ready\nv1 | ready\n1. one\n2. one"
