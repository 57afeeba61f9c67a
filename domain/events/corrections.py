"""A commit message that is told otherwise in scope and notes; git keeps it as it was written."""

from __future__ import annotations

from dataclasses import dataclass

from domain.corrections import Told


@dataclass(frozen=True, kw_only=True)
class MessageCorrected:
    """`message` is the new one, empty when the correction was taken back. `sha` in full.

    `release` is one that carries the change, empty where none under way does.
    """

    sha: str
    before: Told
    after: Told
    message: str = ""
    release: str = ""
    version: str = ""
