"""Lines of what a release carries: what was detected, what a candidate brings, what is left out."""

from __future__ import annotations

from typing import assert_never

from domain import events as v
from messages.changes import beside
from messages.lines.lifecycle import head
from messages.parts import code, quote, sha
from messages.surroundings import large_line, surroundings
from messages.texts import Reader

ScopeSaid = v.ScopeDetected | v.CandidateCompared | v.ChangeLeftOut | v.ChangeTakenBack


def scope_line(reader: Reader, said: ScopeSaid) -> str:
    match said:
        case v.ScopeDetected():
            return _detected(reader, said)
        case v.CandidateCompared():
            return _compared(reader, said)
        case v.ChangeLeftOut() | v.ChangeTakenBack():
            return _left_out(reader, said)
        case _:
            assert_never(said)


def _detected(reader: Reader, said: v.ScopeDetected) -> str:
    t = reader.t
    numbers = beside(reader, said.changes, said.left_out)
    lines = [t("{release} carries {counts}", release=head(said.version), counts=numbers)]
    if found := surroundings(reader, migrations=said.migrations, variables=said.variables):
        lines.append(t("Detected: {what}", what=found))
    if said.large:
        lines.append(large_line(reader, said.changes.total + said.left_out, said.size))
    return "\n".join(lines)


def _compared(reader: Reader, said: v.CandidateCompared) -> str:
    t = reader.t
    what = _difference(reader, said)
    if not said.since:
        return t(
            "{release} rc.{candidate}: since the branch was cut: {what}",
            release=head(said.version),
            candidate=said.candidate,
            what=what,
        )
    return t(
        "{release} rc.{candidate}: since rc.{since}: {what}",
        release=head(said.version),
        candidate=said.candidate,
        since=said.since,
        what=what,
    )


def _difference(reader: Reader, said: v.CandidateCompared) -> str:
    t = reader.t
    parts = [t("new changes {n}", n=said.came)] if said.came else []
    parts += [t("gone {n}", n=said.gone)] if said.gone else []
    found = surroundings(reader, migrations=said.migrations, variables=said.variables)
    parts += [found] if found else []
    return " · ".join(parts) or t("the same changes")


def _left_out(reader: Reader, said: v.ChangeLeftOut | v.ChangeTakenBack) -> str:
    t = reader.t
    about = {"release": head(said.version), "text": quote(said.text), "sha": sha(said.sha)}
    if isinstance(said, v.ChangeLeftOut):
        flag = f"{code(said.former)} → {code(said.flag)}" if said.former else code(said.flag)
        line = t("{release} Left out behind the flag {flag}: {text} {sha}", flag=flag, **about)
        after = t("The code, and with it every approval, stays as it is; keep the flag off.")
    elif said.gone:
        line = t("{release} No longer part of the release, so no longer left out: {text} {sha}", **about)
        after = ""
    else:
        line = t("{release} No longer left out: {text} {sha}", **about)
        after = t("It was behind the flag {flag}.", flag=code(said.flag))
    return f"{line}\n{after}" if after else line
