"""A project's releases: those on their way as a list, and all as a board."""

from __future__ import annotations

from commands import context
from commands.show.lists.rows import rows_of
from commands.show.release import project_view
from domain.types import Column
from domain.views import BoardView, ListView
from storage import releases
from storage.db import Tx

DONE_SHOWN = 5


def listed(tx: Tx, project_key: str) -> ListView:
    """The releases on their way, oldest first."""
    project = context.project_of(tx, project_key)
    return ListView(
        project=project_view(project),
        rows=rows_of(tx, project, releases.live(tx, project.key)),
        ended=releases.count_ended(tx, project.key),
    )


def board(tx: Tx, project_key: str) -> BoardView:
    """The release board of spec 2.5, with the last few that are done."""
    project = context.project_of(tx, project_key)
    found = releases.live(tx, project.key) + releases.ended(tx, project.key, DONE_SHOWN)
    rows = rows_of(tx, project, found)
    return BoardView(
        project=project_view(project),
        columns={column: tuple(r for r in rows if r.column is column) for column in Column},
    )
