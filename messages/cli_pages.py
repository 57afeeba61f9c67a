"""The longer answers of the command line: of the gate, and of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.calendar.gate import GateAnswer
from domain.release import Release
from domain.types import ReleaseType
from messages import names
from messages.dates import moment
from messages.gates import gate_line
from messages.refusals import plain
from messages.texts import Reader


def gate_page(reader: Reader, project: str, action: str, kind: ReleaseType, answer: GateAnswer) -> str:
    """The verdict, every reason, and since when."""
    head = f"{project} · {action} · {names.release_type(reader, kind)} · {moment(reader, answer.at)}"
    return f"{head}\n{plain(gate_line(reader, answer))}"


def audit_page(reader: Reader, release: Release, rows: Sequence[Mapping[str, Any]]) -> str:
    """One line per record: number, time, what, who, and its facts beneath."""
    kind = names.release_type(reader, release.type)
    head = f"{release.project} {release.tag} · {kind} · {names.stage(reader, release.stage)}"
    return "\n".join([head, *(_row(reader, row) for row in rows)])


def _row(reader: Reader, row: Mapping[str, Any]) -> str:
    at = moment(reader, datetime.fromisoformat(row["business_at"]), year=True)
    who = f"{row['name']} ({row['actor']})" if row["actor"] else "Naru"
    refused = reader.t("refused")
    denied = f" · {refused}" if row["outcome"] == "denied" else ""
    facts = ", ".join(
        f"{key}={_fact(value)}"
        for key, value in row["event"].items()
        if value not in (None, "", []) and key not in _REFS
    )
    first = f"{row['seq']:>6}  {at}  {row['action']} · {who} · {row['via']}{denied}"
    return "\n        ".join(line for line in (first, facts, *_refs(reader, row["event"])) if line)


_REFS = frozenset({"refs", "before"})


def _refs(reader: Reader, event: Mapping[str, Any]) -> Iterator[str]:
    """Every ref with its whole SHA, and the one it had before: the page is evidence."""
    before, gone = dict(event.get("before") or ()), reader.t("deleted")
    for ref, commit in event.get("refs") or ():
        old = f" {before[ref]}" if ref in before else ""
        yield f"{_fact(ref)}{old} → {commit or gone}"


def _fact(value: Any) -> str:
    if isinstance(value, dict):
        inner = value.get("@at") or {k: v for k, v in value.items() if v not in (None, "", [])}
        return str(inner)
    return " ".join(str(value).split())
