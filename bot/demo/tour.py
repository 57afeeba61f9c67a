"""The guided tour's steps: who acts, what to type or press, and whether it is done, read from the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commands.checklists.lists import stopping
from commands.show.look import look
from domain.release import ConfirmItem, Release
from domain.types import WAY, Stage
from domain.versions import Version
from messages.texts import LANGUAGES, Reader
from messages.tour import stop
from storage import releases
from storage.db import Tx

SHOP = "shop"
CHANNEL = "releases-shop"
FIRST, SECOND = Version(1, 5, 0), Version(1, 6, 0)

Check = Callable[[Tx, Release | None, Release | None], bool]


def _past(stage: Stage) -> Check:
    """Whether v1.5.0 has got beyond a stage."""

    def check(_tx: Tx, first: Release | None, _second: Release | None) -> bool:
        return first is not None and first.stage in WAY and WAY.index(first.stage) > WAY.index(stage)

    return check


def _started(_tx: Tx, first: Release | None, _second: Release | None) -> bool:
    return first is not None


def _confirmed(tx: Tx, first: Release | None, _second: Release | None) -> bool:
    """Who stands by is known, and what is by hand of the lists is ticked; the rest the window brings."""
    if first is None or not all(first.confirmed(item) for item in ConfirmItem):
        return False
    return _past(Stage.APPROVED)(tx, first, None) or not stopping(tx, look(tx, first.id))


def _second_declared(_tx: Tx, _first: Release | None, second: Release | None) -> bool:
    return second is not None and second.stage in {Stage.ROLLING_BACK, Stage.ROLLED_BACK}


def _second_out(_tx: Tx, _first: Release | None, second: Release | None) -> bool:
    gone = {Stage.DEPLOYING, Stage.VERIFYING, Stage.RELEASED, Stage.ROLLING_BACK, Stage.ROLLED_BACK}
    return second is not None and second.stage in gone


def _rolled_back(_tx: Tx, _first: Release | None, second: Release | None) -> bool:
    return second is not None and second.stage is Stage.ROLLED_BACK


@dataclass(frozen=True)
class Step:
    """`who` acts, in the shop's channel; `command` is what to put in the box, if anything."""

    key: str
    who: str
    done: Check
    command: str = ""


STEPS = (
    Step("start", "haneul", _started, "/release start regular v1.5.0"),
    Step("cut", "haneul", _past(Stage.CANDIDATE)),
    Step("build", "haneul", _past(Stage.BUILDING)),
    Step("staging", "priya", _past(Stage.STAGING)),
    Step("qa", "daniel", _past(Stage.QA)),
    Step("approve", "alex", _past(Stage.APPROVAL)),
    Step("confirm", "priya", _confirmed),
    Step("deploy", "priya", _past(Stage.APPROVED)),
    Step("verify", "daniel", _past(Stage.VERIFYING)),
    Step("close", "haneul", _past(Stage.RELEASED)),
    Step("second", "alex", _second_out, "/release start regular v1.6.0"),
    Step("rollback", "minjae", _second_declared, "/release rollback v1.6.0"),
    Step("resolve", "minjae", _rolled_back),
)


def tour(tx: Tx) -> list[dict[str, Any]]:
    """The tour as the page shows it."""
    first, second = (releases.by_version(tx, SHOP, version) for version in (FIRST, SECOND))
    return [_shown(step, done=step.done(tx, first, second)) for step in STEPS]


def _shown(step: Step, *, done: bool) -> dict[str, Any]:
    words = {language: stop(Reader(language, "UTC"), step.key) for language in LANGUAGES}
    return {
        "id": step.key,
        "title": {language: title for language, (title, _) in words.items()},
        "text": {language: text for language, (_, text) in words.items()},
        "as": step.who,
        "command": step.command or None,
        "channel": CHANNEL,
        "done": done,
    }
