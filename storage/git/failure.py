"""How problems travel inside this package, and what git's words mean."""

from __future__ import annotations

from domain.repository import GitProblem, ProblemKind
from storage.git.process import Answer, trimmed

# What git says, in the C locale, and what it means; the first that fits counts.
_MEANINGS = (
    ("no space left", ProblemKind.MIRROR_BROKEN),
    ("bad object", ProblemKind.MIRROR_BROKEN),
    ("object file", ProblemKind.MIRROR_BROKEN),
    ("loose object", ProblemKind.MIRROR_BROKEN),
    ("unable to read tree", ProblemKind.MIRROR_BROKEN),
    ("identification has changed", ProblemKind.HOST_CHANGED),
    ("host key verification failed", ProblemKind.HOST_UNKNOWN),
    ("permission denied (publickey", ProblemKind.KEY_REFUSED),
    ("dubious ownership", ProblemKind.DENIED),
    ("write access", ProblemKind.DENIED),
    ("not allowed to push", ProblemKind.DENIED),
    ("denied to", ProblemKind.DENIED),
    ("does not appear to be a git repository", ProblemKind.NOT_A_REPOSITORY),
    ("not a git repository", ProblemKind.NOT_A_REPOSITORY),
    ("repository not found", ProblemKind.NOT_A_REPOSITORY),
    ("could not be found", ProblemKind.NOT_A_REPOSITORY),
    ("not found", ProblemKind.NOT_A_REPOSITORY),
    ("returned error: 30", ProblemKind.NOT_A_REPOSITORY),
    ("authentication failed", ProblemKind.DENIED),
    ("could not read username", ProblemKind.DENIED),
    ("could not read password", ProblemKind.DENIED),
    ("permission denied", ProblemKind.DENIED),
    ("returned error: 403", ProblemKind.DENIED),
)


class GitFailure(Exception):
    """Carries a problem to where it is told as a value; it never leaves this package."""

    def __init__(self, problem: GitProblem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


def fail(kind: ProblemKind, **data: str) -> GitFailure:
    return GitFailure(GitProblem(kind=kind, **data))  # type: ignore[arg-type]  # only texts are passed so


def remote_failure(answer: Answer) -> GitFailure:
    """Why speaking with the remote failed."""
    if answer.code is None:
        return fail(ProblemKind.TIMEOUT)
    said = answer.errors.lower()
    kind = next((kind for words, kind in _MEANINGS if words in said), ProblemKind.UNREACHABLE)
    return fail(kind, detail=trimmed(answer.errors))


def local_output(answer: Answer) -> bytes:
    """The output of a command on the mirror alone. Raises GitFailure when it failed."""
    if answer.code == 0:
        return answer.out
    kind = ProblemKind.TIMEOUT if answer.code is None else ProblemKind.MIRROR_BROKEN
    raise fail(kind, detail=trimmed(answer.errors))
