"""Lines of what git was asked, what it made, and what it left for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.types import Action, GitStep
from messages import names
from messages.changes import told
from messages.lines.branches import branches_line
from messages.lines.lifecycle import NOTE, head
from messages.names import word
from messages.parts import bullets, code, quote, sha
from messages.problems import problem_at, problem_text, remedy, where
from messages.texts import Reader

GitSaid = (
    v.WorkAsked
    | v.BranchesLeft
    | v.DryRunAsked
    | v.FilesWaived
    | e.DryRunDone
    | v.GitDone
    | v.GitFailed
    | v.MessageCorrected
    | e.TaskLeft
    | e.RevertLeft
)

WORKS = {
    "cut": word("Cut branch"),
    "cut_branch": word("Cut branch"),
    "head": word("Read the branch"),
    "tag_candidate": word("Tag the candidate"),
    "tag": word("Tag the release"),
    "finish": word("Tag and merge"),
    "drop_branch": word("Delete the branch"),
    "write_notes": word("Write the changelog and version"),
}


STEPS = {
    GitStep.CUT: word("Cut branch"),
    GitStep.TAG: word("Tag the candidate"),
    GitStep.FINISH: word("Tag and merge"),
    GitStep.DELETE: word("Delete the branch"),
}


def git_line(reader: Reader, said: GitSaid) -> str:
    t = reader.t
    match said:
        case v.WorkAsked():
            action = names.action(reader, said.action)
            return t(
                "{release} Asked of git: {work}. The result follows.", release=head(said.version), work=action
            )
        case v.DryRunAsked():
            return t(
                "{release} Asked what git would do: {work}. The answer follows in a direct message.",
                release=head(said.version),
                work=t(STEPS[said.step]),
            )
        case v.FilesWaived():
            return t(
                "{release} ⚠ Built without: {files}. {problem}",
                release=head(said.version),
                files=", ".join(code(path) for path in said.files),
                problem=problem_at(reader, said.problem, said.at),
            )
        case e.DryRunDone():
            return _rehearsed(reader, said)
        case v.GitDone():
            return t(
                "{release} Done in git: {work}", release=head(said.version), work=_work(reader, said.work)
            ) + _refs(reader, said.refs, dict(said.before))
        case v.BranchesLeft():
            return branches_line(reader, said)
        case v.GitFailed() | e.TaskLeft():
            return _failed(reader, said)
        case v.MessageCorrected():
            return _corrected(reader, said)
        case e.RevertLeft():
            return _revert(reader, said)
        case _:
            assert_never(said)


def _corrected(reader: Reader, said: v.MessageCorrected) -> str:
    t = reader.t
    commit, after, before = sha(said.sha), told(reader, said.after), told(reader, said.before)
    if said.message:
        first = t("*Told otherwise*: {commit} → {told}", commit=commit, told=after)
    else:
        first = t("*Told as git has it again*: {commit} → {told}", commit=commit, told=after)
    return f"{first}\n" + t("Before: {told}", told=before)


def _work(reader: Reader, work: str) -> str:
    if work in WORKS:
        return reader.t(WORKS[work])
    return names.action(reader, Action(work)) if work in set(Action) else quote(work)


def _refs(reader: Reader, refs: tuple[tuple[str, str], ...], before: Mapping[str, str]) -> str:
    """`main` `1a2b3c4` → `2b3c4d5` for one that moved; a new one has nothing before the arrow."""
    lines = []
    for name, commit in refs:
        short = code(_short(name))
        old = f" {sha(before[name])}" if name in before else ""
        made = f"{short}{old} → {sha(commit)}"
        lines.append(made if commit else reader.t("{name} deleted", name=short) + old)
    return f"\n{bullets(lines)}" if lines else ""


def _short(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/tags/")


def _failed(reader: Reader, said: v.GitFailed | e.TaskLeft) -> str:
    t = reader.t
    texts = {"release": head(said.version), "work": _work(reader, said.work)}
    first = (
        t("{release} A task for you. Git could not do this: {work}", **texts)
        if isinstance(said, e.TaskLeft)
        else t("{release} Git could not do this: {work}", **texts)
    )
    return "\n".join([first, *_why(reader, said)])


def _why(reader: Reader, said: v.GitFailed | e.TaskLeft | e.DryRunDone) -> list[str]:
    """The problem, its files, the remote's own words, and what to do."""
    lines = [problem_text(reader, said.problem)]
    lines += where(reader, said.files, said.conflicts)
    shown = said.detail.strip() and not said.conflicts
    lines += [f"> {quote(said.detail, NOTE)}"] if shown else []
    lines += [remedy(reader, said.problem)]
    return [text for text in lines if text]


def _rehearsed(reader: Reader, said: e.DryRunDone) -> str:
    t = reader.t
    first = t(
        "{release} What git would do now: {work}. Nothing was changed.",
        release=head(said.version),
        work=t(STEPS[said.step]),
    )
    if said.problem:
        return "\n".join([first, t("It would fail, and change nothing:"), *_why(reader, said)])
    if said.taken:
        taken = ", ".join(code(name) for name in said.taken)
        refused = t("It would be refused: already there is {names}.", names=taken)
        return f"{first}\n{refused}"
    nothing = t("There is nothing to do: all of it is there.")
    return first + (_would(reader, said) or f"\n{nothing}")


def _would(reader: Reader, said: e.DryRunDone) -> str:
    """As of what was made; but a merge commit has its SHA only once it is made, from what and when it is."""
    before = dict(said.before)
    merged = [name for name, commit in said.refs if commit and name in before]
    lines = [
        reader.t("{name} {old} → a merge commit", name=code(_short(name)), old=sha(before[name]))
        for name in merged
    ]
    rest = _refs(reader, tuple(row for row in said.refs if row[0] not in merged), before)
    return (f"\n{bullets(lines)}" if lines else "") + rest


def _revert(reader: Reader, said: e.RevertLeft) -> str:
    t = reader.t
    branches = ", ".join(code(branch) for branch in said.branches)
    first = t(
        "{release} A task for you. It was merged and then rolled back; still carried by: {branches}",
        release=head(said.version),
        branches=branches,
    )
    what = t(
        "Revert it on {source}, or fix it there: otherwise the next release carries it again. "
        "The tag stays, and no history is rewritten.",
        source=code(said.source),
    )
    return f"{first}\n{what}"
