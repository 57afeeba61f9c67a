"""What pydantic says of a policy, as errors with a line, a field and a reason that can be worded."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.policy import Policy
from domain.policy_errors import PolicyError, Why
from domain.policy_whole import Amiss, amiss
from storage.policies.document import Document, Path

_KINDS = {
    "int_parsing": Why.NOT_A_NUMBER,
    "int_type": Why.NOT_A_NUMBER,
    "int_from_float": Why.NOT_A_NUMBER,
    "int_parsing_size": Why.NOT_A_NUMBER,
    "greater_than_equal": Why.OUT_OF_RANGE,
    "less_than_equal": Why.OUT_OF_RANGE,
    "bool_parsing": Why.NOT_TRUE_OR_FALSE,
    "bool_type": Why.NOT_TRUE_OR_FALSE,
    "date_parsing": Why.NOT_A_DATE,
    "date_from_datetime_parsing": Why.NOT_A_DATE,
    "date_from_datetime_inexact": Why.NOT_A_DATE,
    "date_type": Why.NOT_A_DATE,
    "time_parsing": Why.NOT_A_TIME,
    "time_type": Why.NOT_A_TIME,
    "time_not_text": Why.NOT_A_TIME,
    "time_not_wall_clock": Why.NOT_A_TIME,
    "tuple_type": Why.NOT_A_LIST,
    "list_type": Why.NOT_A_LIST,
    "dict_type": Why.NOT_A_MAPPING,
    "model_type": Why.NOT_A_MAPPING,
    "model_attributes_type": Why.NOT_A_MAPPING,
    "string_type": Why.NOT_A_TEXT,
    "sha_missing": Why.SHA_MISSING,
    "secret_in_url": Why.SECRET_IN_URL,
    "unknown_zone": Why.UNKNOWN_ZONE,
    "unknown_weekday": Why.UNKNOWN_WEEKDAY,
    "window_ends_before_start": Why.WINDOW_ENDS_BEFORE_START,
    "windows_overlap": Why.WINDOWS_OVERLAP,
    "span_is_empty": Why.SPAN_IS_EMPTY,
    "freeze_half_given": Why.FREEZE_HALF_GIVEN,
    "freeze_given_twice": Why.FREEZE_GIVEN_TWICE,
    "anchor_missing": Why.ANCHOR_MISSING,
    "feed_address": Why.FEED_ADDRESS,
    "address_host": Why.ADDRESS_HOST,
    "feed_place": Why.FEED_PLACE,
    "feed_twice": Why.FEED_TWICE,
    "commit_word": Why.BAD_COMMIT_WORD,
    "issue_place": Why.ISSUE_PLACE,
    "issue_keys_missing": Why.ISSUE_KEYS_MISSING,
    "tag_prefix": Why.BAD_TAG_PREFIX,
    "repository_path": Why.BAD_REPOSITORY_PATH,
    "forge_address": Why.FORGE_ADDRESS,
    "forge_repository": Why.FORGE_REPOSITORY,
    "repository_file": Why.REPOSITORY_FILE,
    "deployer_address": Why.DEPLOYER_ADDRESS,
    "deployer_rules": Why.DEPLOYER_RULES,
    "deploy_place": Why.DEPLOY_PLACE,
    "deploy_id": Why.DEPLOY_ID,
    "health_address": Why.HEALTH_ADDRESS,
    "health_range": Why.HEALTH_RANGE,
    "health_interval": Why.HEALTH_INTERVAL,
    "text_too_long": Why.TEXT_TOO_LONG,
    "notice_place": Why.NOTICE_PLACE,
    "notice_braces": Why.NOTICE_BRACES,
    "section_twice": Why.SECTION_TWICE,
    "rollout_not_whole": Why.ROLLOUT_NOT_WHOLE,
    "rollout_not_rising": Why.ROLLOUT_NOT_RISING,
    "rollout_unwatched": Why.ROLLOUT_UNWATCHED,
    "rollout_no_downtime": Why.ROLLOUT_NO_DOWNTIME,
    "item_text": Why.ITEM_TEXT,
    "item_twice": Why.ITEM_TWICE,
    "item_unknown": Why.ITEM_UNKNOWN,
    "list_twice": Why.LIST_TWICE,
    "list_section_unknown": Why.LIST_SECTION_UNKNOWN,
    "list_too_long": Why.LIST_TOO_LONG,
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), Why.NOT_A_QUANTITY),
    **dict.fromkeys(("greater_than", "duration_range"), Why.OUT_OF_RANGE),
    **{why.value: why for why in Why if why.startswith(("glob_", "criterion_"))},
}
# Patterns by how they begin: which kind of id was meant.
_PATTERNS = {
    "^[a-z0-9]": Why.BAD_PROJECT_KEY,
    "^[a-z][": Why.BAD_METRIC,
    "^[a-z]{1}": Why.BAD_ITEM_KEY,
    "^[0-9a-z]": Why.BAD_FEED_NAME,
    "^(C": Why.BAD_CHANNEL,
    "^([A-Za": Why.BAD_FORGE_REPOSITORY,
    "^[A-Za-z0-9_]": Why.BAD_DEPLOY_NAME,
    "^[A-Za-z_]": Why.BAD_DEPLOY_NAME,
    "^[a-z](": Why.BAD_METRIC,
    "^[a-zA-Z0-9:]": Why.BAD_HOST,
    "^[UW]": Why.BAD_USER,
    "^S": Why.BAD_GROUP,
    "^(#": Why.BAD_ISSUE_KEY,
    "^[a-z]{1,1}": Why.BAD_CRITERION_NAME,
    "^([a-z][": Why.BAD_CRITERION_NAME,
    "^https?": Why.BAD_ISSUE_ADDRESS,
}
_CHOICES = {"enum", "literal_error"}


def validate(document: Document) -> Policy | None:
    """The policy, or None with every error added to the document."""
    try:
        policy = Policy.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        # An unknown release type is told once, not again for all that it lacks.
        strange = {d["loc"][:-1] for d in details if d["loc"] and d["loc"][-1] == "[key]"}
        told = [d for d in details if d["loc"][-1:] == ("[key]",) or d["loc"][:-1] not in strange]
        document.errors.extend(_error(document, detail) for detail in told)
        return None
    document.errors.extend(_amiss(document, one) for one in amiss(policy))
    return None if document.errors else policy


def _amiss(document: Document, one: Amiss) -> PolicyError:
    path = _known(document, one.path)
    at = document.places.get(path, (0, 0))
    near = nearest(one.value, one.known)
    return document.error(one.why, path, at, value=one.value, nearest=near, **one.data)


def _error(document: Document, detail: ErrorDetails) -> PolicyError:
    loc: Path = tuple(detail["loc"])
    value = "" if isinstance(detail["input"], dict | list) else str(detail["input"])
    if loc and loc[-1] == "[key]" and detail["type"] in _CHOICES:
        path = _known(document, loc[:-1])
        near = nearest(str(loc[-2]), _keys_at(loc[:-2]))
        return document.error(Why.UNKNOWN_KEY, path, _at_key(document, path), key=str(loc[-2]), nearest=near)
    match detail["type"]:
        case "extra_forbidden":
            path, key = _known(document, loc), str(loc[-1])
            near = nearest(key, _keys_at(loc[:-1]))
            return document.error(Why.UNKNOWN_KEY, path, _at_key(document, path), key=key, nearest=near)
        case "missing":
            path = _known(document, loc)
            return document.error(Why.MISSING, loc, _at_key(document, path), key=str(loc[-1]))
    path = _known(document, loc)
    why, data = _reason(detail, value)
    at = _at_key(document, path) if loc[-1:] == ("[key]",) else document.places.get(path, (0, 0))
    return document.error(why, path, at, **data)


def _reason(detail: ErrorDetails, value: str) -> tuple[Why, dict[str, str]]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _CHOICES:
        expected = str(context.get("expected", ""))
        choices = [part for part in expected.replace(" or ", ", ").replace("'", "").split(", ") if part]
        data = {"value": value, "expected": ", ".join(choices), "nearest": nearest(value, choices)}
        return Why.NOT_ONE_OF, data
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        found = (why for start, why in _PATTERNS.items() if pattern.startswith(start))
        return next(found, Why.INVALID), {"value": value, "problem": str(detail["msg"])}
    if kind == "value_error":
        return _raised(str(context.get("error", "")), value)
    why = _KINDS.get(kind, Why.INVALID)
    data = {"value": value, "problem": str(detail["msg"])} | {k: str(v) for k, v in context.items()}
    if why is Why.UNKNOWN_ZONE:
        data["nearest"] = nearest_zone(value)
    return why, data


def _raised(text: str, value: str) -> tuple[Why, dict[str, str]]:
    if text == Why.UNKNOWN_ZONE:
        return Why.UNKNOWN_ZONE, {"value": value, "nearest": nearest_zone(value)}
    if text.startswith("not a duration"):
        return Why.NOT_A_DURATION, {"value": value}
    return Why.INVALID, {"value": value, "problem": text}


def nearest(given: str, known: Iterable[str]) -> str:
    """The name that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(given, list(known), n=1, cutoff=0.6)), "")


def nearest_zone(given: str) -> str:
    """`Seoul` → Asia/Seoul, `asia/seoul` → Asia/Seoul."""
    names = sorted(available_timezones())
    city = given.rpartition("/")[2].strip().replace(" ", "_").lower()
    same_city = [name for name in names if name.rpartition("/")[2].lower() == city]
    return same_city[0] if city and same_city else nearest(given, names)


def _known(document: Document, loc: Path) -> Path:
    """The longest beginning of a location that stands in the file."""
    while loc and loc not in document.places:
        loc = loc[:-1]
    return loc


def _at_key(document: Document, path: Path) -> tuple[int, int]:
    return document.keys.get(path) or document.places.get(path, (0, 0))


@cache
def _schema() -> dict[str, Any]:
    return Policy.model_json_schema(by_alias=True)


def _keys_at(path: Path) -> list[str]:
    """The keys that the model knows at a place, read off its JSON Schema."""
    node = _schema()
    for part in path:
        node = _step(_object(node), part)
    node = _object(node)
    names = _object(node.get("propertyNames", {})).get("enum", [])
    return [*node.get("properties", {}), *names]


def _step(node: dict[str, Any], part: str | int) -> dict[str, Any]:
    if isinstance(part, int):
        found = node.get("items", {})
    else:
        found = node.get("properties", {}).get(part) or node.get("additionalProperties", {})
    return found if isinstance(found, dict) else {}


def _object(node: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and of alternatives the one that is not null."""
    for option in node.get("anyOf", []):
        if option.get("type") != "null":
            return _object(option)
    if "$ref" in node:
        return _object(_schema()["$defs"][node["$ref"].rpartition("/")[2]])
    return node
