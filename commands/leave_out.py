"""A change that is not ready goes out behind a feature flag and is not announced; or it counts again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from commands import context, on_the_way
from commands.change import save
from commands.context import Case
from commands.record import send
from commands.requests import LeaveOut, TakeBackChange
from domain.errands import ToPerson
from domain.events import ChangeLeftOut, ChangeTakenBack
from domain.lifecycle import with_commander
from domain.people import Origin, Role
from domain.refusals import AlreadySo, Gone, NotAllowed, Refused, TextMissing, TooLate, TooLong, Unreadable
from domain.release import LeftOut
from domain.scope import Line
from domain.types import BEFORE_DEPLOY, Stage
from domain.views import Happened
from storage import decisions, scopes
from storage.db import Tx

ROLES = (Role.RELEASE_MANAGER, Role.TECH_LEAD)
CHANGEABLE = BEFORE_DEPLOY | {Stage.ON_HOLD}
LONGEST_FLAG = 80
_FLAG = re.compile(r"[^\W_][\w.:/-]*")
_SHA = re.compile(r"[0-9a-f]{7,64}")


def leave_out(tx: Tx, request: LeaveOut, origin: Origin) -> Happened:
    """The code stays as it is, and so do approvals; whoever decides is told once approval is asked.

    Raises Refused.
    """
    found = context.case(tx, request.release)
    may_leave_out(found, origin)
    flag = _flag(request.flag.strip())
    line = _line(tx, found, request.sha)
    former = next((one for one in found.release.left_out if one.sha == line.sha), None)
    if former and former.flag == flag:
        raise Refused(AlreadySo("left_out", former.by))
    event = ChangeLeftOut(
        release=found.release.id,
        version=found.version,
        sha=line.sha,
        text=line.text,
        flag=flag,
        former=former.flag if former else "",
        asked=_asked(found),
    )
    on_the_way.pick(tx, found.release, line)
    new = LeftOut(sha=line.sha, text=line.text, flag=flag, by=origin.actor.user, at=found.at)
    return _save(tx, found, (*_others(found, line.sha), new), origin, event)


def take_back(tx: Tx, request: TakeBackChange, origin: Origin) -> Happened:
    """The change counts again. Raises Refused."""
    found = context.case(tx, request.release)
    may_leave_out(found, origin)
    sha = request.sha.lower()
    known = [one for one in found.release.left_out if _SHA.fullmatch(sha) and one.sha.startswith(sha)]
    if len(known) != 1:
        raise Refused(Gone("left_out"))
    event = ChangeTakenBack(
        release=found.release.id,
        version=found.version,
        sha=known[0].sha,
        text=known[0].text,
        flag=known[0].flag,
        asked=_asked(found),
    )
    return _save(tx, found, _others(found, known[0].sha), origin, event)


def may_leave_out(found: Case, origin: Origin) -> None:
    """Release managers, tech leads and the captain, until the deploy begins. Raises Refused."""
    release = found.release
    may = with_commander(release, ROLES)
    if origin.actor.user != release.captain and not found.roster.roles_of(origin.actor.user) & set(may):
        who = found.roster.anyone(may) | {release.captain} - {""}
        raise Refused(NotAllowed("scope", may, tuple(sorted(who))))
    if release.stage not in CHANGEABLE:
        raise Refused(TooLate(found.version, release.stage))


def _flag(flag: str) -> str:
    if not flag:
        raise Refused(TextMissing("flag"))
    if len(flag) > LONGEST_FLAG:
        raise Refused(TooLong("flag", LONGEST_FLAG))
    if not _FLAG.fullmatch(flag):
        raise Refused(Unreadable("flag", flag, "new-checkout"))
    return flag


def _line(tx: Tx, found: Case, text: str) -> Line:
    """The one change of the release that is meant."""
    if scopes.now(tx, found.release) is None:
        raise Refused(Gone("scope"))
    lines = on_the_way.meant(tx, found.project, found.release, text)
    if len(lines) != 1:
        raise Refused(Unreadable("change", text[:LONGEST_FLAG], "1a2b3c4"))
    return lines[0]


def _others(found: Case, sha: str) -> tuple[LeftOut, ...]:
    return tuple(one for one in found.release.left_out if one.sha != sha)


def _asked(found: Case) -> bool:
    return found.release.approval_asked_at is not None


def _save(
    tx: Tx,
    found: Case,
    left_out: Iterable[LeftOut],
    origin: Origin,
    event: ChangeLeftOut | ChangeTakenBack,
) -> Happened:
    save(tx, found, replace(found.release, left_out=tuple(left_out)), origin, [event])
    if event.asked:
        told = _deciders(tx, found) - {origin.actor.user}
        send(tx, found.project, origin, [(ToPerson(user), event) for user in sorted(told)])
    return Happened(event)


def _deciders(tx: Tx, found: Case) -> frozenset[str]:
    """Who has decided on the candidate, and who still can."""
    release = found.release
    decided = frozenset(one.user for one in decisions.live(tx, release.id, release.rc))
    return decided | frozenset(context.tally_of(tx, found).waiting_for)
