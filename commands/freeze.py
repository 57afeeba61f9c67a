"""Begin a release's code freeze early, or lift it."""

from __future__ import annotations

from dataclasses import replace

from commands import ask_git, context
from commands.change import save
from commands.context import Case
from commands.record import send
from commands.requests import BeginFreeze, LiftFreeze
from domain.errands import InChannel
from domain.events import FreezeBegun, FreezeLifted
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Refused, TextMissing, TooLate
from domain.steps import freeze_begun
from domain.types import BEFORE_DEPLOY, Stage
from domain.views import Happened
from storage.db import Tx

_FREEZABLE = BEFORE_DEPLOY | {Stage.ON_HOLD, Stage.DEPLOYING}


def begin(tx: Tx, request: BeginFreeze, origin: Origin) -> Happened:
    """The freeze begins now; it still ends with its release. Raises Refused."""
    found = context.case(tx, request.release)
    may_begin(found, origin)
    if not request.reason.strip():
        raise Refused(TextMissing("reason"))
    event = FreezeBegun(release=found.release.id, version=found.version, reason=request.reason.strip())
    save(tx, found, replace(found.release, freeze_at=found.at, freeze_lifted_at=None), origin, [event])
    ask_git.read(tx, found.project)  # what is on its branches by now came before it
    send(tx, found.project, origin, [(InChannel(found.project.channel), event)])
    return Happened(event)


def may_begin(found: Case, origin: Origin) -> None:
    """Raises Refused."""
    context.require(found.roster, origin, "freeze", Role.RELEASE_MANAGER)
    if found.release.stage not in _FREEZABLE:
        raise Refused(TooLate(found.version, found.release.stage))
    if freeze_begun(found.release, found.at):
        raise Refused(AlreadySo("freeze_begun"))


def lift(tx: Tx, request: LiftFreeze, origin: Origin) -> Happened:
    """Lift a freeze before its release is deployed. Raises Refused."""
    found = context.case(tx, request.release)
    may_lift(found, origin)
    if not request.reason.strip():
        raise Refused(TextMissing("reason"))
    event = FreezeLifted(
        release=found.release.id, version=found.version, why="by_hand", reason=request.reason.strip()
    )
    save(tx, found, replace(found.release, freeze_lifted_at=found.at), origin, [event])
    send(tx, found.project, origin, [(InChannel(found.project.channel), event)])
    return Happened(event)


def may_lift(found: Case, origin: Origin) -> None:
    """Raises Refused."""
    context.require(found.roster, origin, "freeze", Role.RELEASE_MANAGER)
    if not freeze_begun(found.release, found.at):
        raise Refused(AlreadySo("freeze_lifted"))
