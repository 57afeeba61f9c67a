"""Nothing was heard of a deployment for too long: its deployer is asked once more, or it counts as lost."""

from __future__ import annotations

from commands import context
from commands.deploys import keep, report
from commands.record import lane
from commands.remind.say import TIMER
from domain import reminders
from domain.deploys.model import Deployment, DeployState, DeployWhy
from domain.deploys.reports import Report
from domain.deploys.rules import EnvironmentRules
from domain.errands import FollowDeployment
from domain.project import Project
from domain.reminders import Reminder
from storage import deploys, outbox
from storage.db import Tx


def fell_silent(tx: Tx, project: Project, reminder: Reminder) -> bool:
    """False when something was heard meanwhile."""
    known = deploys.get(tx, reminder.subject)
    if known is None:
        return False
    found = context.case(tx, known.release)
    deployment = deploys.get(tx, known.id) or known
    rules = project.policy.deploy.of(deployment.environment)
    if reminder not in reminders.of_deployment(deployment, rules.lost_after):
        keep.plan(tx, found, deployment)
        return False
    if deployment.ending:
        report.not_cancelled(tx, deployment.id, DeployWhy.SILENT, "", TIMER)
        return True
    if _can_be_asked(deployment, rules):
        errand = FollowDeployment(project.key, deployment.id, last=True)
        outbox.add(tx, [lane(f"{outbox.DEPLOY}{deployment.id}", reminder.key, errand)])
        return True
    lost = Report(deployment=deployment.id, state=DeployState.LOST, why=DeployWhy.SILENT)
    report.take_in(tx, lost, TIMER)
    return True


def _can_be_asked(deployment: Deployment, rules: EnvironmentRules) -> bool:
    """What is polled anyway was asked all the time, and what was never taken has nothing to tell."""
    taken = deployment.state is DeployState.RUNNING
    return taken and rules.webhook is not None and rules.webhook.status_url is not None
