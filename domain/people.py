"""Who people are and which roles they hold: identity is the immutable team and user id, never a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The roles of spec 1; `stakeholder` is named per release, the others per project."""

    RELEASE_MANAGER = "release_manager"
    TECH_LEAD = "tech_lead"
    PM = "pm"
    INCIDENT_COMMANDER = "incident_commander"
    QA_LEAD = "qa_lead"
    DEVOPS = "devops"
    DBA = "dba"
    SECURITY = "security"
    SUPPORT = "support"
    MARKETING = "marketing"
    ONCALL = "oncall"
    IMPLEMENTATION_MANAGER = "implementation_manager"
    STAKEHOLDER = "stakeholder"


class Via(StrEnum):
    """How a request was authenticated (a field of every audit row)."""

    SLASH = "slash"
    BUTTON = "button"
    MODAL = "modal"
    EVENT = "event"
    TIMER = "timer"
    GIT = "git"
    DEPLOYER = "deployer"
    COMMAND_LINE = "command_line"
    API = "api"
    BOT = "bot"


_MACHINE = "token:"


def machine(name: str, token: str) -> str:
    """How a machine stands where a user id would: by the name of its token, and the token's id."""
    return f"{_MACHINE}{name}/{token}"


def is_machine(user: str) -> bool:
    return user.startswith(_MACHINE)


def machine_name(user: str) -> str:
    """The name that the token was given."""
    return user.removeprefix(_MACHINE).partition("/")[0]


def token_of(user: str) -> str:
    """The id of a machine's token, empty for a person."""
    return user.rpartition("/")[2] if is_machine(user) else ""


@dataclass(frozen=True)
class Actor:
    """A Slack person (team and user id), a machine (see `machine`), or the bot itself with `user` empty."""

    team: str
    user: str

    @property
    def is_bot(self) -> bool:
        return not self.user


BOT = Actor(team="", user="")


@dataclass(frozen=True)
class Origin:
    """Who asks, how that was established, and the request key that makes a repetition harmless.

    `key` is empty for the bot's own work, whose repetition is guarded by state.
    `channel` is where it was asked, for the private answer.
    """

    actor: Actor
    via: Via
    key: str = ""
    channel: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """What Slack says of somebody. `email` is lower case or empty, `zone` an IANA name.

    `stranger` is somebody of another workspace, met in a shared channel.
    """

    team: str
    user: str
    name: str
    email: str = ""
    locale: str = "en"
    zone: str = "UTC"
    bot: bool = False
    guest: bool = False
    stranger: bool = False
    active: bool = True

    @property
    def counts(self) -> bool:
        """Whether this person may do anything: of our workspace, active, no guest, no bot (spec 4)."""
        return self.active and not (self.guest or self.stranger or self.bot)


class RoleSource(StrEnum):
    """Where a holding comes from; each member is shown with it (spec 1)."""

    POLICY = "policy"
    SLACK = "slack"


@dataclass(frozen=True)
class Holding:
    """One user or one user group (`S…`) that holds a role."""

    role: Role
    holder: str
    source: RoleSource

    @property
    def is_group(self) -> bool:
        return self.holder.startswith("S")


@dataclass(frozen=True)
class Roster:
    """Who holds which role in one project at one moment: the union of all sources, groups resolved."""

    members: Mapping[Role, frozenset[str]] = field(default_factory=dict)

    def holders(self, role: Role) -> frozenset[str]:
        return self.members.get(role, frozenset())

    def roles_of(self, user: str) -> frozenset[Role]:
        return frozenset(role for role, users in self.members.items() if user in users)

    def anyone(self, roles: Iterable[Role]) -> frozenset[str]:
        return frozenset().union(*(self.holders(role) for role in roles))
