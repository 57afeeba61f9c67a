"""How loud a message about a rollout or its health is (spec 5.2)."""

from enum import StrEnum


class Alert(StrEnum):
    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"
    SUCCESS = "success"
