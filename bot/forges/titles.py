"""Adds titles and labels of pull requests to what the git worker reports; else that stays as git has it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace

import structlog

from bot.forges import Known, NotAnswered, Secret, forge_of, opened
from bot.gitwork import Report
from commands.requests import DryRunWasMade, RefsWereMade, RepositoryWasRead
from domain.forges import ForgeKind, Title
from domain.policy import Repository
from domain.project import Project
from domain.scope import Scope
from domain.titles import facts_titled, titled, unsaid

log = structlog.get_logger()
LIMIT_S = 15.0
MOST = 500
"""Titles asked for at most, and for how long: what a scope is made of must not wait for a forge."""


class Titles:
    """Asked after git and before the report's transaction."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret
        self._free: dict[str, float] = {}

    async def __call__(self, project: Project, report: Report) -> Report:
        """The report with what the forge says of the changes in it."""
        scope = _scope_of(report)
        if scope is None or project.policy.repository.forge.kind is ForgeKind.GIT:
            return report
        numbers = unsaid(scope)
        if not numbers:
            return report
        found = await self._asked(project, numbers[:MOST])
        if found is None:
            return _with_scope(report, replace(scope, untitled=len(numbers)))
        fuller = titled(scope, found, project.policy.repository.forge, project.policy.grammar)
        return _with_scope(report, replace(fuller, untitled=len(numbers[MOST:])))

    async def _asked(self, project: Project, numbers: tuple[int, ...]) -> Mapping[int, Title] | None:
        if time.monotonic() < self._free.get(project.key, 0.0):
            return None
        try:
            async with asyncio.timeout(LIMIT_S):
                return await self._titles(project.policy.repository, numbers)
        except NotAnswered as no:
            self._free[project.key] = time.monotonic() + no.wait
            log.warning("titles", project=project.key, fault=no.fault.why.value, detail=no.fault.detail)
        except TimeoutError:
            log.warning("titles", project=project.key, fault="timeout")
        return None

    async def _titles(self, repository: Repository, numbers: tuple[int, ...]) -> Mapping[int, Title]:
        async with opened(repository.forge) as session:
            return await forge_of(repository, session, self._secret, Known()).titles(numbers)


def _scope_of(report: Report) -> Scope | None:
    if isinstance(report, RepositoryWasRead):
        return report.facts.scope
    return None if isinstance(report, RefsWereMade | DryRunWasMade) else report.scope


def _with_scope(report: Report, scope: Scope) -> Report:
    if isinstance(report, RepositoryWasRead):
        return replace(report, facts=facts_titled(report.facts, scope))
    return report if isinstance(report, RefsWereMade | DryRunWasMade) else replace(report, scope=scope)
