"""The words of the way back: checks, kinds, alternatives, phases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.readiness_rules import ReadinessCheck
from domain.schema_changes import PhaseLink
from domain.schema_phases import Phase
from domain.ways_back import REPORTED, Alternative, WayBack, WayKind
from messages.names import word
from messages.parts import code, quote
from messages.texts import Reader

CHECKS: Mapping[ReadinessCheck, str] = {
    ReadinessCheck.PREVIOUS_TAG: word("Version to go back to"),
    ReadinessCheck.WAYS_BACK: word("Way back of every migration"),
    ReadinessCheck.REHEARSAL: word("Rollback rehearsed on staging"),
    ReadinessCheck.CONTRACT: word("Schema change in its order"),
}
KINDS: Mapping[WayKind, str] = {
    WayKind.SCRIPT: word("Script"),
    WayKind.REVERT: word("Reverse migration"),
    WayKind.IMPOSSIBLE: word("Impossible"),
    WayKind.STATED: word("As QA stated"),
}
ALTERNATIVES: Mapping[Alternative, str] = {
    Alternative.BOTH_SCHEMAS: word("run both schemas"),
    Alternative.FORWARD_FIX: word("forward-only fix"),
    Alternative.SELECTIVE_RESTORE: word("selective restore"),
}
PHASES: Mapping[Phase, str] = {
    Phase.EXPAND: word("expand"),
    Phase.MIGRATE: word("migrate"),
    Phase.CONTRACT: word("contract"),
}
_TEXT = 200


def phase(reader: Reader, of: Phase) -> str:
    return reader.t(PHASES[of])


def migration(reader: Reader, path: str) -> str:
    """A migration by its path, the one that QA reported in words."""
    return reader.t("the migration that QA reported") if path == REPORTED else code(path)


def links_line(reader: Reader, links: Iterable[PhaseLink]) -> str:
    """`expand v1.5.0 → migrate v1.6.0`"""
    return " → ".join(f"{phase(reader, link.phase)} {quote(f'v{link.version}', 80)}" for link in links)


def way_line(reader: Reader, way: WayBack) -> str:
    """`Script: 0042.down.sql`, `Impossible: selective restore – nightly dump`; mrkdwn."""
    said = _way(reader, way)
    if way.old_runs is None:
        return said
    runs = (
        reader.t("the old version runs on the new schema")
        if way.old_runs
        else reader.t("the old version cannot run on the new schema")
    )
    return f"{said} · {runs}"


def _way(reader: Reader, way: WayBack) -> str:
    t = reader.t
    kind = t(KINDS[way.kind])
    if way.alternative is None:
        said = code(way.text) if way.kind is WayKind.SCRIPT else quote(way.text, _TEXT)
        return f"{kind}: {said}"
    note = f" – {quote(way.text, _TEXT)}" if way.text else ""
    return f"{kind}: {t(ALTERNATIVES[way.alternative])}{note}"
