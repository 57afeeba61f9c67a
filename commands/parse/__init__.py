"""Slash text, Korean and English, to a typed value or a usage error. Pure; never raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from commands.parse import calendar, exceptions, health, readiness, release, room
from commands.parse.checklist import checklist
from commands.parse.common import leftover, maybe_project
from commands.parse.correct import correct
from commands.parse.criteria import breach
from commands.parse.digest import digest
from commands.parse.notices import notice
from commands.parse.people import read_roles
from commands.parse.scope import scope
from commands.parse.tokens import Words, closest, phrase, read
from commands.slash import (
    ActionsText,
    ContactsText,
    HelpText,
    MineText,
    SlashCommand,
    UsageError,
)
from domain.refusals import Refused, UnknownVerb
from domain.verbs import ALIASES, KOREAN, Verb

_SHOWN = 80

Reading = Callable[[Words, date], SlashCommand]

_READ: Mapping[Verb, Reading] = {
    Verb.START: release.start,
    Verb.STATUS: release.status,
    Verb.LIST: release.listing,
    Verb.BOARD: release.board,
    Verb.MINE: lambda words, _today: leftover(words, MineText()),
    Verb.DIGEST: digest,
    Verb.ADVANCE: release.advance,
    Verb.DEPLOY: release.deploy,
    Verb.HOLD: release.hold,
    Verb.RESUME: release.resume,
    Verb.CANCEL: release.cancel,
    Verb.RETARGET: release.retarget,
    Verb.CAPTAIN: release.captain,
    Verb.DRY_RUN: release.dry_run,
    Verb.BRANCHES: release.branches,
    Verb.NOTES: release.notes,
    Verb.HEALTH: health.health,
    Verb.CHECKLIST: checklist,
    Verb.READY: readiness.ready,
    Verb.WAY_BACK: readiness.way_back,
    Verb.REHEARSED: readiness.rehearsed,
    Verb.SCHEMA: readiness.schema,
    Verb.CORRECT: correct,
    Verb.SCOPE: scope,
    Verb.CAN_I_DEPLOY: release.can_i_deploy,
    Verb.WHEN: release.when,
    Verb.ROLLBACK: room.rollback,
    Verb.BREACH: breach,
    Verb.WARROOM: room.warroom,
    Verb.IC: room.commander,
    Verb.LOG: room.log,
    Verb.STEP: room.step,
    Verb.ESCALATE: room.escalate,
    Verb.RESOLVE: room.resolve,
    Verb.POSTMORTEM: room.postmortem,
    Verb.ACTIONS: lambda words, _today: ActionsText(project=maybe_project(words)),
    Verb.NOTICE: notice,
    Verb.CONTACTS: lambda words, _today: ContactsText(project=maybe_project(words)),
    Verb.CALENDAR: calendar.month,
    Verb.YEAR: calendar.year,
    Verb.EXCEPTION: exceptions.exception,
    Verb.FREEZE: calendar.freeze,
    Verb.BLACKOUT: calendar.blackout,
    Verb.WINDOW: calendar.window,
    Verb.ROLES: read_roles,
    Verb.HELP: lambda words, _today: _help(words),
}


def parse(text: str, *, today: date) -> SlashCommand | UsageError:
    """What `text` (all that follows `/release`) asks for; `today` is the local day in the project's zone."""
    words = read(text)
    if not words:
        return HelpText()
    try:
        verb, rest = _verb(words)
        if rest and len(rest.tokens) == 1 and ALIASES.get(rest.first.key) is Verb.HELP:
            return HelpText(verb=verb)
        return _READ[verb](rest, today)
    except Refused as no:
        return UsageError(no.refusal)


def _verb(words: Words) -> tuple[Verb, Words]:
    """The verb comes first, or right after the release as Korean has it: `1.5.0 상태`."""
    found = phrase(words, ALIASES)
    if found:
        return found
    if release.is_version(words.first):
        found = phrase(words.after(1), ALIASES)
        if found:
            verb, rest = found
            return verb, Words(words.text, (words.first, *rest.tokens))
    raise _unknown(words)


def _unknown(words: Words) -> Refused:
    """Names the verb that was most likely meant, in the language that was typed."""
    found = closest(words.first.text, ALIASES)
    verb = ALIASES.get(found)
    guess = "" if verb is None else verb.value if found.isascii() else KOREAN[verb]
    return Refused(UnknownVerb(words.first.text[:_SHOWN], guess))


def _help(words: Words) -> HelpText:
    if not words:
        return HelpText()
    found = phrase(words, ALIASES)
    if found is None:
        raise _unknown(words)
    return leftover(found[1], HelpText(verb=found[0]))
