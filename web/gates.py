"""The gate's answer as data: the same from the command line and over HTTP."""

from __future__ import annotations

from typing import Any

from commands.gate import Asked, expires
from domain.calendar.gate import GateAnswer


def shown(asked: Asked, answer: GateAnswer, release: str) -> dict[str, Any]:
    """`release` as it was named, empty for none."""
    return {
        "project": asked.project.key,
        "action": asked.action.value,
        "type": asked.kind.value,
        "release": release or None,
        "environment": asked.environment.value,
        "verdict": answer.verdict.value,
        "at": answer.at.isoformat(),
        "expires_at": expires(answer).isoformat(),
        "next_open": answer.next_open.isoformat() if answer.next_open else None,
        "next_change": answer.next_change.isoformat() if answer.next_change else None,
        "reasons": [
            {
                "rule": reason.rule.value,
                "verdict": reason.verdict.value,
                "name": reason.names["en"] if reason.names else reason.name,
                "detail": reason.detail,
                "until": reason.until.isoformat() if reason.until else None,
                "exception_from": [role.value for role in reason.grantors],
            }
            for reason in answer.reasons
        ],
        "exceptions": [
            {
                "id": permit.id,
                "rule": permit.rule.value,
                "name": permit.names["en"] if permit.names else permit.name,
                "until": permit.until.isoformat(),
                "granted_by": permit.granted_by,
            }
            for permit in answer.permits
        ],
    }
