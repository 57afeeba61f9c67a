"""What a candidate asks of its surroundings, found in the files that changed: migrations and variables.

Quick to import; a policy's own places are in `rules`.
"""

from domain.detection.dotenv import MOST_BYTES, read_variables
from domain.detection.found import (
    MOST_MIGRATIONS,
    Surroundings,
    detected,
    migrations,
    surroundings,
    variables,
)
from domain.detection.places import ENVIRONMENT, MIGRATIONS
from domain.detection.secrets import MASK, masked

__all__ = [
    "ENVIRONMENT",
    "MASK",
    "MIGRATIONS",
    "MOST_BYTES",
    "MOST_MIGRATIONS",
    "Surroundings",
    "detected",
    "masked",
    "migrations",
    "read_variables",
    "surroundings",
    "variables",
]
