"""What a pipeline sees of a release: the same lists, times, readings and breaches as people on the card."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from commands.requests import AssignItem, TickItems, WaiveItem
from domain.checklists.model import Phase
from domain.people import Via
from domain.types import Action
from tests.support.world import OPS, PROJECT, QA, RM, world
from tests.web.conftest import Pipeline

RELEASE = f"/projects/{PROJECT}/releases/1.5.0"
RUNNERS = ["devops", "release_manager", "oncall"]
KO = {"Accept-Language": "ko"}


async def seen(ci: Pipeline, part: str, **how: Any) -> Any:
    status, told = await ci.get(RELEASE, **how)
    assert status == 200
    return told[part]


async def during(ci: Pipeline, **how: Any) -> dict[str, Any]:
    """The list of the rollout."""
    (found,) = [one for one in await seen(ci, "checklists", **how) if one["now"]]
    return dict(found)


async def measured(ci: Pipeline, **values: float) -> None:
    readings = [{"metric": metric, "value": value, "samples": 1200} for metric, value in values.items()]
    sent = {"environment": "production", "readings": readings}
    assert (await ci.post(f"/projects/{PROJECT}/readings", sent))[0] == 200


def item(key: str, title: str, roles: list[str], standing: str = "open", **whose: str) -> dict[str, Any]:
    known: dict[str, Any] = {"owner": None, "due": None}
    return {"key": key, "title": title, "standing": standing, "roles": roles} | known | whose


# --- checklists -----------------------------------------------------------------------------------------------


async def test_every_list_is_there_with_how_far_it_is(ci: Pipeline) -> None:
    ci.drive.to_deploying()
    found = await seen(ci, "checklists")
    told = [(one["phase"], one["stops"], one["now"], one["done"], one["open"]) for one in found]
    assert told == [
        ("pre_release", "deploy", False, 32, 0),
        ("staging", "qa_passed", False, 6, 0),
        ("release_start", "deploy", False, 6, 0),
        ("release_during", "rollout_complete", True, 0, 4),
        ("post_at_once", "verified", False, 0, 8),
        ("post_soon", "close", False, 0, 4),
        ("post_finish", "close", False, 1, 7),
    ]
    assert all(len(one["items"]) == one["open"] for one in found)


async def test_what_is_open_is_named_with_whose_it_is_and_who_can_settle_it(ci: Pipeline) -> None:
    """What is done, or done without, only counts; what evidence speaks against has failed."""
    release = ci.drive.to_deploying()
    phase, due = Phase.RELEASE_DURING, ci.drive.clock() + timedelta(hours=1)
    ci.drive.ok(TickItems(phase=phase, keys=("instances_healthy",), release=release), OPS, via=Via.BUTTON)
    waived = WaiveItem(phase=phase, key="deploy_ran", reason="by hand", release=release)
    ci.drive.ok(waived, RM, via=Via.BUTTON)
    assigned = AssignItem(phase=phase, key="no_complaints", user=QA, due=due, release=release)
    ci.drive.ok(assigned, RM, via=Via.BUTTON)
    await measured(ci, error_rate=0.2)
    assert await during(ci) == {
        "phase": "release_during",
        "name": "While it goes out",
        "strictness": "block",
        "stops": "rollout_complete",
        "now": True,
        "opens_at": None,
        "done": 1,
        "waived": 1,
        "open": 2,
        "items": [
            item(
                "in_range",
                "Errors and latency are in range",
                ["release_manager", "incident_commander"],
                "failed",
            ),
            item(
                "no_complaints",
                "No user complaints are received",
                ["support", "qa_lead", *RUNNERS],
                owner="Qa",
                due="2026-03-05T06:00:00Z",
            ),
        ],
    }


async def test_lists_are_told_in_the_language_of_who_asks(ci: Pipeline) -> None:
    ci.drive.to_deploying()
    found = await during(ci, headers=KO)
    assert (found["name"], [one["title"] for one in found["items"]]) == (
        "배포 중",
        [
            "배포를 실행했습니다",
            "모든 인스턴스가 정상입니다",
            "오류와 지연이 정상 범위입니다",
            "사용자 불만이 들어오지 않았습니다",
        ],
    )


async def test_what_naru_sees_by_itself_is_nobody_s_to_tick_and_has_not_failed(ci: Pipeline) -> None:
    """The gate is closed at night: that is the calendar's, and no failure."""
    ci.drive.to_approval()
    (start,) = [one for one in await seen(ci, "checklists") if one["phase"] == "release_start"]
    (gate,) = [one for one in start["items"] if one["key"] == "gate_open"]
    assert gate == item("gate_open", "The gate is open for the deploy", [])


async def test_a_policy_s_own_item_is_told_as_plain_text(ci: Pipeline) -> None:
    own = {"key": "terms", "ko": "약관 <확인> & *끝*", "en": "Terms <checked> & *done*", "roles": ["pm"]}
    with ci.drive.tx() as tx:
        world(tx, checklists={"lists": {"release_during": {"add": [own]}}})
    ci.drive.to_deploying()
    (terms,) = [one for one in (await during(ci))["items"] if one["key"] == "terms"]
    assert terms == item("terms", "Terms <checked> & *done*", ["pm", *RUNNERS])


async def test_a_list_that_the_policy_asks_of_nobody_is_not_there(ci: Pipeline) -> None:
    with ci.drive.tx() as tx:
        world(tx, checklists={"lists": {"release_during": {"strictness": "off"}}})
    ci.drive.to_deploying()
    phases = [one["phase"] for one in await seen(ci, "checklists")]
    assert "release_during" not in phases


# --- rollout --------------------------------------------------------------------------------------------------


def step(key: str, name: str, percent: int, state: str, **times: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("began", "live", "ended", "failed"))
    return {"key": key, "name": name, "percent": percent, "state": state, "attempt": 0} | nothing | times


async def test_the_rollout_is_shown_as_planned_and_as_it_goes(ci: Pipeline) -> None:
    release = ci.drive.to_deploying()
    ci.drive.clock.move(minutes=20)
    ci.drive.advance(release, Action.STEP_DONE, OPS)
    ci.drive.clock.move(minutes=1)
    assert await seen(ci, "rollout") == {
        "strategy": "blue_green",
        "steps": ["green_healthy", "traffic_switched"],
        "done": 1,
        "under_way": "traffic_switched",
        "paused": False,
        "automatic": False,
        "percent": 0,
        "paused_because": None,
        "plan": [
            step(
                "green_healthy",
                "Green side",
                0,
                "done",
                planned_from="2026-03-05T05:00:00Z",
                planned_until="2026-03-05T05:10:00Z",
                began="2026-03-05T05:00:00Z",
                live="2026-03-05T05:20:00Z",
                ended="2026-03-05T05:20:00Z",
                attempt=1,
            ),
            step(
                "traffic_switched",
                "Traffic switched",
                100,
                "running",
                planned_from="2026-03-05T05:10:00Z",
                planned_until="2026-03-05T05:15:00Z",
                began="2026-03-05T05:20:00Z",
                attempt=1,
            ),
        ],
        "ends_about": "2026-03-05T05:30:00Z",  # the first step took twice as long as planned
    }


async def test_a_rollout_that_is_paused_says_why_and_has_no_estimate(ci: Pipeline) -> None:
    release = ci.drive.to_deploying()
    ci.drive.advance(release, Action.PAUSE, RM, note="no healthy instance")
    found = await seen(ci, "rollout", headers=KO)
    assert (found["paused"], found["paused_because"], found["ends_about"]) == (
        True,
        "no healthy instance",
        None,
    )
    assert [one["name"] for one in found["plan"]] == ["그린 정상 확인", "트래픽 전환"]


async def test_a_rollout_that_is_over_has_no_estimate(ci: Pipeline) -> None:
    ci.drive.to_verifying()
    found = await seen(ci, "rollout")
    assert (found["done"], found["under_way"], found["percent"], found["ends_about"]) == (2, None, 100, None)
    assert [one["state"] for one in found["plan"]] == ["done", "done"]


# --- health and breaches --------------------------------------------------------------------------------------


def reading(metric: str, name: str, value: float, said: str, **more: Any) -> dict[str, Any]:
    known = {"metric": metric, "name": name, "value": value, "said": said}
    return known | {"samples": 1200, "source": "pipeline", "why": None} | more


async def test_readings_stand_beside_their_ranges_and_what_was_usual(ci: Pipeline) -> None:
    release = ci.drive.to_approved()
    ci.drive.clock.set(ci.drive.release(release).deploy_at or ci.drive.clock())
    for value in (0.10, 0.14, 0.12):
        await measured(ci, p95_latency=value)
        ci.drive.clock.move(seconds=10)
    ci.drive.ready(release)
    ci.drive.advance(release, Action.DEPLOY)
    ci.drive.head_was_read(release, Action.DEPLOY)
    await measured(ci, error_rate=0.2, p95_latency=0.15)
    at = ci.drive.clock().isoformat().replace("+00:00", "Z")
    found = await seen(ci, "health")
    usual = found["readings"][1].pop("baseline")
    assert found == {
        "environment": "production",
        "asked": False,
        "fine": False,
        "stale": False,
        "readings": [
            reading(
                "error_rate",
                "Errors",
                0.2,
                "Errors 20 %",
                judged="out",
                range={"sign": "<", "limit": 0.01},
                baseline=None,
                at=at,
            ),
            reading(
                "p95_latency",
                "P95",
                0.15,
                "P95 150 ms",
                judged="fine",
                range={"sign": "<", "limit": 0.2},
                at=at,
            ),
        ],
    }
    assert (usual["median"], round(usual["mean"], 9), round(usual["spread"], 6), usual["count"]) == (
        0.12,
        0.12,
        0.01633,
        3,
    )
    ci.drive.clock.move(hours=1)
    found = await seen(ci, "health", headers=KO)
    assert (found["stale"], found["fine"], found["readings"][0]["said"]) == (True, False, "오류율 20 %")


async def test_where_nobody_looks_at_an_environment_there_is_no_health(ci: Pipeline) -> None:
    release = ci.drive.start()
    assert (await seen(ci, "health"), await seen(ci, "breaches")) == (None, [])
    ci.drive.cut(release)
    ci.drive.build(release)
    nothing = {"environment": "staging", "asked": False, "fine": False, "stale": False, "readings": []}
    assert await seen(ci, "health") == nothing


async def test_what_is_breached_or_cannot_be_judged_stands_until_it_is_over(ci: Pipeline) -> None:
    ci.drive.to_deploying()
    sent = {"metric": "p95_latency", "value": 4.0}
    for _ in range(6):
        await measured(ci, error_rate=0.2)
        await ci.post(f"/projects/{PROJECT}/readings", {"environment": "production", "readings": [sent]})
        ci.drive.clock.move(minutes=1)
    found = await seen(ci, "breaches")
    known = {"level": "rollback", "state": "open", "waits": False, "dry_run": False, "baseline": None}
    assert [{key: value for key, value in one.items() if key != "id"} for one in found] == [
        known
        | {
            "rule": "error_rate",
            "said": "Errors 20 % · limit 5 % · since Thu 5 Mar 14:00",
            "metric": "error_rate",
            "value": 0.2,
            "threshold": 0.05,
            "since": "2026-03-05T05:00:00Z",
            "opened_at": "2026-03-05T05:05:00Z",
            "unclear": False,
        },
        known
        | {
            "rule": "p95_latency",
            "said": "P95: nobody counted over how many requests it was measured."
            " Measure “requests” as well, or set “samples: 0” in the policy.",
            "metric": "p95_latency",
            "value": None,
            "threshold": None,
            "since": None,
            "opened_at": "2026-03-05T05:05:00Z",
            "unclear": True,
        },
    ]
    assert len({one["id"] for one in found}) == 2
    for _ in range(6):
        await measured(ci, error_rate=0.001, p95_latency=0.1)
        ci.drive.clock.move(minutes=1)
    left = await seen(ci, "breaches", headers=KO)
    assert [(one["rule"], one["said"]) for one in left] == [
        ("p95_latency", "P95: 배포 전에 보통 얼마였는지 알 수 없습니다. 직접 비교하세요.")
    ]
