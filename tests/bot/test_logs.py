from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

SECRETS = (
    "xoxb-12-34-abcDEF",
    "xapp-1-A0-99-abcdef",
    "xoxe.xoxb-1-abcdef",
    "v0=" + "ab" * 32,
    "hunter2",
    "T1/B2/sEcReT",
    "ghp_" + "a" * 36,
    "WyJUMSIsIlIxIl0.q-_x",
)


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    logs.configure(json=True, stream=stream)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_an_event_is_one_line_of_json(out: io.StringIO) -> None:
    structlog.get_logger("naru").info("delivered", channel="C1", count=2, title="v1.5.0 배포")
    line = json.loads(out.getvalue())
    assert {key: line[key] for key in ("event", "channel", "count", "level", "logger", "title")} == {
        "event": "delivered",
        "channel": "C1",
        "count": 2,
        "level": "info",
        "logger": "naru",
        "title": "v1.5.0 배포",
    }
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_taken_out_wherever_it_stands(out: io.StringIO, secret: str) -> None:
    text = {
        "hunter2": "postgresql://naru:hunter2@db/naru",
        "T1/B2/sEcReT": "https://hooks.slack.com/actions/T1/B2/sEcReT",
        "WyJUMSIsIlIxIl0.q-_x": "GET /postmortems/WyJUMSIsIlIxIl0.q-_x HTTP/1.1",
    }.get(secret, f"said {secret} aloud")
    log = structlog.get_logger("naru")
    log.info(text, detail=text, deep={"list": [text]})
    logging.getLogger("somebody.else").warning("foreign %s", text)
    log.error("failed", exc_info=RuntimeError(text))
    assert secret not in out.getvalue()
    assert out.getvalue().count("[redacted]") >= 5


@pytest.mark.parametrize("key", ["token", "slack_signing_secret", "body", "payload", "X-Slack-Signature"])
def test_what_stands_under_a_secret_name_is_taken_out(out: io.StringIO, key: str) -> None:
    structlog.get_logger("naru").info("seen", **{key: "abc", "deep": {key: "def"}})
    line = json.loads(out.getvalue())
    assert line[key] == line["deep"][key] == "[redacted]"


def test_libraries_are_heard_only_when_it_matters(out: io.StringIO) -> None:
    logging.getLogger("slack_bolt.AsyncApp").setLevel(logging.DEBUG)
    logging.getLogger("slack_bolt.AsyncApp").warning("as authorize has been used …")
    logging.getLogger("apscheduler.executors").info("job done")
    assert out.getvalue() == ""
    logging.getLogger("slack_bolt.AsyncApp").error("broken")
    logging.getLogger("slack_boltons").info("another library")
    assert len(out.getvalue().splitlines()) == 2


def test_lines_for_eyes_are_redacted_too() -> None:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    logs.configure(json=False, stream=stream)
    structlog.get_logger("naru").info("hello", token="abc", note="xoxb-1-2-3")
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    assert "hello" in stream.getvalue()
    assert "abc" not in stream.getvalue()
    assert "xoxb" not in stream.getvalue()
