"""The phases of checklists, and what pipelines check, as people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.checklists.model import Auto, NamedItem, Phase
from messages.names import word
from messages.parts import quote
from messages.texts import Reader

PHASES: Mapping[Phase, str] = {
    Phase.PRE_RELEASE: word("Before the release"),
    Phase.STAGING: word("On staging"),
    Phase.RELEASE_START: word("At the start"),
    Phase.RELEASE_DURING: word("While it goes out"),
    Phase.POST_AT_ONCE: word("Right after the release"),
    Phase.POST_SOON: word("30 minutes after the release"),
    Phase.POST_FINISH: word("To finish"),
    Phase.ROLLBACK_BEFORE: word("Before the rollback"),
    Phase.ROLLBACK_DURING: word("During the rollback"),
    Phase.ROLLBACK_AFTER: word("After the rollback"),
    Phase.OUTAGE: word("Playbook: outage"),
    Phase.DATA_LOSS: word("Playbook: data loss"),
    Phase.SECURITY: word("Playbook: security"),
}

CHECKS: Mapping[Auto, str] = {
    Auto.REVIEWED: word("Code review"),
    Auto.CI: word("CI"),
    Auto.TYPES: word("Type check"),
    Auto.STATIC_ANALYSIS: word("Static analysis"),
    Auto.UNIT_COVERAGE: word("Unit test coverage"),
    Auto.INTEGRATION_COVERAGE: word("Integration test coverage"),
    Auto.CVE: word("Known vulnerabilities (CVE)"),
    Auto.SECURITY_SCAN: word("Security scan"),
    Auto.SECRETS: word("Secrets in the code"),
}


def phase_name(reader: Reader, of: Phase) -> str:
    return reader.t(PHASES[of])


def item_text(reader: Reader, item: NamedItem) -> str:
    """The item in the reader's language, escaped."""
    return quote(item.text[reader.language], 200)


def item_texts(reader: Reader, items: Iterable[NamedItem]) -> str:
    return "; ".join(item_text(reader, item) for item in items)
