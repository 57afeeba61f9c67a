"""What `naru doctor` finds of forges: whether the token may do all that is needed, tried without effect."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from bot.cli.mistakes import reader
from bot.forges import Known, NotAnswered, Secret, forge_of, opened
from domain.forges import ForgeFault, ForgeKind
from domain.policy import Policy, Repository
from messages.cli import Check, Finding, Health
from messages.forges import forge_fault


async def forge_findings(policies: Iterable[Policy], secret: Secret) -> AsyncIterator[Finding]:
    """One for every project on a forge."""
    for policy in policies:
        if policy.repository.forge.kind is ForgeKind.GIT:
            continue
        fault = await _tried(policy.repository, secret)
        problem = forge_fault(reader(), fault) if fault else ""
        data = {"project": policy.project, "repository": policy.repository.forge_name, "problem": problem}
        yield Finding(Check.FORGE, Health.BAD if fault else Health.GOOD, data)


async def _tried(repository: Repository, secret: Secret) -> ForgeFault | None:
    try:
        async with opened(repository.forge) as session:
            await forge_of(repository, session, secret, Known()).try_access()
    except NotAnswered as no:
        return no.fault
    return None
