from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Problem, Settings, SettingsError, Wrong

BOT, APP = "xoxb-1-secret", "xapp-1-secret"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)


def _problems(**given: object) -> list[Problem]:
    with pytest.raises(SettingsError) as caught:
        Settings.load(**given)
    return list(caught.value.problems)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_SLACK_BOT_TOKEN", BOT)
    monkeypatch.setenv("NARU_PORT", "9000")
    settings = Settings.load()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == BOT
    assert settings.port == 9000
    assert settings.database == "sqlite:///.naru/naru.db"
    assert settings.slack_api_url == "https://slack.com/api/"


def test_precedence_is_argument_environment_file_toml(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "naru.toml").write_text(
        'port = 1\ndatabase_url = "sqlite:///toml.db"\nbase_url = "https://toml"\nlog_level = "ERROR"\n'
    )
    (tmp_path / "url").write_text("sqlite:///file.db\n")
    monkeypatch.setenv("NARU_DATABASE_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("NARU_BASE_URL", "https://env/")
    settings = Settings.load(port=4)
    found = (settings.port, settings.database, settings.base_url, settings.log_level)
    assert found == (4, "sqlite:///file.db", "https://env", "ERROR")


def test_a_secret_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_SLACK_BOT_TOKEN", BOT)
    monkeypatch.setenv("NARU_DATABASE_URL", "postgresql://naru:hunter2@db/naru")
    settings = Settings.load()
    assert BOT not in repr(settings)
    assert "hunter2" not in repr(settings)
    assert settings.database == "postgresql://naru:hunter2@db/naru"


def test_a_refused_secret_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_SLACK_BOT_TOKEN", "hunter2")
    assert _problems() == [Problem(Wrong.BAD_TOKEN, "NARU_SLACK_BOT_TOKEN", "xoxb-… / xoxe.xoxb-…")]


def test_an_unknown_name_is_told_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_SLACK_BOT_TOKN", BOT)
    monkeypatch.setenv("NARU_QZX", "1")
    assert _problems() == [
        Problem(Wrong.UNKNOWN, "NARU_QZX"),
        Problem(Wrong.UNKNOWN, "NARU_SLACK_BOT_TOKN", "NARU_SLACK_BOT_TOKEN"),
    ]


def test_only_secrets_come_from_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_POLICY_FILE", "shop.yml")
    assert _problems() == [Problem(Wrong.UNKNOWN, "NARU_POLICY_FILE", "NARU_POLICY")]


def test_an_unknown_key_of_the_file_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "naru.toml").write_text("prot = 1\n")
    assert _problems() == [Problem(Wrong.UNKNOWN, "prot", "port")]


def test_names_that_bolt_reads_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    assert _problems() == [Problem(Wrong.FOREIGN, "SLACK_BOT_TOKEN", "NARU_SLACK_BOT_TOKEN")]


def test_every_problem_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("NARU_PORT", "many")
    monkeypatch.setenv("NARU_HOTS", "x")
    wrong = [(problem.wrong, problem.name) for problem in _problems()]
    assert wrong == [
        (Wrong.FOREIGN, "SLACK_CLIENT_ID"),
        (Wrong.UNKNOWN, "NARU_HOTS"),
        (Wrong.INVALID, "NARU_PORT"),
    ]


def test_a_value_given_twice_and_a_file_that_is_not_there_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_DATABASE_URL", "a")
    monkeypatch.setenv("NARU_DATABASE_URL_FILE", "b")
    monkeypatch.setenv("NARU_SLACK_BOT_TOKEN_FILE", "/nowhere/token")
    assert _problems() == [
        Problem(Wrong.FILE, "NARU_SLACK_BOT_TOKEN_FILE=/nowhere/token", "No such file or directory"),
        Problem(Wrong.TWICE, "NARU_DATABASE_URL", "NARU_DATABASE_URL_FILE"),
    ]


def test_a_broken_toml_file_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "naru.toml").write_text("port = \n")
    (problem,) = _problems()
    assert (problem.wrong, problem.name) == (Wrong.TOML, "naru.toml")
    assert "line 1" in problem.hint


def test_a_config_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARU_CONFIG", "elsewhere.toml")
    assert _problems() == [Problem(Wrong.FILE, "elsewhere.toml", "No such file or directory")]


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("http://127.0.0.1:9999/api", True),
        ("http://localhost/api/", True),
        ("http://[::1]:1/api/", True),
        ("https://slack.example/api/", True),
        ("http://slack.example/api/", False),
        ("http://127.0.0.1.example/api/", False),
    ],
)
def test_tokens_leave_this_machine_only_over_https(url: str, fine: bool) -> None:  # noqa: FBT001 - a table
    if fine:
        assert Settings.load(slack_api_url=url).slack_api_url == url.rstrip("/") + "/"
    else:
        assert [problem.name for problem in _problems(slack_api_url=url)] == ["NARU_SLACK_API_URL"]


def test_a_clock_file_needs_a_workspace_on_this_machine() -> None:
    clock = Path("clock.json")
    assert _problems(clock_file=clock) == [Problem(Wrong.CLOCK, "clock.json")]
    assert Settings.load(clock_file=clock, slack_api_url="http://127.0.0.1:1/api/").clock_file == clock


def test_serving_names_all_that_is_missing() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.load().require_serving()
    assert [problem.name for problem in caught.value.problems] == [
        "NARU_SLACK_BOT_TOKEN",
        "NARU_POLICY",
        "NARU_SLACK_SIGNING_SECRET",
    ]


def test_an_app_token_means_socket_mode() -> None:
    settings = Settings.load(slack_bot_token=BOT, slack_app_token=APP, policy=Path("p.yml"))
    settings.require_serving()
    assert settings.uses_socket_mode


def test_files_of_ssh_are_named_and_must_be_readable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("hunter2")
    monkeypatch.setenv("NARU_GIT_SSH_KEY_FILE", str(tmp_path / "key"))
    settings = Settings.load()
    monkeypatch.setenv("NARU_GIT_KNOWN_HOSTS_FILE", str(tmp_path / "gone"))

    assert (settings.git_ssh_key_file, settings.git_known_hosts_file) == (tmp_path / "key", None)
    assert "hunter2" not in repr(settings)
    assert _problems() == [Problem(Wrong.INVALID, "NARU_GIT_KNOWN_HOSTS_FILE", "No such file or directory")]
