"""What can be read: the gate, and what became of a build."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from commands import gate
from domain.refusals import Refused, Unreadable
from domain.release import Release
from domain.types import Action
from messages.api import Wrong, build_asked
from storage.db import Tx
from web import models
from web.calls import Answer, Call
from web.gates import shown as shown_gate
from web.problems import URN, Failed
from web.shown import problem
from web.shown import release as shown

_YEARS = range(1970, 9000)


def ask_gate(tx: Tx, call: Call) -> Answer:
    """The same evaluator as everywhere. Raises Refused."""
    query: models.GateQuery = call.query
    project = call.project(tx)
    release = call.release(tx, query.release) if query.release else None
    asked = gate.Asked(
        project=project,
        action=query.action,
        type=query.type,
        release=release,
        environment=query.environment,
        at=_moment(query.at, project.policy.zone) if query.at else None,
    )
    plain = shown_gate(asked, gate.ask(tx, asked), str(release.version) if release else "")
    sha = release.candidate.sha if release and release.candidate else None
    return Answer(HTTPStatus.OK, models.Gate.model_validate(plain | {"sha": sha}))


def _moment(text: str, zone: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(Unreadable("date", text, "2026-03-05T14:00+09:00")) from None
    if at.year not in _YEARS:
        raise Refused(Unreadable("date", text, "2026-03-05T14:00+09:00"))
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def look_at_build(tx: Tx, call: Call) -> Answer:
    """200 once it is the candidate, 202 while the branch is read, 409 when it was not taken."""
    release, sha = call.release(tx), call.parts["sha"]
    if release.candidate and release.candidate.sha == sha:
        return Answer(HTTPStatus.OK, shown(call.reader, release))
    pending = release.pending
    if pending is None or pending.action is not Action.BUILD_PASSED or pending.sha != sha:
        raise Failed(Wrong.NOT_FOUND, url=f"{call.base}/openapi.json")
    if not pending.problem:
        return asked(call, release, sha)
    told = models.Problem(
        type=URN + pending.problem,
        title=problem(call.reader, pending),
        status=HTTPStatus.CONFLICT,
        code=pending.problem,
    )
    return Answer(HTTPStatus.CONFLICT, told)


def asked(call: Call, release: Release, sha: str) -> Answer:
    """Where to look for what becomes of a build."""
    url = f"{call.base}/projects/{release.project}/releases/{release.version}/builds/{sha}"
    return Answer(HTTPStatus.ACCEPTED, models.Asked(said=build_asked(call.reader, url), look_at=url), url)
