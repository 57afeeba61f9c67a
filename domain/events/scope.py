"""What a release carries, and what of it is hidden behind feature flags."""

from __future__ import annotations

from dataclasses import dataclass

from domain.commits import ChangeCounts
from domain.scope import Size


@dataclass(frozen=True, kw_only=True)
class ScopeDetected:
    """What the files say of a branch that was cut: how much differs, what comes along. `left_out` changes are
    none of those that are counted, but as large as any.
    """

    release: str
    version: str
    changes: ChangeCounts
    size: Size
    migrations: int
    variables: int
    large: bool
    left_out: int = 0


@dataclass(frozen=True, kw_only=True)
class CandidateCompared:
    """What is new in `candidate`, in numbers; `since` is an older one, 0 the branch as it was cut."""

    release: str
    version: str
    candidate: int
    since: int
    came: int
    gone: int
    migrations: int
    variables: int


@dataclass(frozen=True, kw_only=True)
class ChangeLeftOut:
    """A change is behind a flag from now on; `former` is the flag it had before. `asked`: approval is."""

    release: str
    version: str
    sha: str
    text: str
    flag: str
    former: str = ""
    asked: bool = False


@dataclass(frozen=True, kw_only=True)
class ChangeTakenBack:
    """A change counts again; `gone`: it is no longer part of the release at all."""

    release: str
    version: str
    sha: str
    text: str
    flag: str
    gone: bool = False
    asked: bool = False
