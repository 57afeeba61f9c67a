"""The words of release notes, for every format."""

from __future__ import annotations

from collections.abc import Mapping

from domain.notes import Head, Section
from domain.scope import VariableChange
from domain.types import ReleaseType
from messages.texts import Reader


def title(reader: Reader, head: Head) -> str:
    """`Release notes v1.5.0`"""
    t = reader.t
    return t("Release notes {version}", version=head.version) if head.version else t("Unreleased changes")


def facts(reader: Reader, head: Head) -> list[tuple[str, str]]:
    """The table on top: label and value; what is not known of a plain range is left out."""
    t = reader.t
    rows = [
        (t("Version"), head.version or t("not released yet")),
        (t("Type"), _type(reader, head.type) if head.type else ""),
        (t("Date"), head.day.isoformat() if head.day else ""),
        (t("Previous version"), head.previous or t("none")),
    ]
    return [(label, value) for label, value in rows if value]


def section_titles(reader: Reader) -> Mapping[Section, str]:
    t = reader.t
    return {
        Section.FEATURES: t("Features"),
        Section.IMPROVEMENTS: t("Improvements"),
        Section.FIXES: t("Bug fixes"),
        Section.SECURITY: t("Security fixes"),
        Section.BREAKING: t("Breaking changes"),
        Section.DEPRECATED: t("Deprecated"),
        Section.OTHER: t("Other changes"),
        Section.KNOWN_ISSUES: t("Known issues"),
        Section.ENVIRONMENT: t("Environment changes"),
        Section.UPGRADE: t("Upgrade guide"),
    }


def language_name(reader: Reader, language: str) -> str:
    return reader.t("Korean") if language == "ko" else reader.t("English")


def guide_label(reader: Reader, section: Section) -> str:
    """Before what an entry of this section says beyond its first line."""
    return reader.t("Use instead") if section is Section.DEPRECATED else reader.t("Migration guide")


def variables_label(reader: Reader, change: VariableChange) -> str:
    t = reader.t
    labels = {
        VariableChange.ADDED: t("Variables added"),
        VariableChange.CHANGED: t("Variables changed"),
        VariableChange.REMOVED: t("Variables removed"),
    }
    return labels[change]


def migrations_label(reader: Reader) -> str:
    return reader.t("Database migrations")


def no_default(reader: Reader) -> str:
    """Of a variable that came without a value."""
    return reader.t("no default")


def empty(reader: Reader) -> str:
    """Of a variable whose value is nothing."""
    return reader.t("empty")


def _type(reader: Reader, of: ReleaseType) -> str:
    from messages import names  # noqa: PLC0415 - slow to import, and notes of a plain range have no type

    return names.release_type(reader, of)
