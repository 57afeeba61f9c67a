"""The only git: a bare mirror of each project's remote, read and acted on without a work tree.

Everything here blocks, belongs outside of any transaction, and tells problems as values (GitProblem).
"""

from storage.git.actions import Finish, NewTag, create_tag, cut_branch, delete_branch, finish, pick_branch
from storage.git.arrivals import read_arrivals
from storage.git.aside import Aside, read_aside
from storage.git.differences import read_difference
from storage.git.history import read_commits, read_touching
from storage.git.mirror import MINIMUM_GIT, Mirror, git_version
from storage.git.reading import fetch, find_commit, not_merged, remote_head, tags_on
from storage.git.writing import FileEdit, write_files

__all__ = [
    "MINIMUM_GIT",
    "Aside",
    "FileEdit",
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
    "read_aside",
    "read_commits",
    "read_difference",
    "read_touching",
    "remote_head",
    "tags_on",
    "write_files",
]
