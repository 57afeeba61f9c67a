"""What stands above the list of changes: numbers, size, migrations and environment variables."""

from __future__ import annotations

from collections.abc import Iterator

from domain.views import ScopeView
from messages import blocks
from messages.blocks import Block
from messages.changes import carried
from messages.parts import code, link, quote
from messages.surroundings import large_line, paths, size_line, variables
from messages.texts import Reader

_LIST = 2500


def head(reader: Reader, view: ScopeView, *, whole: bool) -> Iterator[Block]:
    """`whole` names the migrations and variables as well: above the first page only."""
    t, scope = reader.t, view.scope
    since = t("since {version}", version=code(scope.since)) if scope.since else t("the first release")
    lines = [
        f"*{quote(view.release.tag)}* · {since}",
        carried(reader, scope, view.release.left_out),
    ]
    if scope.size:
        lines.append(size_line(reader, scope.size))
    if scope.untitled:
        lines.append(t("Pull requests whose titles could not be read: {n}", n=scope.untitled))
    if view.compare_url:
        lines.append(link(view.compare_url, t("Compare on the code host")))
    yield blocks.section("\n".join(lines))
    if view.large:
        yield blocks.context(large_line(reader, scope.counts.total, scope.size))
    if scope.counts.total > len(scope.lines) > 0:
        yield blocks.context(t("Listed are the newest {n}.", n=f"{len(scope.lines):,}"))
    if whole and scope.migrations:
        title = t("Database migrations")
        yield blocks.section(f"*{title}*\n{paths(reader, scope.migrations, _LIST)}")
    if whole and scope.variables:
        title = t("Environment variables")
        yield blocks.section(f"*{title}*\n{variables(reader, scope.variables, _LIST)}")
