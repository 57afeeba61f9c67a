"""The model of one release's approval: who decides, what comes of it, and when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from domain.approvals import Outcome
from domain.people import Role
from domain.release import ConfirmItem
from domain.types import Action, ReleaseType, Stage
from tests.commands.machine.tables import (
    COMMANDER,
    CONFIRMERS,
    DECIDED,
    IF,
    LAPSE,
    LEAD,
    MANAGER,
    NO,
    PLANNED,
    PMS,
    STANDING_BY,
    R,
    S,
    window_close,
)
from tests.support.world import DEV, IC, PM, RM, RM2, TL

if TYPE_CHECKING:
    from tests.commands.machine.model import Project


@dataclass(eq=False)
class Approval:
    """One release: where it is, and what people have decided on it."""

    project: Project = field(repr=False)
    kind: ReleaseType
    starter: str
    id: str = ""
    deploy_at: datetime | None = None
    stage: Stage = S.CANDIDATE
    rc: int = 0
    head: str = ""
    sha: str = ""
    pending: tuple[Action, str] | None = None
    stuck: bool = False
    held_from: Stage | None = None
    soak_until: datetime | None = None
    said: dict[tuple[int, str], Outcome] = field(default_factory=dict)
    conditions: list[tuple[int, str]] = field(default_factory=list)
    confirmed: set[tuple[int, ConfirmItem]] = field(default_factory=set)
    rejected: bool = False
    asked_at: datetime | None = None
    until: datetime | None = None
    done: int = 0
    paused: bool = False
    live_since: datetime | None = None
    deployed_at: datetime | None = None
    monitoring_until: datetime | None = None
    merged: bool = False
    back_from: Stage | None = None
    restoring: bool = False
    restored: bool = False

    def enter(self, stage: Stage) -> None:
        self.project.met.add(f"{self.kind}: {stage}")
        self.stage, self.pending, self.stuck = stage, None, False
        if stage in {S.FIXING, S.BUILDING}:
            self.asked_at = self.until = self.held_from = None
            self.rejected = False

    # --- people -------------------------------------------------------------------------------------------

    @property
    def planned(self) -> bool:
        return self.kind in PLANNED

    def may(self, user: str, roles: set[Role]) -> bool:
        """For a hotfix the incident commander may do whatever the release manager may."""
        if self.kind is R.HOTFIX and MANAGER in roles:
            roles = roles | {COMMANDER}
        return bool(roles & self.project.roles(user))

    def places(self) -> list[set[str]]:
        """Who can fill each place of the approval."""
        holders = {
            R.REGULAR: [{RM, RM2}],
            R.EMERGENCY: [{TL}, {PM}],
            R.HOTFIX: [{IC}],
            R.FEATURE: [{PM}, {DEV}],
        }[self.kind]
        out = self.project.left | (set() if self.kind is R.HOTFIX else {self.starter})
        return [place - out for place in holders]

    def deciders(self) -> set[str]:
        return set().union(*self.places())

    def holds_place(self, user: str) -> bool:
        """Whether somebody holds a required role, separation of duties aside."""
        roles = {R.REGULAR: {MANAGER}, R.EMERGENCY: {LEAD, PMS}, R.FEATURE: {PMS}, R.HOTFIX: {COMMANDER}}
        stakeholder = self.kind is R.FEATURE and user == DEV
        return bool(roles[self.kind] & self.project.roles(user)) or stakeholder

    # --- approval -----------------------------------------------------------------------------------------

    def mine(self, user: str) -> Outcome | None:
        return self.said.get((self.rc, user))

    def decidable(self) -> bool:
        return self.stage in DECIDED or (self.stage is S.ON_HOLD and self.rejected)

    def approved(self) -> bool:
        counting = {u: o for (rc, u), o in self.said.items() if rc == self.rc and u in self.deciders()}
        return NO not in counting.values() and all(place & set(counting) for place in self.places())

    def over(self, at: datetime) -> bool:
        """Whether a granted approval stands no more."""
        assert self.until is not None
        return at >= self.until or not self.approved()

    def lapse(self, at: datetime) -> None:
        self.project.met.add("approval lapsed")
        self.said = {key: outcome for key, outcome in self.said.items() if key[0] != self.rc}
        self.ask(at)

    def ask(self, at: datetime) -> None:
        self.enter(S.APPROVAL)
        self.asked_at, self.until = at, None

    def grant(self, at: datetime) -> None:
        self.enter(S.APPROVED)
        self.until = at + LAPSE[self.kind]
        close = window_close(self.deploy_at) if self.planned and self.deploy_at else None
        if close is not None and close > at:
            self.until = min(self.until, close)

    def decide(self, user: str, outcome: Outcome, at: datetime) -> None:
        if self.mine(user) is IF:
            self.conditions = [c for c in self.conditions if c != (self.rc, user)]
        self.said[self.rc, user] = outcome
        if outcome is IF:
            self.conditions.append((self.rc, user))
        if outcome is NO:
            self.project.met.add("rejected")
            self.stage, self.rejected, self.until, self.held_from = S.ON_HOLD, True, None, S.APPROVAL
            return
        self.weigh(at)

    def withdraw(self, user: str, at: datetime) -> None:
        del self.said[self.rc, user]
        self.conditions = [c for c in self.conditions if c[1] != user]
        self.weigh(at)

    def weigh(self, at: datetime) -> None:
        """What comes of the decisions as they are now."""
        against = {u for (rc, u), o in self.said.items() if rc == self.rc and o is NO}
        if self.stage is S.ON_HOLD and not against & self.deciders():
            self.ask(at)
            self.rejected, self.held_from = False, None
        if self.stage is S.APPROVAL and self.approved():
            self.grant(at)
        elif self.stage is S.APPROVED and not self.approved():
            self.ask(at)

    def confirmable(self, item: ConfirmItem, user: str) -> bool:
        due = self.stage in DECIDED and item in self.to_confirm()
        held = bool(CONFIRMERS[item] & self.project.roles(user))
        return due and held and (self.rc, item) not in self.confirmed

    def to_confirm(self) -> set[ConfirmItem]:
        return STANDING_BY
