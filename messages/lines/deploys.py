"""Lines of deployers: asked, running, how it went, and what came too late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain import events as v
from domain.alerts import Alert
from domain.deploys.model import NEVER_ASKED, DeployState, DeployWhy, Purpose
from messages.deploys import NOT_ASKED, REMEDIES, deployer, reason, state, watch, work
from messages.lines.lifecycle import head
from messages.names import word
from messages.parts import quote
from messages.texts import Reader

_UNTOLD = word(
    "The deployer could not be told, so it may go on. Look at what runs there, and stop it yourself."
)
_SILENT = word(
    "The deployer has not said that it ended, so it may go on. Look at what runs there, and stop it yourself."
)

DeploySaid = v.DeploymentAsked | v.DeploymentMoved | v.DeploymentLate


def deploy_line(reader: Reader, said: DeploySaid) -> str:
    match said:
        case v.DeploymentAsked():
            return _asked(reader, said)
        case v.DeploymentMoved():
            return "\n".join(_moved(reader, said))
        case v.DeploymentLate():
            return _late(reader, said)
        case _:
            assert_never(said)


def _asked(reader: Reader, said: v.DeploymentAsked) -> str:
    t = reader.t
    text = t(
        "{release} {work}: asked of {deployer}. Version: {target}",
        release=head(said.version),
        work=work(reader, said.purpose, said.step),
        deployer=deployer(reader, said.deployer),
        target=quote(said.target, 80),
    )
    if said.attempt > 1:
        text = f"{text} · " + t("attempt {n}", n=said.attempt)
    waits = t("It is sent as soon as the attempt before it has ended; that one is being cancelled.")
    return f"{text}\n{waits}" if said.waits else text


def alert(said: DeploySaid) -> Alert:
    """What fails on staging warns; what fails before users is critical."""
    match said:
        case v.DeploymentAsked():
            return Alert.INFO
        case v.DeploymentMoved():
            return _moved_to(said)
        case v.DeploymentLate():
            return Alert.WARNING
        case _:
            assert_never(said)


def _moved_to(said: v.DeploymentMoved) -> Alert:
    if said.goes_on and said.purpose is not Purpose.STAGING:
        return Alert.CRITICAL
    match said.state:
        case DeployState.ASKED | DeployState.RUNNING:
            return Alert.WARNING if said.why else Alert.INFO
        case DeployState.SUCCEEDED:
            return Alert.SUCCESS
        case DeployState.CANCELLED:
            return Alert.WARNING
        case DeployState.FAILED | DeployState.LOST:
            return Alert.WARNING if said.purpose is Purpose.STAGING else Alert.CRITICAL
        case _:
            assert_never(said.state)


def _moved(reader: Reader, said: v.DeploymentMoved) -> Iterator[str]:
    t = reader.t
    text = t(
        "{release} {work}: {state}",
        release=head(said.version),
        work=work(reader, said.purpose, said.step),
        state=_stands(reader, said),
    )
    percent = f"{said.percent} %" if said.percent and said.state is DeployState.RUNNING else ""
    yield " · ".join(part for part in (text, percent, watch(reader, said.url)) if part)
    if said.mended:
        yield t("It had counted as lost.")
    if said.goes_on and said.why is DeployWhy.SILENT:
        yield t(_SILENT)
        return
    if said.goes_on:
        yield t(_UNTOLD)
    if why := reason(reader, said.why, said.detail):
        yield why
    if said.state in {DeployState.FAILED, DeployState.LOST}:
        yield _what_to_do(reader, said)


def _stands(reader: Reader, said: v.DeploymentMoved) -> str:
    """Cancelled is only what the deployer says is, or what never reached it."""
    if said.goes_on:
        return reader.t("cancel not confirmed")
    return reader.t("being cancelled") if said.ending else state(reader, said.state)


def _what_to_do(reader: Reader, said: v.DeploymentMoved) -> str:
    staging_untouched = said.purpose is Purpose.STAGING and said.why in NEVER_ASKED
    if staging_untouched and said.state is DeployState.FAILED:
        return reader.t(NOT_ASKED)
    return reader.t(REMEDIES[said.purpose][said.state])


def _late(reader: Reader, said: v.DeploymentLate) -> str:
    t = reader.t
    text = t(
        "{release} {work}: the deployer reports “{said}” now. For Naru it had ended: {state}",
        release=head(said.version),
        work=work(reader, said.purpose, said.step),
        said=state(reader, said.said),
        state=state(reader, said.state),
    )
    after = t("Nothing was changed. Look at what really runs there.")
    link = watch(reader, said.url)
    words = f"\n{reason(reader, None, said.detail).strip()}" if said.detail.strip() else ""
    return f"{text}{words}\n{after} {link}".rstrip()
