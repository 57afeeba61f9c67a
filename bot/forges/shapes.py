"""The parts of GitHub's answers that are used, read strictly; whatever else it tells is passed over."""

from __future__ import annotations

import asyncio
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, StringConstraints, TypeAdapter, ValidationError

from bot.forges.answers import Answer, NotAnswered
from domain.forges import ForgeWhy

T = TypeVar("T")
_LARGE = 1_000_000
Sha = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40,64}$")]


class Label(BaseModel):
    name: str = ""


class Head(BaseModel):
    sha: Sha


class Pull(BaseModel):
    number: Annotated[int, Field(ge=1)]
    title: str | None = None
    head: Head
    labels: list[Label] = []


class Ref(BaseModel):
    ref: str
    object: Head


class File(BaseModel):
    filename: str
    previous_filename: str | None = None


class Comparison(BaseModel):
    files: list[File] = []


class Labels(BaseModel):
    nodes: list[Label] = []


class Titled(BaseModel):
    title: str
    labels: Labels = Labels()


class Data(BaseModel):
    repository: dict[str, Titled | None] | None = None


class Status(BaseModel):
    context: str = ""
    state: str = ""
    description: str | None = None


class Combined(BaseModel):
    statuses: list[Status] = []


class Error(BaseModel):
    type: str = ""


class Told(BaseModel):
    data: Data | None = None
    errors: list[Error] = []


PULLS = TypeAdapter(list[Pull])
REFS = TypeAdapter(list[Ref])
COMPARISON = TypeAdapter(Comparison)
TOLD = TypeAdapter(Told)
COMBINED = TypeAdapter(Combined)


async def parsed(kind: TypeAdapter[T], answer: Answer) -> T:
    """Raises NotAnswered for what is no such JSON, as the pages of proxies and of maintenance are."""
    raw = answer.raw or b""
    try:
        if len(raw) > _LARGE:
            return await asyncio.to_thread(kind.validate_json, raw)
        return kind.validate_json(raw)
    except ValidationError:
        raise NotAnswered(ForgeWhy.NOT_UNDERSTOOD) from None
