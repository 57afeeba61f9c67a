"""Why a version is proposed, in words."""

from __future__ import annotations

from typing import assert_never

from domain.versions import Bump
from domain.versions.reasons import Reason
from messages.parts import quote
from messages.texts import Reader


def because(reader: Reader, reason: Reason) -> str:
    """`MINOR, for what is new (4): “search”, “cart: coupons”, “filters” …`"""
    t, shown = reader.t, _texts(reader, reason)
    match reason.bump:
        case Bump.MAJOR:
            return t("MAJOR, for what breaks ({n}): {which}", n=reason.count, which=shown)
        case Bump.MINOR:
            return t("MINOR, for what is new ({n}): {which}", n=reason.count, which=shown)
        case Bump.PATCH:
            return t("PATCH: nothing breaks, and nothing is new.")
        case _:
            assert_never(reason.bump)


def _texts(reader: Reader, reason: Reason) -> str:
    more = " …" if reason.count > len(reason.texts) else ""
    return (", ".join(reader.t("“{text}”", text=quote(text)) for text in reason.texts) + more).strip()


def tag(version: str) -> str:
    """`v1.5.0` of `1.5.0` or `v1.5.0`, escaped."""
    return quote(version if version.startswith("v") else f"v{version}", 80)
