"""Random people press random buttons on the releases of a project; a small model knows what comes of it.

Lifecycle, approvals, rollback and lock, and which release stands in the way of which.
"""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from domain.types import ReleaseType
from tests.commands.machine.lifecycle import kinds, starters
from tests.commands.machine.neighbours import Neighbours
from tests.support.proof import rounds


class Releases(Neighbours):
    met: ClassVar[set[str]] = set()

    @initialize(kind=kinds, user=starters, data=st.data(), stages=st.integers(0, 10))
    def lay_down(self, kind: ReleaseType, user: str, data: st.DataObject, stages: int) -> None:
        """The first release is under way already."""
        self.start(kind, user)
        if self.project.releases:
            self.all_that_these_stages_need(data=data, stages=stages, trouble=None)


Releases.TestCase.settings = settings(
    max_examples=rounds(40, 3000),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.proof
@pytest.mark.timeout(3600)
class TestReleases(Releases.TestCase):  # type: ignore[misc]  # made by hypothesis
    """`pytest --hypothesis-seed=N` runs the same again; the seed stands at the head of every run."""
