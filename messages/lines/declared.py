"""Lines of a rollback that is declared, under way, or complete."""

from __future__ import annotations

from datetime import timedelta

from domain import errands as e
from domain import events as v
from domain.rollback import Criterion
from messages import names
from messages.dates import duration
from messages.lines.lifecycle import noted
from messages.parts import code, quote
from messages.texts import Reader
from messages.versions import tag


def rollback(reader: Reader, said: v.RollbackDeclared | e.RollbackNotice) -> str:
    t = reader.t
    if isinstance(said, e.RollbackNotice):
        return _notice(reader, said)
    criteria = ", ".join(
        names.criterion(reader, Criterion(one)) if one in set(Criterion) else quote(one)
        for one in said.criteria
    )
    lines = [
        t(
            "*Rollback declared*: {version} → {target}",
            version=tag(said.version),
            target=target(reader, said.target),
        )
    ]
    if criteria:
        lines.append(t("Criteria: {criteria}", criteria=criteria))
    lines.append(t("DB migration: {answer}", answer=t("yes") if said.migration else t("no")))
    if said.overlooked:
        lines.append(_overlooked(reader))
    return "\n".join(lines) + noted(said.evidence)


def _overlooked(reader: Reader) -> str:
    return reader.t(
        "⚠ A database migration is known, from QA or detection. If the database has to go back as well, the "
        "DBA or the incident commander adds its step in the war room: {command}",
        command=code("/release step database add"),
    )


def target(reader: Reader, target: str) -> str:
    return tag(target) if target else reader.t("no earlier version")


def _notice(reader: Reader, said: e.RollbackNotice) -> str:
    t = reader.t
    versions = {"version": tag(said.version), "target": target(reader, said.target)}
    if not said.done:
        return t("*Rollback under way*: {version} → {target}. Progress is in the war room.", **versions)
    text = t("*Rollback complete*: {version} → {target}. The service is back to normal.", **versions)
    if not said.seconds:
        return text
    restored = duration(reader, timedelta(seconds=said.seconds))
    return f"{text} · " + t("Time to restore: {duration}", duration=restored)
