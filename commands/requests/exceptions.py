"""Freeze exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar.exceptions import USUAL, ExceptionResult
from domain.calendar.reasons import GateAction


@dataclass(frozen=True, kw_only=True)
class AskException:
    """Exceptions to all that closes the gate at `since`, None being now.

    To deploy it names the release; to merge the feature release whose own branch is meant, or none for the
    main line. `shown` is the fingerprint of the restrictions that the form named; empty without a form.
    """

    project: str
    what: str
    why: str
    risk: str
    way_back: str
    release: str = ""
    action: GateAction = GateAction.DEPLOY
    since: datetime | None = None
    length: timedelta = USUAL
    single_use: bool = True
    shown: str = ""


@dataclass(frozen=True, kw_only=True)
class DecideException:
    """`length` and `single_use` None are as they are wanted."""

    exception: str
    grant: bool
    length: timedelta | None = None
    single_use: bool | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RevokeException:
    """Take back what was granted, or the own request for it."""

    exception: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class JudgeException:
    """What people found afterwards."""

    exception: str
    result: ExceptionResult
    urgent: bool
    reason_true: bool
    note: str = ""
