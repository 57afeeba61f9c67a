"""Logs: one line per event, JSON or for eyes, with tokens, signatures and bodies taken out of every one."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

GONE = "[redacted]"
_SECRET_KEYS = re.compile(
    r"(token|secret|password|authorization|signature|cookie|^body$|^raw$|^payload$|^headers$|response_url)",
    re.IGNORECASE,
)
_SECRETS = (
    re.compile(r"\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[A-Za-z0-9-]+"),  # Slack tokens
    re.compile(r"\bv0=[0-9a-fA-F]{16,}"),  # request signatures
    re.compile(r"(?<=://)[^/@\s:]+:[^/@\s]+(?=@)"),  # user and password in addresses
    re.compile(r"(?<=hooks\.slack\.com/)[\w/-]+"),  # response_urls let anybody post
    re.compile(r"\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}"),  # git hosts' tokens
    re.compile(r"\bnaru_[0-9a-f]{12}_[0-9a-f]+"),  # our own tokens
    re.compile(r"(?<=/postmortems/)[\w.-]+"),  # who has the address may read
    re.compile(r"(?<=[Bb]earer )[\w.~+/=-]+"),
)


def redact(text: str) -> str:
    """Take out whatever looks like a secret, wherever it stands in the line."""
    for secret in _SECRETS:
        text = secret.sub(GONE, text)
    return text


def _without_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    return {key: GONE if _SECRET_KEYS.search(key) else _cleaned(value) for key, value in event.items()}


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return redact(value)
        case Mapping():
            return {k: GONE if _SECRET_KEYS.search(str(k)) else _cleaned(v) for k, v in value.items()}
        case list() | tuple():
            return [_cleaned(item) for item in value]
        case _:
            return value


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """The last word on every line: tracebacks and foreign loggers pass here too."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


# Bolt warns of what we do on purpose; what it turns down is logged at our own door. It sets the levels of its
# own loggers, so this is asked of every line.
_QUIET = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.WARNING,
    "aiohttp.access": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "git": logging.WARNING,
}


def _worth_reading(record: logging.LogRecord) -> bool:
    family = next((name for name in _QUIET if f"{record.name}.".startswith(f"{name}.")), "")
    return record.levelno >= _QUIET.get(family, logging.NOTSET)


def configure(*, level: str = "INFO", json: bool | None = None, stream: TextIO | None = None) -> None:
    """Send our events and those of every library through one redacting handler.

    `json` None decides by the stream: lines for a terminal, JSON for anything else. Times are the machine's.
    """
    out = stream if stream is not None else sys.stderr
    plain = out.isatty() if json is None else not json
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if plain:
        last += [_without_secrets, structlog.dev.ConsoleRenderer()]
    else:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        last += [structlog.processors.format_exc_info, _without_secrets, renderer]
    handler = logging.StreamHandler(out)
    handler.addFilter(_worth_reading)
    handler.setFormatter(_Formatter(processors=last, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
