"""A deployer's answer in all the ways that the internet has: nothing of it is guessed, nothing sent twice."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from bot.deployers.words import told
from domain.deploys.model import DeployState, DeployWhy
from tests.bot.deployers.yard import Yard
from tests.support.deployer import Service

LOST, FAILED, SUCCEEDED = DeployState.LOST, DeployState.FAILED, DeployState.SUCCEEDED
NO_JSON = (LOST, DeployWhy.NOT_JSON, "json")
DONE = b'{"state": "succeeded"}'
HTML = {"Content-Type": "text/html"}
PACKED = {"Content-Encoding": "gzip", "Content-Type": "application/json"}

# what it answers, with which headers; what the deploy is then, why, and in which words
ODD: dict[str, tuple[Any, dict[str, str], tuple[DeployState, DeployWhy | None, str]]] = {
    "called HTML": (DONE, HTML, (SUCCEEDED, None, "")),
    "packed": (gzip.compress(DONE), PACKED, NO_JSON),
    "no UTF-8": (b'{"state": "\xff"}', {}, NO_JSON),
    "UTF-16": (DONE.decode().encode("utf-16"), {}, NO_JSON),
    "deep objects": (b'{"a":' * 10_000, {}, NO_JSON),
    "deep lists": (b"[" * 60_000, {}, NO_JSON),
    "cut off": (DONE[:-1], {}, NO_JSON),
    "NaN": (b'{"state": "running", "percent": NaN}', {}, NO_JSON),
    "Infinity": (b'{"state": "running", "percent": Infinity}', {}, NO_JSON),
    "a number with 5,000 digits": (b'{"percent": ' + b"9" * 5000 + b"}", {}, NO_JSON),
    "half a character": (
        b'{"state": "succeeded", "message": "\\ud800"}',
        {},
        (LOST, DeployWhy.UNREADABLE, "text"),
    ),
    "NUL": (b'{"state": "succeeded", "url": "\\u0000"}', {}, (LOST, DeployWhy.UNREADABLE, "text")),
    "too much percent": (
        b'{"state": "running", "percent": 101}',
        {},
        (LOST, DeployWhy.UNREADABLE, "percent"),
    ),
    "percent in words": (
        b'{"state": "running", "percent": "9"}',
        {},
        (LOST, DeployWhy.UNREADABLE, "percent"),
    ),
    "a state in capitals": (b'{"state": "SUCCEEDED"}', {}, (LOST, DeployWhy.UNREADABLE, "state")),
    "an address of its own": (
        b'{"state": "succeeded", "url": "javascript:alert(1)"}',
        {},
        (LOST, DeployWhy.UNREADABLE, "url"),
    ),
    "a body that drips": ("drips", {}, (LOST, DeployWhy.TIMEOUT, "")),
    "on to a private address": ("private", {}, (FAILED, DeployWhy.MOVED, "169.254.169.254")),
}


@pytest.mark.parametrize(("answer", "headers", "found"), ODD.values(), ids=ODD)
async def test_an_odd_answer_is_judged_by_what_it_says(
    yard: Yard, deployer: Service, answer: Any, headers: dict[str, str], found: tuple[Any, ...]
) -> None:
    yard.rules(webhook={"timeout": "1s"}, retries=1)
    deployer.headers = headers or deployer.headers
    deployer.answers = [answer] * 5
    release = yard.staging()

    for _ in range(3):
        await yard.work_on()

    deployment = yard.only(release)
    assert (deployment.state, deployment.why, deployment.detail) == found
    assert [one["id"] for one in deployer.deploys] == [deployment.id]
    assert all(one.key == deployment.id for one in deployer.asked)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"<p>no</p>" * 3, "no no no"),
        (b"<" * 70_000, "<" * 300),
        (b"<" + b"a" * 1000, "<" + "a" * 299),
        (b'{"message": "no\\u0000pe"}', '{"message": "no\\u0000pe"}'),
        (b'{"error": {"code": 7}}', ""),
        (b'{"detail": "  not\\n\\there "}', "not here"),
        (b"\xff\xfeno", "\ufffd\ufffdno"),
        (b" " * 70_000 + b"late", ""),
        (b"", ""),
    ],
    ids=["markup", "angles", "one angle", "NUL", "no text", "lines", "no UTF-8", "spaces", "nothing"],
)
def test_a_no_is_told_in_its_own_words_on_one_line(raw: bytes, text: str) -> None:
    """However long it is: only its beginning is looked at, once."""
    assert told(raw) == text
