"""Commits and the changes they stand for."""

from domain.commits.authors import all_authors, largest_authors
from domain.commits.footers import picked_from
from domain.commits.grammar import STANDARD, Grammar
from domain.commits.labels import Label, label_of
from domain.commits.model import Change, ChangeCounts, ChangeKind, Commit, Footer, Reverts
from domain.commits.parsing import parse
from domain.commits.references import Tracker
from domain.commits.scope import changes, count, takes_back
from domain.commits.told import Fields, Row, Told, told
from domain.commits.words import DEFAULT_KINDS

__all__ = [
    "DEFAULT_KINDS",
    "STANDARD",
    "Change",
    "ChangeCounts",
    "ChangeKind",
    "Commit",
    "Fields",
    "Footer",
    "Grammar",
    "Label",
    "Reverts",
    "Row",
    "Told",
    "Tracker",
    "all_authors",
    "changes",
    "count",
    "label_of",
    "largest_authors",
    "parse",
    "picked_from",
    "takes_back",
    "told",
]
