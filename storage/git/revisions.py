"""What people's words for commits mean in the mirror, and which commit contains which."""

from __future__ import annotations

import re

from domain.commits import parse
from domain.refs import safe_ref_name
from domain.repository import ProblemKind
from storage.git.failure import fail, local_output
from storage.git.log import stream_commits
from storage.git.process import Runner

HEADS, TAGS, KEPT_HEADS = "refs/heads/", "refs/tags/", "refs/remotes/origin/"
_SHA = re.compile(r"[0-9a-f]{7,64}")
_PULL_REQUEST = re.compile(r"[#!](\d{1,9})")


def resolve(git: Runner, text: str) -> str:
    """The full SHA of the commit that a SHA (or its beginning), a branch, a tag, or a merged pull request
    (`#12`, `!12`) names. Raises GitFailure.

    Nothing else of git's revision language is understood, so no text of a person's can mean anything else.
    A SHA comes first: a branch of the same name must not stand in for the commit that was meant.
    """
    if number := _PULL_REQUEST.fullmatch(text):
        found = _of_pull_request(git, int(number[1]))
    else:
        found = (_of_sha(git, text) if _SHA.fullmatch(text) else "") or _of_name(git, text)
    return found or missing(text)


def resolve_release(git: Runner, text: str) -> str:
    """As `resolve`, for where a version is meant: a tag comes first, whatever branches are called."""
    return (_of_ref(git, TAGS + text) if safe_ref_name(text) else "") or resolve(git, text)


def head_of(git: Runner, branch: str) -> str:
    """The commit of a branch as last fetched. Raises GitFailure."""
    return (_of_ref(git, KEPT_HEADS + branch) if safe_ref_name(branch) else "") or missing(branch)


def is_ancestor(git: Runner, older: str, newer: str) -> bool:
    """Whether `newer` contains `older`; both are full SHAs."""
    answer = git.run("merge-base", "--is-ancestor", older, newer)
    if answer.code not in {0, 1}:
        local_output(answer)
    return answer.code == 0


def missing(ref: str) -> str:
    raise fail(ProblemKind.MISSING_REF, ref=ref)


def _of_sha(git: Runner, text: str) -> str:
    listed = git.run("rev-parse", f"--disambiguate={text}").text.split()
    commits = [sha for sha in listed if git.run("cat-file", "-t", sha).text == "commit"]
    return commits[0] if len(commits) == 1 else ""


def _of_name(git: Runner, text: str) -> str:
    if not safe_ref_name(text):
        return ""
    return _of_ref(git, KEPT_HEADS + text) or _of_ref(git, TAGS + text)


def _of_ref(git: Runner, ref: str) -> str:
    return git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").text


def _of_pull_request(git: Runner, number: int) -> str:
    """The oldest commit that says it merges this pull request: later ones are its cherry-picks."""
    mentioned = stream_commits(git, "--remotes=origin", "-E", f"--grep=[#!]{number}\\b")
    merging = [commit.sha for commit in mentioned if parse(commit).pull_request == number]
    return merging[-1] if merging else ""
