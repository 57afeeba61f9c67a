"""The worker that marks pull requests: both databases, beside a GitHub on this machine."""

from __future__ import annotations

import pytest

from bot.forgeworker import POLL_S
from commands.forge import on_forges, pull_requests_were_marked
from commands.requests import (
    AskException,
    BeginFreeze,
    Cancel,
    DecideException,
    LiftFreeze,
    PullRequestsWereMarked,
    Retarget,
    RevokeException,
)
from domain.calendar.exceptions import ExceptionState
from domain.calendar.gate import GateAction
from domain.errands import InChannel, ToPerson
from domain.events import ForgeAnswered, ForgeFailed, PullRequestsHeld
from domain.forges import ForgeFault, ForgeWhy
from storage import exceptions, forges, releases
from storage.db import Database
from storage.db.tx import Tx
from tests.bot.forges.shop import FREE, HELD, Shop
from tests.support.clock import HandClock
from tests.support.github import NAME, TOKEN, GitHub
from tests.support.world import CHANNEL, DEV, OWNER, PROJECT, RM, world

TIP = "b" * 40


@pytest.fixture
def shop(database: Database, clock: HandClock, hub: GitHub, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(Tx, "wall", lambda _: clock())
    hub.add(1, "feat: gift cards")
    hub.add(2, "fix: crash")
    hub.add(3, "feat: urgent", labels=("Hotfix",))
    hub.add(4, "Describe the api", files=("docs/api.md",))
    hub.add(5, "Wrap gifts")
    hub.add(6, "feat: elsewhere", base="main")
    return Shop(database, clock, hub)


async def test_before_a_freeze_every_pull_request_may_be_merged(shop: Shop) -> None:
    await shop.worker.work()
    assert shop.hub.marks() == {1: FREE, 2: FREE, 3: FREE, 4: FREE, 5: FREE, 6: "none"}
    assert shop.hub.text(1) == "No code freeze"
    assert shop.told() == []


async def test_a_freeze_holds_what_is_no_fix_and_not_exempt_and_says_so_once(shop: Shop) -> None:
    release = await shop.frozen()
    assert shop.hub.marks() == {1: HELD, 2: FREE, 3: FREE, 4: FREE, 5: HELD, 6: "none"}
    assert {number: shop.hub.text(number) for number in (1, 2, 3, 4)} == {
        1: "Code freeze of v1.5.0: only fixes until it is deployed, planned Thu 5 Mar 14:00 (Seoul)",
        2: "May be merged during the code freeze: a fix by its title",
        3: "May be merged during the code freeze: exempt by its label",
        4: "May be merged during the code freeze: exempt by the paths that it changes",
    }
    event = PullRequestsHeld(
        project=PROJECT,
        release=release,
        version="1.5.0",
        branches=("develop",),
        held=2,
        free=3,
        url=f"{shop.hub.url}/{NAME}/pulls",
    )
    assert shop.told() == [(InChannel(CHANNEL), event)]
    await shop.minutes(1)
    shop.hub.add(7, "feat: more")
    await shop.minutes(1)
    assert shop.hub.marks()[7] == HELD
    assert len(shop.told()) == 1
    assert ("PullRequestsHeld", "done", "") in shop.drive.audited()


async def test_the_slot_that_no_release_has_taken_holds_too(shop: Shop) -> None:
    await shop.minutes(60 * 4.5)
    assert (
        shop.hub.text(1)
        == "Code freeze for the deploy on Thu 5 Mar: only fixes until Thu 5 Mar 17:00 (Seoul)"
    )
    [(_, event)] = shop.told()
    assert isinstance(event, PullRequestsHeld)
    assert (event.release, event.day, event.held) == ("", "2026-03-05", 2)


async def test_each_mark_is_set_once(shop: Shop) -> None:
    await shop.frozen()
    assert [path.partition("?")[0] for method, path, _ in shop.hub.news() if method == "POST"] == [
        f"/repos/{NAME}/statuses/{shop.hub.pulls[n].sha}" for n in (1, 5, 2, 3, 4)
    ]
    await shop.minutes(1)
    shop.hub.news()
    for _ in range(3):
        await shop.minutes(1)
    assert {(method, status) for method, _, status in shop.hub.news()} == {("GET", 304)}
    shop.worker = shop.another_worker()
    await shop.worker.work()
    assert [method for method, _, _ in shop.hub.news() if method == "POST"] == []


async def test_a_push_a_label_and_a_title_are_seen_within_a_minute(shop: Shop) -> None:
    await shop.frozen()
    shop.hub.push(1)
    shop.hub.pulls[5].labels = ("freeze-ok",)
    shop.hub.pulls[2].title = "feat: crash better"
    await shop.minutes(0.5)
    assert shop.hub.marks()[1] == "none"
    await shop.minutes(0.5)
    assert shop.hub.marks() == {1: HELD, 2: HELD, 3: FREE, 4: FREE, 5: FREE, 6: "none"}


async def test_a_lifted_freeze_frees_everything_without_waiting_for_the_next_minute(shop: Shop) -> None:
    release = await shop.frozen()
    shop.drive.ok(LiftFreeze(release=release, reason="a quiet week"), RM)
    await shop.minutes(0.1)
    assert set(shop.hub.marks().values()) == {FREE, "none"}
    shop.drive.ok(BeginFreeze(release=release, reason="after all"), RM)
    await shop.minutes(0.1)
    assert shop.hub.marks()[1] == HELD
    assert len(shop.told()) == 2


async def test_a_cancelled_release_frees_what_it_held(shop: Shop) -> None:
    release = await shop.frozen()
    shop.drive.ok(Cancel(release=release, reason="no need"), RM)
    await shop.minutes(0.1)
    assert set(shop.hub.marks().values()) == {FREE, "none"}


async def test_another_deploy_date_is_shown_on_the_marks(shop: Shop) -> None:
    release = await shop.frozen()
    shop.drive.ok(Retarget(release=release, deploy_at=shop.clock().replace(day=10, hour=5, minute=0)), RM)
    await shop.minutes(0.1)
    assert shop.hub.text(1).endswith("planned Tue 10 Mar 14:00 (Seoul)")


async def test_an_exception_frees_until_it_is_revoked(shop: Shop) -> None:
    await shop.frozen()
    asked = AskException(
        project=PROJECT, action=GateAction.MERGE_FEATURE, what="gifts", why="w", risk="r", way_back="b"
    )
    shop.drive.ok(asked, DEV)
    [exception] = shop.drive.read(exceptions.of_project, PROJECT, (ExceptionState.ASKED,))
    shop.drive.ok(DecideException(exception=exception.id, grant=True), RM)
    await shop.minutes(0.1)
    assert shop.hub.marks()[1] == FREE
    assert shop.hub.text(1) == "May be merged: an exception from the code freeze is in force"
    shop.drive.ok(RevokeException(exception=exception.id, reason="no more"), RM)
    await shop.minutes(0.1)
    assert shop.hub.marks()[1] == HELD
    assert len(shop.told()) == 1


async def test_the_head_of_two_pull_requests_is_held_while_one_of_them_is(shop: Shop) -> None:
    shop.hub.add(8, "fix: crash", sha=shop.hub.pulls[1].sha)
    await shop.frozen()
    assert (shop.hub.marks()[1], shop.hub.marks()[8]) == (HELD, HELD)
    assert len(shop.hub.statuses[shop.hub.pulls[1].sha]) == 1


@pytest.mark.parametrize("state", [FREE, "error"])
async def test_a_mark_that_somebody_else_set_is_set_right(shop: Shop, state: str) -> None:
    await shop.frozen()
    held = shop.hub.pulls[1].sha
    shop.hub.statuses[held].append({"context": "ci/build", "state": "failure", "description": "red"})
    await shop.minutes(1)
    assert len(shop.hub.statuses[held]) == 2
    shop.hub.statuses[held].append({"context": "naru/code-freeze", "state": state, "description": "mine"})
    await shop.minutes(1)
    assert (shop.hub.marks()[1], len(shop.hub.statuses[held])) == (HELD, 4)
    await shop.minutes(1)
    assert len(shop.hub.statuses[held]) == 4


async def test_marks_are_looked_at_by_turns(shop: Shop) -> None:
    for number in range(10, 40):
        shop.hub.add(number, "fix: x")
    await shop.frozen()
    shop.hub.news()
    seen: list[str] = []
    for _ in range(4):
        await shop.minutes(1)
        looks = [path for _, path, _ in shop.hub.news() if path.endswith("/status?per_page=100")]
        assert len(looks) == 10
        seen += looks
    assert len(set(seen)) == 35


async def test_a_commit_that_is_gone_is_not_tried_again(shop: Shop) -> None:
    shop.hub.unknown.add(shop.hub.pulls[1].sha)
    await shop.frozen()
    shop.hub.news()
    await shop.minutes(1)
    assert [method for method, _, _ in shop.hub.news() if method == "POST"] == []
    assert shop.hub.marks()[5] == HELD


async def test_what_is_merged_or_closed_is_kept_for_two_days_and_then_forgotten(shop: Shop) -> None:
    await shop.frozen()
    shop.hub.pulls[3].open = False
    await shop.minutes(1)
    assert 3 not in shop.drive.read(forges.marked, PROJECT)
    assert 3 in shop.drive.read(forges.marked, PROJECT, [3])
    await shop.minutes(60 * 49)
    assert 3 not in shop.drive.read(forges.marked, PROJECT, [3])


# --- when the forge does not answer -----------------------------------------------------------------------


async def test_a_forge_that_is_down_when_the_freeze_begins_is_told_once_and_made_good(shop: Shop) -> None:
    shop.hub.faults["/"] = "500"
    release = await shop.frozen()
    since = shop.clock()
    for _ in range(60):
        await shop.minutes(1)
    failed = ForgeFailed(project=PROJECT, fault=ForgeFault(ForgeWhy.STATUS, "500"), since=since, waiting=True)
    assert shop.told() == [(InChannel(CHANNEL), failed)]
    shop.hub.faults.clear()
    await shop.minutes(1)
    assert shop.hub.marks() == {1: HELD, 2: FREE, 3: FREE, 4: FREE, 5: HELD, 6: "none"}
    assert [type(said) for _, said in shop.told()] == [ForgeFailed, ForgeAnswered, PullRequestsHeld]
    assert shop.drive.release(release).freeze_lifted_at is None
    assert shop.drive.chain_holds()


async def test_a_forge_that_is_away_for_two_minutes_or_when_nothing_waits_is_no_news(shop: Shop) -> None:
    await shop.worker.work()
    shop.hub.faults["/"] = "500"
    for _ in range(30):
        await shop.minutes(1)
    shop.hub.faults.clear()
    await shop.frozen()
    shop.hub.faults["/"] = "cut"
    for _ in range(2):
        await shop.minutes(1)
    shop.hub.faults.clear()
    await shop.minutes(1)
    assert [type(said) for _, said in shop.told()] == [PullRequestsHeld]


async def test_a_wrong_token_is_told_to_the_owner_at_once_and_a_new_one_taken_up(shop: Shop) -> None:
    shop.token = "ghp_old"
    await shop.worker.work()
    failed = ForgeFailed(project=PROJECT, fault=ForgeFault(ForgeWhy.BAD_TOKEN), since=shop.clock())
    assert shop.told() == [(ToPerson(OWNER), failed)]
    await shop.minutes(1)
    assert len(shop.told()) == 1
    shop.token = TOKEN
    await shop.minutes(1)
    assert shop.hub.marks()[1] == FREE
    assert [(to, type(said)) for to, said in shop.told()][1:] == [(ToPerson(OWNER), ForgeAnswered)]


async def test_without_a_token_the_forge_is_not_asked(shop: Shop) -> None:
    shop.token = None
    await shop.frozen()
    assert shop.hub.news() == []
    assert [to for to, _ in shop.told()] == [InChannel(CHANNEL), ToPerson(OWNER)]


async def test_what_was_set_before_the_forge_wants_fewer_requests_is_not_set_again(shop: Shop) -> None:
    shop.hub.faults[shop.hub.pulls[2].sha] = "retry"
    await shop.frozen()
    assert shop.hub.marks()[1] == HELD
    shop.hub.faults.clear()
    shop.hub.news()
    shop.drive.ok(LiftFreeze(release=shop.drive.read(_only_release), reason="r"), RM)
    await shop.minutes(0.1)
    assert shop.hub.news() == []
    await shop.minutes(0.1)
    assert set(shop.hub.marks().values()) == {FREE, "none"}


async def test_a_forge_that_wants_to_be_left_alone_for_an_hour_is_told_and_not_asked(shop: Shop) -> None:
    shop.hub.faults["/"] = "spent"
    await shop.frozen()
    shop.hub.news()
    for _ in range(30):
        await shop.minutes(1)
    assert shop.hub.news() == []
    [(to, said)] = shop.told()
    assert (to, getattr(said, "fault", None)) == (InChannel(CHANNEL), ForgeFault(ForgeWhy.LIMITED, "3600"))
    shop.hub.faults.clear()
    for _ in range(31):
        await shop.minutes(1)
    assert shop.hub.marks()[1] == HELD


async def test_a_round_that_takes_too_long_is_given_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forgeworker.ROUND_S", 0.3)
    shop.hub.faults["statuses"] = "slow"
    await shop.frozen()
    monkeypatch.setattr("bot.forgeworker.ROUND_S", 60.0)
    assert shop.drive.read(forges.state, PROJECT).fault == ForgeFault(ForgeWhy.TIMEOUT)
    shop.hub.faults.clear()
    await shop.minutes(1)
    assert shop.hub.marks()[1] == HELD


async def test_what_was_cut_since_git_was_read_last_is_held_as_well(shop: Shop) -> None:
    release = await shop.frozen()
    shop.hub.add(9, "feat: late", base="release/v1.5.0")
    shop.drive.cut(release)
    await shop.minutes(0.1)
    assert shop.hub.marks()[9] == HELD


def _only_release(tx: Tx) -> str:
    return releases.live(tx, PROJECT)[0].id


async def test_entries_of_a_merge_queue_bear_what_their_pull_requests_do(shop: Shop) -> None:
    feature, fix = shop.hub.enqueue(1, TIP), shop.hub.enqueue(2, TIP)
    await shop.worker.work()
    assert (shop.hub.state(feature), shop.hub.state(fix)) == (FREE, FREE)
    release = await shop.frozen()
    assert (shop.hub.state(feature), shop.hub.state(fix)) == (HELD, FREE)
    upon = shop.hub.enqueue(3, feature)
    await shop.minutes(1)
    assert shop.hub.state(upon) == HELD
    assert shop.hub.statuses[upon][-1]["description"].startswith("Code freeze of v1.5.0")
    shop.drive.ok(LiftFreeze(release=release, reason="all is well"), RM)
    await shop.worker.work()
    assert [shop.hub.state(commit) for commit in (feature, fix, upon)] == [FREE, FREE, FREE]


async def test_each_entry_of_a_queue_is_marked_once_and_what_only_looks_like_one_is_left(shop: Shop) -> None:
    made = shop.hub.enqueue(1, TIP)
    shop.hub.queues["gh-readonly-queue/develop/pr-x"] = "e" * 40
    shop.hub.queues[f"gh-readonly-queue/develop/deep/pr-1-{TIP}"] = "d" * 40
    await shop.worker.work()
    await shop.minutes(1)
    assert len(shop.hub.statuses[made]) == 1
    assert shop.hub.statuses.keys() & {"e" * 40, "d" * 40} == set()


async def test_a_queue_that_cannot_be_read_is_told_and_made_good(shop: Shop) -> None:
    made = shop.hub.enqueue(1, TIP)
    shop.hub.faults["matching-refs"] = "403"
    await shop.frozen()
    assert {type(said) for _, said in shop.told()} == {ForgeFailed}
    assert shop.hub.marks()[1] == HELD
    shop.hub.faults.clear()
    await shop.minutes(1)
    assert shop.hub.state(made) == HELD


async def test_a_crash_after_the_forge_was_told_sets_the_same_marks_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr("bot.forgeworker.pull_requests_were_marked", _dies)
        await shop.frozen()
    assert (shop.hub.marks()[1], shop.told()) == (HELD, [])
    shop.worker = shop.another_worker()
    await shop.worker.work()
    assert [len(found) for found in shop.hub.statuses.values()] == [2] * 5
    assert shop.hub.marks() == {1: HELD, 2: FREE, 3: FREE, 4: FREE, 5: HELD, 6: "none"}
    assert len(shop.told()) == 1


def _dies(_tx: Tx, _report: object) -> None:
    raise OSError("the machine is gone")


async def test_a_report_by_rules_that_are_not_in_force_any_more_changes_nothing(shop: Shop) -> None:
    [marks] = shop.drive.read(on_forges)
    old = marks.project.policy.repository
    shop.rules(status="other/name")
    fault = ForgeFault(ForgeWhy.BAD_TOKEN)
    with shop.drive.tx() as tx:
        pull_requests_were_marked(tx, PullRequestsWereMarked(project=PROJECT, repository=old, fault=fault))
    assert shop.told() == []


async def test_under_another_name_everything_is_marked_again(shop: Shop) -> None:
    await shop.frozen()
    shop.rules(status="release/freeze")
    await shop.minutes(0.1)
    assert [one["context"] for one in shop.hub.statuses[shop.hub.pulls[1].sha]] == [
        "naru/code-freeze",
        "release/freeze",
    ]


async def test_a_project_on_plain_git_asks_nothing(shop: Shop) -> None:
    with shop.drive.tx() as tx:
        world(tx, repository={"url": "/srv/shop.git"})
    await shop.frozen()
    assert (shop.hub.news(), shop.told()) == ([], [])


async def test_forges_are_asked_once_a_minute_when_nothing_changes(shop: Shop) -> None:
    await shop.worker.work()
    shop.hub.news()
    shop.seconds += POLL_S - 1
    await shop.worker.work()
    assert shop.hub.news() == []
    shop.seconds += 1
    await shop.worker.work()
    assert [path.partition("?")[0] for _, path, _ in shop.hub.news()] == [
        f"/repos/{NAME}/pulls",
        *(f"/repos/{NAME}/commits/{shop.hub.pulls[n].sha}/status" for n in range(1, 6)),
        f"/repos/{NAME}/git/matching-refs/heads/gh-readonly-queue/develop/",
    ]
