"""What an event of the feed says: its title and what stands below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.calendar.agenda import Item, ItemKind
from domain.views import ProjectView
from messages import names
from messages.names import word
from messages.texts import Reader

_TITLES: Mapping[ItemKind, str] = {
    ItemKind.HOLIDAY: word("Holiday"),
    ItemKind.BLACKOUT: word("Blackout"),
    ItemKind.MAINTENANCE: word("Maintenance"),
    ItemKind.FREEZE: word("Code freeze"),
    ItemKind.QA: word("QA"),
    ItemKind.DEPLOY: word("Deploy"),
    ItemKind.WINDOW: word("Release window"),
    ItemKind.NO_DEPLOY_HOURS: word("No-deploy hours"),
}
_MEANS: Mapping[ItemKind, str] = {
    ItemKind.BLACKOUT: word("No deploys in this time."),
    ItemKind.MAINTENANCE: word("No deploys in this time."),
    ItemKind.FREEZE: word("Only fixes are merged."),
    ItemKind.NO_DEPLOY_HOURS: word("No deploys in this time."),
}


def title(reader: Reader, project: ProjectView, item: Item) -> str:
    """`Code freeze v1.5.0 · Shop`, `Blackout: Year-end sale · Shop`."""
    kind = reader.t(_TITLES[item.kind])
    called = item.names[reader.language] if item.names else item.name
    parts = (" v" if item.release else ": ") + called if called else ""
    return f"{kind}{parts} · {project.title[reader.language]}"


def description(reader: Reader, item: Item) -> str:
    """What it means, why it is, and what is not certain of it; one line each."""
    return "\n".join(_lines(reader, item))


def _lines(reader: Reader, item: Item) -> Iterator[str]:
    t = reader.t
    if item.type:
        yield names.release_type(reader, item.type)
    if item.kind in _MEANS:
        yield t(_MEANS[item.kind])
    if item.detail:
        yield item.detail
    if item.open_end:
        yield t("It ends when the deploy is complete; the end shown is the planned one.")
    if is_free(item):
        yield t("No release has taken this date yet.")
    if item.moved:
        yield t("Moved from its usual time.")


def is_free(item: Item) -> bool:
    """Whether it is a date of the cadence that is still to be taken."""
    return item.kind in {ItemKind.FREEZE, ItemKind.QA, ItemKind.DEPLOY} and not item.release
