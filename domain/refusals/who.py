"""What this person may not do."""

from __future__ import annotations

from dataclasses import dataclass

from domain.people import Role


@dataclass(frozen=True)
class NotAllowed:
    """The person does not hold a role that may. `who` are the user ids who can."""

    what: str
    roles: tuple[Role, ...]
    who: tuple[str, ...]


@dataclass(frozen=True)
class NotAMember:
    """Guests, other workspaces' people, bots, and people outside the project's channel."""

    why: str
    channel: str = ""


@dataclass(frozen=True)
class NotYourSlot:
    """Somebody who cannot decide pressed a decision button. `who` can."""

    version: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class NotYourWord:
    """Only who has given a word takes it back."""

    by: str


@dataclass(frozen=True)
class OwnWork:
    """Separation of duties bars this person: `why` is `starter` or `author`."""

    version: str
    why: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class OwnExceptionRequest:
    """Never by who asks (spec 3.2)."""

    who: tuple[str, ...]


@dataclass(frozen=True)
class RoleLocked:
    role: Role


@dataclass(frozen=True)
class OwnRoles:
    """Owners never change their own roles (spec 1)."""


@dataclass(frozen=True)
class SeatTaken:
    by: str
