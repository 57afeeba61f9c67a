"""What a policy says of a repository that several projects share."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from domain.globs import problem_of
from domain.refs import safe_ref_name

_LONGEST_PREFIX = 60


def _tag_prefix(prefix: str) -> str:
    """`shop/`, `shop-`: with a version behind it, it must be a name that may become a tag."""
    if prefix and (len(prefix) > _LONGEST_PREFIX or not safe_ref_name(f"{prefix}v1.0.0")):
        raise PydanticCustomError("tag_prefix", "no beginning of a tag")
    return prefix


def _path(path: str) -> str:
    """A folder or file from the top of the repository; taken literally, `*` too."""
    parts = path.rstrip("/").split("/")
    if not path.isprintable() or any(part in {"", ".", ".."} for part in parts):
        raise PydanticCustomError("repository_path", "no folder of the repository")
    return path.rstrip("/")


TagPrefix = Annotated[str, AfterValidator(_tag_prefix)]
RepoPath = Annotated[str, StringConstraints(max_length=300), AfterValidator(_path)]


def _glob(text: str) -> str:
    if code := problem_of(text):
        raise PydanticCustomError(f"glob_{code}", "not a glob that Naru understands")
    return text


Glob = Annotated[str, AfterValidator(_glob)]
