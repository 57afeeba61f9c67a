"""Projects, people and releases in numbers, laid down with the program's own storage functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from domain.commits import ChangeCounts
from domain.people import Holding, Person, Role, RoleSource
from domain.policy import Policy
from domain.project import Project
from domain.release import Candidate, QaReport, Release
from domain.scope import Scope
from domain.type_policy import ApprovalRule
from domain.types import ReleaseType, Stage
from domain.versions import Version
from storage import people, projects, releases, scopes
from storage.db import Tx
from storage.ids import new_id

AT = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
APPROVERS = 5


def person(n: int) -> Person:
    return Person(
        team="T1", user=f"U{n:05d}", name=f"Person {n}", email=f"p{n}@example.com", zone="Asia/Seoul"
    )


def lay_people(tx: Tx, count: int = 60) -> None:
    people.put(tx, [person(n) for n in range(count)])


def lay_project(tx: Tx, key: str, channel: str, members: Sequence[int] = range(30)) -> Project:
    """A project whose regular releases need several approvers: all but the last may decide in a benchmark."""
    policy = Policy(project=key, channel=channel, language="en", owners=("U00000",))
    rules = policy.of(ReleaseType.REGULAR).model_copy(
        update={"approvals": (ApprovalRule(role=Role.RELEASE_MANAGER, count=APPROVERS),)}
    )
    policy = policy.model_copy(update={"types": {**policy.types, ReleaseType.REGULAR: rules}})
    project = projects.put(tx, policy, channel)
    for n in members[: APPROVERS + 1]:
        people.give(tx, key, Holding(Role.RELEASE_MANAGER, f"U{n:05d}", RoleSource.POLICY))
    people.put_channel(tx, channel, [f"U{n:05d}" for n in members])
    return project


def release(project: str, number: int, stage: Stage = Stage.APPROVAL) -> Release:
    candidate = Candidate(1, f"{number:040x}", AT)
    return Release(
        id=new_id(),
        project=project,
        version=Version(1, number, 0),
        type=ReleaseType.REGULAR,
        stage=stage,
        stage_since=AT,
        created_at=AT + timedelta(seconds=number),
        started_by="U00050",
        captain="U00050",
        branch=f"release/v1.{number}.0",
        previous_version="1.0.0",
        deploy_at=AT + timedelta(days=1),
        freeze_at=AT - timedelta(days=2),
        candidate=candidate,
        qa=QaReport(by="U00051", at=AT, candidate=1, migration=False, breaking=False),
        approval_asked_at=AT,
    )


def lay_releases(tx: Tx, project: str, count: int, stage: Stage = Stage.APPROVAL) -> list[str]:
    found = [release(project, number, stage) for number in range(1, count + 1)]
    for one in found:
        releases.add(tx, one)
        scopes.put(
            tx, one.id, 1, Scope(since="v1.0.0", sha="0" * 40, counts=ChangeCounts(features=3, fixes=2))
        )
    return [one.id for one in found]
