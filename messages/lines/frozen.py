"""Lines of what was merged during a code freeze and is no fix."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import events as v
from messages import names
from messages.blocks import user
from messages.dates import day
from messages.lines.lifecycle import head
from messages.parts import bullets, code, link, quote, sha
from messages.texts import Reader

_TEXT = 120
_AUTHOR = 60


Merged = v.FreezeViolated | v.MergedByException | v.MergedExempt


def merged_while_frozen(reader: Reader, said: Merged) -> str:
    """The branch, each commit with its author, and what is to be done."""
    return "\n".join(_lines(reader, said))


def of_slot(reader: Reader, deploy_day: str) -> str:
    """A slot that no release has taken, by its deploy day (ISO); nothing for what is no day."""
    try:
        deploy = date.fromisoformat(deploy_day)
    except ValueError:
        return ""
    return reader.t("(deploy on {day})", day=day(reader, deploy))


def _lines(reader: Reader, said: Merged) -> Iterator[str]:
    t = reader.t
    whose = head(said.version) if said.version else of_slot(reader, said.day)
    texts = {"release": whose, "branch": code(said.branch)}
    if isinstance(said, v.FreezeViolated):
        yield t("*Freeze violation* {release}: merged into {branch}, but no fix:", **texts)
    elif isinstance(said, v.MergedExempt):
        yield t("{release} Merged into {branch}, exempt from the freeze by label or path:", **texts)
    else:
        who = user(said.granted_by)
        yield t("{release} Merged into {branch} under the exception that {who} granted:", who=who, **texts)
    yield bullets(_commit(reader, commit) for commit in said.commits)
    if said.more:
        yield t("… and {n} more", n=said.more)
    if isinstance(said, v.FreezeViolated):
        yield _what_to_do(reader, said)


def _what_to_do(reader: Reader, said: v.FreezeViolated) -> str:
    text = reader.t("Revert it. If it has to be in, ask for an exception.")
    if not said.grantors:
        return text
    return reader.t("{need} (ask: {who})", need=text, who=names.roles(reader, said.grantors))


def _commit(reader: Reader, commit: v.MergedCommit) -> str:
    short = link(commit.url, commit.sha[:7]) if commit.url else sha(commit.sha)
    who = user(commit.user) if commit.user else quote(commit.author, _AUTHOR)
    text = f"{short} {quote(commit.text, _TEXT)} — {who}"
    if not commit.brings:
        return text
    brings = ", ".join(f"“{quote(one, _TEXT)}”" for one in commit.brings)
    more = commit.brought - len(commit.brings)
    if more > 0:
        brings = reader.t("{changes} and {n} more", changes=brings, n=more)
    return f"{text}\n   " + reader.t("brings {changes}", changes=brings)
