"""Private answers: a view or an outcome to the message that its reader sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.digest import DigestSetting
from domain.month import CalendarView
from domain.refusals import Refusal
from domain.views import (
    BlackoutsView,
    BoardView,
    BranchesView,
    BreachesView,
    CardView,
    ContactsView,
    ExceptionsView,
    FreezeView,
    GateView,
    Happened,
    HealthView,
    LedgerView,
    ListView,
    MineView,
    Outcome,
    OwedView,
    ReadinessView,
    RolesView,
    SaidNo,
    SchemaView,
    WindowsView,
    YearView,
)
from domain.when import WhenView
from messages import lines, lists
from messages.blocks import cut, section
from messages.card import card
from messages.digests.setting import digest_setting
from messages.health.view import health_answer
from messages.lists.contacts import contacts_list
from messages.message import Message
from messages.postmortem.items import owed_list
from messages.readiness.view import readiness_answer
from messages.refusals import refusal_text
from messages.texts import Reader

TEXT = 3000
Answer = (
    BlackoutsView
    | BoardView
    | BranchesView
    | BreachesView
    | CalendarView
    | CardView
    | ContactsView
    | DigestSetting
    | ExceptionsView
    | FreezeView
    | GateView
    | HealthView
    | LedgerView
    | ListView
    | MineView
    | OwedView
    | ReadinessView
    | RolesView
    | SchemaView
    | WhenView
    | WindowsView
    | YearView
)


def told(text: str) -> Message:
    return Message(cut(text, TEXT), [section(text)])


def refused(reader: Reader, refusal: Refusal) -> Message:
    return told(refusal_text(reader, refusal))


def beside(reader: Reader, no: SaidNo) -> Reader:
    """Who reads of a refusal in a DM or in the App Home sees the times of its project beside the own ones."""
    return replace(reader, project_zone=no.zone) if no.zone else reader


def outcome(reader: Reader, found: Outcome) -> Message:
    """What became of a verb, said to who asked."""
    match found:
        case Happened(event):
            return lines.own_answer(reader, event)
        case SaidNo(refusal):
            return refused(beside(reader, found), refusal)


_SHOWN: Mapping[type, Callable[[Reader, Any], Message]] = {
    BlackoutsView: lists.blackouts_list,
    BoardView: lists.board,
    BranchesView: lists.branches_list,
    BreachesView: lists.breaches_list,
    CalendarView: lists.month_list,
    CardView: card,
    ContactsView: contacts_list,
    DigestSetting: digest_setting,
    ExceptionsView: lists.exceptions_list,
    FreezeView: lists.freezes_list,
    GateView: lists.gate_answer,
    HealthView: health_answer,
    LedgerView: lists.ledger,
    ListView: lists.release_list,
    MineView: lists.mine_list,
    OwedView: owed_list,
    ReadinessView: readiness_answer,
    RolesView: lists.roles_list,
    SchemaView: lists.schema_list,
    WhenView: lists.when_answer,
    WindowsView: lists.windows_list,
    YearView: lists.year_list,
}


def shown(reader: Reader, view: Answer) -> Message:
    """A list, a board, a card or the gate's answer, for one reader."""
    return _SHOWN[type(view)](reader, view)
