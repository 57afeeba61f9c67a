"""A month with three projects in three zones, the process killed at random points and started again:
every announcement once, none stale, none missing."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import col

from commands import requests
from domain.errands import Announce, SendDigest, Show, SurfaceKind, Tell, ToPerson
from domain.events import BlackoutAdded
from domain.types import ReleaseType, Stage
from storage import audit, outbox
from storage.db import Database, Tx
from storage.tables import AuditRow, OutboxRow
from tests.proof.almanac import DAY, HOUR, THURSDAY, Ban, Book, Due, Planned, iso
from tests.proof.conftest import NewUrl
from tests.proof.mortal import Fate, Killed, Process, World, unsynced
from tests.proof.noise import seed_of
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.proof import full, rounds
from tests.support.world import RM, world

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
OUTLOOK, COMING_YEAR = "outlook", "year"
LIVING = {SurfaceKind.OUTLOOK: OUTLOOK, SurfaceKind.YEAR: COMING_YEAR}
ZONES = {"seoul": "Asia/Seoul", "berlin": "Europe/Berlin", "york": "America/New_York"}
# New York changes its clocks on 8 March, Berlin on 29 March.
BEGIN, END = datetime(2026, 3, 1, 3, tzinfo=UTC), datetime(2026, 4, 1, 3, tzinfo=UTC)
LATE_AFTER = timedelta(minutes=2)
LEASE_OVER = timedelta(seconds=61)
CHANCE = 1 / 250
Said = tuple[str, str, str, bool, datetime]
"""Project, where, key, late, and when (business time)."""


@dataclass
class Month:
    """One month: the program's side, the outside, and the books that the test keeps by itself.

    The story is drawn from `seed`, deaths from a stream of their own: where a process dies depends on the
    statements of its database, what people do and when must not.
    """

    url: str
    seed: str
    clock: HandClock
    database: Database
    world: World
    books: dict[str, Book] = field(default_factory=dict)
    drivers: dict[str, Driver] = field(default_factory=dict)
    expected: list[Said] = field(default_factory=list)
    stale: list[tuple[str, str]] = field(default_factory=list)
    kills: int = 0
    wall: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.fates = random.Random(f"{self.seed} fates")

    def start(self) -> None:
        for key, zone in ZONES.items():
            with self.database.transaction() as tx:
                world(tx, key=key, channel=f"C0{key.upper()}", zone=zone, mute=["digest"])
            self.books[key] = Book(ZoneInfo(zone))
            self.drivers[key] = Driver(self.database, self.clock, key)
        self.drivers["seoul"].ok(requests.ChooseDigest(on=True), RM)  # the only one with a digest

    def process(self) -> Process:
        return Process(self.url, self.world, Fate(random.Random(self.fates.random()), CHANCE))

    async def pass_by(self) -> None:
        """Step through the month; what people do happens at the steps, when all that was due is said."""
        process = self.process()
        process = await self._settle(process)
        while self.clock() < END:
            before = self.clock()
            self.clock.move(minutes=self._pause())
            self._expect(before, self.clock())
            process = await self._settle(process)
            if self.random.random() < 0.15:
                self._somebody_acts()
        process.bury()

    def _pause(self) -> int:
        """Minutes until the next beat; now and then the program was down for hours."""
        return self.random.choice(
            (1, 7, 20, 45, 45, 90, 90, 180, 180, 300, self.random.randrange(300, 1_500))
        )

    async def _settle(self, process: Process) -> Process:
        """Until nothing is open. Who was killed is started again, once the leases of the dead are over."""
        while True:
            try:
                await process.tick()
                if process.idle():
                    return process
            except Killed:
                await asyncio.sleep(0)
                process.bury()
                self.kills += 1
                process = self.process()
            self.wall += LEASE_OVER

    def _expect(self, since: datetime, until: datetime) -> None:
        for key, book in self.books.items():
            for due in book.between(since, until):
                if until >= due.expires:
                    self.stale.append((key, due.key))
                    continue
                late = (
                    until - due.at > LATE_AFTER and due.kind not in LIVING.values()
                )  # true whenever it comes
                self.expected += [(key, where, due.key, late, until) for where in _places(book, due)]

    # --- what people do -------------------------------------------------------------------------------

    def _somebody_acts(self) -> None:
        key = self.random.choice(sorted(self.books))
        act = self.random.choice(
            (self._ban, self._ban, self._unban, self._release, self._release, self._cancel)
        )
        act(self.books[key], self.drivers[key])

    def _ban(self, book: Book, driver: Driver) -> None:
        start = self.clock() + timedelta(hours=self.random.randrange(1, 260))
        end = start + timedelta(hours=self.random.choice((1, 3, 8, 30, 60)))
        if any(ban.start <= end and start <= ban.end for ban in book.bans):
            return
        asked = requests.AddBlackout(
            project=driver.project, name="sale", start=start, end=end, reason="many buy"
        )
        event = driver.ok(asked, RM)
        assert isinstance(event, BlackoutAdded)
        book.bans.append(Ban(event.blackout, start, end, self.clock()))

    def _unban(self, book: Book, driver: Driver) -> None:
        to_come = [ban for ban in book.bans if ban.end > self.clock()]
        if to_come:
            ban = self.random.choice(to_come)
            driver.ok(requests.RemoveBlackout(project=driver.project, blackout=ban.id), RM)
            book.bans.remove(ban)

    def _release(self, book: Book, driver: Driver) -> None:
        """A regular release for a coming Thursday, some of them approved at once."""
        today = self.clock().astimezone(book.zone).date()
        day = today + DAY * ((THURSDAY - today.weekday()) % 7 + 7)
        deploy = book.local(day, time(14))
        banned = any(ban.start < deploy + 3 * HOUR and deploy - 3 * HOUR < ban.end for ban in book.bans)
        if book.releases or day in book.taken or banned:
            return
        version = f"{today.month}.{today.day}.{len(book.taken)}"
        driver.read_repository(production="v1.0.0", tags=("v1.0.0",), next_version=version)
        approved = self.random.random() < 0.7
        asked = {"version": version, "deploy_at": deploy}
        release = driver.to_approved(**asked) if approved else driver.start(ReleaseType.REGULAR, **asked)
        found = driver.release(release)
        planned = Planned(release, found.captain, day, book.local(day - 3 * DAY, time(14)))
        if approved:
            assert found.approval_until is not None
            planned = replace(planned, approved=(self.clock(), found.approval_until))
        book.releases.append(planned)
        book.taken.add(day)

    def _cancel(self, book: Book, driver: Driver) -> None:
        if book.releases:
            driver.ok(requests.Cancel(release=book.releases[0].id, reason="not needed"), RM)
            assert driver.stage(book.releases[0].id) is Stage.CANCELLED
            book.releases.clear()


def _places(book: Book, due: Due) -> list[str]:
    if due.kind != "no_deploy_1h":
        return ["channel"]
    return ["channel", *(release.captain for release in book.releases if release.id == due.subject)]


async def test_month_of_announcements_is_told_once_whatever_dies(
    new_url: NewUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pacing.PACED", False)
    seed = seed_of("month")
    kinds: Counter[str] = Counter()
    for number in range(rounds(1, 200)):
        with new_url() as url:
            month = _month(url, f"{seed}.{number}")
            monkeypatch.setattr("storage.db.tx.Tx.wall", lambda _tx, m=month: m.clock() + m.wall)
            month.start()
            await month.pass_by()
            said = month.database.read_now(_said, month.world)
            _same(said, month.expected)
            _same(month.database.read_now(_skipped), month.stale)
            assert month.database.read_now(audit.verify) is None
            _once([posted.outbox for posted in month.world.posted])
            assert max(month.database.read_now(_digests, month.world).values()) == 1
            assert month.kills > 0
            kinds.update(key.partition(":")[0] for _, _, key, _, _ in said)
            month.database.close()
    assert not full() or len(kinds) == 12, kinds


def test_where_a_process_dies_leaves_the_story_as_it_was(new_url: NewUrl) -> None:
    with new_url() as url:
        calm, deadly = _month(url, "one seed"), _month(url, "one seed")
        for _ in range(3):
            deadly.process().bury()
        assert [deadly._pause() for _ in range(20)] == [calm._pause() for _ in range(20)]
        for month in (calm, deadly):
            month.database.close()


def _same(found: list[Any], wanted: list[Any]) -> None:
    missing, more = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    assert (sorted(missing.elements()), sorted(more.elements())) == ([], [])


def _once(numbers: list[int]) -> None:
    assert [number for number, times in Counter(numbers).items() if times > 1] == []


def _month(url: str, seed: str) -> Month:
    clock = HandClock(BEGIN)
    return Month(url, seed, clock, unsynced(Database(url, clock)), World(clock))


def _said(tx: Tx, outside: World) -> list[Said]:
    """Every announcement that Slack took, as often as it took it."""
    rows = tx.execute(select(col(OutboxRow.id), col(OutboxRow.body)))
    errands = {int(row[0]): outbox.ERRANDS.load(str(row[1])) for row in rows}
    found: list[Said] = []
    for posted in outside.posted:
        errand = errands[posted.outbox]
        if isinstance(errand, Tell) and isinstance(errand.said, Announce):
            where = errand.to.user if isinstance(errand.to, ToPerson) else "channel"
            found.append((errand.project, where, errand.said.announcement.key, errand.late, posted.at))
        elif isinstance(errand, Show) and errand.surface.kind in LIVING:
            key, _, about = errand.surface.subject.partition("/")
            outlook = errand.surface.kind is SurfaceKind.OUTLOOK
            told = _outlook_of(key, about) if outlook else _year_of(key, about)
            found.append((key, "channel", told, False, posted.at))
    return found


def _digests(tx: Tx, outside: World) -> Counter[tuple[str, date]]:
    """How often Slack took a person's digest of a day."""
    rows = tx.execute(select(col(OutboxRow.id), col(OutboxRow.body)))
    errands = {int(row[0]): outbox.ERRANDS.load(str(row[1])) for row in rows}
    sent = (errands[posted.outbox] for posted in outside.posted)
    return Counter((one.user, one.day) for one in sent if isinstance(one, SendDigest))


def _outlook_of(project: str, day: str) -> str:
    """The key of the announcement that posted it."""
    morning = datetime.combine(date.fromisoformat(day), time(9), ZoneInfo(ZONES[project]))
    return f"{OUTLOOK}:{day}:{iso(morning)}"


def _year_of(project: str, year: str) -> str:
    days = (date(int(year) - 1, 12, day) for day in (1, 2, 3))
    first = next(day for day in days if day.weekday() < 5)
    at = datetime.combine(first, time(10), ZoneInfo(ZONES[project]))
    return f"{COMING_YEAR}:{year}:{iso(at)}"


def _skipped(tx: Tx) -> list[tuple[str, str]]:
    """What was recorded as too late to tell."""
    query = select(col(AuditRow.project), col(AuditRow.body)).where(
        col(AuditRow.action) == "AnnouncementSkipped"
    )
    rows = [(str(row[0]), json.loads(row[1])["event"]) for row in tx.execute(query)]
    return [
        (project, event["announcement"])
        for project, event in rows
        if event["kind"] == "announcement" and event["why"] == "stale"
    ]
