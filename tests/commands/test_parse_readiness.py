"""`ready`, `way-back`, `rehearsed` and `schema` as people type them, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from commands import slash
from commands.parse import parse
from commands.slash import SlashCommand, UsageError
from domain.refusals import Refusal, Unreadable
from domain.schema_phases import Phase
from domain.ways_back import Alternative, WayKind

TODAY = date(2026, 3, 2)
DOWN = "migrations/0042.down.sql"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ready 1.5.0", slash.ReadyText(release="1.5.0")),
        ("준비 web 1.5.0", slash.ReadyText(release="1.5.0", project="web")),
        ("1.5.0 준비", slash.ReadyText(release="1.5.0")),
        ("way-back 1.5.0", slash.WayBackText(release="1.5.0")),
        (
            f"way-back 1.5.0 migrations/0042.sql script {DOWN}",
            slash.WayBackText(
                release="1.5.0", migration="migrations/0042.sql", kind=WayKind.SCRIPT, text=DOWN
            ),
        ),
        (
            "복구방법 1.5.0 역방향 마이그레이션 0043_drop_it",
            slash.WayBackText(release="1.5.0", kind=WayKind.REVERT, text="0043_drop_it"),
        ),
        (
            "way-back add_total.sql impossible both schemas until 1.7.0",
            slash.WayBackText(
                migration="add_total.sql",
                kind=WayKind.IMPOSSIBLE,
                alternative=Alternative.BOTH_SCHEMAS,
                text="until 1.7.0",
            ),
        ),
        (
            "복구방법 1.5.0 0042.sql 불가 선택 복원 야간 백업",
            slash.WayBackText(
                release="1.5.0",
                migration="0042.sql",
                kind=WayKind.IMPOSSIBLE,
                alternative=Alternative.SELECTIVE_RESTORE,
                text="야간 백업",
            ),
        ),
        (
            f"way-back 1.5.0 0042.sql incompatible script {DOWN}",
            slash.WayBackText(
                release="1.5.0", migration="0042.sql", old_runs=False, kind=WayKind.SCRIPT, text=DOWN
            ),
        ),
        (
            "복구방법 1.5.0 DB 먼저 불가 복원 야간 백업",
            slash.WayBackText(
                release="1.5.0",
                old_runs=False,
                kind=WayKind.IMPOSSIBLE,
                alternative=Alternative.SELECTIVE_RESTORE,
                text="야간 백업",
            ),
        ),
        ("way-back 1.5.0 incompatible", slash.WayBackText(release="1.5.0", old_runs=False)),
        (
            "복구방법 1.5.0 0042.sql 호환불가",
            slash.WayBackText(release="1.5.0", migration="0042.sql", old_runs=False),
        ),
        (
            "복구방법 1.5.0 0042.sql 호환",
            slash.WayBackText(release="1.5.0", migration="0042.sql", old_runs=True),
        ),
        ("way-back 1.5.0 old-runs", slash.WayBackText(release="1.5.0", old_runs=True)),
        ("rehearsed 1.5.0", slash.RehearsedText(release="1.5.0")),
        (
            "rehearsed 1.5.0 ok 12 minutes",
            slash.RehearsedText(release="1.5.0", worked=True, note="12 minutes"),
        ),
        ("롤백연습 실패 잠금 대기", slash.RehearsedText(worked=False, note="잠금 대기")),
        ("schema", slash.ShowSchema()),
        ("스키마 목록 web", slash.ShowSchema(project="web")),
        ("schema begin 1.5.0", slash.BeginSchemaText(release="1.5.0")),
        (
            "schema begin 1.5.0 orders.total as decimal",
            slash.BeginSchemaText(release="1.5.0", subject="orders.total", title="as decimal"),
        ),
        (
            "schema expand 1.5.0 orders.total",
            slash.LinkSchemaText(release="1.5.0", phase=Phase.EXPAND, subject="orders.total"),
        ),
        (
            "스키마 전환 1.6.0 orders.total",
            slash.LinkSchemaText(release="1.6.0", phase=Phase.MIGRATE, subject="orders.total"),
        ),
        ("schema contract 1.7.0", slash.LinkSchemaText(release="1.7.0", phase=Phase.CONTRACT)),
        ("스키마 연결 해제 1.7.0", slash.LinkSchemaText(release="1.7.0")),
        ("schema finish orders.total", slash.EndSchemaText(subject="orders.total", finished=True)),
        (
            "스키마 포기 orders.total 필요 없음",
            slash.EndSchemaText(subject="orders.total", reason="필요 없음"),
        ),
    ],
)
def test_what_was_typed_is_understood(typed: str, meant: SlashCommand) -> None:
    assert parse(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (
            "way-back 1.5.0 0042.sql somehow",
            Unreadable(
                "way_kind",
                "somehow",
                "/release way-back 1.5.0 migrations/0042.sql script migrations/0042.down.sql",
            ),
        ),
        (
            "way-back 1.5.0 0042.sql incompatible somehow",
            Unreadable(
                "way_kind",
                "somehow",
                "/release way-back 1.5.0 migrations/0042.sql script migrations/0042.down.sql",
            ),
        ),
        (
            "way-back 1.5.0 0042.sql",
            Unreadable(
                "way_kind",
                "",
                "/release way-back 1.5.0 migrations/0042.sql script migrations/0042.down.sql",
            ),
        ),
        (
            "way-back 1.5.0 impossible sorry",
            Unreadable("alternative", "sorry", "/release way-back 1.5.0 impossible restore"),
        ),
        (
            "rehearsed 1.5.0 faild",
            Unreadable("state", "faild", "/release rehearsed 1.5.0 ok https://…", "failed"),
        ),
        (
            "schema contrct 1.7.0",
            Unreadable("subcommand", "contrct", "/release schema begin 1.5.0 orders.total", "contract"),
        ),
    ],
)
def test_what_cannot_be_read_is_said_with_an_example(typed: str, refusal: Refusal) -> None:
    assert parse(typed, today=TODAY) == UsageError(refusal)
