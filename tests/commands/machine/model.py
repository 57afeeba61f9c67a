"""A project and its releases as the specification has them. Nothing of the program's own code is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.people import Role
from domain.types import Action, Stage
from tests.commands.machine.approval_model import Approval
from tests.commands.machine.tables import (
    ENDED,
    GOING_OUT,
    MONITORING,
    NEED_WORDS,
    OVER,
    SHIPPED,
    SOAK,
    STEPS,
    STEPS_OF,
    WATCH,
    WITHOUT_USERS,
    A,
    R,
    S,
    window_close,
)
from tests.support.world import ROLES


@dataclass(eq=False)
class Project:
    """`releases` in the order in which they were started; `locks` are those whose rollbacks have set one.

    `met` collects what a run has met.
    """

    releases: list[Release] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    locks: list[Release] = field(default_factory=list)
    met: set[str] = field(default_factory=set)

    def roles(self, user: str) -> set[Role]:
        return set() if user in self.left else {role for role, held in ROLES.items() if user in held}

    def unfinished(self) -> list[Release]:
        return [release for release in self.releases if release.stage not in ENDED]

    def in_production(self) -> Release | None:
        shipped = {r.deployed_at: r for r in self.releases if r.stage in SHIPPED and r.deployed_at}
        return shipped[max(shipped)] if shipped else None


class Release(Approval):
    """One release among the others of its project: its steps, what they need, and what they bring along."""

    # --- what the steps need ------------------------------------------------------------------------------

    def others(self) -> list[Release]:
        return [release for release in self.project.releases if release is not self]

    def older(self, other: Release) -> bool:
        return self.project.releases.index(other) < self.project.releases.index(self)

    def in_the_way(self) -> dict[str, Release]:
        """Why other releases of the project forbid this one's deploy, and which."""
        found = {}
        for other in self.others():
            if other.stage in GOING_OUT:
                found[f"another is {other.stage}"] = other
            elif not self.planned or other.stage in OVER | {S.ON_HOLD}:
                continue
            elif not other.planned:
                found["an urgent one goes first"] = other
            elif self.older(other):
                found["an older planned one is unfinished"] = other
        return found

    def passed(self) -> set[str]:
        """What stands in nobody's way, where a deploy goes past it."""
        passed = {
            "planned, unfinished": lambda o: o.planned and not self.planned and o.stage not in OVER,
            "on hold": lambda o: self.planned and o.stage is S.ON_HOLD,
            "older, finished": lambda o: self.planned and o.planned and self.older(o) and o.stage in OVER,
        }
        return {what for what, is_so in passed.items() if any(map(is_so, self.others()))}

    def soaked(self, at: datetime) -> bool:
        return self.soak_until is None or at >= self.soak_until

    def timely(self, at: datetime) -> bool:
        """Whether soak and release window let it out at this moment."""
        return self.soaked(at) and (not self.planned or window_close(at) is not None)

    def ready(self, at: datetime) -> bool:
        """Whether nothing but other releases can stand in the way of its deploy."""
        confirmed = all((self.rc, item) in self.confirmed for item in self.to_confirm())
        return not self.project.locks and self.timely(at) and confirmed and not self.conditional()

    def conditional(self) -> bool:
        return any(rc == self.rc for rc, _ in self.conditions)

    def can(self, action: Action, user: str, note: str, at: datetime) -> bool:
        """Whether the step can be taken; a refusal that rests on other releases alone is noted as met."""
        who, ways = STEPS[action]
        if self.stage not in ways or not self.may(user, who):
            return False
        if action is A.DEPLOY and (self.pending is None or self.stuck) and self.ready(at):
            self.project.met |= {f"deploy refused: {why}" for why in self.in_the_way()}
        if action is A.DECLARE_ROLLBACK and note and not self.holds(action, note, at):
            self.project.met.add("rollback refused: another is in production")
        return self.holds(action, note, at)

    def holds(self, action: Action, note: str, at: datetime) -> bool:
        """Whether all that a step needs holds."""
        if action in NEED_WORDS and not note:
            return False
        free = self.pending is None or self.stuck
        return {
            A.SKIP_STAGING: self.kind is R.HOTFIX,
            A.REBUILD: self.stage is S.FIXING or self.rejected,
            A.STEP_LIVE: self.done < STEPS_OF[self.kind] and self.live_since is None,
            A.STEP_DONE: not self.paused and self.may_go_on(note, at),
            A.CONTINUE: self.paused,
            A.STOP: self.done < WITHOUT_USERS[self.kind],
            A.ROLLOUT_COMPLETE: not self.paused
            and self.done == STEPS_OF[self.kind]
            and not self.conditional(),
            A.VERIFIED: not self.conditional(),
            A.CLOSE: self.merged and (self.monitoring_until or at) <= at,
            A.RESUME: not self.rejected,
            A.DECLARE_ROLLBACK: self.stage not in SHIPPED or self.project.in_production() is self,
            A.STAND_DOWN: not self.restoring,
            A.ROLLED_BACK: self.restored,
            A.CUT_BRANCH: free,
            A.BUILD_PASSED: free,
            A.DEPLOY: free and self.ready(at) and not self.in_the_way(),
        }.get(action, True)

    def watch(self) -> timedelta:
        watches = WATCH.get(self.kind, ())
        return watches[self.done] if self.done < len(watches) else timedelta(0)

    def may_go_on(self, note: str, at: datetime) -> bool:
        """From what is out, once it has been watched, or with a reason; what nobody watches is done at once."""
        if self.live_since is None:
            return not self.watch()
        return bool(note) or at >= self.live_since + self.watch()

    # --- the steps ----------------------------------------------------------------------------------------

    def take(self, action: Action, at: datetime) -> None:  # noqa: C901, PLR0912 - one case per action
        """The step with its effects."""
        before = self.stage
        self.project.met.add(f"{action} from {before}")
        if action is A.DEPLOY:
            self.project.met |= {f"deploy past one that is {what}" for what in self.passed()}
        self.enter(self.target(action))
        match action:
            case A.HOLD:
                self.held_from = before
            case A.RESUME:
                self.resumed(at)
            case A.STAGING_DEPLOYED:
                soak = SOAK[self.kind]
                self.soak_until = at + soak if soak else None
            case A.SKIP_STAGING:
                self.soak_until = None
            case A.BUILD_PASSED:
                self.rc, self.sha, self.soak_until = self.rc + 1, self.head, None
            case A.STEP_DONE:
                self.done, self.live_since = min(self.done + 1, STEPS_OF[self.kind]), None
            case A.STEP_LIVE:
                self.live_since = at
            case A.PAUSE | A.CONTINUE:
                self.went_on(action, at)
            case A.STOP:
                self.stopped(at)
            case A.ROLLOUT_COMPLETE:
                self.deployed_at = at
            case A.VERIFIED:
                assert self.deployed_at is not None
                self.monitoring_until = self.deployed_at + MONITORING[self.kind]
            case A.DECLARE_ROLLBACK:
                self.back_from = before
                self.project.locks.append(self)
            case A.STAND_DOWN:
                self.project.locks = [one for one in self.project.locks if one is not self]

    def target(self, action: Action) -> Stage:
        before = {A.RESUME: self.held_from, A.STAND_DOWN: self.back_from}.get(action)
        return before or STEPS[action][1][self.stage]

    def went_on(self, action: Action, at: datetime) -> None:
        """What is out is watched anew after a pause."""
        self.paused = action is A.PAUSE
        if self.live_since is not None and action is A.CONTINUE:
            self.live_since = at

    def resumed(self, at: datetime) -> None:
        self.held_from = None
        if self.stage is S.APPROVAL:
            self.asked_at = at
        elif self.stage is S.APPROVED and self.over(at):
            self.lapse(at)

    def stopped(self, at: datetime) -> None:
        self.done, self.paused, self.live_since = 0, False, None
        self.confirmed = {one for one in self.confirmed if one[0] != self.rc}
        if self.over(at):
            self.lapse(at)
