"""The guided tour's steps: who acts, what to type or press, and whether it is done, read from the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.demo import pipeline
from commands.checklists.lists import stopping
from commands.show.look import look
from domain.errands import Surface, SurfaceKind
from domain.release import ConfirmItem, Release
from domain.rollback.names import rollback_name
from domain.types import WAY, Stage
from domain.versions import Version
from messages.texts import LANGUAGES, Reader
from messages.tour import stop
from storage import calendar, releases, surfaces
from storage.db import Tx

SHOP = "shop"
CHANNEL = "releases-shop"
IN_PRODUCTION, FIRST, SECOND = Version(1, 4, 2), Version(1, 5, 0), Version(1, 6, 0)
OUT = frozenset({Stage.VERIFYING, Stage.RELEASED, Stage.CLOSED})
TAKEN_BACK = frozenset({Stage.ROLLING_BACK, Stage.ROLLED_BACK})


@dataclass(frozen=True)
class Seen:
    """What the steps look at. `fails` says whether the shop's next version fails."""

    tx: Tx
    first: Release | None
    second: Release | None
    fails: bool

    def some(self, *stages: Stage) -> Release | None:
        """A release of the tour that stands there: people take either of them out, or back."""
        known = (one for one in (self.second, self.first) if one is not None)
        return next((one for one in known if one.stage in stages), None)


Check = Callable[[Seen], bool]


def _past(stage: Stage) -> Check:
    """Whether v1.5.0 has got beyond a stage before its deploy."""

    def check(seen: Seen) -> bool:
        first = seen.first
        if first is None or first.stage in TAKEN_BACK:
            return first is not None
        return first.stage in WAY and WAY.index(first.stage) > WAY.index(stage)

    return check


def _started(seen: Seen) -> bool:
    return seen.first is not None


def _confirmed(seen: Seen) -> bool:
    """Who stands by is known, and what is by hand of the lists is ticked; the rest the window brings."""
    if seen.first is None or not all(seen.first.confirmed(item) for item in ConfirmItem):
        return False
    return _past(Stage.APPROVED)(seen) or not stopping(seen.tx, look(seen.tx, seen.first.id))


def _hurt(seen: Seen) -> bool:
    return seen.fails or _declared(seen)


def _declared(seen: Seen) -> bool:
    return seen.some(*TAKEN_BACK) is not None


def _rolled_back(seen: Seen) -> bool:
    return seen.some(Stage.ROLLED_BACK) is not None


def _unlocked(seen: Seen) -> bool:
    return _rolled_back(seen) and calendar.lock(seen.tx, SHOP) is None


def _out(seen: Seen) -> bool:
    return seen.some(*OUT) is not None


def _second_begun(seen: Seen) -> bool:
    return seen.second is not None and seen.second.stage in {Stage.DEPLOYING, *OUT, *TAKEN_BACK}


def _verified(seen: Seen) -> bool:
    return seen.some(Stage.RELEASED, Stage.CLOSED) is not None


def _closed(seen: Seen) -> bool:
    return seen.some(Stage.CLOSED) is not None


def _asked(seen: Seen) -> bool:
    return pipeline.was_used(seen.tx, SHOP)


@dataclass(frozen=True)
class Step:
    """`who` acts, in the shop's channel, `in_room` or `in_thread` of the release's card; `command` is what to
    put in the box, if anything. `shop` when the shop has to be opened for it.
    """

    key: str
    who: str
    done: Check
    command: str = ""
    in_room: bool = False
    in_thread: bool = False
    shop: bool = False


THERE = (
    Step("start", "haneul", _started, "/release start regular v1.5.0"),
    Step("cut", "haneul", _past(Stage.CANDIDATE)),
    Step("build", "haneul", _past(Stage.STAGING)),
    Step("qa", "daniel", _past(Stage.QA)),
    Step("approve", "alex", _past(Stage.APPROVAL)),
    Step("confirm", "priya", _confirmed),
    Step("deploy", "priya", _past(Stage.APPROVED)),
)
BACK = (
    Step("hurt", "priya", _hurt, shop=True),
    Step("rollback", "minjae", _declared, in_thread=True),
    Step("resolve", "minjae", _rolled_back, in_room=True),
    Step("unlock", "haneul", _unlocked),
)
SECOND_OUT = Step("second", "haneul", _out, "/release start regular v1.6.0", shop=True)
DONE = (Step("verify", "daniel", _verified), Step("close", "haneul", _closed))
LAST = Step("pipeline", "haneul", _asked, shop=True)


def _steps(seen: Seen) -> tuple[Step, ...]:
    """The first version is taken back and the second one closed; the other way round for whoever let the
    first one go out well.
    """
    first = seen.first
    if first is None or first.stage not in OUT or _declared(seen):
        return (*THERE, *BACK, SECOND_OUT, *DONE, LAST)
    return (*THERE, *DONE, replace(SECOND_OUT, done=_second_begun), *BACK, LAST)


def tour(tx: Tx, *, fails: bool) -> list[dict[str, Any]]:
    """The tour as the page shows it."""
    first, second = (releases.by_version(tx, SHOP, version) for version in (FIRST, SECOND))
    seen = Seen(tx, first, second, fails)
    return [_shown(step, seen) for step in _steps(seen)]


def _shown(step: Step, seen: Seen) -> dict[str, Any]:
    words = {language: stop(Reader(language, "UTC"), step.key) for language in LANGUAGES}
    back = seen.some(*TAKEN_BACK)
    out = seen.some(Stage.DEPLOYING, Stage.VERIFYING, Stage.RELEASED)
    card = surfaces.get(seen.tx, Surface(SurfaceKind.CARD, out.id)) if step.in_thread and out else None
    return {
        "id": step.key,
        "title": {language: title for language, (title, _) in words.items()},
        "text": {language: text for language, (_, text) in words.items()},
        "as": step.who,
        "command": step.command or None,
        "channel": rollback_name(str(back.version)) if step.in_room and back else CHANNEL,
        "thread": card.ts if card else None,
        "done": step.done(seen),
        "open": "shop" if step.shop else None,
    }
