"""The branches beside the main lines, as a project's people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.branch_rules import BranchRules
from domain.branches import Branch
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class BranchesView:
    """`users` are Slack ids by e-mail, `releases` the tags of releases under way by branch; `at` is now,
    `read_at` when the remote was read, None where it was not yet. So many are `unread` that could not be
    measured in time.
    """

    project: ProjectView
    branches: tuple[Branch, ...]
    users: Mapping[str, str]
    releases: Mapping[str, str]
    rules: BranchRules
    trunk: bool
    at: datetime
    read_at: datetime | None
    unread: int = 0
