from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Role
from domain.policy_errors import PolicyError, Why
from domain.type_policy import DEFAULT_TYPES
from domain.types import ReleaseType
from messages.policy_errors import SENTENCES, policy_error
from messages.texts import Reader
from storage.policies import MAX_BYTES, PolicyErrors, load_policies, parse

EN, KO = Reader("en", "UTC"), Reader("ko", "UTC")
OVERLAP = """calendar:
  windows:
    - {weekday: tue, from: 10:00, to: 12:00}
    - {weekday: tue, from: 11:00, to: 13:00}
"""
LEAST = "project: shop\nchannel: C0SHOP\n"


def _errors(text: str) -> list[PolicyError]:
    with pytest.raises(PolicyErrors) as caught:
        parse(text, "shop.yml")
    return list(caught.value.errors)


def _only(text: str) -> PolicyError:
    (error,) = _errors(text)
    return error


def _at(text: str) -> tuple[Why, int, int, str]:
    error = _only(text)
    return error.why, error.line, error.column, error.field


def test_the_least_file_has_all_defaults() -> None:
    policy = parse(LEAST)
    assert (policy.project, policy.channel, policy.zone) == ("shop", "C0SHOP", "Asia/Seoul")
    assert policy.types == DEFAULT_TYPES


def test_a_type_keeps_the_defaults_it_does_not_mention() -> None:
    policy = parse(LEAST + "types:\n  hotfix:\n    monitoring: 90m\n")
    hotfix = policy.of(ReleaseType.HOTFIX)
    default = DEFAULT_TYPES[ReleaseType.HOTFIX]
    assert hotfix == default.model_copy(update={"monitoring": timedelta(minutes=90)})


def test_times_dates_and_numbers_need_no_quotes() -> None:
    policy = parse(
        LEAST
        + "large_change: 80\n"
        + "calendar:\n  cadence: {every: biweekly, anchor: 2026-03-05, deploy_time: 14:00}\n"
        + "  windows:\n    - {weekday: tue, from: 10:00, to: 24:00}\n"
        + "rollback:\n  contacts:\n    - {role: on-call, name: no, phone: 010}\n"
    )
    cadence = policy.calendar.cadence
    assert cadence is not None
    assert (cadence.anchor, cadence.deploy_time) == (date(2026, 3, 5), time(14))
    assert policy.calendar.windows[0].to == time(0)
    assert policy.large_change == 80
    assert policy.rollback.contacts[0].phone == "010"
    assert policy.rollback.contacts[0].name == "no"


def test_roles_are_users_and_groups() -> None:
    policy = parse(LEAST + "roles:\n  pm:\n    users: [U0SORA]\n    groups: [S0PMS]\n    locked: true\n")
    held = policy.roles[Role.PM]
    assert (held.users, held.groups, held.locked) == (("U0SORA",), ("S0PMS",), True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (Why.EMPTY, 0, 0, "")),
        ("# nothing\n---\n", (Why.EMPTY, 0, 0, "")),
        ("project: [\n", (Why.NOT_YAML, 2, 1, "")),
        ("project: shop\n\tchannel: C0SHOP\n", (Why.TAB, 2, 1, "")),
        (f"{LEAST}---\nproject: b\n", (Why.SEVERAL_DOCUMENTS, 3, 1, "")),
        (f"{LEAST}zone: !!python/name:os.system x\n", (Why.TAG, 3, 7, "zone")),
        (f"{LEAST}project: again\n", (Why.DUPLICATE_KEY, 3, 1, "project")),
        (f"{LEAST}[a]: 1\n", (Why.KEY_NOT_TEXT, 3, 1, "")),
        ("project: shop\n", (Why.MISSING, 1, 1, "channel")),
        ("- project\n", (Why.NOT_A_MAPPING, 1, 1, "")),
        (f"{LEAST}chanel: x\n", (Why.UNKNOWN_KEY, 3, 1, "chanel")),
        (f"{LEAST}roles:\n  pn: {{}}\n", (Why.UNKNOWN_KEY, 4, 3, "roles.pn")),
        (f"{LEAST}types:\n  hotfixx: {{}}\n", (Why.UNKNOWN_KEY, 4, 3, "types.hotfixx")),
        (
            f"{LEAST}types:\n  hotfix:\n    approvals:\n      - role: boss\n",
            (Why.NOT_ONE_OF, 6, 15, "types.hotfix.approvals[0].role"),
        ),
        (f"{LEAST}types:\n  hotfix:\n    soak: soon\n", (Why.NOT_A_DURATION, 5, 11, "types.hotfix.soak")),
        (f"{LEAST}roles:\n  pm:\n    users: [bob]\n", (Why.BAD_USER, 5, 13, "roles.pm.users[0]")),
        (f"{LEAST}roles:\n  pm:\n    groups: [pms]\n", (Why.BAD_GROUP, 5, 14, "roles.pm.groups[0]")),
        (f"{LEAST}roles:\n  pm:\n    locked: perhaps\n", (Why.NOT_TRUE_OR_FALSE, 5, 13, "roles.pm.locked")),
        (
            f"{LEAST}repository:\n  commit_url: https://x.example/c\n",
            (Why.SHA_MISSING, 4, 15, "repository.commit_url"),
        ),
        (
            f"{LEAST}rollout:\n  canary:\n    steps: [{{percent: 10}}, {{percent: 50}}]\n",
            (Why.ROLLOUT_NOT_WHOLE, 5, 12, "rollout.canary.steps"),
        ),
        (
            f"{LEAST}rollout:\n  canary:\n    steps: []\n",
            (Why.ROLLOUT_NOT_WHOLE, 5, 12, "rollout.canary.steps"),
        ),
        (
            f"{LEAST}rollout:\n  blue_green:\n    traffic: [{{percent: 50}}, {{percent: 25}}, {{percent: 100}}]\n",
            (Why.ROLLOUT_NOT_RISING, 5, 14, "rollout.blue_green.traffic"),
        ),
        (f"{LEAST}rollout: {{go_on: when_fine, health: []}}\n", (Why.ROLLOUT_UNWATCHED, 3, 10, "rollout")),
        (f"{LEAST}rollout:\n  health: [Errors]\n", (Why.BAD_METRIC, 4, 12, "rollout.health[0]")),
        (f"{LEAST}rollout:\n  go_on: maybe\n", (Why.NOT_ONE_OF, 4, 10, "rollout.go_on")),
        (
            f"{LEAST}rollout:\n  rolling: {{batches: 0}}\n",
            (Why.OUT_OF_RANGE, 4, 22, "rollout.rolling.batches"),
        ),
        (
            f"{LEAST}rollout:\n  big_bang: {{downtime: long}}\n",
            (Why.NOT_A_DURATION, 4, 24, "rollout.big_bang.downtime"),
        ),
        (
            f"{LEAST}types:\n  feature:\n    rollout_rules: {{canary: {{steps: [{{percent: 101}}]}}}}\n",
            (Why.OUT_OF_RANGE, 5, 48, "types.feature.rollout_rules.canary.steps[0].percent"),
        ),
        (
            f"{LEAST}repository:\n  tag_prefix: a b\n",
            (Why.BAD_TAG_PREFIX, 4, 15, "repository.tag_prefix"),
        ),
        (
            f"{LEAST}repository:\n  paths: [../x]\n",
            (Why.BAD_REPOSITORY_PATH, 4, 11, "repository.paths[0]"),
        ),
        (
            f"{LEAST}commits:\n  types:\n    two words: fix\n",
            (Why.BAD_COMMIT_WORD, 5, 5, "commits.types.two words"),
        ),
        (f"{LEAST}commits:\n  types: {{story: epic}}\n", (Why.NOT_ONE_OF, 4, 18, "commits.types.story")),
        (
            f"{LEAST}commits:\n  issues:\n    - {{kind: jira, url: https://x.example}}\n",
            (Why.ISSUE_KEYS_MISSING, 5, 7, "commits.issues[0]"),
        ),
        (
            f"{LEAST}commits:\n  issues:\n    - {{url: 'https://x.example/{{no}}', keys: [A]}}\n",
            (Why.ISSUE_PLACE, 5, 13, "commits.issues[0].url"),
        ),
        (
            f"{LEAST}commits:\n  issues:\n    - {{url: ftp://x, keys: [A]}}\n",
            (Why.BAD_ISSUE_ADDRESS, 5, 13, "commits.issues[0].url"),
        ),
        (
            f"{LEAST}commits:\n  issues:\n    - {{url: 'https://x/{{id}}', keys: [a]}}\n",
            (Why.BAD_ISSUE_KEY, 5, 38, "commits.issues[0].keys[0]"),
        ),
        (
            f"{LEAST}repository:\n  url: https://naru:hunter2@x.example/shop.git\n",
            (Why.SECRET_IN_URL, 4, 8, "repository.url"),
        ),
        (
            f"{LEAST}repository:\n  url: https://ghp_hunter2@x.example/shop.git\n",
            (Why.SECRET_IN_URL, 4, 8, "repository.url"),
        ),
        (
            f"{LEAST}repository:\n  forge: {{kind: github}}\n",
            (Why.FORGE_REPOSITORY, 4, 3, "repository"),
        ),
        (
            f"{LEAST}repository:\n  forge: {{repository: shop}}\n",
            (Why.BAD_FORGE_REPOSITORY, 4, 23, "repository.forge.repository"),
        ),
        (
            f"{LEAST}repository:\n  forge: {{api_url: http://api.github.com}}\n",
            (Why.FORGE_ADDRESS, 4, 20, "repository.forge.api_url"),
        ),
        (
            f"{LEAST}repository:\n  forge: {{kind: gitlab}}\n",
            (Why.NOT_ONE_OF, 4, 17, "repository.forge.kind"),
        ),
        (
            f"{LEAST}calendar:\n  freeze_allows: [feat]\n",
            (Why.NOT_ONE_OF, 4, 19, "calendar.freeze_allows[0]"),
        ),
        (f"{LEAST}captains:\n  users: [mina]\n", (Why.BAD_USER, 4, 11, "captains.users[0]")),
        (f"{LEAST}captains:\n  rotation: monthly\n", (Why.NOT_ONE_OF, 4, 13, "captains.rotation")),
        (f"{LEAST}captains:\n  anchor: soon\n", (Why.NOT_A_DATE, 4, 11, "captains.anchor")),
        (f"{LEAST}owners: U0\n", (Why.NOT_A_LIST, 3, 9, "owners")),
        (f"{LEAST}repository: here\n", (Why.NOT_A_MAPPING, 3, 13, "repository")),
        (f"{LEAST}large_change: many\n", (Why.NOT_A_NUMBER, 3, 15, "large_change")),
        (f"{LEAST}large_change: 0\n", (Why.OUT_OF_RANGE, 3, 15, "large_change")),
        (f"{LEAST}name: {{ko: [a]}}\n", (Why.NOT_A_TEXT, 3, 12, "name.ko")),
        (f"{LEAST}zone: Seoul\n", (Why.UNKNOWN_ZONE, 3, 7, "zone")),
        (
            f"{LEAST}calendar: {{cadence: {{anchor: soon}}}}\n",
            (Why.NOT_A_DATE, 3, 30, "calendar.cadence.anchor"),
        ),
        (
            f"{LEAST}calendar: {{cadence: {{deploy_time: 25:00}}}}\n",
            (Why.NOT_A_TIME, 3, 35, "calendar.cadence.deploy_time"),
        ),
        (
            f"{LEAST}calendar: {{cadence: {{deploy_weekday: noday}}}}\n",
            (Why.UNKNOWN_WEEKDAY, 3, 38, "calendar.cadence.deploy_weekday"),
        ),
        (
            f"{LEAST}calendar: {{cadence: {{every: biweekly}}}}\n",
            (Why.ANCHOR_MISSING, 3, 21, "calendar.cadence"),
        ),
        (
            f"{LEAST}calendar:\n  windows:\n    - {{weekday: tue, from: 10:00, to: 09:00}}\n",
            (Why.WINDOW_ENDS_BEFORE_START, 5, 7, "calendar.windows[0]"),
        ),
        (
            LEAST + OVERLAP,
            (Why.WINDOWS_OVERLAP, 5, 5, "calendar.windows"),
        ),
        (
            f"{LEAST}calendar: {{feeds: [{{name: KR, url: 'https://a.example/x'}}]}}\n",
            (Why.BAD_FEED_NAME, 3, 27, "calendar.feeds[0].name"),
        ),
        *(
            (
                f"{LEAST}calendar: {{feeds: [{{name: kr, url: '{url}'}}]}}\n",
                (Why.FEED_ADDRESS, 3, 36, "calendar.feeds[0].url"),
            )
            for url in (
                "http://a.example/x",
                "webcal://a.example/x",
                "file:///etc/passwd",
                "https://",
                "https://[::1/x",
                "https://user:secret@a.example/x",
            )
        ),
        (f"{LEAST}calendar: {{feeds: [{{name: kr}}]}}\n", (Why.FEED_PLACE, 3, 20, "calendar.feeds[0]")),
        (
            f"{LEAST}calendar: {{feeds: [{{name: kr, file: a}}, {{name: kr, file: b}}]}}\n",
            (Why.FEED_TWICE, 3, 19, "calendar.feeds"),
        ),
        *(
            (f"{LEAST}scope:\n  migrations: ['{glob}']\n", (why, 4, 16, "scope.migrations[0]"))
            for glob, why in (
                ("", Why.GLOB_EMPTY),
                ("a" * 201, Why.GLOB_LONG),
                ("*.{sql,rb}", Why.GLOB_SYNTAX),
                ("/db", Why.GLOB_PLACE),
                ("db/**.sql", Why.GLOB_STARS),
            )
        ),
        ("project: Shop!\nchannel: C0SHOP\n", (Why.BAD_PROJECT_KEY, 1, 10, "project")),
        ("project: shop\nchannel: releases\n", (Why.BAD_CHANNEL, 2, 10, "channel")),
    ],
)
def test_an_error_has_its_place_and_field(text: str, expected: tuple[Why, int, int, str]) -> None:
    assert _at(text) == expected


def test_every_error_of_a_file_is_told_at_once() -> None:
    text = "project: Shop\nchannel: C0SHOP\nzone: Mars\nlarge_change: many\nmutes: []\n"
    assert [(error.line, error.why) for error in _errors(text)] == [
        (1, Why.BAD_PROJECT_KEY),
        (3, Why.UNKNOWN_ZONE),
        (4, Why.NOT_A_NUMBER),
        (5, Why.UNKNOWN_KEY),
    ]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        (f"{LEAST}calender: {{}}\n", "calendar"),
        (f"{LEAST}types:\n  regular:\n    freze: {{}}\n", "freeze"),
        (f"{LEAST}types:\n  emergancy: {{}}\n", "emergency"),
        (f"{LEAST}roles:\n  release_manger: {{}}\n", "release_manager"),
        (
            f"{LEAST}calendar:\n  windows:\n    - {{weekday: tue, form: 10:00, from: 09:00, to: 12:00}}\n",
            "from",
        ),
        (f"{LEAST}calendar: {{cadence: {{evry: weekly}}}}\n", "every"),
        (f"{LEAST}zone: Seoul\n", "Asia/Seoul"),
        (f"{LEAST}zone: europe/berlin\n", "Europe/Berlin"),
        (f"{LEAST}repository: {{flow: trunc}}\n", "trunk"),
        (f"{LEAST}readiness: {{guard: {{rehearsl: off}}}}\n", "rehearsal"),
        (f"{LEAST}readiness: {{guard: {{contract: blok}}}}\n", "block"),
        (f"{LEAST}readiness: {{guard: warm}}\n", "warn"),
    ],
)
def test_a_misspelt_name_is_told_with_the_nearest(text: str, nearest: str) -> None:
    assert [e.data.get("nearest") for e in _errors(text) if e.data.get("nearest")] == [nearest]


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert _only("\n".join(lines)).why is Why.TOO_MANY_VALUES


@pytest.mark.parametrize("text", ["&a [*a]", "[" * 100 + "]" * 100, "{a: " * 100 + "}" * 100])
def test_endless_nesting_is_refused(text: str) -> None:
    assert _only(text).why is Why.TOO_DEEP


def test_nesting_that_would_overflow_the_reader_is_refused() -> None:
    assert _only("[" * 200_000).why is Why.TOO_DEEP


def test_a_folder_gives_every_project_by_file_name(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("project: api\nchannel: C0API\n")
    (tmp_path / "a.yml").write_text("\ufeff" + LEAST, "utf-8")
    (tmp_path / "notes.txt").write_text("not a policy")
    (tmp_path / ".hidden.yml").write_text("nor this")
    assert [policy.project for policy in load_policies(tmp_path)] == ["shop", "api"]
    assert [policy.project for policy in load_policies(tmp_path / "b.yaml")] == ["api"]


def test_a_project_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(LEAST)
    (tmp_path / "b.yml").write_text(LEAST)
    with pytest.raises(PolicyErrors) as caught:
        load_policies(tmp_path)
    assert caught.value.errors == (
        PolicyError(
            file=str(tmp_path / "b.yml"),
            why=Why.PROJECT_TWICE,
            line=1,
            column=10,
            field="project",
            data={"project": "shop", "file": str(tmp_path / "a.yml")},
        ),
    )


def test_errors_of_all_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("zone: Mars\n")
    (tmp_path / "b.yml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.yml").write_bytes(b"#" * (MAX_BYTES + 1))
    (tmp_path / "d.yml").write_text("")
    with pytest.raises(PolicyErrors) as caught:
        load_policies(tmp_path)
    found = {(Path(error.file).name, error.why) for error in caught.value.errors}
    assert found == {
        ("a.yml", Why.MISSING),
        ("a.yml", Why.UNKNOWN_ZONE),
        ("b.yml", Why.NOT_TEXT),
        ("c.yml", Why.TOO_LARGE),
        ("d.yml", Why.EMPTY),
    }


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "no", Why.NOT_FOUND), (tmp_path, Why.NO_FILES)):
        with pytest.raises(PolicyErrors) as caught:
            load_policies(path)
        assert caught.value.errors == (PolicyError(file=str(path), why=why),)


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"\n\t #,~%@`é"), max_size=60) | st.text(max_size=40))
def test_any_text_is_a_policy_or_is_refused_in_words(text: str) -> None:
    for error in _errors(text):
        assert policy_error(EN, error)
        assert policy_error(KO, error)


def test_an_error_is_worded_with_place_reason_and_advice() -> None:
    error = _only(f"{LEAST}roles:\n  pm:\n    users: [bob]\n")
    assert policy_error(EN, error) == (
        "shop.yml:5:13 roles.pm.users[0]: “bob” is not a Slack user id (U…). "
        "Copy it from the person's profile in Slack."
    )
    misspelt = _only(f"{LEAST}zone: Seoul\n")
    assert policy_error(KO, misspelt) == (
        "shop.yml:3:7 zone: “Seoul”: 그런 시간대가 없습니다. Asia/Seoul처럼 IANA 이름으로 쓰세요. "
        "혹시 “Asia/Seoul”?"
    )


def test_limits_and_weekdays_are_worded() -> None:
    small = _only(f"{LEAST}large_change: 0\n")
    assert policy_error(EN, small).endswith("The number is out of range: it must be at least 1.")
    assert policy_error(KO, _only(LEAST + OVERLAP)).endswith("화 윈도우 두 개가 겹칩니다.")


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Why)
