"""Problems as answers: RFC 9457, in the language of who asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from domain import refusals as no
from domain.refusals import NotReady, Refusal
from messages import api as words
from messages.api import Wrong
from messages.checklists.needs import together
from messages.needs import missing_line
from messages.refusals import plain, refusal_text
from messages.texts import Reader
from storage import people
from storage.db import Tx
from web.models import Fault, Missing, Problem

URN = "urn:naru:problem:"
STATUS: Mapping[Wrong, HTTPStatus] = {
    Wrong.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Wrong.SCOPE_MISSING: HTTPStatus.FORBIDDEN,
    Wrong.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Wrong.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    Wrong.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    Wrong.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Wrong.NOT_JSON: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Wrong.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Wrong.KEY_UNUSABLE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Wrong.KEY_REUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Wrong.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    Wrong.BUG: HTTPStatus.INTERNAL_SERVER_ERROR,
    Wrong.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Wrong.UNSURE: HTTPStatus.SERVICE_UNAVAILABLE,
}
_FORBIDDEN = (no.NotAllowed, no.NotAMember)
_NOT_THERE = (no.UnknownProject, no.UnknownRelease, no.NoRelease, no.Gone)
_UNREADABLE = (no.Unreadable, no.TextMissing, no.TooLong, no.BadVersion, no.CheckUnclear)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MENTIONED = re.compile(r"<@([^<>|]+)>")


class Failed(Exception):
    """A request that is answered with a problem; `headers` go with it, `data` fill the words."""

    def __init__(
        self,
        wrong: Wrong,
        *,
        headers: Mapping[str, str] | None = None,
        faults: Sequence[tuple[str, str, Mapping[str, object], str]] = (),
        **data: object,
    ) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.headers = headers or {}
        self.faults = faults
        self.data = data


def problem(reader: Reader, failed: Failed) -> Problem:
    """The faults are (where, kind, data, the validator's words)."""
    status = STATUS[failed.wrong]
    return Problem(
        type=URN + failed.wrong,
        title=words.title(reader, failed.wrong),
        status=status,
        code=failed.wrong,
        detail=words.advice(reader, failed.wrong, **failed.data),
        faults=[Fault(at=at, said=words.field(reader, *rest)) for at, *rest in failed.faults],  # type: ignore[arg-type]  # a row of three
    )


def refused(tx: Tx, reader: Reader, of: Refusal) -> Problem:
    """The same sentence as a person reads in Slack, and what is missing for machines."""
    status, code = status_of(of), snake(of)
    return Problem(
        type=URN + code,
        title=words.refused(reader),
        status=status,
        code=code,
        detail=unmarked(tx, refusal_text(reader, of)),
        missing=_missing(tx, reader, of) if isinstance(of, NotReady) else [],
    )


def status_of(of: Refusal) -> HTTPStatus:
    if isinstance(of, _FORBIDDEN):
        return HTTPStatus.FORBIDDEN
    if isinstance(of, _NOT_THERE):
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.UNPROCESSABLE_ENTITY if isinstance(of, _UNREADABLE) else HTTPStatus.CONFLICT


def snake(of: object) -> str:
    """`NotReady` as `not_ready`."""
    return _HUMP.sub("_", type(of).__name__).lower()


def _missing(tx: Tx, reader: Reader, of: NotReady) -> list[Missing]:
    return [
        Missing(
            kind=snake(one.need),
            said=unmarked(tx, missing_line(reader, one)),
            roles=[role.value for role in one.roles],
        )
        for one in together(of.missing)
    ]


def unmarked(tx: Tx, mrkdwn: str) -> str:
    """As plain text, people by their names."""
    users = set(_MENTIONED.findall(mrkdwn))
    known: dict[str, Any] = people.many(tx, users) if users else {}
    return plain(mrkdwn, lambda user: known[user].name if user in known else user)
