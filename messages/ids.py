"""Action ids, callback ids and typed button values: encoded and decoded side by side.

An action id names what is pressed (`release.advance`); its value says on what, as short JSON, so that a
button from an old message still says for which candidate it was shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.release import ConfirmItem
from domain.types import Action


class Press(StrEnum):
    """Every button, overflow or select outside of modals' inputs."""

    ADVANCE = "release.advance"  # an Action that needs no more words
    ASK = "release.ask"  # an Action that opens a modal first
    MORE = "release.more"  # the card's overflow: the option's value is a Pressed of ADVANCE or ASK
    DEPLOY = "release.deploy"
    DEPLOY_AGAIN = "deployer.again"
    DRY_RUN = "release.dry_run"  # what git would do: the target's state is a GitStep, empty for the next one
    RETRY = "release.retry"  # what git could not do, once more
    CONFIRM = "release.confirm"
    UNCONFIRM = "release.unconfirm"  # takes back what was confirmed
    SCOPE = "release.scope"  # also its select: each option's value is a group of the list
    CHANGE = "release.change"  # the overflow of one change: its option's step is one of the four below
    LEAVE_OUT = "release.leave_out"
    TAKE_BACK_CHANGE = "release.take_back"
    CORRECT = "release.correct"
    AS_IN_GIT = "release.as_in_git"
    COMPARE = "release.compare"  # also its selects: each option's value names two candidates
    NOTES = "notes.open"  # the notes, another page, language or audience of them
    NOTES_EDIT = "notes.edit"
    NOTES_SECTION = "notes.section"  # what is chosen in the open modal
    NOTES_POST = "notes.post"
    NOTES_AGAIN = "notes.again"
    CHECKLIST = "checklist.open"  # the lists; also the select of one, and the pages
    CHECK_ITEM = "checklist.item"  # a select: each option's value is an item
    CHECK_WHAT = "checklist.what"  # what is chosen of it in the open modal
    RETARGET = "release.retarget"
    STAKEHOLDERS = "release.people"
    CONTACTS = "contacts.open"  # another page
    HEALTH = "release.health"  # another page
    READING = "release.reading"
    READY = "release.ready"
    WAY_BACK_GIVE = "release.way_back"
    REHEARSED = "release.rehearsed"
    SCHEMA_BEGIN = "schema.begin"
    SCHEMA_LINK = "schema.link"
    SCHEMA_END = "schema.end"
    APPROVE = "approval.approve"
    CONDITIONS = "approval.conditions"
    REJECT = "approval.reject"
    WITHDRAW = "approval.withdraw"
    MEET = "approval.meet"
    EXCEPTION_ASK = "exception.ask"
    EXCEPTION_FROM = "exception.from"
    EXCEPTION_GRANT = "exception.grant"
    EXCEPTION_DENY = "exception.deny"
    EXCEPTION_REVOKE = "exception.revoke"
    EXCEPTION_JUDGE = "exception.judge"
    BREACH_REPORT = "breach.report"
    BREACH_CONFIRM = "breach.confirm"
    BREACH_DISMISS = "breach.dismiss"
    PAGE_ANSWER = "page.answer"
    ROLLBACK = "rollback.declare"
    TAKE_SEAT = "room.seat"
    STEP = "room.step"
    ROOM_LOG = "room.log"
    ROOM_ESCALATE = "room.escalate"
    ROOM_RESOLVE = "room.resolve"
    ROOM_STAND_DOWN = "room.stand_down"
    PLAYBOOK = "room.playbook"  # a select: each option's value names one
    POSTMORTEM_DONE = "room.postmortem"
    ROOM_CLOSE = "room.close"
    NOTICE = "notice.open"
    NOTICE_KIND = "notice.kind"  # what is chosen in the open modal
    NOTICE_AUDIENCE = "notice.audience"
    POSTMORTEM_WRITE = "room.postmortem.write"
    POSTMORTEM_FILE = "room.postmortem.file"
    POSTMORTEM_WEB = "room.postmortem.web"
    ITEM_ADD = "room.item.add"
    ITEM_DONE = "room.item.done"
    ITEM_END = "room.item.end"
    ITEM_REOPEN = "room.item.reopen"
    REDEPLOY = "room.redeploy"
    REMINDER_SEEN = "reminder.seen"
    REMINDER_LATER = "reminder.later"
    REMINDER_RESUME = "reminder.resume"
    LIFT_LOCK = "lock.lift"
    START = "start.open"
    START_TYPE = "start.type"
    START_PROJECT = "start.project"
    CALENDAR = "calendar.open"  # another month or page, in the place of the one shown
    CALENDAR_PICTURE = "calendar.picture"
    CALENDAR_TIMELINE = "calendar.timeline"
    YEAR = "year.open"  # another page of what a year leaves to confirm
    YEAR_ADD = "year.add"
    YEAR_ADD_ALL = "year.add_all"
    YEAR_NOT_NEEDED = "year.not_needed"
    YEAR_MOVE = "year.move"
    YEAR_SKIP = "year.skip"
    YEAR_LEAVE = "year.leave"
    YEAR_BACK = "year.back"  # a select: each option's value is what is taken back
    BLACKOUT_ADD = "blackout.add"
    BLACKOUT_TIMES = "blackout.times"  # its dates in the open modal
    BLACKOUT_PROJECTS = "blackout.projects"  # whose it is, in the open modal
    BLACKOUT_MOVE = "blackout.move"
    BLACKOUT_REMOVE = "blackout.remove"
    BLACKOUT_RESTORE = "blackout.restore"
    WINDOW_ADD = "window.add"
    WINDOW_REMOVE = "window.remove"
    OCCURRENCE = "calendar.occurrence"  # one date of what recurs
    OCCURRENCE_TIMES = "calendar.occurrence.times"  # what is chosen of it in the open modal
    RETARGET_TIME = "release.retarget.time"  # what is chosen in the open modal
    ROLE_GIVE = "roles.give"
    ROLE_TAKE = "roles.take"
    DIGEST = "digest.set"  # on or off, as the target's state says
    DIGEST_TIME = "digest.time"


class Form(StrEnum):
    """Every modal, by callback id."""

    START = "form.start"
    ACTION = "form.action"
    QA = "form.qa"
    CUT_EARLY = "form.cut_early"
    COMMITS = "form.commits"
    WITHOUT_FILES = "form.without_files"
    CONDITIONS = "form.conditions"
    REJECT = "form.reject"
    MEET = "form.meet"
    CONFIRM = "form.confirm"
    CHECKLIST = "form.checklist"
    CHECK_ITEM = "form.check_item"
    RETARGET = "form.retarget"
    STAKEHOLDERS = "form.stakeholders"
    CAPTAIN = "form.captain"
    READING = "form.reading"
    WAY_BACK = "form.way_back"
    REHEARSAL = "form.rehearsal"
    SCHEMA_BEGIN = "form.schema_begin"
    SCHEMA_LINK = "form.schema_link"
    SCHEMA_END = "form.schema_end"
    CANCEL = "form.cancel"
    EXCEPTION = "form.exception"
    EXCEPTION_DECISION = "form.exception_decision"
    EXCEPTION_REVOKE = "form.exception_revoke"
    EXCEPTION_JUDGEMENT = "form.exception_judgement"
    BREACH = "form.breach"
    BREACH_DISMISS = "form.breach_dismiss"
    ROLLBACK = "form.rollback"
    STEP = "form.step"
    LOG = "form.log"
    ESCALATE = "form.escalate"
    RESOLVE = "form.resolve"
    STAND_DOWN = "form.stand_down"
    POSTMORTEM = "form.postmortem"
    NOTICE = "form.notice"
    POSTMORTEM_TEXTS = "form.postmortem_texts"
    ITEM_ADD = "form.item_add"
    ITEM_END = "form.item_end"
    REDEPLOY = "form.redeploy"
    LIFT_LOCK = "form.lift_lock"
    FREEZE = "form.freeze"
    BLACKOUT = "form.blackout"
    BLACKOUT_MOVE = "form.blackout_move"
    OCCURRENCE = "form.occurrence"
    WINDOW = "form.window"
    ROLE = "form.role"
    SCOPE = "form.scope"
    NOTES = "form.notes"
    LEAVE_OUT = "form.leave_out"
    CORRECT = "form.correct"
    COMPARE = "form.compare"
    LATER = "form.later"
    DIGEST = "form.digest"


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a button or a modal speaks of. Only the fields that it needs are set and written."""

    project: str = ""
    release: str = ""
    candidate: int = 0
    action: Action | None = None
    item: ConfirmItem | None = None
    condition: str = ""
    exception: str = ""
    change: str = ""
    closed: str = ""
    blackout: str = ""
    reminder: str = ""
    room: str = ""
    step: str = ""
    state: str = ""
    role: str = ""
    holder: str = ""
    page: int = 0
    channel: str = ""
    key: str = ""
    at: str = ""


def encode(target: Target) -> str:
    """At most 2,000 characters, Slack's limit for a button value."""
    fields = {key: value for key, value in vars(target).items() if value}
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Target:
    """Raises ValueError for anything that `encode` did not write."""
    fields: Any = json.loads(text or "{}")
    if not isinstance(fields, dict) or not fields.keys() <= Target.__dataclass_fields__.keys():
        raise ValueError("not a target")
    for name in ("candidate", "page"):
        if not isinstance(fields.get(name, 0), int):
            raise ValueError(f"{name} is a number")
    texts = {k: v for k, v in fields.items() if k not in {"candidate", "page"}}
    if not all(isinstance(value, str) for value in texts.values()):
        raise ValueError("not a target")
    if "action" in fields:
        fields["action"] = Action(fields["action"])
    if "item" in fields:
        fields["item"] = ConfirmItem(fields["item"])
    return Target(**fields)
