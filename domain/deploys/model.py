"""One piece of work for a deployer: staging, a step of a rollout, or a way back (spec 5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.types import Environment


class DeployerKind(StrEnum):
    """The values stand in policies and stay."""

    MANUAL = "manual"
    WEBHOOK = "webhook"
    GITHUB_ACTIONS = "github_actions"


POLLED = frozenset({DeployerKind.GITHUB_ACTIONS})
"""They tell nothing by themselves: how it goes is asked for."""


class Purpose(StrEnum):
    STAGING = "staging"
    STEP = "step"
    ROLLBACK = "rollback"


class DeployState(StrEnum):
    """ASKED until the deployer has taken it, RUNNING until it says how it went. LOST: it never did."""

    ASKED = "asked"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"


OVER = frozenset({DeployState.SUCCEEDED, DeployState.FAILED, DeployState.CANCELLED, DeployState.LOST})


class DeployWhy(StrEnum):
    """What went wrong between Naru and a deployer, or what a deployer said; worded in messages/deploys."""

    SAID = "said"  # the deployer itself: its words are the detail
    APPROVAL = "approval"  # it runs, and waits for what its environment asks for
    REFUSED = "refused"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    STATUS = "status"
    MOVED = "moved"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    UNREADABLE = "unreadable"
    PRIVATE_ADDRESS = "private_address"
    NO_SECRET = "no_secret"  # noqa: S105 - a code
    NO_TOKEN = "no_token"  # noqa: S105 - a code
    BAD_TOKEN = "bad_token"  # noqa: S105 - a code
    DENIED = "denied"
    NOT_FOUND = "not_found"
    SHUT_OUT = "shut_out"  # a webhook's deployer wants to know who asks, or does not let Naru in
    NOT_THERE = "not_there"
    LIMITED = "limited"
    NO_RULES = "no_rules"
    SILENT = "silent"
    BEFORE_GOES_ON = "before_goes_on"  # an earlier attempt may still run: this one was not sent


NEVER_ASKED = frozenset(
    {
        DeployWhy.UNREACHABLE,
        DeployWhy.PRIVATE_ADDRESS,
        DeployWhy.MOVED,
        DeployWhy.NO_SECRET,
        DeployWhy.NO_TOKEN,
        DeployWhy.BAD_TOKEN,
        DeployWhy.DENIED,
        DeployWhy.NOT_FOUND,
        DeployWhy.SHUT_OUT,
        DeployWhy.NOT_THERE,
        DeployWhy.LIMITED,
        DeployWhy.NO_RULES,
        DeployWhy.BEFORE_GOES_ON,
    }
)
"""The candidate is not to blame: the deployer was never really asked."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """`step` is the rollout's or the war room's step key, empty on staging; `target` the tag or rc to deploy.

    `id` is what a deployer is asked with and answers with: the same work is never asked with two ids.
    `external` is the deployer's own name of its work, `url` where people can watch it, `percent` how far it
    is, `why` what went wrong and `detail` it in the deployer's own words. `heard_at` is when it was heard of
    last; `late` what was said of it after it was over, and changed nothing. `ending` while people have
    cancelled it and the deployer has not said how it ended. `attempt` counts how often the same work was
    asked for; `attempts` is how often this one was sent.
    """

    id: str
    project: str
    release: str
    candidate: int
    sha: str
    environment: Environment
    purpose: Purpose
    step: str
    target: str
    deployer: DeployerKind
    asked_at: datetime
    asked_by: str
    state: DeployState = DeployState.ASKED
    attempt: int = 1
    attempts: int = 0
    percent: int | None = None
    external: str = ""
    url: str = ""
    why: DeployWhy | None = None
    detail: str = ""
    evidence: str = ""
    heard_at: datetime | None = None
    late: DeployState | None = None
    ending: bool = False
    running_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def lasts_since(self) -> datetime:
        """From when the silence is counted."""
        return self.heard_at or self.asked_at

    @property
    def never_asked(self) -> bool:
        """Whether it failed before the deployer had a say."""
        return self.state is DeployState.FAILED and self.why in NEVER_ASKED

    @property
    def holds_back(self) -> bool:
        """It may still run, and nobody has been told so: nothing is started beside it."""
        return self.ending and self.why is None

    @property
    def in_doubt(self) -> bool:
        """It is over for Naru, and what really became of it is still to be learnt."""
        return self.ending or (self.state is DeployState.LOST and self.late is None)

    @property
    def over(self) -> bool:
        return self.state in OVER
