"""A release as data."""

from __future__ import annotations

from domain.release import Pending, Release
from domain.rollout.rollout import Rollout
from messages.problems import problem_text, remedy
from messages.refusals import plain
from messages.texts import Reader
from web import models


def release(reader: Reader, of: Release) -> models.Release:
    built = of.candidate
    return models.Release(
        project=of.project,
        version=str(of.version),
        type=of.type,
        stage=of.stage,
        stage_since=of.stage_since,
        branch=of.branch or None,
        previous_version=of.previous_version or None,
        candidate=models.Candidate(number=built.number, sha=built.sha, built_at=built.built_at)
        if built
        else None,
        deploy_at=of.deploy_at,
        soak_until=of.soak_until,
        approved_at=of.approved_at,
        deployed_at=of.deployed_at,
        rollout=_rollout(of.rollout) if of.rollout else None,
        waiting=_waiting(reader, of.pending) if of.pending else None,
    )


def _rollout(of: Rollout) -> models.Rollout:
    return models.Rollout(
        strategy=of.strategy,
        steps=list(of.steps),
        done=of.done,
        under_way=of.step_under_way or None,
        paused=of.paused,
    )


def _waiting(reader: Reader, of: Pending) -> models.Waiting:
    return models.Waiting(
        action=of.action.value,
        asked_at=of.at,
        sha=of.sha or None,
        problem=problem(reader, of) if of.problem else None,
    )


def problem(reader: Reader, of: Pending) -> str:
    """Why git could not do it, with its details, and what helps."""
    parts = (problem_text(reader, of.problem), of.detail, remedy(reader, of.problem))
    return plain(" ".join(part for part in parts if part))
