"""What a user or the surroundings can get wrong, and its sentences: the command line's error boundary."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.terminal import Mistake, of_system, one_of, reader, say
from bot.clock import ClockFileBroken
from bot.settings import SettingsError
from domain.refusals import Refused
from messages import cli as words
from messages.policy_errors import policy_error
from messages.refusals import plain, refusal_text
from storage.db import Unavailable
from storage.policies import PolicyErrors
from storage.schema import BrokenReferences, NewerDatabase

__all__ = ["MISTAKES", "Mistake", "one_of", "reader", "say", "sentences"]

MISTAKES = (
    Mistake,
    SettingsError,
    PolicyErrors,
    ClockFileBroken,
    Refused,
    NewerDatabase,
    BrokenReferences,
    Unavailable,
    SQLAlchemyError,
    OSError,
)


def sentences(mistake: BaseException) -> list[str]:
    """What happened and what to do, in the reader's language; nothing secret."""
    who = reader()
    match mistake:
        case SettingsError():
            return [words.setting(who, str(p.wrong), p.name, p.hint) for p in mistake.problems]
        case PolicyErrors():
            return [policy_error(who, error) for error in mistake.errors]
        case Refused():
            return [plain(refusal_text(who, mistake.refusal))]
        case _:
            told = _as_mistake(mistake)
            return [words.said(who, told.code, **told.data)]


def _as_mistake(error: BaseException) -> Mistake:
    match error:
        case Mistake():
            told = error
        case ClockFileBroken(args=(file, problem)):
            told = Mistake(words.Code.CLOCK_FILE, file=str(file), problem=str(problem))
        case NewerDatabase(args=(revision,)):
            told = Mistake(words.Code.DATABASE_NEWER, revision=str(revision))
        case BrokenReferences(args=(tables,)):
            told = Mistake(words.Code.DATABASE_BROKEN, tables=str(tables))
        case OSError():
            told = of_system(error)
        case _:
            told = Mistake(words.Code.DATABASE_UNREACHABLE, problem=_driver(error))
    return told


def _driver(error: BaseException) -> str:
    """The driver's own first line: SQLAlchemy's text would show the statement and its values."""
    from bot.logs import redact  # noqa: PLC0415 - structlog is slow to import

    text = str(getattr(error, "orig", None) or error)
    return redact(text.strip().splitlines()[0]) if text.strip() else type(error).__name__
