"""Drives the commands as people and the git worker do: one frame and one transaction per request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import col

from bot.verbs import VERBS
from commands import context, frame, git_reports, requests
from commands.checklists.lists import of_release
from commands.health.look import baselines_of
from commands.remind import fire as remind
from commands.show import checklists as lists
from domain.approvals import Outcome as Choice
from domain.checklists.model import GUARDED, ItemState, Phase
from domain.commits import ChangeCounts
from domain.errands import CutBranch, Errand, FinishRelease, ReadHead, ReadRepository, Tell
from domain.events import Event
from domain.health.baselines import Baseline
from domain.people import BOT, Origin, Via
from domain.project import ConfirmedProduction
from domain.refusals import Refusal
from domain.release import ConfirmItem, Release
from domain.scope import RepositoryFacts, Scope
from domain.types import Action, ReleaseType, Stage
from domain.versions import Version
from domain.views import Happened, SaidNo
from storage import audit, checklists, outbox, projects, releases, repositories
from storage.db import Database, Tx
from storage.tables import AuditRow, OutboxRow
from tests.support.clock import HandClock
from tests.support.world import DEV, IC, ONCALL, OPS, OWNER, PM, PROJECT, QA, RM, RM2, TL, origin

T = TypeVar("T")

GIT = Origin(BOT, Via.GIT)
SHA = "a" * 40
SHA2 = "b" * 40
APPROVERS = {
    ReleaseType.REGULAR: (RM2,),
    ReleaseType.EMERGENCY: (TL, PM),
    ReleaseType.HOTFIX: (IC,),
    ReleaseType.FEATURE: (PM, DEV),
}


def changes(number: int = 3, since: str = "", sha: str = SHA, **facts: Any) -> Scope:
    return Scope(since=since, sha=sha, counts=ChangeCounts(features=number), **facts)


class Driver:
    """`ok` expects an event, `no` a refusal; `to_…` take a release to a stage by the ordinary way."""

    def __init__(self, database: Database, clock: HandClock, project: str = PROJECT) -> None:
        self.database, self.clock, self.project = database, clock, project

    @contextmanager
    def tx(self) -> Iterator[Tx]:
        with self.database.transaction() as tx:
            yield tx

    def read(self, work: Callable[..., T], *args: Any) -> T:
        return self.database.read_now(work, *args)

    def do(
        self, request: Any, user: str, *, key: str = "", via: Via = Via.SLASH, **of: Any
    ) -> Happened | SaidNo:
        asked = replace(origin(user, key=key, via=via), **of)
        with self.tx() as tx:
            return frame.perform(tx, VERBS[type(request)], request, asked)

    def ok(self, request: Any, user: str, **how: Any) -> Event:
        outcome = self.do(request, user, **how)
        assert isinstance(outcome, Happened), outcome
        return outcome.event

    def no(self, request: Any, user: str, **how: Any) -> Refusal:
        outcome = self.do(request, user, **how)
        assert isinstance(outcome, SaidNo), outcome
        return outcome.refusal

    # --- the git worker -----------------------------------------------------------------------------------

    def report(self, work: Callable[..., Happened], report: Any) -> Event:
        with self.tx() as tx:
            return work(tx, report, GIT).event

    def read_repository(self, *, confirmed: bool = True, **facts: Any) -> Event:
        """`confirmed`: an owner has said before that what is tagged is in production."""
        known: dict[str, Any] = {
            "read_at": self.clock(),
            "tags": ("v1.4.0",),
            "production": "v1.4.0",
            "next_version": "1.5.0",
        }
        known |= {"scope": changes(since="v1.4.0"), "branches": (("main", SHA), ("develop", SHA))}
        read = RepositoryFacts(**(known | facts))
        report = requests.RepositoryWasRead(project=self.project, facts=read)
        if confirmed and read.production:
            version = Version.parse(read.production)
            with self.tx() as tx:
                said = ConfirmedProduction(version, OWNER, self.clock())
                projects.confirm_production(tx, self.project, said)
        return self.report(git_reports.repository_was_read, report)

    def branch_was_cut(self, release: str, **facts: Any) -> Event:
        known: dict[str, Any] = {"branch": self.release(release).branch, "sha": SHA, "scope": changes()}
        report = requests.BranchWasCut(release=release, **(known | facts))
        return self.report(git_reports.branch_was_cut, report)

    def head_was_read(self, release: str, action: Action | None, **facts: Any) -> Event:
        known: dict[str, Any] = {"head": SHA, "scope": changes()}
        report = requests.HeadWasRead(release=release, action=action, **(known | facts))
        return self.report(git_reports.head_was_read, report)

    def refs_were_made(self, release: str, work: str = "finish", **facts: Any) -> Event:
        report = requests.RefsWereMade(release=release, work=work, **facts)
        return self.report(git_reports.refs_were_made, report)

    # --- looking ------------------------------------------------------------------------------------------

    def usual(self, release: str) -> dict[str, Baseline]:
        """What is known of the time before its deploy, by metric."""
        with self.tx() as tx:
            case = context.case(tx, release)
            return dict(baselines_of(tx, case.project, case.release))

    def release(self, release: str) -> Release:
        found = self.read(releases.get, release)
        assert found is not None
        return found

    def stage(self, release: str) -> Stage:
        return self.release(release).stage

    def errands(self) -> list[Errand]:
        """Everything that ever went into the outbox, in order."""

        def look(tx: Tx) -> list[Errand]:
            rows = tx.execute(select(col(OutboxRow.body)).order_by(col(OutboxRow.id)))
            return [outbox.ERRANDS.load(str(row[0])) for row in rows]

        return self.read(look)

    def told(self, kind: type | None = None) -> list[Tell]:
        """What was said, in order; of one kind of said thing when asked for."""
        tells = [errand for errand in self.errands() if isinstance(errand, Tell)]
        return [tell for tell in tells if kind is None or isinstance(tell.said, kind)]

    def git_errands(self) -> list[Errand]:
        return [
            e for e in self.errands() if isinstance(e, ReadRepository | ReadHead | CutBranch | FinishRelease)
        ]

    def audited(self) -> list[tuple[str, str, str]]:
        """(action, outcome, actor) of every audit row."""

        def look(tx: Tx) -> list[tuple[str, str, str]]:
            query = select(col(AuditRow.action), col(AuditRow.outcome), col(AuditRow.actor))
            rows = tx.execute(query.order_by(col(AuditRow.seq)))
            return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

        return self.read(look)

    def chain_holds(self) -> bool:
        return self.read(audit.verify) is None

    # --- time ---------------------------------------------------------------------------------------------

    def tick(self) -> int:
        """Fire all that is due; returns how many reminders were handled."""
        handled = 0
        while True:
            with self.tx() as tx:
                now = remind.fire_due(tx)
            if not now:
                return handled
            handled += now

    # --- the ordinary way ---------------------------------------------------------------------------------

    def start(self, kind: ReleaseType = ReleaseType.REGULAR, user: str = RM, **facts: Any) -> str:
        if self.read(repositories.facts, self.project) is None:
            self.read_repository()
        if kind is ReleaseType.FEATURE:
            facts = {"feature": "search", "stakeholders": (DEV,)} | facts
        event = self.ok(requests.StartRelease(project=self.project, type=kind, **facts), user)
        return str(event.release)  # type: ignore[union-attr]  # ReleaseStarted

    # --- checklists ---------------------------------------------------------------------------------------

    def check(self, release: str, phase: Phase, *keys: str, user: str = QA, **facts: Any) -> Event:
        """Tick these items, or all of the list that are open and can be ticked, in one request."""
        if not keys:
            view = next(one for one in self.read(lists.checklists, release).lists if one.phase is phase)
            keys = tuple(item.key for item in view.items if item.tickable)
        request = requests.TickItems(release=release, phase=phase, keys=keys, **facts)
        return self.ok(request, user, via=Via.BUTTON)

    def settle_lists(self, release: str, *phases: Phase) -> None:
        """All that these lists ask for is done already: without a word to anybody, as it was long ago."""
        with self.tx() as tx:
            found = context.case(tx, release)
            kept = of_release(tx, found.project, found.release, phases)
            for phase, one in kept.items():
                done = {item.key: self._done(found.release) for item in one.items}
                checklists.put(tx, release, phase, done)

    def _done(self, release: Release) -> ItemState:
        return ItemState(done_at=self.clock(), done_by=QA, candidate=release.rc)

    # --- the ordinary way, step by step -------------------------------------------------------------------

    def advance(self, release: str, action: Action, user: str = RM, **facts: Any) -> Event:
        """The lists that guard the step are settled before."""
        if action is Action.STAGING_DEPLOYED:
            self.settle_lists(release, Phase.STAGING)
        if phases := [phase for phase, guarded in GUARDED.items() if guarded is action]:
            self.settle_lists(release, *phases)
        return self.ok(requests.Advance(release=release, action=action, **facts), user)

    def refused(self, release: str, action: Action, user: str = RM, **facts: Any) -> Refusal:
        return self.no(requests.Advance(release=release, action=action, **facts), user)

    def cut(self, release: str, **facts: Any) -> None:
        urgent = self.release(release).type in {ReleaseType.EMERGENCY, ReleaseType.HOTFIX}
        known: dict[str, Any] = {"commits": (SHA2,)} if urgent else {"early": True, "note": "a quiet week"}
        self.advance(release, Action.CUT_BRANCH, **known)
        self.branch_was_cut(release, **facts)

    def build(self, release: str, **facts: Any) -> None:
        self.advance(release, Action.BUILD_PASSED)
        self.head_was_read(release, Action.BUILD_PASSED, **facts)

    def pass_qa(self, release: str, user: str = QA, **facts: Any) -> Event:
        self.settle_lists(release, Phase.STAGING)
        answers: dict[str, Any] = {"migration": False, "breaking": False, "report": "all green"}
        return self.ok(requests.PassQa(release=release, **(answers | facts)), user)

    def decide(self, release: str, user: str, outcome: Choice = Choice.APPROVE, **facts: Any) -> Event:
        return self.ok(self.decision(release, outcome, **facts), user, via=Via.BUTTON)

    def decision(self, release: str, outcome: Choice = Choice.APPROVE, **facts: Any) -> requests.Decide:
        rc = self.release(release).rc
        known: dict[str, Any] = {"release": release, "candidate": rc, "outcome": outcome}
        return requests.Decide(**(known | facts))

    def confirm(self, release: str, item: ConfirmItem, user: str) -> Event:
        rc = self.release(release).rc
        return self.ok(requests.Confirm(release=release, item=item, candidate=rc), user)

    def to_qa(self, kind: ReleaseType = ReleaseType.REGULAR, **facts: Any) -> str:
        release = self.start(kind, **facts)
        self.cut(release)
        self.build(release)
        self.advance(release, Action.STAGING_DEPLOYED, OPS, note="healthy")
        return release

    def to_approval(self, kind: ReleaseType = ReleaseType.REGULAR, **facts: Any) -> str:
        release = self.to_qa(kind, **facts)
        self.pass_qa(release)
        return release

    def to_approved(self, kind: ReleaseType = ReleaseType.REGULAR, **facts: Any) -> str:
        release = self.to_approval(kind, **facts)
        for user in APPROVERS[kind]:
            self.decide(release, user)
        return release

    def ready(self, release: str) -> None:
        """Confirm all that a deploy needs, and settle its checklists."""
        self.settle_lists(release, Phase.PRE_RELEASE, Phase.RELEASE_START)
        self.confirm(release, ConfirmItem.DEPLOYER_STANDING_BY, OPS)
        self.confirm(release, ConfirmItem.ONCALL_STANDING_BY, ONCALL)

    def to_deploying(self, kind: ReleaseType = ReleaseType.REGULAR, **facts: Any) -> str:
        """The clock goes to the deploy time, or past the soak; then it is approved: it does not last long."""
        release = self.to_approval(kind, **facts)
        self.deploy(release)
        return release

    def deploy(self, release: str) -> None:
        """From the approval on."""
        found = self.release(release)
        self.clock.set(max(filter(None, (self.clock(), found.deploy_at, found.soak_until))))
        for user in APPROVERS[found.type]:
            self.decide(release, user)
        self.ready(release)
        self.advance(release, Action.DEPLOY)
        self.head_was_read(release, Action.DEPLOY)

    def roll_out(self, release: str) -> None:
        rollout = self.release(release).rollout
        assert rollout is not None
        for _ in rollout.steps:
            self.step_out(release)
        self.advance(release, Action.ROLLOUT_COMPLETE, OPS)

    def step_out(self, release: str, note: str = "it is fine") -> Event:
        """The step under way is out, as people say it, and gone on from; with a reason while it is watched."""
        rollout = self.release(release).rollout
        assert rollout is not None
        if not rollout.live_first:
            return self.advance(release, Action.STEP_DONE, OPS)
        if not rollout.live:
            self.advance(release, Action.STEP_LIVE, OPS)
        return self.advance(release, Action.STEP_DONE, OPS, note=note)

    def to_verifying(self, kind: ReleaseType = ReleaseType.REGULAR, **facts: Any) -> str:
        release = self.to_deploying(kind, **facts)
        self.roll_out(release)
        return release

    def to_released(self, kind: ReleaseType = ReleaseType.REGULAR, **facts: Any) -> str:
        release = self.to_verifying(kind, **facts)
        self.advance(release, Action.VERIFIED)
        self.refs_were_made(release, refs=(("refs/tags/v1.5.0", SHA),))
        return release
