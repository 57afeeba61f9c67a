"""How long a proof runs and from which seed: a small sample in every test run, all of it with `make proof`."""

from __future__ import annotations

import os
import secrets

SAMPLE_SEED = 20260309


def full() -> bool:
    """Whether this run is a proof in full: TEST_PROOF=full."""
    return os.environ.get("TEST_PROOF") == "full"


def rounds(sample: int, whole: int) -> int:
    """`sample`, or `whole` where TEST_PROOF=full."""
    return whole if full() else sample


def run_seed() -> int:
    """TEST_SEED where it is given; a new one in a full proof; else always the same one.

    A change is judged by what it changes, not by the luck of a draw: new ground is broken by `make proof`.
    """
    given = os.environ.get("TEST_SEED")
    if given:
        return int(given)
    return secrets.randbelow(2**32) if full() else SAMPLE_SEED
