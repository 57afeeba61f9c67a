"""The three phases of a change of the schema that breaks no version on its way."""

from enum import StrEnum


class Phase(StrEnum):
    """Expand adds the new beside the old, migrate moves data and code over, contract takes the old away."""

    EXPAND = "expand"
    MIGRATE = "migrate"
    CONTRACT = "contract"


PHASES = tuple(Phase)
