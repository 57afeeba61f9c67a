"""Steps along the lifecycle: what people press, what the git worker reports, and what time brings."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from commands.requests import Advance, Cancel, DeclareRollback, PassQa, Resolve, StandDown, StartRelease
from domain.rollback import Criterion
from domain.types import Action, ReleaseType
from domain.views import Happened
from tests.commands.machine.ground import Ground, started, users
from tests.commands.machine.model import Release
from tests.commands.machine.tables import ASKED_OF_GIT, IN_ROOM, LAPSE, MANAGER, REVIEWED, STEPS, TESTER, A, S
from tests.support.driver import SHA, SHA2
from tests.support.world import DEV, IC, RM

UNFINISHED_AT_MOST, RELEASES_AT_MOST = 2, 4
kinds = st.sampled_from(ReleaseType)
starters = st.sampled_from((RM, DEV, IC))


class Lifecycle(Ground):
    # --- people -------------------------------------------------------------------------------------------

    @precondition(
        lambda self: (
            len(self.project.unfinished()) < UNFINISHED_AT_MOST
            and len(self.project.releases) < RELEASES_AT_MOST
        )
    )
    @rule(kind=kinds, user=starters)
    def start(self, kind: ReleaseType, user: str) -> None:
        """A new release, which is in hand from here on; only one that can be approved."""
        if self.gone(user):
            return
        model = Release(self.project, kind, user, head=SHA)
        feature = f"search-{len(self.project.releases)}"
        request = StartRelease(project="shop", type=kind, feature=feature, stakeholders=(DEV,))
        outcome = self.drive.do(request, user)
        assert isinstance(outcome, Happened) is all(model.places()), outcome
        if isinstance(outcome, Happened):
            model.id = str(outcome.event.release)  # type: ignore[union-attr]  # ReleaseStarted
            model.deploy_at = self.drive.release(model.id).deploy_at
            self.project.releases.append(model)
            self.now = model

    @started
    @rule(action=st.sampled_from(sorted(STEPS)), user=users, note=st.sampled_from(("", "why")))
    def anything(self, action: Action, user: str, note: str) -> None:
        elsewhere = action in IN_ROOM and self.now.stage is not S.ROLLING_BACK
        if not self.gone(user) and not elsewhere:
            self.step(action, user, note)

    def step(self, action: Action, user: str, note: str = "why") -> None:
        now, at = self.now, self.clock()
        allowed = now.can(action, user, note, at)
        self.press(self.asked(action, note), user, expected=allowed)
        if not allowed:
            return
        if action is A.DEPLOY and now.over(at):
            now.lapse(at)
        elif action in ASKED_OF_GIT:
            now.pending, now.stuck = (action, user), False
        else:
            self.take(action)

    def asked(self, action: Action, note: str) -> Any:
        """The request by which people take a step."""
        release = self.now.id
        if action is A.CANCEL:
            return Cancel(release=release, reason=note)
        if action is A.DECLARE_ROLLBACK:
            criteria = (Criterion.ERROR_RATE,)
            return DeclareRollback(release=release, criteria=criteria, evidence=note, migration=False)
        room = self.drive.release(release).room
        if action is A.STAND_DOWN:
            return StandDown(room=room, reason=note)
        if action is A.ROLLED_BACK:
            return Resolve(room=room)
        early: dict[str, Any] = {"early": True, "note": "early"} if action is A.CUT_BRANCH else {"note": note}
        return Advance(release=release, action=action, commits=(SHA,), **early)

    def take(self, action: Action) -> None:
        self.now.take(action, self.clock())
        if action is A.ROLLOUT_COMPLETE:
            self.clock.move(minutes=1)  # no two are out at the same moment: the last one is in production

    @started
    @rule(user=users)
    def qa(self, user: str) -> None:
        if self.gone(user):
            return
        now = self.now
        allowed = now.stage is S.QA and now.may(user, {TESTER, MANAGER})
        self.press(PassQa(release=now.id, migration=False, breaking=True), user, expected=allowed)
        if allowed:
            now.enter(S.APPROVAL)
            now.asked_at = self.clock()

    # --- git ----------------------------------------------------------------------------------------------

    @precondition(lambda self: bool(self.project.releases) and self.now.pending is not None)
    @rule(how=st.sampled_from(("same", "same", "moved", "problem")))
    def report(self, how: str) -> None:
        """The worker says what it found for the action that waits."""
        now = self.now
        assert now.pending is not None
        action, by = now.pending
        if how == "moved" and action is not A.CUT_BRANCH:
            self.push()
        self.tell(action, failed=how == "problem")
        if how == "problem":
            now.stuck = True
            return
        now.pending, now.stuck = None, False
        if action is A.DEPLOY and now.stage is S.APPROVED and now.over(self.clock()):
            now.lapse(self.clock())
        elif action is A.DEPLOY and now.head != now.sha:
            self.outdated()
        elif now.can(action, by, "why", self.clock()):
            self.take(action)

    def tell(self, action: Action, *, failed: bool) -> None:
        problem = {"problem": "unreachable"} if failed else {}
        if action is A.CUT_BRANCH:
            self.drive.branch_was_cut(self.now.id, **problem)
        else:
            self.drive.head_was_read(self.now.id, action, head="" if failed else self.now.head, **problem)

    def push(self) -> None:
        """Somebody commits to the branch."""
        self.now.head = SHA2 if self.now.head == SHA else SHA

    def outdated(self) -> None:
        """What was reviewed is not what the branch has any more."""
        if self.now.stage in REVIEWED and self.now.head != self.now.sha:
            self.now.enter(S.FIXING)

    @precondition(lambda self: bool(self.project.releases) and self.now.rc > 0)
    @rule(moves=st.booleans())
    def watch(self, *, moves: bool) -> None:
        """The branch is looked at under an approval."""
        if moves:
            self.push()
        self.drive.head_was_read(self.now.id, None, head=self.now.head)
        self.outdated()

    @precondition(lambda self: bool(self.project.releases) and self.now.stage is S.RELEASED)
    @rule(ok=st.booleans())
    def finished(self, *, ok: bool) -> None:
        self.drive.refs_were_made(self.now.id, problem="" if ok else "conflict")
        self.now.merged = self.now.merged or ok

    # --- time ---------------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from((1, 3, 24, 100)))
    def wait(self, hours: int) -> None:
        at = self.clock.move(hours=hours)
        self.drive.tick()
        for model in self.project.releases:
            if model.stage is S.APPROVAL and model.asked_at and at >= model.asked_at + LAPSE[model.kind]:
                model.lapse(at)
            if model.stage is S.APPROVED and model.until and at >= model.until:
                model.lapse(at)
