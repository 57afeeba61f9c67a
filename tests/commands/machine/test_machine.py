"""Random people press random buttons on the releases of a project; a small model knows what comes of it.

Lifecycle, approvals, rollback and lock, and which release stands in the way of which. `TEST_PROOF=full` runs
3,000 examples instead of 42; `--hypothesis-show-statistics` tells what they met, and
`pytest --hypothesis-seed=N` runs the same again: the seed stands at the head of every run.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.commands.machine import openings
from tests.support.proof import rounds

PROOF = settings(
    max_examples=rounds(7, 500),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
for opening in openings.OPENINGS:
    opening.TestCase.settings = PROOF

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]

TestAlone = openings.Alone.TestCase
TestTrouble = openings.Trouble.TestCase
TestTwoPlanned = openings.TwoPlanned.TestCase
TestPlannedAndUrgent = openings.PlannedAndUrgent.TestCase
TestTwoUrgent = openings.TwoUrgent.TestCase
TestOneAfterTheOther = openings.OneAfterTheOther.TestCase
