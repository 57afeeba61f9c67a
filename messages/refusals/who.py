"""Refusals that hang on who asks: the polite no that names who can."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from domain import refusals as r
from domain.release import ConfirmItem
from domain.types import Action
from messages import names
from messages.blocks import channel, user
from messages.names import word
from messages.parts import people, when
from messages.refusals.model import RefusalText
from messages.texts import Reader
from messages.versions import tag

WhoNo = (
    r.NotAllowed
    | r.NotAMember
    | r.NotYourSlot
    | r.NotYourWord
    | r.OwnWork
    | r.OwnExceptionRequest
    | r.RoleLocked
    | r.OwnRoles
    | r.SeatTaken
    | r.SeatNotYet
)

# What a person was about to do, for everything that is no step of the lifecycle.
DOINGS = {
    "approve": word("Deciding on an approval"),
    **{item.value: word("Confirming this") for item in ConfirmItem},
    "meet_condition": word("Marking a condition as met"),
    "way_back": word("Giving a way back"),
    "rehearsal": word("Recording a rehearsal"),
    "reading": word("Entering a reading"),
    "schema_change": word("Tracking a schema change"),
    "deployer": word("Asking the deployer again"),
    "retarget": word("Changing the deploy date"),
    "captain": word("Handing a release over"),
    "correct": word("Correcting a commit message"),
    "scope": word("Changing the scope"),
    "notes": word("Editing release notes"),
    "stakeholders": word("Naming stakeholders"),
    "freeze": word("Changing a code freeze"),
    "blackout": word("Changing blackouts"),
    "window": word("Changing release windows"),
    "roles": word("Changing roles"),
    "exception": word("Asking for an exception"),
    "exception_decide": word("Deciding on an exception"),
    "exception_revoke": word("Revoking an exception"),
    "exception_judge": word("Judging an exception"),
    "retry_git": word("Trying git again"),
    "start": word("Starting a release"),
    "lock": word("Lifting the deploy lock"),
    "warroom": word("Opening a war room"),
    "rollback": word("Declaring a rollback"),
    "breach_confirm": word("Confirming one's own report"),
    "breach_dismiss": word("Putting a breach aside"),
    "page": word("Answering this call"),
    "seat": word("Taking command"),
    "hand_seat": word("Handing over command"),
    "step": word("Changing a rollback step"),
    "log": word("Writing to the timeline"),
    "escalate": word("Escalating"),
    "resolve": word("Resolving the war room"),
    "postmortem": word("Closing the post-mortem"),
    "notice": word("Sending a notice"),
    "action_item": word("Ending an action item"),
}

_MEMBERS = {
    "stranger": word("Releases are handled by people of this workspace only."),
    "guest": word("Guests can read along, but cannot take part in releases."),
    "bot": word("Bots and deactivated accounts cannot take part in releases."),
}


def of_who(reader: Reader, of: WhoNo) -> RefusalText:
    t = reader.t
    match of:
        case r.NotAllowed():
            return _not_allowed(reader, of)
        case r.NotAMember(why, channel_id):
            return _not_a_member(reader, why, channel_id)
        case r.NotYourSlot() | r.NotYourWord():
            return _not_yours(reader, of)
        case r.OwnWork():
            return _own_work(reader, of)
        case r.OwnExceptionRequest(who):
            return RefusalText(t("Nobody decides on their own request."), next=_ask(reader, who))
        case r.RoleLocked(role):
            return RefusalText(
                t("The role {role} is locked in the policy.", role=names.role(reader, role)),
                next=t("Change it in the policy file."),
            )
        case r.OwnRoles():
            return RefusalText(
                t("Owners do not change their own roles."), next=t("Ask another owner of the project.")
            )
        case r.SeatTaken(by):
            return RefusalText(
                t("{who} already has command.", who=user(by)),
                next=t("They can hand it over with {command}.", command="`/release ic @user`"),
            )
        case r.SeatNotYet(at, who):
            return RefusalText(
                t("Your role can take command from {at} on.", at=when(reader, at)), next=_ask(reader, who)
            )
        case _:
            assert_never(of)


def _not_yours(reader: Reader, of: r.NotYourSlot | r.NotYourWord) -> RefusalText:
    t = reader.t
    if isinstance(of, r.NotYourWord):
        return RefusalText(t("Only who has confirmed it takes it back."), next=_ask(reader, (of.by,)))
    return RefusalText(
        t("Your decision does not count for the approval of {version}.", version=tag(of.version)),
        next=_ask(reader, of.who),
    )


def _not_allowed(reader: Reader, of: r.NotAllowed) -> RefusalText:
    doing = of.what
    if doing in set(Action):
        shown = names.action(reader, Action(doing))
    else:
        shown = reader.t(DOINGS[doing]) if doing in DOINGS else ""
    roles = names.roles(reader, of.roles)
    if not shown:
        what = reader.t("This is for: {roles}.", roles=roles)
    else:
        what = reader.t("*{action}* is for: {roles}.", action=shown, roles=roles)
    return RefusalText(what, next=_ask(reader, of.who))


def _not_a_member(reader: Reader, why: str, channel_id: str) -> RefusalText:
    t = reader.t
    if why in _MEMBERS:
        return RefusalText(t(_MEMBERS[why]), next=t("Nothing was changed."))
    if not channel_id:
        return RefusalText(t("Only members of the project's channel can do this."))
    return RefusalText(
        t("Only members of {channel} can do this.", channel=channel(channel_id)),
        next=t("Join the channel and try again."),
    )


def _own_work(reader: Reader, of: r.OwnWork) -> RefusalText:
    t = reader.t
    reasons = {
        "starter": t("You started this release, so somebody else decides (separation of duties)."),
        "author": t("You wrote changes of this release, so somebody else decides (separation of duties)."),
    }
    why = (reasons[of.why],) if of.why in reasons else ()
    return RefusalText(
        t("You cannot approve {version}.", version=tag(of.version)), why, next=_ask(reader, of.who)
    )


def _ask(reader: Reader, who: Sequence[str]) -> str:
    """Who can do it instead; when there is nobody, who can change that."""
    if who:
        return reader.t("Who can: {people}", people=people(reader, who))
    return reader.t(
        "Nobody holds the role at the moment; an owner of the project can give it with {command}.",
        command="`/release roles`",
    )
