"""What cutting, building and QA still need."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from domain import needs as n
from messages.notes.gaps import gap_line
from messages.parts import code, quote, when
from messages.problems import problem_at
from messages.texts import Reader

_SHOWN = 3
_LINE = 60


def of_branch(
    reader: Reader, of: n.EmptyScope | n.NameTaken | n.FreezeNotBegun | n.NoCommitsNamed | n.HeadUnknown
) -> str:
    t = reader.t
    match of:
        case n.EmptyScope(since=""):
            return t("The repository has no commits to release.")
        case n.EmptyScope(since):
            return t("Nothing has changed since {since}, so there is nothing to release.", since=code(since))
        case n.NameTaken(name):
            return t("This name is already taken on the remote: {name}", name=code(name))
        case n.FreezeNotBegun(begins):
            return _freeze_not_begun(reader, begins)
        case n.NoCommitsNamed():
            return t("No commits are named: emergency and hotfix releases carry named commits only.")
        case n.HeadUnknown(""):
            return t("The newest commit of the branch is not known: the repository could not be read.")
        case n.HeadUnknown(branch):
            return t(
                "The newest commit of {branch} is not known: the repository could not be read.",
                branch=code(branch),
            )
        case _:
            assert_never(of)


def _freeze_not_begun(reader: Reader, begins: datetime | None) -> str:
    if begins is None:
        return reader.t(
            "No deploy date is set, so there is no code freeze yet: set one, or cut early with a reason."
        )
    return reader.t(
        "The code freeze begins {at}: wait for it, or cut early with a reason.", at=when(reader, begins)
    )


def of_words(
    reader: Reader, of: n.ReasonMissing | n.BugMissing | n.WayBackMissing | n.NotesIncomplete
) -> str:
    t = reader.t
    match of:
        case n.ReasonMissing():
            return t("A reason is missing.")
        case n.BugMissing():
            return t("At least one bug must be named.")
        case n.WayBackMissing():
            return t("A first release has no version to go back to: state its way back.")
        case n.NotesIncomplete(kind, subject):
            return gap_line(reader, kind, subject)
        case _:
            assert_never(of)


def of_build(reader: Reader, of: n.QaAnswerMissing | n.QaDeviates | n.FilesNotWritten) -> str:
    return files_not_written(reader, of) if isinstance(of, n.FilesNotWritten) else _of_qa(reader, of)


def files_not_written(reader: Reader, of: n.FilesNotWritten) -> str:
    return reader.t(
        "Not written on the branch: {files}. {problem} Mend it and press “Try again” on the card, change "
        "{key} in the policy, or say why it is built without.",
        files=", ".join(code(path) for path in of.files),
        problem=problem_at(reader, of.problem, of.at),
        key=code("notes"),
    )


def _of_qa(reader: Reader, of: n.QaAnswerMissing | n.QaDeviates) -> str:
    t = reader.t
    if isinstance(of, n.QaAnswerMissing):
        return t("Not answered yet: is there a database migration, are there breaking changes?")
    found = [code(path) for path in of.migrations[:_SHOWN]]
    found += [quote(text, _LINE) for text in of.breaking[:_SHOWN]]
    more = len(of.migrations) + len(of.breaking) - len(found)
    rest = " " + t("and {n} more", n=more) if more > 0 else ""
    return t(
        "Answered with no, but detected: {what}. Look again, or tick that you have looked.",
        what=", ".join(found) + rest,
    )
