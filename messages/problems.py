"""What git could not do, in words: the codes of `domain.repository.ProblemKind`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.repository import Conflict, ProblemKind
from messages.names import word
from messages.parts import bullets, code, quote
from messages.texts import Reader

FILES_SHOWN = 10
PROBLEMS = {
    ProblemKind.UNREACHABLE: word("The remote cannot be reached."),
    ProblemKind.DENIED: word("The remote refuses access; check the credentials."),
    ProblemKind.KEY_REFUSED: word("The remote does not accept Naru's SSH key."),
    ProblemKind.HOST_UNKNOWN: word("The remote's host key is not among the known ones, so nothing was sent."),
    ProblemKind.HOST_CHANGED: word("The remote shows another host key than the known one; nothing was sent."),
    ProblemKind.NOT_A_REPOSITORY: word("There is no git repository at the configured address."),
    ProblemKind.SHALLOW: word("The remote is a shallow copy: the older part of its history is missing."),
    ProblemKind.TIMEOUT: word("The remote took too long to answer."),
    ProblemKind.MIRROR_BROKEN: word("The local copy is damaged; it is fetched again."),
    ProblemKind.UNSAFE_NAME: word("This name cannot be used for a branch."),
    ProblemKind.MISSING_REF: word("A branch, tag or commit is not there."),
    ProblemKind.BRANCH_EXISTS: word("A branch of that name already exists."),
    ProblemKind.TAG_EXISTS: word("A tag of that name already exists on another commit."),
    ProblemKind.MOVED: word("The branch has moved in the meantime."),
    ProblemKind.REJECTED: word("The remote rejected the push."),
    ProblemKind.CONFLICT: word("The changes conflict."),
    ProblemKind.NOTHING_TO_RELEASE: word("There is nothing to release."),
    ProblemKind.NOT_A_FILE: word("Something else than a plain file is at that path: a link, a folder…"),
    ProblemKind.NOT_TEXT: word("The file is not UTF-8 text."),
    ProblemKind.TOO_LARGE: word("The file is larger than 5 MB."),
    ProblemKind.OTHER_HEAD: word(
        "The commit that was built is not the newest one of the release branch (built → newest):"
    ),
    ProblemKind.NO_VERSION: word("No version that could be replaced was found in the file."),
}

_FILE = word(
    "Mend the file on the release branch, or name another one under “notes” in the policy, then press again."
)
# What a person does about it; the rest passes by itself or is said by the sentence above.
REMEDIES = {
    ProblemKind.UNREACHABLE: word("Naru has tried several times. Look at the remote, then press again."),
    ProblemKind.TIMEOUT: word("Naru has tried several times. Look at the remote, then press again."),
    ProblemKind.DENIED: word("Give Naru's account access to the repository, then press again."),
    ProblemKind.KEY_REFUSED: word(
        "Add the public key of NARU_GIT_SSH_KEY_FILE to the repository, with the right to write, then press "
        "again."
    ),
    ProblemKind.HOST_UNKNOWN: word(
        "Add the server's key to the file that NARU_GIT_KNOWN_HOSTS_FILE names, then press again."
    ),
    ProblemKind.HOST_CHANGED: word(
        "Ask the server's administrators whether its key was changed; if so, replace it in the file that "
        "NARU_GIT_KNOWN_HOSTS_FILE names, then press again."
    ),
    ProblemKind.NOT_A_REPOSITORY: word("Correct the address in the policy file."),
    ProblemKind.SHALLOW: word(
        "Complete it on the server with “git fetch --unshallow”, or give the address of the whole repository."
    ),
    ProblemKind.CONFLICT: word("Merge by hand, push, then press again. Nothing was changed on the remote."),
    ProblemKind.REJECTED: word("Check the branch protection rules, then press again."),
    ProblemKind.MOVED: word("Look at the new commits, then press again."),
    ProblemKind.OTHER_HEAD: word("Build the newest commit of the branch."),
    ProblemKind.BRANCH_EXISTS: word("Remove or rename the branch, then press again."),
    ProblemKind.TAG_EXISTS: word("Remove the tag if it is wrong, then press again."),
    ProblemKind.NOT_A_FILE: _FILE,
    ProblemKind.NOT_TEXT: _FILE,
    ProblemKind.TOO_LARGE: _FILE,
    ProblemKind.NO_VERSION: _FILE,
}


def problem_text(reader: Reader, problem: str) -> str:
    """The sentence for a problem's code; a code that nobody named here is shown as it is."""
    return reader.t(PROBLEMS[ProblemKind(problem)]) if problem in set(ProblemKind) else quote(problem)


def problem_at(reader: Reader, problem: str, file: str) -> str:
    """The sentence, after the file where it lies if there is one."""
    text = problem_text(reader, problem)
    return f"{code(file)}: {text}" if file else text


def remedy(reader: Reader, problem: str) -> str:
    """What to do about it, empty when there is nothing to add."""
    kind = ProblemKind(problem) if problem in set(ProblemKind) else None
    return reader.t(REMEDIES[kind]) if kind in REMEDIES else ""


def where(
    reader: Reader, files: Sequence[str], conflicts: Sequence[Conflict], limit: int = FILES_SHOWN
) -> Iterator[str]:
    """The files as bullets; where several branches conflict each with its own."""
    for one in conflicts:
        yield f"• {code(one.branch)}: {_named(reader, one, limit)}"
    if files and not conflicts:
        yield bullets(code(name) for name in files[:limit])
        if len(files) > limit:
            yield reader.t("… and {n} more", n=len(files) - limit)


def _named(reader: Reader, of: Conflict, limit: int) -> str:
    names = [code(name) for name in of.files[:limit]]
    more = len(of.files) - limit
    names += [reader.t("… and {n} more", n=more)] if more > 0 else []
    return ", ".join(names) if names else quote(of.detail)
