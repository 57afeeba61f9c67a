"""What can be wrong with a policy file, as data: where, which field, why."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Every reason; worded in messages/policy_errors.py. The keys of `data` stand behind each."""

    # the file as a whole
    NOT_FOUND = "not_found"
    NO_FILES = "no_files"
    UNREADABLE = "unreadable"  # reason
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    NOT_YAML = "not_yaml"  # problem
    TAB = "tab"
    SEVERAL_DOCUMENTS = "several_documents"
    TOO_MANY_VALUES = "too_many_values"
    TOO_DEEP = "too_deep"
    TAG = "tag"  # tag
    PROJECT_TWICE = "project_twice"  # project, file
    # keys
    DUPLICATE_KEY = "duplicate_key"  # key, line
    KEY_NOT_TEXT = "key_not_text"
    UNKNOWN_KEY = "unknown_key"  # key, nearest
    MISSING = "missing"  # key
    # values
    NOT_ONE_OF = "not_one_of"  # value, expected, nearest
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"  # limit
    NOT_TRUE_OR_FALSE = "not_true_or_false"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_DURATION = "not_a_duration"
    NOT_A_LIST = "not_a_list"
    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_TEXT = "not_a_text"
    UNKNOWN_ZONE = "unknown_zone"  # value, nearest
    UNKNOWN_WEEKDAY = "unknown_weekday"  # value
    BAD_PROJECT_KEY = "bad_project_key"
    BAD_CHANNEL = "bad_channel"
    BAD_USER = "bad_user"
    BAD_GROUP = "bad_group"
    SHA_MISSING = "sha_missing"  # place
    SECRET_IN_URL = "secret_in_url"  # noqa: S105 - a code, no secret
    WINDOW_ENDS_BEFORE_START = "window_ends_before_start"
    WINDOWS_OVERLAP = "windows_overlap"  # weekday
    SPAN_IS_EMPTY = "span_is_empty"
    FREEZE_HALF_GIVEN = "freeze_half_given"
    FREEZE_GIVEN_TWICE = "freeze_given_twice"
    ANCHOR_MISSING = "anchor_missing"
    BAD_FEED_NAME = "bad_feed_name"
    FEED_ADDRESS = "feed_address"
    ADDRESS_HOST = "address_host"  # host
    FEED_PLACE = "feed_place"
    FEED_TWICE = "feed_twice"  # name
    BAD_COMMIT_WORD = "bad_commit_word"  # value
    BAD_ISSUE_KEY = "bad_issue_key"  # value
    BAD_ISSUE_ADDRESS = "bad_issue_address"
    ISSUE_PLACE = "issue_place"  # id, number
    ISSUE_KEYS_MISSING = "issue_keys_missing"
    BAD_TAG_PREFIX = "bad_tag_prefix"  # value
    BAD_REPOSITORY_PATH = "bad_repository_path"  # value
    FORGE_ADDRESS = "forge_address"
    FORGE_REPOSITORY = "forge_repository"
    BAD_FORGE_REPOSITORY = "bad_forge_repository"
    REPOSITORY_FILE = "repository_file"
    NOTICE_PLACE = "notice_place"
    NOTICE_BRACES = "notice_braces"
    HEALTH_ADDRESS = "health_address"
    HEALTH_RANGE = "health_range"  # value, metric
    HEALTH_RANGE_EMPTY = "health_range_empty"  # value, metric
    HEALTH_RANGE_BREACHED = "health_range_breached"  # value, metric, key, limit
    HEALTH_INTERVAL = "health_interval"
    BAD_METRIC = "bad_metric"  # value
    BAD_HOST = "bad_host"  # value
    TEXT_TOO_LONG = "text_too_long"  # limit
    SECTION_TWICE = "section_twice"
    ROLLOUT_NOT_WHOLE = "rollout_not_whole"
    ROLLOUT_NOT_RISING = "rollout_not_rising"
    ROLLOUT_UNWATCHED = "rollout_unwatched"
    ROLLOUT_NO_DOWNTIME = "rollout_no_downtime"
    GLOB_EMPTY = "glob_empty"
    GLOB_LONG = "glob_long"
    GLOB_SYNTAX = "glob_syntax"  # value
    GLOB_PLACE = "glob_place"  # value
    GLOB_STARS = "glob_stars"  # value
    DEPLOYER_ADDRESS = "deployer_address"
    DEPLOYER_RULES = "deployer_rules"  # name
    DEPLOY_PLACE = "deploy_place"  # name
    DEPLOY_ID = "deploy_id"
    BAD_DEPLOY_NAME = "bad_deploy_name"  # value
    BAD_ITEM_KEY = "bad_item_key"  # value
    ITEM_TEXT = "item_text"
    ITEM_TWICE = "item_twice"  # key, list
    ITEM_UNKNOWN = "item_unknown"  # key, list
    LIST_TWICE = "list_twice"
    LIST_SECTION_UNKNOWN = "list_section_unknown"  # key, list
    LIST_TOO_LONG = "list_too_long"  # limit
    NOT_A_QUANTITY = "not_a_quantity"
    BAD_CRITERION_NAME = "bad_criterion_name"  # value
    CRITERION_STEP = "criterion_step"  # value, nearest
    CRITERION_METRIC = "criterion_metric"  # value, nearest
    METRIC_UNKNOWN = "metric_unknown"  # value, nearest
    CRITERION_SUBJECT = "criterion_subject"
    CRITERION_REPORTED = "criterion_reported"
    CRITERION_NO_LIMIT = "criterion_no_limit"
    CRITERION_BOTH_WAYS = "criterion_both_ways"
    CRITERION_NOT_A_SHARE = "criterion_not_a_share"  # value
    CRITERION_NOT_A_TIME = "criterion_not_a_time"  # value
    CRITERION_UNKNOWN = "criterion_unknown"  # key, profile
    CRITERION_CROSSING = "criterion_crossing"  # key, other
    CRITERION_NEVER_HEARD = "criterion_never_heard"  # key, other
    INVALID = "invalid"  # problem


@dataclass(frozen=True, kw_only=True)
class PolicyError:
    """`line` and `column` count from 1, 0 when the whole file is meant; `field` is like roles.pm.users[0]."""

    file: str
    why: Why
    line: int = 0
    column: int = 0
    field: str = ""
    data: Mapping[str, str] = dataclasses.field(default_factory=dict)
