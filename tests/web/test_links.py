"""Signed addresses: read by who signed them, whatever replica it is, and by nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.links import LIVES, MAX_TOKEN, Link, Links

WALL = datetime(2026, 3, 2, 1, 0, 0, 900_000, tzinfo=UTC)
LINK = Link("5d0f1b2c-4f6d-4c59-9a27-0b7e3c1a3d4e", "ko", int(WALL.timestamp()) + 3600)
OURS = Links("a secret", "T1", "https://naru.example/release")
TOKEN = OURS.sign(LINK)


def test_every_replica_reads_what_another_one_signed() -> None:
    assert Links("a secret", "T1").read(TOKEN) == LINK
    assert urlsplit(TOKEN).path == TOKEN
    assert len(TOKEN) < MAX_TOKEN


@pytest.mark.parametrize("other", [Links("another", "T1"), Links("a secret", "T2"), Links("", "T1")])
def test_another_secret_or_workspace_reads_nothing(other: Links) -> None:
    assert other.read(TOKEN) is None


@given(
    st.text(max_size=600) | st.binary(max_size=300).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
)
def test_what_was_not_signed_is_not_read(text: str) -> None:
    assert OURS.read(text) is None


@given(st.integers(0, len(TOKEN) - 1), st.characters(), st.sampled_from(["in the place", "before", "gone"]))
def test_any_change_is_refused(at: int, sign: str, how: str) -> None:
    put = {"in the place": (sign, 1), "before": (sign, 0), "gone": ("", 1)}[how]
    changed = TOKEN[:at] + put[0] + TOKEN[at + put[1] :]
    assert OURS.read(changed) == (LINK if changed == TOKEN else None)


@given(st.sampled_from(["", "=", ".", "A", "\n", " "]))
def test_nothing_may_stand_behind_it(more: str) -> None:
    assert OURS.read(TOKEN + more) == (None if more else LINK)


@given(st.text(max_size=40), st.sampled_from(["ko", "en"]), st.integers(0, 2**40))
def test_what_is_signed_is_read(room: str, language: str, until: int) -> None:
    link = Link(room, language, until)
    assert OURS.read(OURS.sign(link)) in {link, None}
    assert (OURS.read(OURS.sign(link)) is None) == (len(OURS.sign(link)) > MAX_TOKEN)


def test_it_lives_for_an_hour_to_the_second() -> None:
    url = OURS.url(LINK.room, "ko", WALL)
    base, _, token = url.rpartition("/")
    assert base == "https://naru.example/release/postmortems"
    assert OURS.read(token) == LINK
    until = datetime.fromtimestamp(LINK.until, UTC)
    assert WALL + LIVES - timedelta(seconds=1) < until <= WALL + LIVES
    assert [LINK.expired(until - timedelta(microseconds=1)), LINK.expired(until)] == [False, True]


def test_without_an_address_of_its_own_it_gives_none() -> None:
    assert Links("a secret", "T1").url(LINK.room, "ko", WALL) == ""
