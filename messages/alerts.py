"""The level of an alert, as it begins a message."""

from __future__ import annotations

from collections.abc import Mapping

from domain.alerts import Alert
from messages.names import word
from messages.texts import Reader

_LEVELS: Mapping[Alert, tuple[str, str]] = {
    Alert.CRITICAL: ("🔴", word("Critical")),
    Alert.WARNING: ("🟠", word("Warning")),
    Alert.INFO: ("🔵", word("Info")),
    Alert.SUCCESS: ("🟢", word("Success")),
}


def level(reader: Reader, alert: Alert) -> str:
    """`🟠 *Warning*`: a sign for the eye, and the word for who does not see it or its color."""
    sign, name = _LEVELS[alert]
    return f"{sign} *{reader.t(name)}*"
