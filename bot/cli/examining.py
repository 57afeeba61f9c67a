"""`naru doctor`: looks at everything that can be looked at from outside, and says what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
import yaml
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.cli.database import opened
from bot.cli.forges import forge_findings
from bot.cli.machine import check_machine, git_version, python_version
from bot.cli.mistakes import MISTAKES, reader, say, sentences
from bot.logs import redact
from bot.settings import PREFIX, Settings, Wrong
from commands import staffing
from commands.feeds import unread
from domain.people import Roster
from domain.policy import Policy
from domain.staffing import whole_way
from domain.types import ReleaseType
from messages.cli import Check, Finding, Health, finding_line, setting
from messages.imports import fault
from storage import outbox, people, policies, projects, reminders
from storage.db import Tx

MANIFEST = Path(__file__).resolve().parents[2] / "manifest.yml"
LATE = timedelta(seconds=60)  # every overdue action is done within this (reference: safety, lateness)
SKEW = timedelta(seconds=60)  # signatures are refused beyond five minutes
GOOD, BAD = 0, 1


async def examine_and_tell() -> int:
    """Print one line per finding; 0 when nothing is wrong."""
    worst = GOOD
    async for finding in _examine():
        say(finding_line(reader(), finding))
        worst = BAD if finding.health is Health.BAD else worst
    return worst


async def _examine() -> AsyncIterator[Finding]:
    yield _machine()
    try:
        settings = Settings.load()
    except MISTAKES as mistake:
        yield _bad(Check.SETTINGS, mistake)
        return
    yield Finding(Check.SETTINGS, Health.GOOD)
    yield _policies(settings)
    for finding in await asyncio.to_thread(lambda: list(_database(settings))):
        yield finding
    async for finding in _forges(settings):
        yield finding
    async for finding in _slack(settings):
        yield finding


async def _forges(settings: Settings) -> AsyncIterator[Finding]:
    """By policies that can be used; what is wrong with one that cannot is told already."""
    try:
        found = policies.load_policies(settings.policy) if settings.policy else []
    except MISTAKES:
        return
    async for finding in forge_findings(found, settings.forge_token_now):
        yield finding


def _bad(check: Check, mistake: BaseException) -> Finding:
    return Finding(check, Health.BAD, {"problem": "\n  ".join(sentences(mistake))})


def _unset(field: str) -> str:
    return setting(reader(), Wrong.MISSING, f"{PREFIX}{field.upper()}", field)


def _machine() -> Finding:
    try:
        check_machine()
    except MISTAKES as mistake:
        return _bad(Check.MACHINE, mistake)
    git = ".".join(str(part) for part in git_version() or ())
    return Finding(Check.MACHINE, Health.GOOD, {"python": python_version(), "git": git})


def _policies(settings: Settings) -> Finding:
    if settings.policy is None:
        return Finding(Check.POLICIES, Health.BAD, {"problem": _unset("policy")})
    try:
        found = policies.load_policies(settings.policy)
    except MISTAKES as mistake:
        return _bad(Check.POLICIES, mistake)
    return Finding(Check.POLICIES, Health.GOOD, {"projects": ", ".join(policy.project for policy in found)})


# --- the database -------------------------------------------------------------------------------------------


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        with opened(settings) as database:
            yield Finding(Check.DATABASE, Health.GOOD)
            yield database.read_now(_lag)
            yield from database.read_now(_approvers)
            yield from database.read_now(_feeds)
    except MISTAKES as mistake:
        yield _bad(Check.DATABASE, mistake)


def _lag(tx: Tx) -> Finding:
    """How long the oldest due reminder or errand has been waiting."""
    waits = [timedelta(0)]
    if (due := reminders.next_due(tx)) is not None:
        waits.append(tx.now() - due)
    if (waiting := outbox.next_due(tx)) is not None:
        waits.append(tx.wall() - waiting)
    lag = max(waits)
    health = Health.BAD if lag > LATE else Health.GOOD
    return Finding(Check.LAG, health, {"seconds": str(int(lag.total_seconds()))})


def _approvers(tx: Tx) -> list[Finding]:
    """Every requirement of every type must have enough people who count."""
    found = []
    for project in projects.every(tx):
        roster = people.roster(tx, project.key)
        short = list(_short(project.policy, roster))
        health = Health.BAD if short else Health.GOOD
        data = {"project": project.key, "problem": ", ".join(short)}
        found.append(Finding(Check.APPROVERS, health, data))
        nobody = _nobody(tx, project.policy, roster)
        health = Health.BAD if nobody else Health.GOOD
        found.append(Finding(Check.ROLES, health, {"project": project.key, "problem": "; ".join(nobody)}))
    return found


def _feeds(tx: Tx) -> list[Finding]:
    """Of every project that has feeds, those that could not be read."""
    found = []
    for project in projects.every(tx):
        if project.policy.calendar.feeds:
            wrong = [f"{state.name}: {fault(reader(), state.faults[0])}" for state in unread(tx, project)]
            data = {"project": project.key, "problem": "\n  ".join(wrong)}
            found.append(Finding(Check.FEEDS, Health.BAD if wrong else Health.GOOD, data))
    return found


def _short(policy: Policy, roster: Roster) -> Iterator[str]:
    """`hotfix: incident_commander 0/1` for each requirement that nobody could meet."""
    for kind in ReleaseType:
        for rule in policy.of(kind).approvals:
            there = len(roster.holders(rule.role))
            if there < rule.count:
                yield f"{kind.value}: {rule.role.value} {there}/{rule.count}"


def _nobody(tx: Tx, policy: Policy, roster: Roster) -> list[str]:
    """`devops (step_done, rollout_complete)` for each step on the way of a release that nobody could take."""
    scopes = staffing.scopes_there(tx, policy.project)
    short = (one for kind in ReleaseType for one in whole_way(kind, roster, scopes))
    found = (f"{' / '.join(one.roles)} ({', '.join(one.steps)})" for one in short)
    return list(dict.fromkeys(found))


# --- Slack --------------------------------------------------------------------------------------------------


async def _slack(settings: Settings) -> AsyncIterator[Finding]:
    if settings.slack_bot_token is None:
        yield Finding(Check.TOKEN, Health.BAD, {"problem": _unset("slack_bot_token")})
        return
    async with aiohttp.ClientSession() as session:
        client = _client(settings, settings.slack_bot_token, session)
        answer = await _asked(client.auth_test)
        if isinstance(answer, str):
            yield Finding(Check.TOKEN, Health.BAD, {"problem": answer})
            return
        yield Finding(
            Check.TOKEN,
            Health.GOOD,
            {"team": str(answer.get("team", "")), "bot": str(answer.get("user", ""))},
        )
        headers = {name.lower(): value for name, value in answer.headers.items()}
        yield _scopes(headers.get("x-oauth-scopes", ""))
        yield _clock(headers.get("date", ""))
        yield await _way_in(settings, client)


def _client(settings: Settings, token: SecretStr, session: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(
        token=token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=session,
        timeout=10,
        retry_handlers=[],
    )


async def _asked(call: Callable[..., object], **arguments: str) -> AsyncSlackResponse | str:
    """The answer, or why there is none."""
    try:
        return await call(**arguments)  # type: ignore[misc,no-any-return]  # a method of the async client
    except SlackApiError as error:
        return str(error.response.get("error", "error"))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return redact(f"{type(error).__name__} {error}".strip())


def wanted_scopes(manifest: Path = MANIFEST) -> frozenset[str]:
    """The bot scopes that the manifest asks for."""
    found = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    return frozenset(found["oauth_config"]["scopes"]["bot"])


def _scopes(granted: str, manifest: Path = MANIFEST) -> Finding:
    """The manifest stands beside the code in the repository and in the image, but not in a wheel."""
    if not granted:
        return Finding(Check.SCOPES, Health.UNKNOWN)
    if not manifest.is_file():
        return Finding(Check.MANIFEST, Health.UNKNOWN, {"path": str(manifest)})
    missing = wanted_scopes(manifest) - {scope.strip() for scope in granted.split(",")}
    health = Health.BAD if missing else Health.GOOD
    return Finding(Check.SCOPES, health, {"problem": ", ".join(sorted(missing))})


def _clock(date: str) -> Finding:
    """Our clock against Slack's: a request is refused when they are minutes apart."""
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return Finding(Check.CLOCK, Health.UNKNOWN)
    off = abs(datetime.now(UTC) - theirs)
    health = Health.BAD if off > SKEW else Health.GOOD
    return Finding(Check.CLOCK, health, {"seconds": str(int(off.total_seconds()))})


async def _way_in(settings: Settings, client: AsyncWebClient) -> Finding:
    """Socket Mode's token is tried; over HTTP a signing secret can only be there or not."""
    if settings.slack_app_token is None:
        health = Health.GOOD if settings.slack_signing_secret else Health.BAD
        return Finding(Check.HTTP, health, {"problem": "NARU_SLACK_SIGNING_SECRET", "url": settings.base_url})
    token = settings.slack_app_token.get_secret_value()
    answer = await _asked(client.apps_connections_open, app_token=token)
    if isinstance(answer, str):
        return Finding(Check.SOCKET_MODE, Health.BAD, {"problem": answer})
    return Finding(Check.SOCKET_MODE, Health.GOOD)
