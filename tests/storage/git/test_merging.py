from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.repository import ProblemKind
from storage.git import Mirror, fetch
from storage.git.failure import GitFailure
from storage.git.merging import _merged_tree
from storage.git.mirror import opened
from storage.git.revisions import is_ancestor
from tests.storage.git.team import Team

GONE = "f" * 40


def test_a_missing_commit_is_no_conflict(team: Team, mirror: Mirror) -> None:
    fetch(mirror, datetime(2026, 3, 9, tzinfo=UTC))
    head = team.refs()["heads/develop"]

    with opened(mirror) as git:
        with pytest.raises(GitFailure) as merging:
            _merged_tree(git, head, GONE)
        with pytest.raises(GitFailure) as asking:
            is_ancestor(git, GONE, head)

    kinds = [merging.value.problem.kind, asking.value.problem.kind]
    assert kinds == [ProblemKind.MIRROR_BROKEN, ProblemKind.MIRROR_BROKEN]
