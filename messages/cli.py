"""What the command line says: mistakes and findings, in Korean and English. Quick: all commands import it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from messages.texts import Reader, word


class Code(StrEnum):
    """Everything the command line says in one sentence."""

    NO_GIT = "no_git"
    OLD_GIT = "old_git"
    CLOCK_FILE = "clock_file"
    NO_DATABASE = "no_database"
    DATABASE_BEHIND = "database_behind"
    DATABASE_NEWER = "database_newer"
    DATABASE_BROKEN = "database_broken"
    DATABASE_UNREACHABLE = "database_unreachable"
    MIGRATED = "migrated"
    SYSTEM = "system"
    NO_CHOICE = "no_choice"
    NO_MOMENT = "no_moment"
    NO_DAY = "no_day"
    NO_MONTH = "no_month"
    NO_TERMINAL = "no_terminal"
    NO_PERSON = "no_person"
    NO_RELEASE = "no_release"
    WHICH_PROJECT = "which_project"
    IMPORTED = "imported"
    NOTHING_IMPORTED = "nothing_imported"
    NO_NAME = "no_name"
    CHAIN_WHOLE = "chain_whole"
    CHAIN_BROKEN = "chain_broken"
    NO_CHANNEL = "no_channel"
    SLACK = "slack"
    SERVING = "serving"
    DEMO = "demo"
    DEMO_LINES = "demo_lines"
    DEMO_GATE = "demo_gate"
    DEMO_READING = "demo_reading"
    DEMO_RELEASE = "demo_release"
    NO_FOLDER = "no_folder"
    NO_PERMISSION = "no_permission"
    NOT_A_REPOSITORY = "not_a_repository"
    EMPTY = "empty"
    UNKNOWN_REF = "unknown_ref"
    UNKNOWN_REF_GUESS = "unknown_ref_guess"
    BAD_REF = "bad_ref"
    BROKEN = "broken"
    WRONG_WAY = "wrong_way"
    SHALLOW = "shallow"
    NO_VERSION_TAGS = "no_version_tags"
    TWO_TAGS = "two_tags"
    NOTHING_NEW = "nothing_new"
    FILES_UNREAD = "files_unread"
    TOKEN_SHOWN = "token_shown"  # noqa: S105 - a code, no token
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - as above
    NO_TOKENS = "no_tokens"
    NO_DURATION = "no_duration"
    NO_SCOPE = "no_scope"


_SAID: Mapping[Code, str] = {
    Code.NO_GIT: word("Naru needs git {needed} or newer; none was found in the path."),
    Code.OLD_GIT: word("Naru needs git {needed} or newer; this is {found}."),
    Code.CLOCK_FILE: word("The clock file {file} cannot be used: {problem}."),
    Code.NO_DATABASE: word(
        "There is no database at {file}. Start Naru once, or set NARU_DATABASE_URL or NARU_STATE_DIR."
    ),
    Code.DATABASE_BEHIND: word("The database is older than this program. Run: naru migrate"),
    Code.DATABASE_NEWER: word("The database was migrated by a newer Naru ({revision}). Update this one."),
    Code.DATABASE_BROKEN: word("Rows of {tables} point at rows that are not there. Nothing was changed."),
    Code.DATABASE_UNREACHABLE: word("The database cannot be used: {problem}"),
    Code.MIGRATED: word("The database is at revision {revision}."),
    Code.SYSTEM: word("The system refused: {problem} {name}"),
    Code.NO_CHOICE: word("{option}: “{given}” is not one of {known}."),
    Code.NO_MOMENT: word("“{given}” is not a time. Write it like 2026-03-05T14:00+09:00."),
    Code.NO_MONTH: word("“{given}” is not a month. Write it like 2026-03."),
    Code.NO_TERMINAL: word("--format {format} is nothing to read on a terminal. Add --output FILE."),
    Code.NO_DAY: word("“{given}” is not a date. Write it like 2026-03-05."),
    Code.NO_PERSON: word(
        "Naru does not know “{given}”. Give a Slack user id (U…), or the e-mail address of somebody in the "
        "project's channel."
    ),
    Code.NO_RELEASE: word("There is no release “{given}”."),
    Code.WHICH_PROJECT: word("“{given}” is in several projects ({known}); add --project."),
    Code.IMPORTED: word(
        "{name}: {times} times were read. Events: {added} added, {changed} changed, {removed} removed."
    ),
    Code.NOTHING_IMPORTED: word("Nothing of {file} was imported."),
    Code.NO_NAME: word(
        "“{given}” cannot be a name: give one of lower-case letters, digits and hyphens with --name."
    ),
    Code.CHAIN_WHOLE: word("The audit trail is whole: {rows} rows."),
    Code.CHAIN_BROKEN: word("The audit trail is broken at row {seq} ({why})."),
    Code.NO_CHANNEL: word(
        "The channel {channel} of project {project} is not there, or Naru is not in it. "
        "Invite Naru, or correct the policy."
    ),
    Code.SLACK: word("Slack ({url}) answered: {problem}. Try: naru doctor"),
    Code.DEMO: word("The workspace is at {url}. Stop with Ctrl+C."),
    Code.DEMO_LINES: word(
        "The HTTP API for pipelines, with a token of the shop's: {token}\nPaste a line into another terminal:"
    ),
    Code.DEMO_GATE: word("May it be deployed?"),
    Code.DEMO_READING: word("Send a reading"),
    Code.DEMO_RELEASE: word("Read the release"),
    Code.NO_FOLDER: word("{name} is not a folder. Give the repository's folder with --repo."),
    Code.NO_PERMISSION: word(
        "{name} may not be read. Ask its owner for permission, or run as somebody who has it."
    ),
    Code.NOT_A_REPOSITORY: word("{name} is not in a git repository. Give the folder of one with --repo."),
    Code.EMPTY: word("{name} has no commits yet. Commit first; then there is something to tell."),
    Code.UNKNOWN_REF: word(
        "“{name}” names no commit of this repository. See what there is: git tag; git branch --all"
    ),
    Code.UNKNOWN_REF_GUESS: word("“{name}” names no commit of this repository. Did you mean {known}?"),
    Code.BAD_REF: word(
        "“{name}” is not understood. Give a tag, a branch, a SHA or HEAD, alone or with generations: HEAD~3."
    ),
    Code.BROKEN: word("git cannot read {name}: {detail} Look with: git fsck"),
    Code.WRONG_WAY: word(
        "“{first}” is newer than “{last}”, so nothing leads from it there. The other way round: {command}"
    ),
    Code.SHALLOW: word(
        "This is a shallow clone: what is older is not there and not told. "
        "Fetch it: git fetch --unshallow --tags"
    ),
    Code.NO_VERSION_TAGS: word("No tag is a version such as {name}, so the whole history is told."),
    Code.TWO_TAGS: word("{known} are on one commit; the highest counts: {name}."),
    Code.NOTHING_NEW: word("Nothing is new since {name}."),
    Code.FILES_UNREAD: word(
        "The files of this repository could not be compared, so migrations and environment variables are not "
        "told. Fetch what is missing, or look with: git fsck"
    ),
    Code.TOKEN_SHOWN: word(
        "{name} of {project}, for {scopes}, until {until}. The token is shown this once: put it where your "
        "pipeline keeps its secrets."
    ),
    Code.TOKEN_REVOKED: word("{name} of {project} is good for nothing any more."),
    Code.NO_TOKENS: word("{project} has no API tokens. Make one: naru token create"),
    Code.NO_DURATION: word("“{given}” is not how long a token lasts. Write it like 90d, or never."),
    Code.NO_SCOPE: word("A token is for something: give --scope, with some of {known}."),
    Code.SERVING: word("Naru is serving {projects} on {host}:{port}. Stop with Ctrl+C."),
}

_SETTINGS: Mapping[str, str] = {
    "unknown": word("{name} is not a setting that Naru knows."),
    "foreign": word("{name} must not be set: call it {hint}."),
    "missing": word("{name} is missing (or “{hint}” in naru.toml)."),
    "invalid": word("{name} cannot be used: {hint}."),
    "bad_token": word("{name} does not look like its kind of token; it begins with {hint}."),
    "file": word("{name} cannot be read: {hint}."),
    "twice": word("{name} and {hint} are both set; keep one."),
    "toml": word("{name} is not TOML: {hint}."),
    "clock": word("The clock file {name} is only for a workspace on this machine."),
}


class Help(StrEnum):
    """The texts of `naru --help`."""

    NARU = "naru"
    AUDIT = "audit"
    SERVE = "serve"
    DEMO = "demo"
    GATE = "gate"
    VERIFY = "verify"
    SHOW = "show"
    MIGRATE = "migrate"
    DOCTOR = "doctor"
    PROJECT = "project"
    JSON = "json"
    CLOCK_FILE = "clock_file"
    PORT = "port"
    BROWSER = "browser"
    LOCALE = "locale"
    AT = "at"
    STRICT = "strict"
    RELEASE = "release"
    CALENDAR = "calendar"
    FROM = "from"
    MONTH = "month"
    MONTHS = "months"
    PERSON = "person"
    LANG = "lang"
    OUTPUT = "output"
    IMPORT = "import"
    FILE = "file"
    NAME = "name"
    KIND = "kind"
    TYPES = "types"
    ENVIRONMENTS = "environments"
    ITS_RELEASE = "its_release"
    NOTES = "notes"
    NEXT_VERSION = "next_version"
    REPO = "repo"
    SINCE = "since"
    UNTIL = "until"
    AUDIENCE = "audience"
    TAG_PREFIX = "tag_prefix"
    TOKEN = "token"  # noqa: S105 - a code, no token
    TOKEN_CREATE = "token_create"  # noqa: S105 - as above
    TOKEN_LIST = "token_list"  # noqa: S105 - as above
    TOKEN_ROTATE = "token_rotate"  # noqa: S105 - as above
    TOKEN_REVOKE = "token_revoke"  # noqa: S105 - as above
    TOKEN_NAME = "token_name"  # noqa: S105 - as above
    SCOPES = "scopes"
    EXPIRES = "expires"


_HELP: Mapping[Help, str] = {
    Help.NARU: word("Naru (나루): release management in Slack."),
    Help.AUDIT: word("The audit trail."),
    Help.SERVE: word("Run for real, over HTTP or Socket Mode."),
    Help.DEMO: word("A Slack workspace in the browser, on this machine, with Naru in it."),
    Help.GATE: word(
        "May this be deployed or merged? Exit code 0: open, 1: closed, 2: error, 3: warning with --strict."
    ),
    Help.VERIFY: word("Walk the chain. Exit code 0: whole, 2: broken, with the first row."),
    Help.SHOW: word("Everything recorded of one release."),
    Help.MIGRATE: word("Bring the database to this version of Naru."),
    Help.DOCTOR: word("Is everything as it must be? Exit code 0: yes, 1: no."),
    Help.PROJECT: word("Key of the project."),
    Help.JSON: word("Answer in JSON."),
    Help.CLOCK_FILE: word("File that holds business time."),
    Help.PORT: word("Port of the page."),
    Help.BROWSER: word("Open the page."),
    Help.LOCALE: word("Language of everybody: ko or en."),
    Help.AT: word("Time in ISO form; now when left out."),
    Help.STRICT: word("Exit with 3 on a warning."),
    Help.RELEASE: word("Version or id of the release."),
    Help.CALENDAR: word(
        "The calendar of a project: a month to read or as a picture, or for calendar programs."
    ),
    Help.FROM: word("First day, like 2026-03-01; the first of this month when left out."),
    Help.MONTH: word("Month, like 2026-03 or next; this one when left out."),
    Help.MONTHS: word("How many months (of a calendar file)."),
    Help.PERSON: word("Only what concerns one person (in a calendar file): Slack user id or e-mail address."),
    Help.LANG: word("Language of the texts: ko or en; the terminal's when left out."),
    Help.OUTPUT: word("File to write; standard output when left out."),
    Help.IMPORT: word(
        "Make blackouts or maintenance of the events of an iCalendar file; what was imported under the same "
        "name before is replaced."
    ),
    Help.FILE: word("The iCalendar file."),
    Help.NAME: word("Name of what is imported; the file's when left out."),
    Help.KIND: word("blackout or maintenance."),
    Help.TYPES: word("Only for this release type; may be given again."),
    Help.ENVIRONMENTS: word("Only for this environment; may be given again. Production when left out."),
    Help.NOTES: word(
        "Release notes of any git repository, which is only read. "
        "Exit code 0: written, 1: written, and there is nothing new, 2: error."
    ),
    Help.NEXT_VERSION: word(
        "The version that the commits since the newest version tag call for. "
        "Exit code 0: told, 1: nothing is new, 2: error."
    ),
    Help.REPO: word("Folder of the repository, or one inside of it."),
    Help.SINCE: word(
        "Tag, branch or SHA after which they begin; the newest version tag before when left out."
    ),
    Help.UNTIL: word("Tag, branch or SHA of which they are; HEAD when left out."),
    Help.TAG_PREFIX: word("What stands before the versions of one project of several: shop/ of shop/v1.5.0."),
    Help.AUDIENCE: word("team (authors, commits, all changes) or customers (what concerns them)."),
    Help.TOKEN: word("Tokens with which pipelines ask and report over HTTP."),
    Help.TOKEN_CREATE: word("Make one. It is written to standard output, this once."),
    Help.TOKEN_LIST: word("What there is, without the secrets."),
    Help.TOKEN_ROTATE: word("Renew one: it gets another secret and lasts as long again."),
    Help.TOKEN_REVOKE: word("Make one good for nothing, at once and for good."),
    Help.TOKEN_NAME: word("Name of the token, as it stands in the audit trail and in Slack."),
    Help.SCOPES: word("What it is for, separated by commas: {known}."),
    Help.EXPIRES: word("How long it lasts, like 90d; or never."),
    Help.ITS_RELEASE: word("Version or id of the release: its type and its exceptions count."),
}


def helped(reader: Reader, text: Help, **data: str) -> str:
    return reader.t(_HELP[text], **data)


def said(reader: Reader, code: Code, **data: str) -> str:
    return reader.t(_SAID[code], **data).strip()


def setting(reader: Reader, wrong: str, name: str, hint: str) -> str:
    """What is wrong with one setting; never its value."""
    text = reader.t(_SETTINGS[wrong], name=name, hint=hint.rstrip("."))
    if wrong != "unknown" or not hint:
        return text
    guess = reader.t("Did you mean “{name}”?", name=hint)
    return f"{text} {guess}"


# --- doctor -------------------------------------------------------------------------------------------------


class Check(StrEnum):
    """What the doctor looks at."""

    MACHINE = "machine"
    SETTINGS = "settings"
    POLICIES = "policies"
    DATABASE = "database"
    LAG = "lag"
    APPROVERS = "approvers"
    ROLES = "roles"
    FEEDS = "feeds"
    FORGE = "forge"
    TOKEN = "token"  # noqa: S105 - a code, no token
    SCOPES = "scopes"
    MANIFEST = "manifest"
    CLOCK = "clock"
    SOCKET_MODE = "socket_mode"
    HTTP = "http"


class Health(StrEnum):
    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """One look: `data` fills the sentence."""

    check: Check
    health: Health
    data: Mapping[str, str] = field(default_factory=dict)


_GOOD: Mapping[Check, str] = {
    Check.MACHINE: word("Python {python}, git {git}"),
    Check.SETTINGS: word("The settings can be read"),
    Check.POLICIES: word("Policies: {projects}"),
    Check.DATABASE: word("The database answers and is up to date"),
    Check.LAG: word("Nothing is overdue"),
    Check.APPROVERS: word("{project}: every approval has enough people"),
    Check.ROLES: word("{project}: somebody can take every step of a release"),
    Check.FEEDS: word("{project}: every calendar feed is read"),
    Check.FORGE: word("{project}: the code host answers, and the token may mark commits of {repository}"),
    Check.TOKEN: word("Slack knows us: {bot} in {team}"),
    Check.SCOPES: word("All scopes of the manifest are granted"),
    Check.CLOCK: word("The clock agrees with Slack's"),
    Check.SOCKET_MODE: word("Socket Mode opens"),
    Check.HTTP: word("Requests come over HTTP, to {url}/slack/events"),
}
_BAD: Mapping[Check, str] = {
    Check.MACHINE: word("The machine: {problem}"),
    Check.SETTINGS: word("Settings: {problem}"),
    Check.POLICIES: word("Policies cannot be used: {problem}"),
    Check.DATABASE: word("The database: {problem}"),
    Check.LAG: word("Something has been overdue for {seconds} s. Is naru serve running?"),
    Check.ROLES: word("{project}: nobody holds {problem}. Give the role with /release roles."),
    Check.APPROVERS: word("{project}: not enough people for {problem}. Give the role with /release roles."),
    Check.FEEDS: word("{project}: calendar feeds are not read.\n  {problem}"),
    Check.FORGE: word("{project}: the code host cannot be asked about {repository}.\n  {problem}"),
    Check.TOKEN: word("Slack does not take the bot token: {problem}"),
    Check.SCOPES: word("Scopes are missing: {problem}. Reinstall the app from manifest.yml."),
    Check.CLOCK: word("The clock is {seconds} s off; Slack's requests will be refused. Set it right."),
    Check.SOCKET_MODE: word("Slack does not take the app token: {problem}"),
    Check.HTTP: word("Neither {problem} nor NARU_SLACK_APP_TOKEN is set: Slack cannot reach Naru"),
}
_UNKNOWN: Mapping[Check, str] = {
    Check.SCOPES: word("Slack did not tell the scopes"),
    Check.MANIFEST: word(
        "The scopes could not be compared: {path} is not there. Put Naru's manifest.yml there and try again."
    ),
    Check.CLOCK: word("Slack did not tell the time"),
}
_MARKS = {Health.GOOD: "✓", Health.BAD: "✗", Health.UNKNOWN: "–"}


def finding_line(reader: Reader, finding: Finding) -> str:
    texts = {Health.GOOD: _GOOD, Health.BAD: _BAD, Health.UNKNOWN: _UNKNOWN}[finding.health]
    return f"{_MARKS[finding.health]} {reader.t(texts[finding.check], **finding.data)}"
