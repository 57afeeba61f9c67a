"""Checklists and the states of their items: row <-> domain value. `owner` is a release or a war room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain.checklists.model import Check, Checklist, CheckResult, ItemState, Phase
from storage.codec import adapter
from storage.db import Tx
from storage.tables import ChecklistRow, CheckResultRow, ItemStateRow

_LIST = adapter(Checklist)
_STATE = adapter(ItemState)
States = Mapping[Phase, Mapping[str, ItemState]]


def lists(tx: Tx, owner: str, phases: Iterable[Phase]) -> dict[Phase, Checklist]:
    """Those of the phases that were kept."""
    query = select(col(ChecklistRow.phase), col(ChecklistRow.body)).where(
        col(ChecklistRow.owner) == owner, col(ChecklistRow.phase).in_([phase.value for phase in phases])
    )
    return {Phase(phase): _LIST.validate_json(body) for phase, body in tx.execute(query)}


def keep(tx: Tx, owner: str, checklists: Iterable[Checklist]) -> None:
    """As they are now; none of them may have been kept before."""
    rows = [
        {"owner": owner, "phase": one.phase.value, "body": _LIST.dump_json(one).decode()}
        for one in checklists
    ]
    if rows:
        tx.execute(insert(ChecklistRow), rows)


def states(tx: Tx, owner: str, phases: Iterable[Phase]) -> States:
    """What was said of the items of these lists, by their keys."""
    query = select(col(ItemStateRow.phase), col(ItemStateRow.key), col(ItemStateRow.body)).where(
        col(ItemStateRow.owner) == owner, col(ItemStateRow.phase).in_([phase.value for phase in phases])
    )
    found: dict[Phase, dict[str, ItemState]] = {}
    for phase, key, body in tx.execute(query):
        found.setdefault(Phase(phase), {})[str(key)] = _STATE.validate_json(body)
    return found


def of_owner(tx: Tx, user: str) -> tuple[str, ...]:
    """Whose lists have items that this person was given: ids of releases and of war rooms."""
    written = f'"owner":"{user}"'
    query = select(col(ItemStateRow.owner)).where(col(ItemStateRow.body).contains(written, autoescape=True))
    return tuple(tx.execute(query.distinct().order_by(col(ItemStateRow.owner))).scalars())


def put(tx: Tx, owner: str, phase: Phase, said: Mapping[str, ItemState]) -> None:
    """Write what is said of these items now, in the place of what was before."""
    if not said:
        return
    keys = [(owner, phase.value, key) for key in said]
    tx.execute(
        delete(ItemStateRow).where(
            tuple_(col(ItemStateRow.owner), col(ItemStateRow.phase), col(ItemStateRow.key)).in_(keys)
        )
    )
    rows = [
        {"owner": owner, "phase": phase.value, "key": key, "body": _STATE.dump_json(state).decode()}
        for key, state in said.items()
    ]
    tx.execute(insert(ItemStateRow), rows)


# --- checks ------------------------------------------------------------------------------------------------


def put_check(tx: Tx, result: CheckResult) -> None:
    """The newest word counts, also when two pipelines speak at once."""
    values = {name: value for name, value in vars(result).items() if name != "check"}
    dialect = postgresql if tx.dialect == "postgresql" else sqlite
    adding = dialect.insert(CheckResultRow).values(check_name=result.check.value, **values)
    said = {name: value for name, value in values.items() if name not in {"project", "sha"}}
    tx.execute(adding.on_conflict_do_update(index_elements=["project", "sha", "check_name"], set_=said))


def checks(tx: Tx, project: str, sha: str) -> dict[Check, CheckResult]:
    """What pipelines said of a commit."""
    query = select(
        col(CheckResultRow.check_name),
        col(CheckResultRow.passed),
        col(CheckResultRow.at),
        col(CheckResultRow.evidence),
        col(CheckResultRow.link),
        col(CheckResultRow.value),
    ).where(col(CheckResultRow.project) == project, col(CheckResultRow.sha) == sha)
    return {
        Check(row[0]): CheckResult(
            project=project,
            sha=sha,
            check=Check(row[0]),
            passed=row[1],
            at=row[2],
            evidence=row[3],
            link=row[4],
            value=row[5],
        )
        for row in tx.execute(query)
    }
