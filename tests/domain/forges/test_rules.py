from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.commit_rules import CommitRules
from domain.commits import ChangeKind
from domain.forges import ExemptRules, ForgeRules
from domain.forges.rules import name_of
from domain.policy import Repository
from tests.support.world import policy

REMOTE = "https://github.com/acme/shop.git"


def repository(**given: Any) -> Repository:
    return Repository.model_validate({"url": REMOTE, "forge": {"kind": "github"}} | given)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/acme/shop.git", "acme/shop"),
        ("https://user:word@github.com/acme/shop/", "acme/shop"),
        ("git@github.com:acme/shop.git", "acme/shop"),
        ("ssh://git@github.example.com:2222/acme/sh.op", "acme/sh.op"),
        ("/srv/git/shop.git", ""),
        ("https://git.example.com/a/b/c.git", ""),
        ("https://git.example.com/shop.git", ""),
        ("https://github.com/acme/..", ""),
        ("", ""),
    ],
)
def test_the_name_on_the_forge_is_read_off_the_remote(url: str, name: str) -> None:
    assert name_of(url) == name


@pytest.mark.parametrize(
    ("api", "page", "graphql"),
    [
        ("https://api.github.com", "https://github.com/acme/shop", "https://api.github.com/graphql"),
        ("https://api.acme.ghe.com/", "https://acme.ghe.com/acme/shop", "https://api.acme.ghe.com/graphql"),
        ("https://ghe.example/api/v3/", "https://ghe.example/acme/shop", "https://ghe.example/api/graphql"),
    ],
)
def test_the_pages_that_people_look_at_follow_from_the_api(api: str, page: str, graphql: str) -> None:
    found = repository(forge={"kind": "github", "api_url": api})
    assert (found.page, found.forge.graphql) == (page, graphql)
    assert found.commit_at("a1") == f"{page}/commit/a1"
    assert found.compare_at("v1.4.0", "release/v1.5.0") == f"{page}/compare/v1.4.0...release/v1.5.0"
    grammar = CommitRules().grammar(found.page)
    assert (grammar.pull_request_link(7), grammar.link("#8")) == (f"{page}/pull/7", f"{page}/issues/8")


def test_addresses_of_the_policy_come_first_and_plain_git_has_no_others() -> None:
    given = repository(compare_url="https://x.example/-/compare/", commit_url="https://x.example/c/{sha}")
    assert given.compare_at("a b", "c") == "https://x.example/-/compare/a%20b...c"
    assert given.commit_at("a1") == "https://x.example/c/a1"
    plain = Repository(url=REMOTE)
    assert (plain.page, plain.compare_at("a", "b")) == ("", "")


@pytest.mark.parametrize(
    ("compare", "pull", "issue"),
    [
        (
            "https://git.example/a/b/compare",
            "https://git.example/a/b/pull/7",
            "https://git.example/a/b/issues/8",
        ),
        (
            "https://gitlab.example/a/b/-/compare/",
            "https://gitlab.example/a/b/-/merge_requests/7",
            "https://gitlab.example/a/b/-/issues/8",
        ),
        ("https://git.example/view?diff", "", ""),
    ],
)
def test_numbers_lead_where_the_hosts_compare_page_is(compare: str, pull: str, issue: str) -> None:
    links = policy(repository={"url": REMOTE, "compare_url": compare}).links
    assert (links.of_pull_request(7), links.of_issue("#8")) == (pull, issue)


def test_a_comparing_page_of_another_form_stays_as_it_is() -> None:
    assert Repository(compare_url="https://x.example/c").compare_at("a", "b") == "https://x.example/c"
    assert repository().compare_at("", "b") == "https://github.com/acme/shop/compare"


@pytest.mark.parametrize(
    "forge",
    [
        {"api_url": "http://api.github.com"},
        {"api_url": "https://user@api.github.com"},
        {"api_url": "https://api.github.com?token=x"},
        {"api_url": "https://[::1"},
        {"api_url": "file:///etc/passwd"},
        {"api_url": "https://h:port"},
        {"repository": "shop"},
        {"repository": "../../admin"},
        {"repository": "acme/shop/pulls"},
        {"status": ""},
        {"token": "secret"},
        {"labels": {"bug": "bugs"}},
    ],
)
def test_a_forge_that_cannot_be_asked_safely_is_refused(forge: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ForgeRules.model_validate(forge)


def test_this_machine_may_be_a_forge_over_http() -> None:
    assert ForgeRules(api_url="http://127.0.0.1:8000").site == "http://127.0.0.1:8000"


def test_a_forge_whose_repository_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"forge\.repository is missing"):
        repository(url="/srv/git/shop.git")
    named = {"kind": "github", "repository": "acme/shop"}
    assert repository(url="/srv/git/shop.git", forge=named).forge_name == "acme/shop"


def test_labels_are_the_same_in_capitals() -> None:
    assert ExemptRules().by_label(("bug", "Hotfix"))
    assert not ExemptRules().by_label(("bug",))
    rules = ForgeRules(labels={"Enhancement": ChangeKind.FEATURE, "bug": ChangeKind.FIX})
    assert rules.kind_by(("stale", "BUG", "enhancement")) is ChangeKind.FIX
    assert rules.kind_by(("stale",)) is None
