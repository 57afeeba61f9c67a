"""The answers to slash commands that ask: releases, board, tasks, gate, freezes, windows, roles and more."""

from messages.lists.branches import branches_list
from messages.lists.breaches import breaches_list
from messages.lists.calendar import blackouts_list, freezes_list, gate_answer, windows_list
from messages.lists.exceptions import exceptions_list, ledger
from messages.lists.month import month_list, outlook
from messages.lists.people import mine_list, roles_list
from messages.lists.releases import board, release_list
from messages.lists.schema import schema_list
from messages.lists.when import when_answer
from messages.lists.year import year_list, year_message

__all__ = [
    "blackouts_list",
    "board",
    "branches_list",
    "breaches_list",
    "exceptions_list",
    "freezes_list",
    "gate_answer",
    "ledger",
    "mine_list",
    "month_list",
    "outlook",
    "release_list",
    "roles_list",
    "schema_list",
    "when_answer",
    "windows_list",
    "year_list",
    "year_message",
]
