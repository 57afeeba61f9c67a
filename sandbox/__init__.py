"""A Slack workspace on this machine, for the demo and for tests."""

from __future__ import annotations

from sandbox.acting import NotPossible
from sandbox.faults import Faults
from sandbox.people import Person, Reaction
from sandbox.seed import DEMO_SEED, ChannelSeed, GroupSeed, Seed, TeamSeed, UserSeed
from sandbox.seen import Seen, SeenView
from sandbox.server import Sandbox
from sandbox.storefront import Storefront

__all__ = [
    "DEMO_SEED",
    "ChannelSeed",
    "Faults",
    "GroupSeed",
    "NotPossible",
    "Person",
    "Reaction",
    "Sandbox",
    "Seed",
    "Seen",
    "SeenView",
    "Storefront",
    "TeamSeed",
    "UserSeed",
]
