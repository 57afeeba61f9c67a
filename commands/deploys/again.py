"""A staging deploy that was lost, cancelled, or never really asked for, is asked for once more."""

from __future__ import annotations

from commands import context
from commands.deploys.ask import ask, asked_event
from commands.requests import AskDeployerAgain
from domain.deploys.model import Deployment, DeployState, Purpose
from domain.lifecycle import with_commander
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Gone, Refused
from domain.types import Stage
from domain.views import Happened
from storage import deploys
from storage.db import Tx

WHO = (Role.DEVOPS, Role.RELEASE_MANAGER)


def again(tx: Tx, request: AskDeployerAgain, origin: Origin) -> Happened:
    """What is under way, has succeeded, or has said that it failed is not asked for again. Raises Refused."""
    found = context.case(tx, request.release)
    context.require(found.roster, origin, "deployer", *with_commander(found.release, WHO))
    before = deploys.newest(tx, found.release.id, found.release.rc, Purpose.STAGING, "")
    if found.release.stage is not Stage.STAGING or before is None or request.candidate != found.release.rc:
        raise Refused(Gone("deployment"))
    if not may_be_asked_again(before):
        raise Refused(AlreadySo("deployment"))
    asked = ask(tx, found, Purpose.STAGING, origin=origin)
    if asked is None:  # the policy leaves staging to people by now
        raise Refused(Gone("deployer"))
    return Happened(asked_event(tx, found, asked))


def may_be_asked_again(of: Deployment) -> bool:
    return of.state in {DeployState.LOST, DeployState.CANCELLED} or of.never_asked
