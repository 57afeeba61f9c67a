"""What a pipeline reports, what it is answered, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.checklists.model import Phase
from domain.errands import TaskLeft, ToPerson
from domain.health.model import Source
from domain.health.newest import newest
from domain.people import machine
from domain.tokens import Scope
from domain.types import Action, Environment, Stage
from storage import readings, tokens
from tests.support.driver import SHA, SHA2
from tests.support.world import PROJECT, RM
from tests.web.conftest import Pipeline

RELEASE = f"/projects/{PROJECT}/releases/1.5.0"
URL = "https://ci.example/builds/7"
LOOK = f"/api/v1{RELEASE}/builds/{SHA}"
PASSED = {"result": "passed", "sha": SHA, "url": URL}
HEALTHY = {"result": "deployed", "health": "200 OK"}


def building(ci: Pipeline) -> str:
    release = ci.drive.start()
    ci.drive.cut(release)
    return release


def who(ci: Pipeline, name: str = "ci") -> str:
    token = next(one for one in ci.drive.read(tokens.of_project, PROJECT) if one.name == name)
    return machine(name, token.id)


def refusal(status: int, code: str, detail: str, missing: Any = ()) -> tuple[int, dict[str, Any]]:
    return status, {
        "type": f"urn:naru:problem:{code}",
        "title": "Naru's rules say no; nothing was changed.",
        "status": status,
        "code": code,
        "detail": detail,
        "missing": [{"kind": kind, "said": said, "roles": roles} for kind, said, roles in missing],
        "faults": [],
    }


async def test_a_release_is_shown_as_it_stands(ci: Pipeline) -> None:
    release = ci.drive.release(building(ci))
    status, told = await ci.get(RELEASE)
    lists = [(one["phase"], one["now"], one["done"], one["open"]) for one in told.pop("checklists")]
    assert lists == [
        ("pre_release", False, 1, 31),
        ("staging", False, 0, 6),
        ("release_start", False, 1, 5),
        ("release_during", False, 0, 4),
        ("post_at_once", False, 0, 8),
        ("post_soon", False, 0, 4),
        ("post_finish", False, 1, 7),
    ]
    assert (status, told) == (
        200,
        {
            "project": "shop",
            "version": "1.5.0",
            "type": "regular",
            "stage": "building",
            "stage_since": "2026-03-02T00:30:00Z",
            "branch": "release/v1.5.0",
            "previous_version": "1.4.0",
            "candidate": None,
            "deploy_at": release.deploy_at and release.deploy_at.isoformat().replace("+00:00", "Z"),
            "soak_until": None,
            "approved_at": None,
            "deployed_at": None,
            "rollout": None,
            "waiting": None,
            "health": None,
            "breaches": [],
        },
    )
    assert (await ci.get(f"/projects/{PROJECT}/releases/v1.5.0"))[0] == 200


async def test_a_release_that_is_not_there_is_told_with_those_that_are(ci: Pipeline) -> None:
    building(ci)
    told = "There is no release 1.6.0.\n• Releases: v1.5.0"
    assert await ci.get(f"/projects/{PROJECT}/releases/1.6.0") == refusal(404, "unknown_release", told)
    assert (await ci.post(f"/projects/{PROJECT}/releases/main/staging", HEALTHY))[0] == 404


async def test_a_build_that_passed_is_decided_by_the_branch(ci: Pipeline) -> None:
    release = building(ci)
    answer = await ci.ask("POST", f"{RELEASE}/builds", json=PASSED)
    assert (answer.status, answer.headers["Location"], await answer.json()) == (
        202,
        LOOK,
        {"said": f"The branch is being read. What became of it: {LOOK}", "look_at": LOOK},
    )
    assert (await ci.get(f"{RELEASE}/builds/{SHA}"))[0] == 202
    assert (await ci.get(RELEASE))[1]["waiting"] == {
        "action": "build_passed",
        "asked_at": "2026-03-02T00:30:00Z",
        "sha": SHA,
        "problem": None,
    }
    ci.drive.head_was_read(release, Action.BUILD_PASSED)
    status, told = await ci.get(f"{RELEASE}/builds/{SHA}")
    assert (status, told["stage"], told["candidate"]) == (
        200,
        "staging",
        {"number": 1, "sha": SHA, "built_at": "2026-03-02T00:30:00Z"},
    )
    assert [row for row in ci.drive.audited() if row[2] == who(ci)] == [
        ("WorkAsked", "done", who(ci)),
        ("Advanced", "done", who(ci)),
    ]
    assert ci.drive.chain_holds()


async def test_a_build_of_another_commit_is_refused_with_both(ci: Pipeline) -> None:
    release = building(ci)
    await ci.post(f"{RELEASE}/builds", PASSED)
    ci.drive.head_was_read(release, Action.BUILD_PASSED, head=SHA2)
    words = (
        "The commit that was built is not the newest one of the release branch (built → newest): "
        f"{SHA} → {SHA2} Build the newest commit of the branch."
    )
    assert await ci.get(f"{RELEASE}/builds/{SHA}") == (
        409,
        {
            "type": "urn:naru:problem:other_head",
            "title": words,
            "status": 409,
            "code": "other_head",
            "detail": "",
            "missing": [],
            "faults": [],
        },
    )
    assert ci.drive.stage(release) is Stage.BUILDING
    assert [(tell.to, tell.said.problem) for tell in ci.drive.told(TaskLeft)] == [  # type: ignore[union-attr]
        (ToPerson(ci.drive.release(release).captain), "other_head")
    ]
    assert (await ci.get(f"{RELEASE}/builds/{SHA2}"))[0] == 404
    assert (await ci.post(f"{RELEASE}/builds", {"result": "passed", "sha": SHA2}))[0] == 202
    ci.drive.head_was_read(release, Action.BUILD_PASSED, head=SHA2)
    assert (await ci.get(f"{RELEASE}/builds/{SHA2}"))[0] == 200


async def test_what_git_says_no_to_goes_to_the_captain_when_a_pipeline_asked(ci: Pipeline) -> None:
    release = building(ci)
    await ci.post(f"{RELEASE}/builds", PASSED)
    ci.drive.head_was_read(release, Action.BUILD_PASSED, head="", problem="unreachable", detail="no route")
    assert (await ci.get(f"{RELEASE}/builds/{SHA}"))[1]["title"] == (
        "The remote cannot be reached. no route Naru has tried several times. Look at the remote, then press "
        "again."
    )
    assert [tell.to for tell in ci.drive.told(TaskLeft)] == [ToPerson(RM)]


async def test_a_token_that_was_revoked_meanwhile_builds_nothing(ci: Pipeline) -> None:
    """The step is taken with what the token may do when the branch has been read."""
    release = building(ci)
    await ci.post(f"{RELEASE}/builds", PASSED)
    with ci.drive.tx() as tx:
        (token,) = tokens.of_project(tx, PROJECT)
        tokens.put(tx, type(token)(**(vars(token) | {"revoked_at": tx.wall()})))
    ci.drive.head_was_read(release, Action.BUILD_PASSED)
    assert ci.drive.stage(release) is Stage.BUILDING


async def test_a_build_that_failed_and_the_next_one_begun(ci: Pipeline) -> None:
    release = building(ci)
    status, told = await ci.post(f"{RELEASE}/builds", {"result": "failed", "sha": SHA, "url": URL})
    assert (status, told["said"], told["release"]["stage"]) == (
        200,
        f"Recorded: v1.5.0 Build failed · Stage: Fixing\n> {SHA} {URL}\nNext: fix it on the release branch, then build again.",
        "fixing",
    )
    status, told = await ci.post(f"{RELEASE}/builds", {"result": "started", "sha": SHA2})
    assert (status, told["release"]["stage"]) == (200, "building")
    assert ci.drive.stage(release) is Stage.BUILDING


async def test_staging_is_reported_with_what_the_health_check_said(ci: Pipeline) -> None:
    release = building(ci)
    ci.drive.build(release)
    status, told = await ci.post(f"{RELEASE}/staging", {**HEALTHY, "url": URL})
    assert (status, told["said"], told["release"]["soak_until"]) == (
        200,
        f"Recorded: v1.5.0 Deployed to staging · Stage: QA\n> 200 OK {URL}\nNext: QA tests the candidate. The staging soak has begun.",
        "2026-03-03T00:30:00Z",
    )


async def test_staging_that_failed_is_mended_first(ci: Pipeline) -> None:
    ci.drive.build(building(ci))
    status, told = await ci.post(f"{RELEASE}/staging", {"result": "failed", "health": "503"})
    assert (status, told["release"]["stage"]) == (200, "fixing")


async def test_qa_asks_for_the_approval(ci: Pipeline) -> None:
    release = ci.drive.to_qa()
    ci.drive.settle_lists(release, Phase.STAGING)
    answers = {"result": "passed", "report": URL, "migration": False, "breaking": False}
    status, told = await ci.post(f"{RELEASE}/qa", answers)
    assert (status, told["release"]["stage"]) == (200, "approval")
    qa = ci.drive.release(release).qa
    assert qa is not None
    assert (qa.by, qa.report) == (who(ci), URL)


async def test_qa_without_its_answers_is_refused_with_all_that_is_missing(ci: Pipeline) -> None:
    ci.drive.settle_lists(ci.drive.to_qa(), Phase.STAGING)
    status, told = await ci.post(f"{RELEASE}/qa", {"result": "passed"})
    assert (status, told["code"], told["missing"]) == (
        409,
        "not_ready",
        [
            {
                "kind": "qa_answer_missing",
                "said": told["missing"][0]["said"],
                "roles": ["qa_lead", "release_manager"],
            }
        ],
    )
    assert told["missing"][0]["said"] in told["detail"]
    status, told = await ci.get(RELEASE)
    assert told["stage"] == "qa"


async def test_qa_that_failed_names_a_bug(ci: Pipeline) -> None:
    ci.drive.to_qa()
    status, told = await ci.post(f"{RELEASE}/qa", {"result": "failed", "report": URL})
    assert (status, told["missing"][0]["kind"]) == (409, "bug_missing")
    status, told = await ci.post(f"{RELEASE}/qa", {"result": "failed", "report": URL, "bug": "BUG-7"})
    assert (status, told["release"]["stage"]) == (200, "fixing")


async def test_steps_are_reported_by_name_and_the_rollout_completed(ci: Pipeline) -> None:
    release = ci.drive.to_deploying()
    rollout = ci.drive.release(release).rollout
    assert rollout is not None
    first, *rest = rollout.steps
    status, told = await ci.post(f"{RELEASE}/steps", {"step": first, "result": "done"})
    assert (status, told["release"]["rollout"]) == (
        200,
        {
            "strategy": "blue_green",
            "steps": list(rollout.steps),
            "done": 1,
            "under_way": rest[0],
            "paused": False,
        },
    )
    assert await ci.post(f"{RELEASE}/steps", {"step": first, "result": "done"}) == refusal(
        409,
        "other_step",
        f"“{first}” is not the step under way in the rollout of v1.5.0.\n• Under way: {rest[0]}\n"
        f"• Its steps: {', '.join(rollout.steps)}\nNothing was changed.",
    )
    assert (await ci.post(f"{RELEASE}/rollout", {"result": "complete"}))[0] == 409
    for step in rest:
        assert (await ci.post(f"{RELEASE}/steps", {"step": step, "result": "done"}))[0] == 200
    status, told = await ci.post(f"{RELEASE}/steps", {"step": first, "result": "done"})
    assert "All steps are done." in told["detail"]
    ci.drive.settle_lists(release, Phase.RELEASE_DURING)
    status, told = await ci.post(f"{RELEASE}/rollout", {"result": "complete"})
    assert (status, told["release"]["stage"]) == (200, "verifying")


async def test_a_step_that_failed_pauses_the_rollout(ci: Pipeline) -> None:
    release = ci.drive.to_deploying()
    rollout = ci.drive.release(release).rollout
    assert rollout is not None
    failed = {"step": rollout.steps[0], "result": "failed"}
    assert (await ci.post(f"{RELEASE}/steps", failed))[1]["missing"][0]["kind"] == "reason_missing"
    status, told = await ci.post(f"{RELEASE}/steps", {**failed, "note": "no healthy instance"})
    assert (status, told["release"]["rollout"]["paused"]) == (200, True)


async def test_a_pipeline_is_no_person_in_a_role(ci: Pipeline) -> None:
    """A scope is for its own steps: what is another's is refused by the lifecycle too."""
    release = ci.drive.to_qa()
    ci.token = ci.make(Scope.BUILD, name="builds")
    status, told = await ci.post(f"{RELEASE}/qa", {"result": "failed", "bug": "BUG-7"})
    assert (status, told["code"]) == (403, "scope_missing")
    refused = ci.drive.refused(release, Action.QA_FAILED, who(ci, "builds"), note="x")
    assert type(refused).__name__ == "NotAllowed"


async def test_a_report_before_its_stage_is_told_what_is_possible(ci: Pipeline) -> None:
    building(ci)
    status, told = await ci.post(f"{RELEASE}/staging", HEALTHY, headers={"Accept-Language": "ko"})
    assert (status, told["code"], told["title"]) == (
        409,
        "wrong_stage",
        "Naru의 규칙에 따라 거절되었습니다. 변경된 것은 없습니다.",
    )
    assert told["detail"].startswith("v1.5.0")


async def test_the_same_key_gets_the_first_answer_again(ci: Pipeline) -> None:
    release = building(ci)
    ci.drive.build(release)
    key = {"Idempotency-Key": "run-7"}
    first = await ci.post(f"{RELEASE}/staging", HEALTHY, headers=key)
    ci.drive.clock.move(hours=1)
    assert await ci.post(f"{RELEASE}/staging", HEALTHY, headers=key) == first
    assert (await ci.post(f"{RELEASE}/staging", HEALTHY))[0] == 409
    status, told = await ci.post(f"{RELEASE}/staging", {**HEALTHY, "health": "other"}, headers=key)
    assert (status, told["code"], told["title"], told["detail"]) == (
        422,
        "key_reused",
        "This Idempotency-Key belongs to another request.",
        "Use a new key for a new request.",
    )
    assert ci.drive.audited().count(("Advanced", "done", who(ci))) == 1


async def test_a_refusal_is_the_first_answer_too(ci: Pipeline) -> None:
    release = building(ci)
    key = {"Idempotency-Key": "run-8"}
    first = await ci.post(f"{RELEASE}/staging", HEALTHY, headers=key)
    assert first[0] == 409
    ci.drive.build(release)
    assert await ci.post(f"{RELEASE}/staging", HEALTHY, headers=key) == first


@pytest.mark.parametrize("key", ["", "x" * 129, "a b", "키"])
async def test_a_key_that_cannot_be_used_is_refused(ci: Pipeline, key: str) -> None:
    building(ci)
    status, told = await ci.post(f"{RELEASE}/staging", HEALTHY, headers={"Idempotency-Key": key})
    assert (status, told["code"]) == (422, "key_unusable")


async def test_the_gate_answers_as_on_the_command_line(ci: Pipeline) -> None:
    ci.drive.to_qa()
    at = "2026-03-05T14:00"
    status, told = await ci.get(f"/projects/{PROJECT}/gate?release=v1.5.0&at={at}")
    assert (status, told) == (
        200,
        {
            "project": "shop",
            "action": "deploy",
            "type": "regular",
            "release": "1.5.0",
            "environment": "production",
            "sha": SHA,
            "verdict": "open",
            "at": "2026-03-05T05:00:00Z",
            "expires_at": "2026-03-05T05:01:00Z",
            "next_open": None,
            "next_change": "2026-03-05T08:00:00Z",
            "reasons": [],
            "exceptions": [],
        },
    )
    status, told = await ci.get(f"/projects/{PROJECT}/gate")
    assert (status, told["verdict"], told["sha"], told["release"]) == (200, "closed", None, None)
    assert told["expires_at"] == "2026-03-02T00:31:00Z"
    for wrong in ("tomorrow", "9999-12-31T00:00"):
        status, told = await ci.get(f"/projects/{PROJECT}/gate?at={wrong}")
        assert (status, told["code"]) == (422, "unreadable")


async def test_a_gate_that_changes_sooner_holds_no_longer(ci: Pipeline) -> None:
    ci.drive.clock.set(ci.drive.clock() + timedelta(days=3, hours=7, minutes=29, seconds=30))
    _, told = await ci.get(f"/projects/{PROJECT}/gate")
    assert (told["at"], told["expires_at"]) == ("2026-03-05T07:59:30Z", "2026-03-05T08:00:00Z")


async def test_a_check_counts_for_the_commit(ci: Pipeline) -> None:
    """What failed is told in the thread of the release whose candidate it is."""
    ci.drive.build(building(ci))
    failed = {"sha": SHA, "check": "ci", "passed": False, "evidence": "3 of 812 failed", "link": URL}
    status, told = await ci.post(f"/projects/{PROJECT}/checks", failed)
    assert (status, told["said"].startswith("Recorded: v1.5.0")) == (200, True)
    assert "3 of 812 failed" in told["said"]
    status, told = await ci.post(
        f"/projects/{PROJECT}/checks", {"sha": SHA2, "check": "unit_coverage", "value": 83.5}
    )
    assert status == 200
    status, told = await ci.post(f"/projects/{PROJECT}/checks", {"sha": SHA, "check": "ci"})
    assert (status, told["code"]) == (422, "check_unclear")
    assert (await ci.post(f"/projects/{PROJECT}/checks", {"sha": SHA, "check": "ci", "value": 101}))[0] == 422


async def test_readings_of_a_pipeline_are_kept_under_its_name(ci: Pipeline) -> None:
    one = {"metric": "error_rate", "value": 0.002, "samples": 10**12}
    sent = {"environment": "production", "readings": [one]}
    assert (await ci.post(f"/projects/{PROJECT}/readings", sent))[0] == 200
    found = newest(ci.drive.read(readings.newest_of_each, PROJECT, Environment.PRODUCTION))["error_rate"]
    assert (found.value, found.samples, found.source, found.by) == (0.002, 10**12, Source.PIPELINE, who(ci))
    for wrong in ({"metric": "nothing_known", "value": 1}, {"metric": "error_rate", "value": 7}):
        status, _ = await ci.post(f"/projects/{PROJECT}/readings", {**sent, "readings": [wrong]})
        assert status == 422
    assert (await ci.post(f"/projects/{PROJECT}/readings", {**sent, "readings": []}))[0] == 422
