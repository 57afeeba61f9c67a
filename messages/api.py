"""What the HTTP API says beside refusals: problems (RFC 9457), and what is wrong with a request."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from messages.names import word
from messages.texts import Reader


class Wrong(StrEnum):
    """Every problem that is no refusal of the program's rules; the values stand in answers and stay."""

    UNAUTHENTICATED = "unauthenticated"
    SCOPE_MISSING = "scope_missing"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    INVALID = "invalid"
    KEY_UNUSABLE = "key_unusable"
    KEY_REUSED = "key_reused"
    TOO_MANY = "too_many"
    BUG = "bug"
    UNAVAILABLE = "unavailable"
    UNSURE = "unsure"


_SAID: Mapping[Wrong, str] = {
    Wrong.UNAUTHENTICATED: word("No token, or one that is wrong, revoked or expired."),
    Wrong.SCOPE_MISSING: word("The token is not for this."),
    Wrong.NOT_FOUND: word("There is nothing at this address."),
    Wrong.METHOD_NOT_ALLOWED: word("This address does not take that method."),
    Wrong.TOO_SLOW: word("The body took too long to arrive."),
    Wrong.TOO_LARGE: word("The body is too large."),
    Wrong.NOT_JSON: word("The body must be JSON."),
    Wrong.INVALID: word("The request does not say what it must."),
    Wrong.KEY_UNUSABLE: word("The Idempotency-Key cannot be used."),
    Wrong.KEY_REUSED: word("This Idempotency-Key belongs to another request."),
    Wrong.TOO_MANY: word("Too many requests."),
    Wrong.BUG: word("Something went wrong in Naru; nothing was recorded."),
    Wrong.UNAVAILABLE: word("Naru cannot answer now; nothing was recorded."),
    Wrong.UNSURE: word("Naru's database did not answer; whether this was recorded is not known."),
}
_NEXT: Mapping[Wrong, str] = {
    Wrong.UNAUTHENTICATED: word("Send it as “Authorization: Bearer naru_…”. A new one: naru token rotate"),
    Wrong.SCOPE_MISSING: word("It needs one of these scopes: {scopes}"),
    Wrong.NOT_FOUND: word("What there is: {url}"),
    Wrong.METHOD_NOT_ALLOWED: word("It takes: {methods}"),
    Wrong.TOO_LARGE: word("At most {limit} bytes are read."),
    Wrong.NOT_JSON: word("Send it with “Content-Type: application/json”, not compressed."),
    Wrong.KEY_UNUSABLE: word("Send one of 1 to {limit} printable ASCII characters."),
    Wrong.KEY_REUSED: word("Use a new key for a new request."),
    Wrong.TOO_MANY: word("Try again in {seconds} s."),
    Wrong.BUG: word("Tell who runs Naru this reference: {reference}"),
    Wrong.TOO_SLOW: word("Send it again, whole: at most {seconds} s are waited. Nothing was recorded."),
    Wrong.UNAVAILABLE: word("Try again in a few seconds."),
    Wrong.UNSURE: word(
        "With its Idempotency-Key send it again: what was recorded is not done twice. Without one look first "
        "at what became of it."
    ),
}
_FIELDS: Mapping[str, str] = {
    "extra_forbidden": word("is not known here"),
    "missing": word("is missing"),
    "enum": word("is none of: {expected}"),
    "literal_error": word("is none of: {expected}"),
    "string_too_long": word("is longer than {max_length} characters"),
    "string_too_short": word("is empty"),
    "string_pattern_mismatch": word("does not have the form {pattern}"),
    "string_type": word("is no text"),
    "bool_type": word("is neither true nor false"),
    "json_invalid": word("is no JSON: {error}"),
    "twice": word("is there twice"),
}


def title(reader: Reader, of: Wrong) -> str:
    return reader.t(_SAID[of])


def advice(reader: Reader, of: Wrong, **data: object) -> str:
    """What to do, empty where the title says it."""
    return reader.t(_NEXT[of], **data) if of in _NEXT else ""


def refused(reader: Reader) -> str:
    """The title of everything that the rules say no to."""
    return reader.t("Naru's rules say no; nothing was changed.")


def field(reader: Reader, kind: str, data: Mapping[str, object], otherwise: str) -> str:
    """What is wrong with one field; `otherwise` are the validator's own words, in English."""
    return reader.t(_FIELDS[kind], **data) if kind in _FIELDS else otherwise


def build_asked(reader: Reader, url: str) -> str:
    return reader.t("The branch is being read. What became of it: {url}", url=url)
