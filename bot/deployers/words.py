"""What deployers say, read strictly: an answer to a request, or a callback."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.shape import one_line, only_text
from domain.deploys.model import DeployState, DeployWhy
from domain.deploys.reports import LONGEST_DETAIL, Report

T = TypeVar("T", bound=BaseModel)
_MARKUP = re.compile(r"<[^<>]{0,2000}>")
_READ = 65_536
"""Of a longer no, as a code host may send it, only the beginning is looked at."""
_STATES = {
    "running": DeployState.RUNNING,
    "succeeded": DeployState.SUCCEEDED,
    "failed": DeployState.FAILED,
    "cancelled": DeployState.CANCELLED,
}
State = Annotated[str, StringConstraints(pattern="^(running|succeeded|failed|cancelled)$")]
Address = Annotated[str, StringConstraints(max_length=500, pattern=r"^(https?://[^\s<>|\"`]+)?$")]
Text = Annotated[str, StringConstraints(max_length=2000)]


class Answer(BaseModel):
    """Of a deployer's own answer only what is known is read: it may have more to say."""

    model_config = ConfigDict(strict=True, extra="ignore")

    state: State = "running"
    percent: Annotated[int, Field(ge=0, le=100)] | None = None
    url: Address = ""
    external: Annotated[str, StringConstraints(max_length=200)] = ""
    message: Text = ""
    evidence: Text = ""

    def report(self, deployment: str) -> Report:
        state = _STATES[self.state]
        return Report(
            deployment=deployment,
            state=state,
            percent=self.percent,
            external=self.external,
            url=self.url,
            why=DeployWhy.SAID if state in {DeployState.FAILED, DeployState.CANCELLED} else None,
            detail=plain(self.message),
            evidence=plain(self.evidence),
        )


class Callback(Answer):
    """A callback has these fields and no other, so that a misspelt one is not lost."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    state: State


class NotRead(Exception):
    """`args[0]` says what of it, without a value: a field's name, or a word."""


def json_object(raw: bytes) -> dict[str, Any]:
    """Raises NotRead."""
    try:
        text = raw.decode("utf-8")
        value = json.loads(text, parse_constant=_no_number)
        if isinstance(value, dict) and only_text(text, value):
            return value
    except (ValueError, RecursionError):
        raise NotRead("json") from None
    raise NotRead("object" if not isinstance(value, dict) else "text")


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def answer(raw: bytes, deployment: str) -> Report:
    """Raises NotRead."""
    return _read(Answer, json_object(raw)).report(deployment)


def callback(raw: bytes) -> Report:
    """Raises NotRead."""
    read = _read(Callback, json_object(raw))
    return read.report(read.id)


def _read(model: type[T], value: dict[str, Any]) -> T:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        fields = {str(one["loc"][0])[:40] for one in error.errors(include_input=False, include_url=False)}
        raise NotRead(", ".join(sorted(fields))) from None


def told(raw: bytes) -> str:
    """The words of an answer that is a no, cut, on one line: its message where it is JSON, else its text."""
    raw = raw[:_READ]
    try:
        value = json_object(raw)
    except NotRead:
        return plain(_MARKUP.sub(" ", raw.decode("utf-8", "replace")))
    for name in ("message", "error", "detail"):
        if isinstance(value.get(name), str):
            return plain(value[name])
    return ""


def plain(text: str) -> str:
    """On one line, without what does not show, cut."""
    return one_line(text, LONGEST_DETAIL)
