"""Settings: from the environment, from files that hold secrets, and from a TOML file; every mistake is told.

Precedence: arguments, `NARU_X`, `NARU_X_FILE`, the TOML file (`NARU_CONFIG`, or naru.toml where Naru is
started), defaults. A value that is wrong is never shown: it may be a secret.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "NARU_"
CONFIG = "NARU_CONFIG"
SLACK = "https://slack.com/api/"
# Bolt would read these by itself and go round our front door (design.md, section 2).
FOREIGN = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID")
MAX_SECRET_BYTES = 10_000


class Wrong(StrEnum):
    """Everything that can be wrong with a setting; worded in messages/cli.py."""

    UNKNOWN = "unknown"
    FOREIGN = "foreign"
    MISSING = "missing"
    INVALID = "invalid"
    BAD_TOKEN = "bad_token"  # noqa: S105 - a code, no token
    FILE = "file"
    TWICE = "twice"
    TOML = "toml"
    CLOCK = "clock"


_STOPPING = frozenset({Wrong.FILE, Wrong.TWICE, Wrong.TOML})


@dataclass(frozen=True)
class Problem:
    """`name` is what to look for (an environment name or a file); `hint` the nearest name or the reason."""

    wrong: Wrong
    name: str
    hint: str = ""


class SettingsError(Exception):
    """The settings cannot be used; `problems` has every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.wrong}: {problem.name}" for problem in problems))
        self.problems = tuple(problems)


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _api_url(url: str) -> str:
    if urlsplit(url).scheme != "https" and not is_loopback(url):
        raise ValueError("https, or an address on this machine")
    return url.rstrip("/") + "/"


def _token(*starts: str) -> AfterValidator:
    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(starts):
            raise ValueError(" / ".join(f"{start}…" for start in starts))
        return token

    return AfterValidator(check)


def _text(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value():
        raise ValueError("empty")
    return secret


def _readable(path: Path) -> Path:
    """A file that ssh reads; it says of one that it cannot open only that nobody was let in."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise ValueError(error.strerror) from error
    return path


class Settings(BaseSettings):
    """What an operator sets. Secrets are SecretStr: they never show in a repr, a log or an error.

    `base_url` is where people and Slack reach this installation, without a slash at its end.
    `local_remotes` lets a project's repository be a folder of this machine, as in the demo and in tests.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True, env_ignore_empty=True
    )

    slack_bot_token: Annotated[SecretStr, _token("xoxb-", "xoxe.xoxb-")] | None = None
    slack_signing_secret: Annotated[SecretStr, AfterValidator(_text)] | None = None
    slack_app_token: Annotated[SecretStr, _token("xapp-")] | None = None
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = SLACK
    database_url: SecretStr | None = None
    policy: Path | None = None
    state_dir: Path = Path(".naru")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    base_url: Annotated[str, AfterValidator(lambda url: url.rstrip("/"))] = ""
    git_token: SecretStr | None = None
    git_ssh_key_file: Annotated[Path, AfterValidator(_readable)] | None = None
    git_known_hosts_file: Annotated[Path, AfterValidator(_readable)] | None = None
    forge_token: SecretStr | None = None
    deploy_signing_secret: Annotated[SecretStr, AfterValidator(_text)] | None = None
    deploy_callback_secret: Annotated[SecretStr, AfterValidator(_text)] | None = None
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"
    local_remotes: bool = False
    clock_file: Path | None = None

    @property
    def database(self) -> str:
        """The address of the database, password included; SQLite in the state folder when none is set."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.state_dir / 'naru.db'}"

    def forge_token_now(self) -> SecretStr | None:
        """The forge's token as its file has it now: secret stores change such files while Naru runs."""
        return _now("forge_token", self.forge_token)

    def signing_secret_now(self) -> SecretStr | None:
        """What requests to deployers are signed with, as its file has it now."""
        return _now("deploy_signing_secret", self.deploy_signing_secret)

    def callback_secret_now(self) -> SecretStr | None:
        """What deployers sign with, as its file has it now."""
        return _now("deploy_callback_secret", self.deploy_callback_secret)

    @property
    def uses_socket_mode(self) -> bool:
        """Socket Mode where there is an app token, signed HTTP otherwise."""
        return self.slack_app_token is not None

    @classmethod
    def load(cls, **given: Any) -> Self:
        """Read everything. Raises SettingsError with every problem at once."""
        problems = [Problem(Wrong.FOREIGN, name, PREFIX + name) for name in FOREIGN if os.environ.get(name)]
        problems += [*_unknown(os.environ), *_unreadable(os.environ)]
        if any(problem.wrong in _STOPPING for problem in problems):
            raise SettingsError(problems)
        try:
            settings = cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as error:
            raise SettingsError(problems + _invalid(error)) from None
        problems += settings._clock_problem()
        if problems:
            raise SettingsError(problems)
        return settings

    def require_serving(self) -> None:
        """What `naru serve` cannot do without. Raises SettingsError naming all that is missing."""
        missing = [name for name in ("slack_bot_token", "policy") if getattr(self, name) is None]
        if self.slack_signing_secret is None and self.slack_app_token is None:
            missing.append("slack_signing_secret")
        if missing:
            raise SettingsError([Problem(Wrong.MISSING, _env(name), name) for name in missing])

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - no hidden files
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - named one by one instead
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, toml_file=_toml_path(os.environ))
        return init_settings, env_settings, SecretFiles(settings_cls), toml

    def _clock_problem(self) -> list[Problem]:
        """A moved clock must never meet a real workspace (design.md, section 3)."""
        if self.clock_file is None or is_loopback(self.slack_api_url):
            return []
        return [Problem(Wrong.CLOCK, str(self.clock_file))]


def _env(field: str) -> str:
    return PREFIX + field.upper()


NAMES = tuple(_env(field) for field in Settings.model_fields)
SECRETS = (
    "slack_bot_token",
    "slack_signing_secret",
    "slack_app_token",
    "database_url",
    "git_token",
    "forge_token",
    "deploy_signing_secret",
    "deploy_callback_secret",
)
FILES = tuple(f"{_env(field)}_FILE" for field in SECRETS)


def _now(field: str, loaded: SecretStr | None) -> SecretStr | None:
    path = os.environ.get(_env(field) + "_FILE")
    try:
        return SecretStr(_first_bytes(path)) if path else loaded
    except (OSError, UnicodeDecodeError):
        return loaded


def _nearest(name: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.6)), "")


def _unknown(env: Mapping[str, str]) -> list[Problem]:
    known = {*NAMES, *FILES, CONFIG}
    strange = sorted(name for name in env if name.upper().startswith(PREFIX) and name not in known)
    return [Problem(Wrong.UNKNOWN, name, _nearest(name.upper(), (*NAMES, CONFIG))) for name in strange]


class SecretFiles(PydanticBaseSettingsSource):
    """`NARU_X_FILE` names a file whose text is the secret `NARU_X`, as secret stores mount them."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 - pydantic's
        path = os.environ.get(_env(field_name) + "_FILE") if field_name in SECRETS else None
        return (_first_bytes(path) if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        fields = self.settings_cls.model_fields
        found = {name: self.get_field_value(field, name)[0] for name, field in fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def _first_bytes(path: str) -> str:
    with Path(path).open(encoding="utf-8") as file:
        return file.read(MAX_SECRET_BYTES).strip()


def _toml_path(env: Mapping[str, str]) -> Path:
    return Path(env.get(CONFIG) or "naru.toml")


def _unreadable(env: Mapping[str, str]) -> Iterator[Problem]:
    """Files that are named but cannot be read, and values that are given twice."""
    for file in FILES:
        path, name = env.get(file), file.removesuffix("_FILE")
        if path and env.get(name):
            yield Problem(Wrong.TWICE, name, file)
        elif path and (reason := _why_unreadable(path)):
            yield Problem(Wrong.FILE, f"{file}={path}", reason)
    toml = _toml_path(env)
    if env.get(CONFIG) or toml.exists():
        try:
            tomllib.loads(toml.read_text(encoding="utf-8"))
        except OSError as error:
            yield Problem(Wrong.FILE, str(toml), error.strerror or "")
        except ValueError as error:
            yield Problem(Wrong.TOML, str(toml), str(error))


def _why_unreadable(path: str) -> str:
    try:
        _first_bytes(path)
    except OSError as error:
        return error.strerror or "unreadable"
    except UnicodeDecodeError:
        return "not text"
    return ""


def _invalid(error: ValidationError) -> list[Problem]:
    """Names and reasons of what pydantic refused; never the value."""
    return [_problem(detail) for detail in error.errors(include_input=False, include_url=False)]


def _problem(detail: ErrorDetails) -> Problem:
    field = str(detail["loc"][0]) if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":  # only the TOML file can bring one
        return Problem(Wrong.UNKNOWN, field, _nearest(field, tuple(Settings.model_fields)))
    raised = detail.get("ctx", {}).get("error")
    wrong = Wrong.BAD_TOKEN if field.endswith("_token") and raised else Wrong.INVALID
    return Problem(wrong, _env(field), str(raised) if raised else detail["msg"])
