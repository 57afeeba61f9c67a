"""What a candidate asks of its surroundings, found in the files that changed: migrations and variables."""

from domain.detection.dotenv import MOST_BYTES, read_variables
from domain.detection.found import MOST_MIGRATIONS, detected, migrations, variables
from domain.detection.rules import ScopeRules
from domain.detection.secrets import MASK, masked

__all__ = [
    "MASK",
    "MOST_BYTES",
    "MOST_MIGRATIONS",
    "ScopeRules",
    "detected",
    "masked",
    "migrations",
    "read_variables",
    "variables",
]
