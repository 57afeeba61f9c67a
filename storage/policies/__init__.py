"""Policy files (NARU_POLICY: one file, or a folder of them) to policies, or every error in all of them."""

from __future__ import annotations

from pathlib import Path

from domain.policy import Policy
from domain.policy_errors import PolicyError, Why
from storage.policies.document import Document, read
from storage.policies.validation import validate

__all__ = ["PolicyErrors", "load_policies", "parse"]

MAX_BYTES = 1_000_000
SUFFIXES = frozenset({".yml", ".yaml"})


class PolicyErrors(Exception):
    """At least one file is not a policy; `errors` has everything that is wrong, in the order of the files."""

    def __init__(self, errors: tuple[PolicyError, ...]) -> None:
        super().__init__("; ".join(f"{e.file}:{e.line}: {e.field} {e.why}" for e in errors))
        self.errors = errors


def load_policies(path: Path) -> list[Policy]:
    """Every policy of a file or folder, by file name. Raises PolicyErrors."""
    if not path.exists():
        raise PolicyErrors((PolicyError(file=str(path), why=Why.NOT_FOUND),))
    files = _files(path)
    if not files:
        raise PolicyErrors((PolicyError(file=str(path), why=Why.NO_FILES),))
    read_all = [_read(file) for file in files]
    policies = [validate(document) if not document.errors else None for document in read_all]
    errors = [error for document in read_all for error in document.errors]
    errors += _shared(list(zip(read_all, policies, strict=True)))
    if errors:
        raise PolicyErrors(tuple(errors))
    return [policy for policy in policies if policy is not None]


def parse(text: str, file: str = "policy.yml") -> Policy:
    """One policy from text. Raises PolicyErrors."""
    document = read(file, text)
    policy = validate(document) if not document.errors else None
    if policy is None:
        raise PolicyErrors(tuple(document.errors))
    return policy


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    inside = (file for file in path.iterdir() if file.suffix in SUFFIXES and not file.name.startswith("."))
    return sorted(file for file in inside if file.is_file())


def _read(path: Path) -> Document:
    name = str(path)
    document = Document(name)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        document.errors.append(document.error(Why.UNREADABLE, (), reason=error.strerror or ""))
        return document
    except UnicodeDecodeError:
        document.errors.append(document.error(Why.NOT_TEXT, ()))
        return document
    if len(raw) > MAX_BYTES:
        document.errors.append(document.error(Why.TOO_LARGE, ()))
        return document
    return read(name, text)


def _shared(found: list[tuple[Document, Policy | None]]) -> list[PolicyError]:
    """Two files for one project: which one holds could not be told."""
    first: dict[str, str] = {}
    errors = []
    for document, policy in found:
        if policy is None:
            continue
        other = first.setdefault(policy.project, document.file)
        if other != document.file:
            at = document.places.get(("project",), (0, 0))
            data = {"project": policy.project, "file": other}
            errors.append(document.error(Why.PROJECT_TWICE, ("project",), at, **data))
    return errors
