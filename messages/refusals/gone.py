"""What is gone, and what already is as it was asked: a sentence for each."""

from __future__ import annotations

import re

from domain import refusals as r
from domain.release import ConfirmItem
from messages.blocks import user
from messages.names import word
from messages.refusals.model import RefusalText
from messages.texts import Reader

_USER = re.compile(r"[UW][A-Z0-9]{1,20}")

GONE = {
    "release": word("This release is no longer there."),
    "channel": word("There is no channel here to post into."),
    "blackout": word("This blackout is no longer there."),
    "exception": word("This exception is no longer there."),
    "breach": word("This breach is no longer there."),
    "watch": word("This release is not in production, nor on its way there: nothing can be breached."),
    "page": word("There is no such call."),
    "room": word("This war room is no longer open."),
    "deployment": word("Nobody waits for this deploy any more."),
    "deployer": word("The policy asks no deployer here: people deploy by hand."),
    "playbook": word("This is no playbook."),
    "condition": word("This condition no longer counts: it belongs to an earlier candidate."),
    "window": word("This release window is no longer there."),
    "role": word("This person or group does not hold the role."),
    "lock": word("Deploys are not locked."),
    "freeze": word("There is no code freeze to lift."),
    "step": word("This step is not part of the rollback."),
    "postmortem": word("There is no open post-mortem."),
    "action_item": word("This action item is no longer there."),
    "action": word("This step is no longer offered."),
    "button": word("This button means nothing any more."),
    "project": word("No project is set up yet."),
    "reminder": word("There is no such reminder."),
    "token": word("There is no API token of this name, or it is revoked."),
    "reminder_settled": word("This is settled by now: nobody is reminded of it any more."),
    "reminder_others": word("This reminder goes to somebody else by now, or never was for you."),
    "confirmation": word("Nobody has confirmed it, or it was taken back already."),
    "reminder_answer": word("You have given no answer to this reminder that still holds."),
    "year_proposal": word("This is no longer proposed."),
    "year_date": word("This date no longer meets a holiday or a blackout, or it has a release by now."),
    "year_offer": word("The date that this button offers is no longer the nearest free one. Look again."),
    "year_answer": word("There is no such answer to take back any more."),
    "schema_change": word("This schema change is no longer there."),
    "left_out": word("This change is not left out."),
    "change": word("This change is no longer part of the release."),
    "candidate": word("This candidate is not there to be compared."),
    "scope": word("The list of changes is not there: the repository has not been read yet."),
}

ALREADY = {
    "action_item": word("This action item is in that state already."),
    "item_handed_on": word("It has that owner and that day already."),
    "postmortem_text": word("The post-mortem reads like this already."),
    "redeploy": word("This release is linked already."),
    "notes": word("These notes already say so."),
    "decided_approve": word("Your approval is already recorded."),
    "decided_conditions": word("Your approval with conditions is already recorded."),
    "decided_reject": word("Your rejection is already recorded."),
    **{item.value: word("This is already confirmed.") for item in ConfirmItem},
    "condition_met": word("This condition is already met."),
    "freeze_begun": word("The code freeze has already begun."),
    "blackout_times": word("The blackout already has these times."),
    "blackout_usual": word("That year's blackout is as usual already."),
    "occurrence": word("This occurrence already is as you ask."),
    "freeze_lifted": word("The code freeze is already lifted."),
    "deploy_at": word("The release already has this deploy date."),
    "left_out": word("This change is already left out behind that flag."),
    "captain": word("This person is the captain already."),
    "correction": word("The commit is told like this already."),
    "correction_none": word("The commit is told as git has it; nothing was corrected."),
    "window": word("This release window is already there."),
    "token": word("A token of this name is in use: renew or revoke it, or choose another name."),
    "blackout": word("This blackout is already there."),
    "feed": word("The policy lists a feed of this name: choose another one."),
    "role": word("The role is already held like this."),
    "author": word("This e-mail address is already linked like this."),
    "git": word("There is nothing for git to try again."),
    "exception_asked": word("An exception is already asked for."),
    "exception_granted": word("This exception is already granted."),
    "exception_denied": word("This exception is already denied."),
    "exception_used": word("This exception is already used."),
    "exception_expired": word("This exception has expired."),
    "exception_revoked": word("This exception is already taken back."),
    "exception_judged": word("This exception is already judged."),
    "digest_on": word("Your digest is on already, at that time."),
    "digest_off": word("Your digest is off already."),
    "seat": word("You already have command."),
    "step": word("The step already stands like this."),
    "room": word("A war room is already open for this."),
    "breach": word("This is reported already."),
    "deployment": word("The deployer is at it, or has ended it."),
    "breach_confirmed": word("Nothing waits for a confirmation here any more."),
    "breach_aside": word("This was put aside. If you see it now, report it anew: it is open again then."),
    "breach_settled": word("This is settled already."),
    "page": word("Somebody is on it already, or it is over."),
    "rollback": word("A rollback is already declared."),
    "resolved": word("The war room is already resolved."),
    "postmortem": word("The post-mortem is already closed."),
    "playbook": word("This playbook is already open in the war room."),
    "year": word("This is already answered."),
    "year_all": word("Nothing is proposed any more: all is answered."),
    "lock": word("Deploys are already locked."),
    "reminder_seen": word("You have said so already: you are not reminded of this."),
    "schema_change": word("A schema change of that name is already open."),
    "schema_link": word("The release already takes this phase."),
    "schema_unlinked": word("The release takes no phase of this schema change."),
    "schema_ended": word("This schema change is over already."),
    "production": word("Another answer is already confirmed for what is in production."),
}

SOMETHING_GONE = word("What this speaks of is no longer there.")
SOMETHING_ALREADY = word("It already is as you ask.")


def no_longer(reader: Reader, of: r.Gone | r.AlreadySo) -> RefusalText:
    t = reader.t
    if isinstance(of, r.Gone):
        return RefusalText(t(GONE.get(of.what, SOMETHING_GONE)), next=t("Nothing was changed."))
    done = t(ALREADY.get(of.what, SOMETHING_ALREADY))
    by = (t("By {who}", who=user(of.by)),) if _USER.fullmatch(of.by) else ()
    return RefusalText(done, by, t("Nothing was changed."))
