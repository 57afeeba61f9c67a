"""`naru serve`: everything that can be wrong is said before anything starts; a signal ends it in order."""

from __future__ import annotations

import asyncio
import contextlib
import signal

from bot import logs
from bot.cli.database import clock_of
from bot.cli.mistakes import Mistake, reader, say
from bot.clock import Clock
from bot.placing import ChannelMissing
from bot.settings import Settings
from bot.slack import SlackFailure
from bot.wiring import running
from domain.policy import Policy
from messages.cli import Code, said
from storage import policies, schema
from storage.db import TurnLoop


def serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT. Raises what `mistakes` has a sentence for."""
    settings.require_serving()
    assert settings.policy is not None  # noqa: S101 - required above
    rules = policies.load_policies(settings.policy)
    clock = clock_of(settings)
    schema.upgrade(settings.database)
    logs.configure(level=settings.log_level)
    try:
        with asyncio.Runner(loop_factory=TurnLoop) as runner:
            runner.run(_run(settings, rules, clock))
    except ChannelMissing as error:
        raise Mistake(Code.NO_CHANNEL, project=error.project, channel=error.channel) from error
    except SlackFailure as error:
        raise Mistake(Code.SLACK, problem=logs.redact(str(error)), url=settings.slack_api_url) from error


async def _run(settings: Settings, rules: list[Policy], clock: Clock) -> None:
    asked_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, asked_to_stop.set)
    async with running(settings, rules, clock) as program:
        projects = ", ".join(policy.project for policy in rules)
        say(said(reader(), Code.SERVING, host=settings.host, port=str(program.port), projects=projects))
        await asked_to_stop.wait()
