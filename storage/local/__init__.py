"""Any git repository on this machine, read as it is: no mirror, no lock, nothing written, nothing run.

For the command line, which needs no server. Quick to import, so GitPython stays outside. Problems are raised
as Unreadable.
"""

from storage.local.differences import difference
from storage.local.history import Range, Walked, is_ancestor, walk
from storage.local.problems import Unreadable, UnreadableKind
from storage.local.process import LocalGit
from storage.local.repository import Place, look

__all__ = [
    "LocalGit",
    "Place",
    "Range",
    "Unreadable",
    "UnreadableKind",
    "Walked",
    "difference",
    "is_ancestor",
    "look",
    "walk",
]
