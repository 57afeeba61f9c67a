from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox import DEMO_SEED
from sandbox.fast_import import run_git
from sandbox.sample_repo import SampleRepo, add_hotfix_work, add_second_batch, make_sample


@pytest.fixture
def sample(tmp_path: Path) -> SampleRepo:
    return make_sample(tmp_path)


def test_history_is_the_same_every_time(sample: SampleRepo, tmp_path: Path) -> None:
    again = make_sample(tmp_path / "again")
    assert again.sha("develop") == sample.sha("develop") == "6f28ac07388a4bc2823ad3fc96b83822cd09bdb5"
    assert again.sha("main", project="api") == sample.sha("main", project="api")


def test_existing_sample_is_left_as_it_is(sample: SampleRepo, tmp_path: Path) -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    sha = sample.commit("develop", "fix: one more", {"x.txt": "x"}, at=at)
    assert make_sample(tmp_path).sha("develop") == sha


def test_production_is_an_ancestor_of_develop(sample: SampleRepo) -> None:
    assert run_git(sample.remote, "merge-base", "v1.4.2", "develop").strip() == sample.sha("v1.4.2")
    assert sample.sha("main") == sample.sha("v1.4.2")


def test_breaking_change_is_taken_back(sample: SampleRepo) -> None:
    subjects = sample.subjects("v1.4.2..develop")
    breaking = "feat(api)!: return prices as objects (#219)"
    assert [s for s in subjects if breaking in s] == [f'Revert "{breaking}"', breaking]
    log = run_git(sample.remote, "log", "--format=%B", "--grep=This reverts", "develop")
    sha = run_git(sample.remote, "log", "--format=%H", "--grep=BREAKING CHANGE", "develop").strip()
    assert f"This reverts commit {sha}." in log


def test_largest_author_is_the_developer_and_release_managers_wrote_nothing(sample: SampleRepo) -> None:
    mails = run_git(sample.remote, "log", "--no-merges", "--format=%ae", "v1.4.2..develop").split()
    people = {u.email: u.name for u in DEMO_SEED.users}
    shares = Counter(people[m] for m in mails)
    assert shares == {"emma": 10, "junho": 5, "minjae": 3, "priya": 3, "daniel": 2}


def test_migration_and_environment_change_are_in_the_diff(sample: SampleRepo) -> None:
    files = run_git(sample.remote, "diff", "--name-only", "v1.4.2", "develop").split()
    assert {"migrations/0042_add_gift_card_balance.sql", ".env.example"} <= set(files)


def test_second_batch_goes_on_top_of_what_is_there(sample: SampleRepo) -> None:
    at = datetime(2026, 3, 5, tzinfo=UTC)
    before = sample.sha("develop")
    add_second_batch(sample, at=at)
    assert sample.subjects(f"{before}..develop") == [
        "chore(alerts): 추천 서비스의 오류율 경보를 추가한다 (#254)",
        "perf(recommend): cache recommendations for an hour (#253)",
        "test(wishlist): cover price drops (#251)",
        "fix(cart): 담은 상품이 품절되면 알린다 (#250)",
        "feat(recommend): record clicks",
        "feat(recommend): 함께 산 상품을 추천한다",
    ]
    assert add_hotfix_work(sample, at=at) == sample.sha("develop")
    assert run_git(sample.remote, "fsck", "--strict") == ""


def test_every_author_is_somebody_of_the_seed(sample: SampleRepo) -> None:
    known = {u.email for u in DEMO_SEED.users}
    for repo in (sample.remote, sample.api_remote):
        assert set(run_git(repo, "log", "--all", "--format=%ae%n%ce").split()) <= known
