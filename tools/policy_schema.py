"""Writes docs/policy.schema.json, by which editors check policy files; `--check` only compares."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from domain.policy import Policy

PATH = Path(__file__).resolve().parent.parent / "docs" / "policy.schema.json"
DURATION = {"type": "string", "pattern": r"^\s*(\d{1,6}\s*[smhdw]\s*)+$", "examples": ["30m", "24h", "3d"]}
TIME = {"type": "string", "pattern": r"^([01]\d|2[0-4]):[0-5]\d(:00)?$", "examples": ["14:00"]}


def schema() -> dict[str, Any]:
    """The model's schema as a policy file is written: durations and times in our words, types in part."""
    found = _as_written(Policy.model_json_schema(by_alias=True))
    found["$defs"]["TypePolicy"].pop("required", None)  # a type's own lines change its defaults
    weekdays = found["$defs"].get("Weekday")
    if weekdays is not None:
        weekdays["enum"] = [*weekdays["enum"], *(day[:3] for day in weekdays["enum"])]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": "Naru policy"}


def _as_written(node: Any) -> Any:
    """Defaults are left out: they are written as the program holds them, not as a person would."""
    if isinstance(node, list):
        return [_as_written(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") in {"duration", "time"}:
        return dict(DURATION if node["format"] == "duration" else TIME)
    return {key: _as_written(value) for key, value in node.items() if key != "default"}


def main(arguments: list[str]) -> int:
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if "--check" not in arguments:
        PATH.write_text(text, encoding="utf-8")
        return 0
    if PATH.exists() and PATH.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("docs/policy.schema.json is out of date: run make draw\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
