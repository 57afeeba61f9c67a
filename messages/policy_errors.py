"""What is wrong with a policy file, in words: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping

from domain.calendar.fields import Weekday
from domain.policy_errors import PolicyError, Why
from messages.dates import weekday
from messages.names import word
from messages.texts import Reader

SENTENCES: Mapping[Why, str] = {
    Why.NOT_FOUND: word("There is no such file or folder."),
    Why.NO_FILES: word("The folder has no policy file (*.yml or *.yaml)."),
    Why.UNREADABLE: word("The file cannot be read: {reason}."),
    Why.TOO_LARGE: word("The file is larger than 1 MB."),
    Why.EMPTY: word("The file is empty. It needs at least “project” and “channel”."),
    Why.NOT_TEXT: word("The file is not UTF-8 text."),
    Why.NOT_YAML: word("This is not YAML: {problem}."),
    Why.TAB: word("There is a tab here; YAML is indented with spaces."),
    Why.SEVERAL_DOCUMENTS: word("A second document begins here; write one file per project."),
    Why.TOO_MANY_VALUES: word("There are too many values, perhaps through aliases that repeat each other."),
    Why.TOO_DEEP: word("Values are nested too deeply here."),
    Why.TAG: word("The tag {tag} is not allowed; write plain values."),
    Why.PROJECT_TWICE: word("The project “{project}” is already in {file}."),
    Why.DUPLICATE_KEY: word("“{key}” is already set in line {line}."),
    Why.KEY_NOT_TEXT: word("A key must be plain text."),
    Why.UNKNOWN_KEY: word("“{key}” is not a setting that Naru knows."),
    Why.MISSING: word("“{key}” is missing."),
    Why.NOT_ONE_OF: word("“{value}” is not one of: {expected}."),
    Why.NOT_A_NUMBER: word("A whole number belongs here."),
    Why.OUT_OF_RANGE: word("The number is out of range: it must be {limit}."),
    Why.NOT_TRUE_OR_FALSE: word("This is either true or false."),
    Why.NOT_A_DATE: word("A date belongs here, like 2026-03-05."),
    Why.NOT_A_TIME: word('A time of day belongs here, like "14:00", without a zone.'),
    Why.NOT_A_DURATION: word("A duration belongs here, like 30m, 24h or 3d."),
    Why.NOT_A_LIST: word("A list belongs here: one line each, beginning with “- ”."),
    Why.NOT_A_MAPPING: word("Settings of the form “key: value” belong here."),
    Why.NOT_A_TEXT: word("A text belongs here."),
    Why.UNKNOWN_ZONE: word("“{value}” is not a time zone. Write its IANA name, like Asia/Seoul."),
    Why.UNKNOWN_WEEKDAY: word("“{value}” is not a weekday. Write monday, tue, and so on."),
    Why.BAD_PROJECT_KEY: word("A project's key has lower-case letters, digits and hyphens, 40 at most."),
    Why.BAD_CHANNEL: word("A channel is its id (C…) or its name with #, in quotes."),
    Why.BAD_USER: word("“{value}” is not a Slack user id (U…). Copy it from the person's profile in Slack."),
    Why.BAD_GROUP: word("“{value}” is not the id of a Slack user group (S…)."),
    Why.SECRET_IN_URL: word(
        "A password or token must not stand in the address: put it into the file that NARU_GIT_TOKEN_FILE "
        "names."
    ),
    Why.SHA_MISSING: word("The address of a commit needs {place} where its SHA belongs."),
    Why.WINDOW_ENDS_BEFORE_START: word(
        "A window ends after it starts. For hours past midnight write two windows."
    ),
    Why.WINDOWS_OVERLAP: word("Two windows overlap on {weekday}."),
    Why.SPAN_IS_EMPTY: word("The hours end at the moment they start."),
    Why.FREEZE_HALF_GIVEN: word("A freeze has a weekday and a time (both), or days_before."),
    Why.FREEZE_GIVEN_TWICE: word("A freeze has a weekday and a time, or days_before, not both."),
    Why.ANCHOR_MISSING: word("Every two weeks needs “anchor”: the date of any day in a deploy week."),
    Why.BAD_FEED_NAME: word("A feed's name has lower-case letters, digits and hyphens, 40 at most."),
    Why.FEED_ADDRESS: word("The address of a feed begins with https:// and has no user name or password."),
    Why.FEED_PLACE: word("A feed has a “url” or a “file”, one of the two."),
    Why.FEED_TWICE: word("Two feeds are called “{name}”."),
    Why.BAD_COMMIT_WORD: word(
        "“{value}” cannot stand before a message: a word has no spaces, colons or brackets."
    ),
    Why.BAD_ISSUE_KEY: word(
        "“{value}” is not a key of issues. Write #, !, or a key in capitals such as PAY."
    ),
    Why.BAD_ISSUE_ADDRESS: word("The address of a tracker begins with https:// or http://."),
    Why.ISSUE_PLACE: word(
        "The address of an issue needs {id} (all of it) or {number} where it belongs, and no other braces."
    ),
    Why.ISSUE_KEYS_MISSING: word(
        "“keys” are missing: what stands before the numbers of issues, such as [PAY]."
    ),
    Why.BAD_TAG_PREFIX: word(
        "“{value}” cannot stand before the tags of a version. Write something like shop/ or shop-."
    ),
    Why.BAD_REPOSITORY_PATH: word(
        "“{value}” is not a folder of the repository. Write it from the top, without a leading slash."
    ),
    Why.FORGE_ADDRESS: word(
        "The API of a forge has an address that begins with https://, without user or password. "
        "The token belongs into NARU_FORGE_TOKEN_FILE."
    ),
    Why.FORGE_REPOSITORY: word(
        "Naru cannot tell from “url” which repository of the forge this is. "
        "Add “forge.repository”: owner/name."
    ),
    Why.BAD_FORGE_REPOSITORY: word("“{value}” is not the name of a repository: write it like owner/name."),
    Why.REPOSITORY_FILE: word("A file of the repository is written from its top, like docs/CHANGELOG.md."),
    Why.NOTICE_PLACE: word(
        "“{place}” means nothing in a notice. In braces it can name project, version, type, time, previous, "
        "target and summary."
    ),
    Why.NOTICE_BRACES: word("A brace is not closed here."),
    Why.HEALTH_ADDRESS: word(
        "The address of a monitor begins with https:// or http://, without user or password."
    ),
    Why.HEALTH_RANGE: word(
        "“{value}” is not a range of {metric}. Write one like < 1 %, < 200 ms or >= 99.9 %, or off."
    ),
    Why.HEALTH_RANGE_EMPTY: word(
        "No value of {metric} is ever in the range “{value}”: it would never be fine. Shares lie between"
        " 0 % and 100 %, times are longer than 0 ms."
    ),
    Why.HEALTH_RANGE_BREACHED: word(
        "The range “{value}” of {metric} calls good what breaches the criterion “{key}” ({limit})."
        " Write a range without those values, or change the criterion."
    ),
    Why.HEALTH_INTERVAL: word("Readings are taken every 10s at the shortest, and every 1h at the longest."),
    Why.BAD_METRIC: word("“{value}” is not a name of a metric: it has lower-case letters, digits and _."),
    Why.ADDRESS_HOST: word(
        "No host can be called “{host}”: write letters, digits and hyphens, and between two dots 1 to 63 of "
        "them."
    ),
    Why.BAD_HOST: word("“{value}” is not a host: write its name or address alone, like prometheus.internal."),
    Why.TEXT_TOO_LONG: word("The text is too long: at most {limit} characters."),
    Why.SECTION_TWICE: word("A section of the notes stands here twice."),
    Why.ROLLOUT_NOT_WHOLE: word("The last step has to reach all users: write percent 100."),
    Why.ROLLOUT_NOT_RISING: word(
        "Each step reaches more users than the one before: {percent} does not come after {before}."
    ),
    Why.ROLLOUT_UNWATCHED: word(
        "What goes on by itself is watched by at least one metric: fill “health”, or go on by_hand."
    ),
    Why.ROLLOUT_NO_DOWNTIME: word(
        "A downtime of nothing cannot be announced: write how long it lasts in “downtime”, or leave out "
        "“announce_before”."
    ),
    Why.GLOB_EMPTY: word("A path belongs here, like **/migrations/*.sql."),
    Why.GLOB_LONG: word("A path has at most 200 characters."),
    Why.GLOB_SYNTAX: word("“{value}” has a character with no meaning here: write paths with *, ** and ?."),
    Why.GLOB_PLACE: word("“{value}”: a path begins at the repository's root, without / before or after it."),
    Why.GLOB_STARS: word("“{value}”: ** stands alone between slashes, like **/migrations/**."),
    Why.DEPLOYER_ADDRESS: word(
        "The address of a deployer begins with https:// and has no user, no password and no “?”. "
        "What it is asked with is signed by the secret that NARU_DEPLOY_SIGNING_SECRET_FILE names."
    ),
    Why.DEPLOYER_RULES: word("How the deployer is reached is missing: add the settings “{name}” below it."),
    Why.DEPLOY_PLACE: word("Nothing is called “{name}” here."),
    Why.DEPLOY_ID: word(
        "One input of the workflow must hold the id of the deployment: Naru finds its run by it."
    ),
    Why.BAD_DEPLOY_NAME: word(
        "“{value}” cannot stand here: letters, digits, dots, hyphens and underscores, without spaces."
    ),
    Why.BAD_ITEM_KEY: word("“{value}” is no key of an item: lower-case letters, digits and _, 40 at most."),
    Why.ITEM_TEXT: word("An item of a checklist has a text: “ko”, “en”, or both."),
    Why.ITEM_TWICE: word("The checklist “{list}” has “{key}” twice."),
    Why.ITEM_UNKNOWN: word("The checklist “{list}” has no item “{key}”."),
    Why.LIST_TWICE: word(
        "“items” replaces the whole checklist; “add” and “drop” change it. Write one of them."
    ),
    Why.LIST_SECTION_UNKNOWN: word(
        "The checklist “{list}” has no section “{key}”. Name it under “sections”."
    ),
    Why.LIST_TOO_LONG: word("A checklist has at most {limit} items."),
    Why.NOT_A_QUANTITY: word("A number belongs here, like 0.05 or 5%."),
    Why.BAD_CRITERION_NAME: word(
        "“{value}” is no name of a criterion or a metric: they have lower-case letters, digits and _."
    ),
    Why.CRITERION_STEP: word(
        "No rollout of this policy has a step “{value}”: its rule would never be asked. Write canary_10,"
        " batch_2, traffic_switched and the like, as the section “rollout” has them."
    ),
    Why.CRITERION_METRIC: word(
        "Nothing measures “{value}”: its rule would never be asked. If a pipeline reports it under this name,"
        " write it in the section “health” under “ranges”, with a range or off."
    ),
    Why.METRIC_UNKNOWN: word(
        "Nothing measures “{value}”: a rollout would wait for it for ever."
        " Write a metric of the section “health”."
    ),
    Why.CRITERION_SUBJECT: word("A criterion has a “metric” or is “reported”, one of the two."),
    Why.CRITERION_REPORTED: word("What people report has no limits: leave them out."),
    Why.CRITERION_NO_LIMIT: word(
        "A limit is missing: above, at_least, below, baseline or z_score (other than 0)."
    ),
    Why.CRITERION_BOTH_WAYS: word(
        "One criterion is breached above or below, not both. Write two of different names."
    ),
    Why.CRITERION_NOT_A_SHARE: word(
        "{value} is never or always reached: a share lies between 0 and 1, so 5 % is 0.05."
    ),
    Why.CRITERION_NOT_A_TIME: word(
        "{value} is never or always reached: a time is longer than 0."
        " Times are written in seconds: 200 ms is 0.2."
    ),
    Why.CRITERION_UNKNOWN: word("“{key}” is no criterion of the profile {profile}: nothing to remove."),
    Why.CRITERION_CROSSING: word(
        "“{key}” and “{other}” contradict each other: every value breaches one of them."
    ),
    Why.CRITERION_NEVER_HEARD: word(
        "“{key}” is never heard: the stronger “{other}” is breached before it. Give it a tighter limit."
    ),
    Why.INVALID: word("This cannot be used: {problem}."),
}

_LIMITS = {"ge": word("at least {n}"), "le": word("at most {n}"), "gt": word("more than {n}")}
LONGEST = 80


def policy_error(reader: Reader, error: PolicyError) -> str:
    """One line: `shop.yml:12:5 roles.pm.users[0]: “bob” is not a Slack user id (U…). …`."""
    place = f"{error.file}:{error.line}:{error.column}" if error.line else error.file
    where = f"{place} {error.field}" if error.field else place
    return f"{where}: {why(reader, error)}"


def why(reader: Reader, error: PolicyError) -> str:
    """What is wrong and what to write instead, without the place."""
    known = {key: _shown(value) for key, value in error.data.items()}
    said = reader.t(SENTENCES[error.why], **_filled(reader, error.why, known))
    nearest = known.get("nearest", "")
    if not nearest:
        return said
    guess = reader.t("Did you mean “{name}”?", name=nearest)
    return f"{said} {guess}"


def _filled(reader: Reader, kind: Why, known: dict[str, str]) -> dict[str, str]:
    if kind is Why.OUT_OF_RANGE:
        limits = [reader.t(text, n=known[key]) for key, text in _LIMITS.items() if key in known]
        return {"limit": ", ".join(limits)}
    if kind is Why.WINDOWS_OVERLAP:
        return {"weekday": weekday(reader, Weekday(known["weekday"]))}
    empty = dict.fromkeys(("reason", "problem", "value"), "")
    return empty | {key: value.rstrip(".") for key, value in known.items()}


def _shown(value: str) -> str:
    """A value as it was written, on one line and not too long."""
    line = " ".join(value.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
