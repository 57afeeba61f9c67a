"""The only git: a bare mirror of each project's remote, read and acted on without a work tree.

Everything here blocks, belongs outside of any transaction, and tells problems as values (GitProblem).
"""

from storage.git.actions import Finish, NewTag, create_tag, cut_branch, delete_branch, finish, pick_branch
from storage.git.arrivals import read_arrivals
from storage.git.differences import read_difference
from storage.git.history import read_changed_files, read_commits
from storage.git.mirror import MINIMUM_GIT, Mirror, git_version
from storage.git.reading import fetch, find_commit, not_merged, remote_head, tags_on

__all__ = [
    "MINIMUM_GIT",
    "Finish",
    "Mirror",
    "NewTag",
    "create_tag",
    "cut_branch",
    "delete_branch",
    "fetch",
    "find_commit",
    "finish",
    "git_version",
    "not_merged",
    "pick_branch",
    "read_arrivals",
    "read_changed_files",
    "read_commits",
    "read_difference",
    "remote_head",
    "tags_on",
]
