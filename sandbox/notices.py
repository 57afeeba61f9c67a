"""Who is told that something changed: the page's streams, the event delivery and the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.model import Json


@dataclass(frozen=True)
class Notice:
    """A change that pages refetch; `only` limits it to one reader (ephemerals, views, Home)."""

    type: str
    only: str | None = None
    data: Json = field(default_factory=dict)

    def as_json(self) -> Json:
        return {"type": self.type, **self.data}


@dataclass
class Board:
    """Observers of the workspace: of changes (for pages) and of Slack events (for the app)."""

    watchers: list[Callable[[Notice], None]] = field(default_factory=list)
    listeners: list[Callable[[Json], None]] = field(default_factory=list)

    def changed(self, kind: str, *, only: str | None = None, **data: Any) -> None:
        notice = Notice(kind, only, {k: v for k, v in data.items() if v is not None})
        for watcher in list(self.watchers):
            watcher(notice)

    def happened(self, event: Json) -> None:
        """`event` is the inner Events API event, `type` included."""
        for listener in list(self.listeners):
            listener(event)
