from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commits import Change, Commit, parse
from domain.refs import safe_ref_name
from domain.types import ReleaseType
from domain.versions import (
    Version,
    VersionError,
    VersionFault,
    branch_name,
    candidate_tag,
    highest,
    is_candidate,
    next_version,
    older_line,
    tag_name,
    versions_of,
)
from domain.versions.problems import (
    InUse,
    LowerThanCalledFor,
    LowerThanNewestOfLine,
    LowerThanProduction,
    NotSemVer,
    VersionProblem,
    check_new,
)

V = Version.parse


def change(subject: str) -> Change:
    at = datetime(2026, 3, 9, tzinfo=UTC)
    return parse(Commit(sha="a" * 40, author_name="A", author_email="a@b", committed_at=at, subject=subject))


FEATURE, FIX, BREAKING = change("feat: a"), change("fix: b"), change("fix!: c")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.5.0", Version(1, 5, 0)),
        (" v1.5.0 ", Version(1, 5, 0)),
        ("V1.5.0", Version(1, 5, 0)),
        ("1.5.0-rc.1", Version(1, 5, 0, "rc.1")),
        ("1.5.0-beta.1+build.7", Version(1, 5, 0, "beta.1", "build.7")),
    ],
)
def test_parse_version(text: str, version: Version) -> None:
    parsed = V(text)

    assert (parsed, parsed.build) == (version, version.build)
    assert str(parsed) == text.strip().lstrip("vV")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", VersionFault.EMPTY),
        ("v", VersionFault.EMPTY),
        ("1", VersionFault.MISSING_PART),
        ("1.5", VersionFault.MISSING_PART),
        ("v1.5-rc.1", VersionFault.MISSING_PART),
        ("1.05.0", VersionFault.LEADING_ZERO),
        ("1.5.0.1", VersionFault.NOT_SEMVER),
        ("1.5.x", VersionFault.NOT_SEMVER),
        ("1.5.0-rc..1", VersionFault.NOT_SEMVER),
        ("1.5.0-01", VersionFault.NOT_SEMVER),
        ("１.5.0", VersionFault.NOT_SEMVER),
        ("--upload-pack", VersionFault.NOT_SEMVER),
        ("1.5.0\nx", VersionFault.NOT_SEMVER),
        ("1.5.0-" + "a" * 64, VersionFault.TOO_LONG),
    ],
)
def test_parse_version_faults(text: str, fault: VersionFault) -> None:
    with pytest.raises(VersionError) as caught:
        V(text)

    assert (caught.value.text, caught.value.fault) == (text, fault)


def test_versions_order_as_in_semver_rule_11() -> None:
    listed = (
        "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0"
    )
    versions = [V(text) for text in [*listed.split(), "1.0.1", "1.2.0", "1.10.0", "2.0.0"]]

    assert sorted(versions[1::2] + versions[::2]) == versions


def test_versions_ignore_build_metadata() -> None:
    one, other = V("1.0.0+a"), V("1.0.0+b")

    assert (one == other, one <= other, one < other, len({one, other})) == (True, True, False, 1)


@pytest.mark.parametrize(
    ("production", "changes", "release_type", "expected"),
    [
        ("1.4.2", [FIX, FEATURE, BREAKING], ReleaseType.REGULAR, "2.0.0"),
        ("1.4.2", [FIX, FEATURE], ReleaseType.REGULAR, "1.5.0"),
        ("1.4.2", [FEATURE], ReleaseType.FEATURE, "1.5.0"),
        ("1.4.2", [FIX], ReleaseType.REGULAR, "1.4.3"),
        ("1.4.2", [], ReleaseType.REGULAR, "1.4.3"),
        ("1.4.2", [BREAKING, FEATURE], ReleaseType.HOTFIX, "1.4.3"),
        ("1.4.2", [BREAKING, FEATURE], ReleaseType.EMERGENCY, "1.4.3"),
        ("2.0.0-beta.1", [FEATURE], ReleaseType.REGULAR, "2.0.0"),
        (None, [FEATURE], ReleaseType.REGULAR, "0.1.0"),
    ],
)
def test_next_version(
    production: str | None, changes: list[Change], release_type: ReleaseType, expected: str
) -> None:
    assert next_version(V(production) if production else None, changes, release_type) == V(expected)


@pytest.mark.parametrize(
    ("production", "used", "expected"),
    [
        ("1.4.2", ["1.4.3"], "1.4.4"),
        ("1.4.2", ["1.4.3-rc.2"], "1.4.3"),
        ("1.3.1", ["1.3.7", "1.4.0", "1.5.0"], "1.3.8"),
        (None, ["0.1.0"], "0.1.1"),
    ],
)
def test_next_version_takes_the_next_free_patch(
    production: str | None, used: list[str], expected: str
) -> None:
    taken = [V(text) for text in used]

    proposed = next_version(V(production) if production else None, [FIX], ReleaseType.HOTFIX, used=taken)

    assert proposed == V(expected)


versions = st.builds(
    Version,
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([None, None, "rc.1", "beta.2"]),
)


@given(
    versions,
    st.lists(versions),
    st.sampled_from([(FIX,), (FEATURE,), (BREAKING,)]),
    st.sampled_from(ReleaseType),
)
def test_next_version_is_always_allowed(
    production: Version, used: list[Version], changes: tuple[Change, ...], release_type: ReleaseType
) -> None:
    taken = [*used, production]

    proposed = next_version(production, changes, release_type, used=taken)

    assert check_new(str(proposed), used=taken, production=production) == ()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("v1.5.0", ()),
        ("1.4.3", (LowerThanCalledFor(V("1.4.3"), V("1.5.0")),)),
        ("2.0.0-beta.1", ()),
        ("1.x", (NotSemVer("1.x", VersionFault.NOT_SEMVER),)),
        ("1.4.2", (InUse(V("1.4.2")), LowerThanCalledFor(V("1.4.2"), V("1.5.0")))),
        ("1.4.2+again", (InUse(V("1.4.2")), LowerThanCalledFor(V("1.4.2"), V("1.5.0")))),
        (
            "1.2.6",
            (LowerThanNewestOfLine(V("1.2.6"), V("1.2.7")), LowerThanCalledFor(V("1.2.6"), V("1.5.0"))),
        ),
        ("1.2.8", (LowerThanCalledFor(V("1.2.8"), V("1.5.0")),)),
        ("1.3.0", (LowerThanProduction(V("1.3.0"), V("1.4.2")), LowerThanCalledFor(V("1.3.0"), V("1.5.0")))),
    ],
)
def test_check_new(text: str, problems: tuple[VersionProblem, ...]) -> None:
    used = [V("1.2.7"), V("1.4.2"), V("1.5.0-rc.1")]

    assert check_new(text, used=used, production=V("1.4.2"), called_for=V("1.5.0")) == problems


def test_check_new_first_version_is_free_to_choose() -> None:
    assert check_new("0.0.1", used=(), production=None) == ()


def test_only_the_called_for_problem_does_not_block() -> None:
    kinds = (NotSemVer, InUse, LowerThanNewestOfLine, LowerThanProduction, LowerThanCalledFor)

    assert [kind.blocks for kind in kinds] == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("release_type", "name"),
    [
        (ReleaseType.REGULAR, "release/v1.5.0"),
        (ReleaseType.EMERGENCY, "release/hotfix-v1.5.0"),
        (ReleaseType.HOTFIX, "hotfix/INC-20260309-2"),
        (ReleaseType.FEATURE, "release/feature-결제-v2-beta"),
    ],
)
def test_branch_name(release_type: ReleaseType, name: str) -> None:
    made = branch_name(release_type, V("1.5.0"), day=date(2026, 3, 9), n=2, feature=" 결제 v2/beta! ")

    assert made == name


def test_branch_name_of_a_feature_needs_its_name() -> None:
    with pytest.raises(ValueError, match="name"):
        branch_name(ReleaseType.FEATURE, V("1.5.0"), day=date(2026, 3, 9), feature=" -!")


@given(
    st.text(max_size=300).filter(
        lambda text: any(letter.isascii() and letter.isalnum() for letter in text[:20])
    )
)
def test_branch_name_of_any_feature_is_safe(feature: str) -> None:
    made = branch_name(ReleaseType.FEATURE, V("1.5.0"), day=date(2026, 3, 9), feature=feature)

    assert safe_ref_name(made)


@given(versions)
def test_tags_and_branches_of_any_version_are_safe(version: Version) -> None:
    built = replace(version, build="build.7")
    day = date(2026, 3, 9)
    names = [branch_name(kind, built, day=day, feature="x") for kind in ReleaseType]

    assert all(safe_ref_name(name) for name in [*names, tag_name(built), candidate_tag(built, 3)])


@pytest.mark.parametrize(
    ("version", "tag", "candidate"),
    [
        ("1.5.0", "v1.5.0", "v1.5.0-rc.2"),
        ("1.5.0+build.7", "v1.5.0+build.7", "v1.5.0-rc.2"),
        ("2.0.0-beta.1", "v2.0.0-beta.1", "v2.0.0-beta.1.rc.2"),
    ],
)
def test_tag_names(version: str, tag: str, candidate: str) -> None:
    assert (tag_name(V(version)), candidate_tag(V(version), 2)) == (tag, candidate)


@given(versions, st.integers(1, 99))
def test_candidate_tags_are_candidates(version: Version, n: int) -> None:
    assert is_candidate(V(candidate_tag(version, n)))


def test_highest_passes_over_candidates_and_other_tags() -> None:
    tags = ["v1.9.0", "v1.10.0", "v2.0.0-rc.1", "nightly", "v2.0.0-beta.1.rc.4", "release-9"]

    assert highest(tags) == V("1.10.0")


def test_highest_of_no_version_is_none() -> None:
    assert highest(["nightly", "v1.0.0-rc.1"]) is None


def test_versions_of_tags_include_candidates() -> None:
    assert versions_of(["v1.0.0", "v1.1.0-rc.1", "nightly"]) == {V("1.0.0"), V("1.1.0-rc.1")}


@pytest.mark.parametrize(
    ("version", "fixed"),
    [("1.3.3", "1.3.2"), ("1.4.1", None), ("1.5.0", None), ("1.2.0", None), ("0.3.9", None)],
)
def test_an_older_line_is_fixed_from_its_newest(version: str, fixed: str | None) -> None:
    known = [Version.parse(text) for text in ("1.3.0", "1.3.2", "1.4.0", "1.5.0")]
    found = older_line(Version.parse(version), Version.parse("1.4.0"), known)
    assert found == (Version.parse(fixed) if fixed else None)
    assert older_line(Version.parse(version), None, known) is None
