"""One story over a folder, over HTTP and over ssh: right state, right words, nothing forced, no secret told."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.repository import Facts, GitProblem, Made, ProblemKind, Signature
from messages.problems import problem_text, remedy
from messages.texts import Reader
from storage.git import Finish, Mirror, NewTag, create_tag, cut_branch, delete_branch, fetch, finish
from tests.storage.git.remotes import OverFile, OverSsh, Served, files_with
from tests.storage.git.team import Team

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
NAME = "release/v1.5.0"
TAG = NewTag(name="v1.5.0", message="v1.5.0")
Outcome = Facts | Made | GitProblem
# What people read, in both languages.
SAID = {
    ProblemKind.BRANCH_EXISTS: (
        "A branch of that name already exists. Remove or rename the branch, then press again.",
        "같은 이름의 브랜치가 이미 있습니다. 브랜치를 삭제하거나 이름을 바꾼 뒤 다시 눌러 주십시오.",
    ),
    ProblemKind.TAG_EXISTS: (
        "A tag of that name already exists on another commit. Remove the tag if it is wrong, then press again.",
        "같은 이름의 태그가 다른 커밋에 이미 있습니다. 잘못된 태그라면 삭제한 뒤 다시 눌러 주십시오.",
    ),
    ProblemKind.MOVED: (
        "The branch has moved in the meantime. Look at the new commits, then press again.",
        "그사이 브랜치가 변경되었습니다. 새 커밋을 확인한 뒤 다시 눌러 주십시오.",
    ),
    ProblemKind.REJECTED: (
        "The remote rejected the push. Check the branch protection rules, then press again.",
        "원격 저장소가 푸시를 거부했습니다. 브랜치 보호 규칙을 확인한 뒤 다시 눌러 주십시오.",
    ),
    ProblemKind.NOT_A_REPOSITORY: (
        "There is no git repository at the configured address. Correct the address in the policy file.",
        "설정된 주소에 git 저장소가 없습니다. 정책 파일의 주소를 바로잡아 주십시오.",
    ),
    ProblemKind.DENIED: (
        (
            "The remote refuses access; check the credentials. "
            "Give Naru's account access to the repository, then press again."
        ),
        (
            "원격 저장소가 접근을 거부했습니다. 인증 정보를 확인해 주십시오. "
            "Naru 계정에 저장소 접근 권한을 준 뒤 다시 눌러 주십시오."
        ),
    ),
    ProblemKind.KEY_REFUSED: (
        (
            "The remote does not accept Naru's SSH key. Add the public key of NARU_GIT_SSH_KEY_FILE to the "
            "repository, with the right to write, then press again."
        ),
        (
            "원격 저장소가 Naru의 SSH 키를 받아들이지 않습니다. "
            "NARU_GIT_SSH_KEY_FILE의 공개 키를 쓰기 권한과 함께 저장소에 등록한 뒤 다시 눌러 주십시오."
        ),
    ),
    ProblemKind.TIMEOUT: (
        "The remote took too long to answer. Naru has tried several times. Look at the remote, then press again.",
        "원격 저장소의 응답이 너무 오래 걸렸습니다. Naru가 여러 번 시도했습니다. 원격 저장소를 확인한 뒤 다시 눌러 주십시오.",
    ),
}


@pytest.fixture
def told(served: Served, caplog: pytest.LogCaptureFixture) -> Iterator[list[object]]:
    """What an outcome says goes in here; at the end neither it nor any log or file has a secret."""
    caplog.set_level(logging.DEBUG)
    outcomes: list[object] = []
    yield outcomes
    said = [caplog.text, repr(served.mirror), *(repr(outcome) for outcome in outcomes)]
    assert [text for text in said if any(secret in text for secret in served.secrets)] == []
    assert files_with(served.mirror.path, served.secrets) == []


def words(problem: object) -> tuple[str, str]:
    """What people read of a problem, in both languages."""
    assert isinstance(problem, GitProblem), problem
    english, korean = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")
    return (
        f"{problem_text(english, problem.kind)} {remedy(english, problem.kind)}",
        f"{problem_text(korean, problem.kind)} {remedy(korean, problem.kind)}",
    )


def test_the_whole_way_of_a_release(served: Served, told: list[object], by: Signature) -> None:
    team, mirror = served.team, served.mirror

    facts = fetch(mirror, NOW)
    made = cut_branch(mirror, NAME, "develop")
    head = team.commit("fix: last minute", {"search.txt": "better\n"}, branch="fix")
    team.git("push", "-q", "origin", f"{head}:refs/heads/{NAME}")
    candidate = create_tag(mirror, NewTag(name="v1.5.0-rc.1", message="rc"), head, by)
    finished = finish(mirror, Finish(branch=NAME, sha=head, into=("main", "develop"), tag=TAG), by)
    dropped = delete_branch(mirror, "fix", head)

    told += [facts, made, candidate, finished, dropped]
    assert [type(outcome) for outcome in told] == [Facts, Made, Made, Made, Made]
    refs = team.refs()
    assert set(refs) == {
        "heads/main", "heads/develop", "tags/v1.4.0", "tags/v1.5.0", "tags/v1.5.0-rc.1",
    }  # fmt: skip
    assert (refs["tags/v1.5.0"], refs["tags/v1.5.0-rc.1"]) == (head, head)
    assert head in team.git("rev-list", "main", at=team.remote).split()


def test_a_fetch_that_finds_something_new(served: Served, told: list[object]) -> None:
    fetch(served.mirror, NOW)
    head = served.team.commit("feat: more", {"more.txt": "more\n"})

    facts = fetch(served.mirror, NOW)

    told.append(facts)
    assert isinstance(facts, Facts)
    assert facts.heads["develop"] == head


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (lambda mirror, by: cut_branch(mirror, NAME, "develop"), ProblemKind.BRANCH_EXISTS),
        (lambda mirror, by: create_tag(mirror, TAG, "develop", by), ProblemKind.TAG_EXISTS),
        (
            lambda mirror, by: finish(
                mirror, Finish(branch=NAME, sha="f" * 40, into=("main",), tag=None), by
            ),
            ProblemKind.MOVED,
        ),
        (lambda mirror, by: delete_branch(mirror, NAME, "f" * 40), ProblemKind.MOVED),
    ],
    ids=["branch exists", "tag exists", "finish moved", "delete moved"],
)
def test_what_somebody_else_made_stays_as_it_is(
    served: Served,
    told: list[object],
    by: Signature,
    act: Callable[[Mirror, Signature], Outcome],
    kind: ProblemKind,
) -> None:
    main = served.team.refs()["heads/main"]
    served.team.branch(NAME, main)
    served.team.tag("v1.5.0", main)
    before = served.team.refs()

    problem = act(served.mirror, by)

    told.append(problem)
    assert isinstance(problem, GitProblem)
    assert (problem.kind, words(problem), served.team.refs()) == (kind, SAID[kind], before)


def test_a_push_that_a_hook_rejects(served: Served, told: list[object]) -> None:
    served.team.hook("pre-receive", "echo 'only on weekdays' >&2; exit 1")
    before = served.team.refs()

    problem = cut_branch(served.mirror, NAME, "develop")

    told.append(problem)
    assert problem == GitProblem(
        kind=ProblemKind.REJECTED,
        ref=NAME,
        detail="[remote rejected] (pre-receive hook declined) · only on weekdays",
    )
    assert words(problem) == SAID[problem.kind]
    assert served.team.refs() == before


def test_a_repository_that_is_not_there(served: Served, told: list[object]) -> None:
    problem = fetch(served.missing(), NOW)

    told.append(problem)
    assert isinstance(problem, GitProblem)
    assert problem.kind is ProblemKind.NOT_A_REPOSITORY
    assert words(problem) == SAID[problem.kind]


def test_without_permission_nothing_is_read(served: Served, told: list[object]) -> None:
    mirror = served.locked_out()

    problem = fetch(mirror, NOW)

    told += [problem, mirror]
    assert isinstance(problem, GitProblem)
    expected = ProblemKind.KEY_REFUSED if isinstance(served, OverSsh) else ProblemKind.DENIED
    assert (problem.kind, words(problem)) == (expected, SAID[expected])
    assert not problem.passing


def test_who_may_only_read_changes_nothing(served: Served, told: list[object]) -> None:
    mirror = served.reader()
    before = served.team.refs()

    facts = fetch(mirror, NOW)
    problem = cut_branch(mirror, NAME, "develop")

    told += [facts, problem]
    assert isinstance(facts, Facts)
    assert isinstance(problem, GitProblem)
    expected = ProblemKind.REJECTED if isinstance(served, OverFile) else ProblemKind.DENIED
    assert (problem.kind, served.team.refs()) == (expected, before)


def test_a_server_that_hangs_while_it_is_read(served: Served, told: list[object]) -> None:
    packed = served.team.remote / "packed-refs"
    served.team.git("pack-refs", "--all", at=served.team.remote)
    packed.unlink()
    os.mkfifo(packed)  # whoever reads it waits for a writer

    problem = fetch(replace(served.mirror, limit=timedelta(seconds=1)), NOW)

    os.close(os.open(packed, os.O_RDWR | os.O_NONBLOCK))
    told.append(problem)
    assert problem == GitProblem(kind=ProblemKind.TIMEOUT)
    assert words(problem) == SAID[problem.kind]


def test_a_push_that_hangs_is_asked_again_and_made_once(served: Served, told: list[object]) -> None:
    fetch(served.mirror, NOW)
    head = served.team.refs()["heads/develop"]
    gate = served.team.remote / "gate"
    os.mkfifo(gate)
    served.team.hook("pre-receive", f"read -r line < {gate}")

    problem = cut_branch(replace(served.mirror, limit=timedelta(seconds=1)), NAME, head)
    served.team.hook("pre-receive", "true")
    with os.fdopen(os.open(gate, os.O_RDWR | os.O_NONBLOCK), "w") as waiting:
        waiting.write("on\n")
        waiting.flush()
        again = cut_branch(served.mirror, NAME, head)

    told += [problem, again]
    assert problem == GitProblem(kind=ProblemKind.TIMEOUT)
    assert isinstance(again, Made)
    assert again.refs == ((f"refs/heads/{NAME}", head),)
    assert served.team.refs()[f"heads/{NAME}"] == head


def test_no_running_command_shows_a_secret(served: Served, told: list[object], team: Team) -> None:
    seen = team.remote / "seen"
    team.hook("pre-receive", f"cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' > {seen}; true")

    told.append(cut_branch(served.mirror, NAME, "develop"))

    listed = seen.read_text(errors="replace")
    assert "force-with-lease" in listed
    assert [secret for secret in served.secrets if secret in listed] == []
