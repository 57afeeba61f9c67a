"""Do without an item, for a reason."""

from __future__ import annotations

from dataclasses import replace

from commands.checklists.case import check_words, item_of, list_case, say, told
from commands.checklists.tick import check_candidate, check_waive
from commands.requests import WaiveItem
from domain.checklists.judge import reopened
from domain.checklists.model import SAID_ELSEWHERE
from domain.checklists.standing import Standing
from domain.events import ItemWaived
from domain.people import Origin
from domain.refusals import ItemSettled, KnownByItself, Refused, TextMissing
from domain.views import Happened
from storage.db import Tx


def waive(tx: Tx, request: WaiveItem, origin: Origin) -> Happened:
    """Of an item of the candidate it holds for this candidate only. Raises Refused."""
    found = list_case(tx, request, origin, from_rc=request.from_rc)
    one = item_of(found, request.key)
    item, reason = one.item, request.reason.strip()
    if item.auto in SAID_ELSEWHERE and item.auto is not None:
        raise Refused(KnownByItself(item.named, item.auto))
    if one.settled:
        waived = one.standing is Standing.WAIVED
        raise Refused(ItemSettled(item.named, waived, one.state.waived_by if waived else one.state.done_by))
    check_candidate(found, one)
    check_waive(found, one, origin)
    if not reason:
        raise Refused(TextMissing("waiver"))
    check_words(reason)
    rc = found.release.rc if found.release else 0
    said = replace(
        reopened(one.state),
        waived_at=found.at,
        waived_by=origin.actor.user,
        reason=reason,
        candidate=rc if item.of_candidate else 0,
    )
    say(tx, found, {item.key: said})
    event = ItemWaived(phase=found.phase, item=item.named, reason=reason, candidate=rc, **found.whose)
    told(tx, found, origin, [event], aloud=True)
    return Happened(event)
