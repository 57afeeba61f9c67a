"""What is out shows trouble: rollbacks, their war rooms, and the lock they set."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from commands.requests import LiftLock, MoveStep
from storage import rooms
from tests.commands.machine.ground import users
from tests.commands.machine.lifecycle import Lifecycle
from tests.commands.machine.tables import COMMANDER, MANAGER, NOTICES, OPEN_STEP, OUT, RESTORE, A, S
from tests.support.world import OPS


class Rollback(Lifecycle):
    @precondition(lambda self: bool(self.project.releases) and self.now.stage in OUT)
    @rule(user=users)
    def trouble(self, user: str) -> None:
        """What is on its way out or in production shows trouble."""
        if not self.gone(user):
            self.step(A.DECLARE_ROLLBACK, user, "5xx")

    @precondition(lambda self: bool(self.project.releases) and self.now.stage is S.ROLLING_BACK)
    @rule(whole=st.booleans())
    def restore(self, *, whole: bool) -> None:
        """The steps of the war room: the first that touches production is begun, or all are done."""
        room = self.drive.read(rooms.get, self.drive.release(self.now.id).room)
        assert room is not None
        if not whole and not self.now.restoring:
            first = next(step.key for step in room.steps if step.key in RESTORE)
            self.press(MoveStep(room=room.id, step=first, state="started"), OPS, expected=True)
        elif whole and not self.now.restored:
            for step in room.steps:
                if step.key not in NOTICES and step.state in OPEN_STEP:
                    self.press(MoveStep(room=room.id, step=step.key, state="done"), OPS, expected=True)
            self.now.restored = True
        self.now.restoring = True

    @precondition(lambda self: bool(self.project.locks))
    @rule(user=users)
    def lift_lock(self, user: str) -> None:
        """Nothing is deployed until a release manager or an incident commander says why it is safe again: of
        each release that has set a lock.
        """
        if self.gone(user):
            return
        allowed = bool({MANAGER, COMMANDER} & self.project.roles(user))
        first, *others = self.project.locks
        if others:
            self.press(LiftLock(project="shop", reason="why"), user, expected=False)
        named = first.id if others else ""
        self.press(LiftLock(project="shop", reason="why", release=named), user, expected=allowed)
        if allowed:
            self.project.locks = others
