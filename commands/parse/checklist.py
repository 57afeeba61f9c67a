"""`checklist`: the lists of a release or a war room."""

from __future__ import annotations

from datetime import date

from commands import slash
from commands.parse.common import leftover, only_project, take_release, unreadable
from commands.parse.tokens import Words, pick
from commands.parse.vocabulary import LISTS


def checklist(words: Words, _today: date) -> slash.ChecklistText:
    """`checklist`, `checklist 1.5.0 staging`, `체크리스트 배포 전 1.5.0`: list and release in any order."""
    phase, rest = pick(words, LISTS)
    meant, rest = take_release(rest)
    if rest and meant["project"] is None:
        if phase is None and meant["release"]:
            raise unreadable("checklist", rest, LISTS, "/release checklist 1.5.0 staging")
        meant["project"], rest = only_project(rest.first), rest.after(1)
    return leftover(rest, slash.ChecklistText(**meant, phase=phase))
