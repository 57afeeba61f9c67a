"""The database: one writer in turn on SQLite, a pool on PostgreSQL, the same transactions for both."""

from storage.db.answering import NotAnswering, answering
from storage.db.database import Database, NotStarted, Unavailable
from storage.db.prepared import Prepared
from storage.db.turns import TurnLoop
from storage.db.tx import Tx

__all__ = [
    "Database",
    "NotAnswering",
    "NotStarted",
    "Prepared",
    "TurnLoop",
    "Tx",
    "Unavailable",
    "answering",
]
