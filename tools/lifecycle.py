"""Draws docs/lifecycle.md from the one table of transitions; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from domain.guards import Guard
from domain.lifecycle import TRANSITIONS, Transition
from domain.types import BEFORE_DEPLOY, ENDED, ReleaseType, Stage
from messages import names
from messages.texts import Reader

PATH = Path(__file__).resolve().parent.parent / "docs" / "lifecycle.md"
EN, KO = Reader("en", "UTC"), Reader("ko", "UTC")
BEFORE = "before_deploying"
HEAD = """# The lifecycle of a release

Drawn by `make draw` from `TRANSITIONS` in [domain/lifecycle.py](../domain/lifecycle.py): whatever is not in
this table is illegal. The card's buttons are read from it, and one function applies it.

"""
TABLE = """
## Every step

Roles may take a step when everything it needs holds; a refusal names all that is missing and who can settle
it. For a hotfix the incident commander may do whatever the release manager may. *CI* is the token of a
pipeline that has the scope for the step. *Naru* takes the steps that only follow from facts.

| from | step | to | who | needs |
|---|---|---|---|---|
"""


def drawing() -> Iterator[str]:
    """Mermaid: stages before the deploy are one box, since hold and cancel leave from any of them."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> candidate: Start"
    yield f'    state "Before deploying" as {BEFORE} {{'
    for stage in (stage for stage in Stage if stage in BEFORE_DEPLOY):
        yield f"        {stage.value}: {label(stage)}"
    yield "    }"
    for stage in (stage for stage in Stage if stage not in BEFORE_DEPLOY):
        yield f"    {stage.value}: {label(stage)}"
    for row in TRANSITIONS:
        yield from (f"    {line}" for line in edges(row))
    for stage in (stage for stage in Stage if stage in ENDED):
        yield f"    {stage.value} --> [*]"
    yield "```"


def edges(row: Transition) -> Iterator[str]:
    step = names.action(EN, row.action)
    together = row.sources >= BEFORE_DEPLOY
    sources = [BEFORE] if together else []
    sources += [s.value for s in Stage if s in row.sources and not (together and s in BEFORE_DEPLOY)]
    for source in sources:
        if row.target is not None:
            yield f"{source} --> {row.target.value}: {step}"
        elif source == Stage.ON_HOLD:
            yield f"{source} --> {BEFORE}: {step} (back to where it was)"
        else:
            yield f"note right of {source}: {step} – back to where it was"


def label(stage: Stage) -> str:
    return f"{names.stage(EN, stage)} · {names.stage(KO, stage)}"


def line(row: Transition) -> str:
    """One row of the table, in words."""
    sources = ", ".join(names.stage(EN, stage) for stage in Stage if stage in row.sources)
    if row.sources == BEFORE_DEPLOY:
        sources = "any before deploying"
    elif row.sources > BEFORE_DEPLOY:
        rest = [names.stage(EN, s) for s in Stage if s in row.sources - BEFORE_DEPLOY]
        sources = f"any before deploying, {', '.join(rest)}"
    target = label(row.target) if row.target else "where it was"
    who = [names.role(EN, role) for role in row.who] + (["*Naru*"] if row.follows or not row.who else [])
    who[len(row.who) : len(row.who)] = ["CI"] if row.ci else []
    types = "" if row.types == frozenset(ReleaseType) else f" ({', '.join(sorted(row.types))} only)"
    step = f"{names.action(EN, row.action)} · {names.action(KO, row.action)}{types}"
    return f"| {sources} | {step} | {target} | {', '.join(who)} | {needs(row.needs)} |"


def needs(guards: tuple[Guard, ...]) -> str:
    return ", ".join(guard.__name__.replace("_", " ") for guard in guards) or "–"


def page() -> str:
    rows = "\n".join(line(row) for row in TRANSITIONS)
    return HEAD + "\n".join(drawing()) + "\n" + TABLE + rows + "\n"


def main(arguments: list[str]) -> int:
    text = page()
    if "--check" not in arguments:
        PATH.write_text(text, encoding="utf-8")
        return 0
    if PATH.exists() and PATH.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("docs/lifecycle.md is out of date: run make draw\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
