"""Forges: what the policy says of one, what is asked of it, and how asking can fail."""

from domain.forges.model import ON_THE_WAY, ForgeFault, ForgeState, ForgeWhy, PullRequest, Queued, Title
from domain.forges.rules import GITHUB, ExemptRules, ForgeKind, ForgeRules

__all__ = [
    "GITHUB",
    "ON_THE_WAY",
    "ExemptRules",
    "ForgeFault",
    "ForgeKind",
    "ForgeRules",
    "ForgeState",
    "ForgeWhy",
    "PullRequest",
    "Queued",
    "Title",
]
