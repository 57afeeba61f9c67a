"""What the policy says of release notes: where they are published, which files carry them, what they need."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from domain.names import Names
from domain.notes.missing import GapKind
from domain.notes.model import Audience, Section

Language = Literal["ko", "en"]
TEXT = 1000
PATH = 300


class Rule(BaseModel):
    """Frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _path(text: str) -> str:
    """A file of the repository by its plain name: nothing that leaves it, and nothing of git's own."""
    parts = text.split("/")
    odd = any(part in {"", ".", ".."} or part.lower() == ".git" for part in parts)
    if odd or not text.isprintable() or "\\" in text or ":" in text or text.startswith("-"):
        raise PydanticCustomError("repository_file", "not a file of the repository")
    return text


RepositoryPath = Annotated[
    str, StringConstraints(min_length=1, max_length=PATH, strip_whitespace=True), AfterValidator(_path)
]
ChannelName = Annotated[str, StringConstraints(pattern=r"^(C[A-Z0-9]{2,20}|#[^\s#,]{1,80})$")]


class PlaceRule(Rule):
    """A channel that is told; `language` None is the project's."""

    channel: ChannelName
    language: Language | None = None


def _as_place(given: object) -> object:
    return {"channel": given} if isinstance(given, str) else given


Places = tuple[
    Annotated[PlaceRule, BeforeValidator(_as_place, json_schema_input_type=ChannelName | PlaceRule)], ...
]


class NotesChannels(Rule):
    """Where notes are published besides the release's thread."""

    team: Places = ()
    customers: Places = ()


def _short(names: Names) -> Names:
    if max(len(names.ko), len(names.en)) > TEXT:
        raise PydanticCustomError("text_too_long", "at most {limit} characters", {"limit": TEXT})
    return names


Words = Annotated[Names, AfterValidator(_short)]


def _each_once(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    if len(set(sections)) < len(sections):
        raise PydanticCustomError("section_twice", "a section stands twice")
    return sections


Sections = Annotated[tuple[Section, ...], AfterValidator(_each_once)]


class Template(Rule):
    """How an audience reads: which sections, in which order (none given: all that it usually has), and what
    stands before and after them.
    """

    sections: Sections = ()
    intro: Words = Names()
    outro: Words = Names()


class Templates(Rule):
    team: Template = Template()
    customers: Template = Template()

    def of(self, audience: Audience) -> Template:
        return self.team if audience is Audience.TEAM else self.customers


class NotesRules(Rule):
    """`changelog` and `version_file` are written on the release branch at the cut and before each rebuild;
    `language` None is the project's. On a branch that is also the trunk only with `on_trunk`.
    """

    changelog: RepositoryPath | None = None
    version_file: RepositoryPath | None = None
    language: Language | None = None
    on_trunk: bool = False
    channels: NotesChannels = NotesChannels()
    templates: Templates = Templates()
    required: tuple[GapKind, ...] = Field(default=())

    @property
    def writes(self) -> bool:
        """Whether any file is written at all."""
        return bool(self.changelog or self.version_file)

    def places(self, audience: Audience) -> tuple[PlaceRule, ...]:
        return self.channels.team if audience is Audience.TEAM else self.channels.customers
