"""Lines of what git was asked, what it made, and what it left for a person."""

from __future__ import annotations

from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.types import Action
from messages import names
from messages.changes import told
from messages.lines.lifecycle import NOTE, head
from messages.names import word
from messages.parts import bullets, code, quote, sha
from messages.problems import problem_text, remedy
from messages.texts import Reader

GitSaid = v.WorkAsked | v.GitDone | v.GitFailed | v.MessageCorrected | e.TaskLeft | e.RevertLeft

_FILES_SHOWN = 10

WORKS = {
    "cut": word("Cut branch"),
    "cut_branch": word("Cut branch"),
    "head": word("Read the branch"),
    "tag_candidate": word("Tag the candidate"),
    "tag": word("Tag the release"),
    "finish": word("Tag and merge"),
    "drop_branch": word("Delete the branch"),
}


def git_line(reader: Reader, said: GitSaid) -> str:
    t = reader.t
    match said:
        case v.WorkAsked():
            action = names.action(reader, said.action)
            return t(
                "{release} Asked of git: {work}. The result follows.", release=head(said.version), work=action
            )
        case v.GitDone():
            return t(
                "{release} Done in git: {work}", release=head(said.version), work=_work(reader, said.work)
            ) + _refs(reader, said.refs)
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


def _refs(reader: Reader, refs: tuple[tuple[str, str], ...]) -> str:
    lines = []
    for name, commit in refs:
        short = code(name.removeprefix("refs/heads/").removeprefix("refs/tags/"))
        lines.append(f"{short} → {sha(commit)}" if commit else reader.t("{name} deleted", name=short))
    return f"\n{bullets(lines)}" if lines else ""


def _failed(reader: Reader, said: v.GitFailed | e.TaskLeft) -> str:
    t = reader.t
    texts = {"release": head(said.version), "work": _work(reader, said.work)}
    first = (
        t("{release} A task for you. Git could not do this: {work}", **texts)
        if isinstance(said, e.TaskLeft)
        else t("{release} Git could not do this: {work}", **texts)
    )
    lines = [first, problem_text(reader, said.problem)]
    lines += [bullets(code(name) for name in said.files[:_FILES_SHOWN])] if said.files else []
    if len(said.files) > _FILES_SHOWN:
        lines.append(t("… and {n} more", n=len(said.files) - _FILES_SHOWN))
    lines += [f"> {quote(said.detail, NOTE)}"] if said.detail.strip() else []
    lines += [remedy(reader, said.problem)]
    return "\n".join(text for text in lines if text)


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
