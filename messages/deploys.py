"""The words of deployers: what is deployed, by whom, why it failed, and what to do then."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.deploys.model import DeployerKind, DeployState, DeployWhy, Purpose
from domain.rollback import StepKey
from messages import names
from messages.blocks import esc
from messages.names import word
from messages.parts import quote
from messages.texts import Reader

_DETAIL = 300
_LINK = re.compile(r"https?://[^\s<>|\"`]{1,500}")

DEPLOYERS: Mapping[DeployerKind, str] = {
    DeployerKind.MANUAL: word("people"),
    DeployerKind.WEBHOOK: word("webhook"),
    DeployerKind.GITHUB_ACTIONS: word("GitHub Actions"),
}

STATES: Mapping[DeployState, str] = {
    DeployState.ASKED: word("asked"),
    DeployState.RUNNING: word("running"),
    DeployState.SUCCEEDED: word("succeeded"),
    DeployState.FAILED: word("failed"),
    DeployState.CANCELLED: word("cancelled"),
    DeployState.LOST: word("lost"),
}

WHYS: Mapping[DeployWhy, str] = {
    DeployWhy.SAID: word("The deployer reports it."),
    DeployWhy.APPROVAL: word(
        "It waits at the deployer for what its environment asks for, perhaps somebody's approval. Look there."
    ),
    DeployWhy.REFUSED: word("The deployer refused the request."),
    DeployWhy.TIMEOUT: word("The deployer did not answer in time."),
    DeployWhy.UNREACHABLE: word("The deployer could not be reached."),
    DeployWhy.STATUS: word("The deployer answered with an error of its own."),
    DeployWhy.MOVED: word(
        "The deployer sends on to another address; Naru does not follow. Write the new one into the policy."
    ),
    DeployWhy.TOO_LARGE: word("The deployer's answer is too large to be one."),
    DeployWhy.NOT_JSON: word(
        "The deployer's answer is not JSON, perhaps the page of a proxy or of a sign-in. "
        "Check its address in the policy."
    ),
    DeployWhy.UNREADABLE: word("The deployer's answer has fields that Naru cannot read."),
    DeployWhy.PRIVATE_ADDRESS: word(
        "The deployer has an address of a private network. If that is meant, write “private: true” into the "
        "policy."
    ),
    DeployWhy.NO_SECRET: word(
        "There is no secret to sign with. Put one into a file and name it in NARU_DEPLOY_SIGNING_SECRET_FILE."
    ),
    DeployWhy.NO_TOKEN: word(
        "There is no token for GitHub. Put one that may write actions into a file and name it in "
        "NARU_FORGE_TOKEN_FILE."
    ),
    DeployWhy.BAD_TOKEN: word("GitHub does not accept the token. Put a new one into its file."),
    DeployWhy.DENIED: word("The token must not start workflows: it needs to write actions."),
    DeployWhy.NOT_FOUND: word("GitHub knows no such repository or workflow, or the token must not see it."),
    DeployWhy.SHUT_OUT: word(
        "The deployer does not let Naru in. Check its address in the policy, and the secret it checks "
        "signatures with."
    ),
    DeployWhy.NOT_THERE: word(
        "The deployer knows nothing at this address, or nothing of this deploy. Check its address in the "
        "policy."
    ),
    DeployWhy.LIMITED: word("The deployer wants fewer requests for now."),
    DeployWhy.NO_RULES: word("The policy no longer says how this deployer is reached."),
    DeployWhy.SILENT: word("Nothing was heard of it for too long: look at what really runs."),
    DeployWhy.BEFORE_GOES_ON: word("It was not sent: the attempt before it may still run."),
}

REMEDIES: Mapping[Purpose, Mapping[DeployState, str]] = {
    Purpose.STAGING: {
        DeployState.FAILED: word("Mend it and build the next candidate."),
        DeployState.LOST: word("Look at staging, then report on the card how it went."),
    },
    Purpose.STEP: {
        DeployState.FAILED: word("The rollout is paused. Continue to try again, or declare a rollback."),
        DeployState.LOST: word(
            "The rollout is paused. Look at what runs in production, then continue or declare a rollback."
        ),
    },
    Purpose.ROLLBACK: {
        DeployState.FAILED: word("Start the step to try again, or do it by hand and report it done."),
        DeployState.LOST: word(
            "Look at what runs in production, then start the step again or report it done."
        ),
    },
}
NOT_ASKED = word("Nothing was deployed. Do it by hand and report it on the card, or mend the settings.")


def work(reader: Reader, purpose: Purpose, step: str) -> str:
    """What is done: `Staging deploy`, `Rollout step “Canary 10 %”`, `Way back, step “Traffic”`."""
    match purpose:
        case Purpose.STAGING:
            return reader.t("Staging deploy")
        case Purpose.STEP:
            return reader.t("Rollout step “{step}”", step=quote(names.rollout_step(reader, step), 80))
        case Purpose.ROLLBACK:
            return reader.t("Way back, step “{step}”", step=quote(_room_step(reader, step), 80))


def _room_step(reader: Reader, step: str) -> str:
    return names.step(reader, StepKey(step)) if step in set(StepKey) else step


def deployer(reader: Reader, kind: DeployerKind) -> str:
    return reader.t(DEPLOYERS[kind])


def state(reader: Reader, of: DeployState) -> str:
    return reader.t(STATES[of])


def reason(reader: Reader, why: DeployWhy | None, detail: str) -> str:
    """Why it went wrong, and the deployer's own words beneath; empty where nothing is known."""
    said = reader.t(WHYS[why]) if why else ""
    return f"{said}\n> {quote(detail, _DETAIL)}" if detail.strip() else said


def words(reader: Reader, why: str) -> str:
    """Why a step failed: the code of what went wrong with a deployer is worded, all else stands."""
    if why in set(DeployState):
        return reader.t(STATES[DeployState(why)])
    return reader.t(WHYS[DeployWhy(why)]) if why in set(DeployWhy) else why


def watch(reader: Reader, url: str) -> str:
    """A link to where it can be watched, empty without an address that is one."""
    label = reader.t("Watch it")
    return f"<{esc(url)}|{label}>" if _LINK.fullmatch(url) else ""
