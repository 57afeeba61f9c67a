from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.commits import ChangeKind, Told
from domain.notes import (
    Entry,
    Environment,
    Gap,
    GapKind,
    Head,
    Notes,
    Section,
    draft,
    gaps,
    in_sections,
)
from domain.notes.since import newest_first, versions_among
from domain.scope import Line, Variable, VariableChange
from domain.versions import Version

HEAD = Head(version="v1.5.0", previous="v1.4.0")


def line(letter: str, kind: ChangeKind, *, breaking: bool = False, note: str = "") -> Line:
    return Line(
        sha=letter * 40, kind=kind, text=f"change {letter}", author="Kim", breaking=breaking, note=note
    )


def entry(
    letter: str, note: str = "", kind: ChangeKind = ChangeKind.OTHER, *, breaking: bool = False
) -> Entry:
    return Entry(letter * 40, kind, f"change {letter}", "Kim", breaking=breaking, note=note)


def test_draft_lists_a_breaking_change_in_its_own_group_and_among_the_breaking_ones() -> None:
    notes = draft(
        HEAD, [line("a", ChangeKind.FEATURE, breaking=True, note="ask /v2"), line("b", ChangeKind.OTHER)]
    )

    assert notes.entries == {
        Section.FEATURES: (entry("a", "ask /v2", ChangeKind.FEATURE, breaking=True),),
        Section.BREAKING: (entry("a", "ask /v2", ChangeKind.FEATURE, breaking=True),),
        Section.OTHER: (entry("b"),),
    }


def test_draft_leaves_out_what_is_behind_a_flag() -> None:
    lines = [line("a", ChangeKind.FIX), line("b", ChangeKind.FIX, breaking=True)]

    assert draft(HEAD, lines, left_out={"b" * 40}).entries == {
        Section.FIXES: (entry("a", kind=ChangeKind.FIX),)
    }


def test_draft_has_what_people_wrote_and_what_changes_around() -> None:
    variable = Variable("TIMEOUT", VariableChange.ADDED, "30")

    notes = draft(
        HEAD, [], variables=(variable,), migrations=("db/1.sql",), written={Section.UPGRADE: "Wait."}
    )

    assert notes == Notes(
        head=HEAD,
        environment=Environment(variables=(variable,), migrations=("db/1.sql",)),
        written={Section.UPGRADE: "Wait."},
    )


def test_a_breaking_change_that_was_told_stands_in_both_its_sections() -> None:
    told = Told("a" * 40, ChangeKind.SECURITY, "change a", "Kim", "auth", True, 7, ("#1",), "rotate")

    assert in_sections([told]) == {Section.SECURITY: (told,), Section.BREAKING: (told,)}


def test_gaps_are_what_no_draft_can_know() -> None:
    notes = Notes(
        head=HEAD,
        entries={
            Section.BREAKING: (entry("a", "ask /v2"), entry("b"), entry("c", "change c")),
            Section.DEPRECATED: (entry("d"), entry("e", "use f")),
        },
    )

    assert gaps(notes) == (
        Gap(GapKind.MIGRATION_GUIDE, Section.BREAKING, "change b"),
        Gap(GapKind.MIGRATION_GUIDE, Section.BREAKING, "change c"),
        Gap(GapKind.REPLACEMENT, Section.DEPRECATED, "change d"),
        Gap(GapKind.KNOWN_ISSUES, Section.KNOWN_ISSUES),
        Gap(GapKind.UPGRADE_GUIDE, Section.UPGRADE),
    )


def test_an_upgrade_guide_is_missed_only_where_something_has_to_be_done() -> None:
    assert gaps(Notes(head=HEAD)) == (Gap(GapKind.KNOWN_ISSUES, Section.KNOWN_ISSUES),)
    assert Gap(GapKind.UPGRADE_GUIDE, Section.UPGRADE) in gaps(
        Notes(head=HEAD, environment=Environment(migrations=("db/1.sql",)))
    )


def test_what_a_person_wrote_settles_a_gap_even_when_it_is_nothing() -> None:
    written = {Section.BREAKING: "Ask /v2.", Section.KNOWN_ISSUES: "", Section.UPGRADE: ""}

    assert gaps(Notes(head=HEAD, entries={Section.BREAKING: (entry("a"),)}, written=written)) == ()


def order(*tags: str, below: str = "") -> list[str]:
    return list(newest_first(versions_among(tags), Version.parse(below) if below else None))


def test_tags_come_from_the_newest_version_down() -> None:
    assert order("v1.9.0", "1.10.0", "nightly", "v2.0.0-beta.1", "v1.10.0-rc.1", "v1.9") == [
        "v2.0.0-beta.1",
        "1.10.0",
        "v1.9.0",
    ]


def test_only_tags_below_a_version_come_before_it() -> None:
    assert order("v1.4.0", "v1.5.0", "v1.5.0-rc.1", "v1.6.0", below="v1.5.0") == ["v1.4.0"]


def test_candidates_come_before_a_candidate() -> None:
    assert order("v1.4.0", "v1.5.0-rc.1", "v1.5.0-rc.2", "v1.5.0-rc.10", below="v1.5.0-rc.10") == [
        "v1.5.0-rc.2",
        "v1.5.0-rc.1",
        "v1.4.0",
    ]


@given(
    st.sets(
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 2),
            st.integers(0, 2),
            st.sampled_from(["", "-a", "-a.1", "-a.b", "-b.2", "-1"]),
        )
    )
)
def test_the_order_of_tags_is_that_of_their_versions(parts: set[tuple[int, int, int, str]]) -> None:
    versions = versions_among(f"v{major}.{minor}.{patch}{mark}" for major, minor, patch, mark in parts)

    found = [versions[tag] for tag in newest_first(versions)]

    assert found == sorted(versions.values(), reverse=True)
