"""A file whose sharing was not answered is looked for until Slack shows it: never shared twice, never lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot import uploads
from bot.uploads import Upload, Uploads
from domain.errands import PostSnapshot
from storage.db import Database
from storage.outbox import Claimed

NOW = datetime(2026, 3, 5, 5, tzinfo=UTC)
FILE = Upload(name="room-declared-7.md", title="How it was", comment="", body=b"# v1.5.0")


class SlowToShow:
    """Slack shows the file at the look number `shown_at`, or never."""

    def __init__(self, shown_at: int | None) -> None:
        self.shown_at, self.looks = shown_at, 0
        self.called: list[str] = []

    async def read(self, method: str, **_: Any) -> dict[str, Any]:
        if method != "conversations.history":
            self.called.append(method)
            return {"upload_url": "https://files.example/1", "file_id": "F1"}
        self.looks += 1
        files = [{"name": FILE.name}] if self.shown_at is not None and self.looks >= self.shown_at else []
        return {"messages": [{"files": files}]}

    async def upload(self, _url: str, _body: bytes) -> None:
        self.called.append("upload")

    async def call(self, method: str, **_: Any) -> None:
        self.called.append(method)


def tried(*, before: bool) -> Claimed:
    errand = PostSnapshot("room", "snapshot")
    return Claimed(7, "room:1", errand, 2, NOW, NOW if before else None)


@pytest.mark.parametrize(
    ("shown_at", "before", "called"),
    [
        (3, True, []),
        (None, True, ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]),
        (None, False, ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]),
    ],
    ids=["shown a moment later", "never arrived", "the first try"],
)
async def test_a_file_is_shared_once(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    shown_at: int | None,
    before: bool,  # noqa: FBT001 - a parameter
    called: list[str],
) -> None:
    monkeypatch.setattr(uploads, "_A_MOMENT_S", 0)
    slack: Any = SlowToShow(shown_at)
    assert await Uploads(database, slack).post(tried(before=before), FILE, "C0ROOM") == "sent"
    assert slack.called == called
