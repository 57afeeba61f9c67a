"""The sentences of the rarer moments: what is waited for, what does not fit, what is not known yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.calendar.entries import DeployLock
from domain.checklists.model import NamedItem, Phase
from domain.events import Logged
from domain.names import Names
from domain.needs import ItemsOpen, Missing, NotConfirmed, NotMerged
from domain.people import Holding, Role, RoleSource
from domain.release import ConfirmItem, Due, Hold, Pending, Release
from domain.rollback import Entry, StepKey, StepState
from domain.rollout.rollout import Interruption, Rollout
from domain.types import Action, ReleaseType, RolloutStrategy, Stage
from domain.views import BlackoutsView, ListView, MineView, RolesView
from messages import card, closing, home, lists, parts
from messages.card.waits import waits_for
from messages.digests.day import digest
from messages.ids import Press, Target, decode
from messages.lists.rows import task
from messages.message import Message
from messages.modals import actions, start
from messages.postmortem import postmortem
from messages.postmortem.draft import TIMELINE
from messages.warroom import room_state, topic
from tests.messages import days
from tests.messages.surfaces import builders as b

CANARY = Rollout(strategy=RolloutStrategy.CANARY, steps=("canary_10", "canary_100"))


def _labels(of: Message) -> list[str]:
    rows = [block["elements"] for block in of.blocks if block["type"] == "actions"]
    return [one["text"]["text"] for row in rows for one in row if "text" in one]


def _style(of: Message, label: str) -> str:
    """How the button with this label is coloured; empty for the plain one."""
    rows = [block["elements"] for block in of.blocks if block["type"] == "actions"]
    return next(
        str(one.get("style", "")) for row in rows for one in row if one.get("text", {}).get("text") == label
    )


def _shown(of: Message | dict[str, Any]) -> str:
    blocks = of.blocks if isinstance(of, Message) else of["blocks"]
    texts = [block.get("text", {}).get("text", "") for block in blocks]
    texts += [
        element["text"] for block in blocks if block["type"] == "context" for element in block["elements"]
    ]
    texts += [field["text"] for block in blocks for field in block.get("fields", ())]
    return "\n".join(texts)


@pytest.mark.parametrize(
    ("release", "sentence"),
    [
        (
            b.release(stage=Stage.CANDIDATE, freeze_at=b.FREEZE),
            "Waits for the release branch from release manager.",
        ),
        (
            b.release(stage=Stage.DEPLOYING, rollout=None),
            "The rollout is under way.",
        ),
        (
            b.release(
                stage=Stage.DEPLOYING, rollout=replace(CANARY, paused=True, pause_reason="errors <up>")
            ),
            "Paused: errors &lt;up&gt;",
        ),
        (
            b.release(
                stage=Stage.DEPLOYING,
                rollout=replace(
                    CANARY, done=1, paused=True, interruption=Interruption(since=b.NOW, step="canary_10")
                ),
            ),
            (
                "Paused; the gate is open again.\n"
                "Waits for a decision from implementation manager, release manager or incident commander: "
                "continue, or declare a rollback."
            ),
        ),
        (
            b.release(stage=Stage.DEPLOYING, rollout=replace(CANARY, done=2)),
            "All steps are done. Waits for the end of the rollout from DevOps/SRE.",
        ),
        (
            b.release(stage=Stage.APPROVED),
            "Approved and ready. Waits for the deploy from release manager or DevOps/SRE.",
        ),
        (b.release(stage=Stage.RELEASED), "Released."),
        (
            b.release(stage=Stage.RELEASED, close_asked_at=b.NOW),
            "Monitoring is over. Waits for closing from release manager.",
        ),
        (b.release(stage=Stage.CLOSED), "Done: nothing is waited for."),
        (b.release(stage=Stage.ON_HOLD), "On hold until somebody resumes it."),
        (
            b.release(stage=Stage.ON_HOLD, hold=Hold(source=Stage.QA, by="U0PM", at=b.NOW, reason="Wait")),
            "Put on hold by <@U0PM>: Wait",
        ),
        (b.release(stage=Stage.CANCELLED), "Cancelled; its version is not used again."),
        (
            b.release(stage=Stage.CANCELLED, superseded_by="v1.6.0"),
            "Cancelled. Its changes go out with *v1.6.0*.",
        ),
    ],
)
def test_card_says_what_it_waits_for(release: Release, sentence: str) -> None:
    assert waits_for(b.EN_PERSON, b.card_view(release=release)) == sentence


LOCKED = DeployLock(reason="v1.4.2 is being rolled back", since=b.NOW)


def test_an_approved_release_waits_for_the_lock_to_be_lifted() -> None:
    """It is not ready while deploys of the project are locked, and cannot be deployed by the green button."""
    view = b.card_view(release=b.release(stage=Stage.APPROVED), lock=LOCKED, actions=(Action.DEPLOY,))
    assert waits_for(b.EN_PERSON, view) == (
        "Approved, but deploys of the project are locked. "
        "Waits for the lock to be lifted by release manager or incident commander."
    )
    assert waits_for(b.KO_PERSON, view) == (
        "승인되었지만 프로젝트의 배포가 잠겨 있습니다. 잠금 해제를 기다립니다. "
        "담당: 릴리스 매니저 또는 장애 지휘관"
    )
    assert _style(card.card(b.EN_CHANNEL, view), "Deploy") == ""
    assert _style(card.card(b.EN_CHANNEL, replace(view, lock=None)), "Deploy") == "primary"


def test_a_locked_release_names_what_else_the_deploy_needs() -> None:
    missing = (Missing(NotConfirmed(ConfirmItem.ONCALL_STANDING_BY)),)
    view = b.card_view(release=b.release(stage=Stage.APPROVED), lock=LOCKED, missing=missing)
    assert waits_for(b.EN_PERSON, view) == (
        "Approved, but deploys of the project are locked. "
        "Waits for the lock to be lifted by release manager or incident commander. "
        "What else the deploy needs stands below."
    )


def test_the_end_of_a_rollback_is_green_once_it_can_succeed() -> None:
    release = b.release(stage=Stage.ROLLING_BACK, room=b.ROOM.id)
    view = b.card_view(release=release, actions=(Action.ROLLED_BACK, Action.STAND_DOWN))
    under_way = replace(view, restore_open=(StepKey.HEALTH_CHECK,))
    assert _style(card.card(b.EN_CHANNEL, under_way), "Rollback complete") == ""
    assert _style(card.card(b.EN_CHANNEL, view), "Rollback complete") == "primary"


@pytest.mark.parametrize(("health", "style"), [(StepState.RUNNING, ""), (StepState.DONE, "primary")])
def test_resolving_is_green_once_the_completion_notice_is_all_that_is_left(
    health: StepState, style: str
) -> None:
    done = replace(b.STEPS[1], state=StepState.DONE)
    room = replace(b.ROOM, steps=(b.STEPS[0], done, replace(b.STEPS[3], state=health), b.STEPS[4]))
    assert _style(room_state(b.EN_CHANNEL, b.room_view(room=room)), "Resolve") == style


@pytest.mark.parametrize("state", [StepState.WAITING, StepState.RUNNING])
def test_the_health_check_is_never_offered_to_be_skipped(state: StepState) -> None:
    offered = {
        key: _labels(room_state(b.EN_CHANNEL, b.room_view(room=replace(b.ROOM, steps=(step,)))))
        for key, step in [(s.key, replace(s, state=state)) for s in b.STEPS]
    }
    assert {key for key, labels in offered.items() if "Skip" not in labels} == {StepKey.HEALTH_CHECK}


@pytest.mark.parametrize(
    ("workspace", "ts", "shown"),
    [
        (
            "https://acme.slack.com/",
            "1772492400.000100",
            "<https://acme.slack.com/archives/C0RELEASE/p1772492400000100|v1.6.0>",
        ),
        ("https://acme.slack.com/", "", "v1.6.0"),
        ("", "1772492400.000100", "v1.6.0"),
    ],
)
def test_a_superseded_release_leads_to_the_card_of_the_newer_one(workspace: str, ts: str, shown: str) -> None:
    release = b.release(stage=Stage.CANCELLED, superseded_by="1.6.0")
    view = b.card_view(release=release, newer_channel="C0RELEASE", newer_ts=ts)
    reader = replace(b.EN_CHANNEL, workspace=workspace)
    assert waits_for(reader, view) == f"Cancelled. Its changes go out with *{shown}*."


def test_released_names_the_end_of_its_watch() -> None:
    view = b.card_view(release=b.release(stage=Stage.RELEASED, monitoring_until=b.DEPLOY))
    assert waits_for(b.EN_PERSON, view) == "Released. Under watch until Thu 5 Mar 06:00 (Seoul 14:00)."


def test_hotfix_is_also_for_the_incident_commander() -> None:
    view = b.card_view(release=b.release(stage=Stage.BUILDING, type=ReleaseType.HOTFIX))
    assert waits_for(b.EN_PERSON, view) == (
        "Waits for the result of the build from release manager or incident commander."
    )


def test_card_names_conflicting_files_and_git_own_words() -> None:
    pending = Pending(
        action=Action.CUT_BRANCH,
        by="U0RM",
        at=b.NOW,
        problem="conflict",
        detail="CONFLICT (content)",
        files=("a.py", "b`.py"),
    )
    shown = _shown(card.card(b.EN_CHANNEL, b.card_view(release=b.release(pending=pending))))
    assert "> CONFLICT (content)\n• `a.py`\n• `bˋ.py`" in shown


def test_card_says_that_git_is_at_work() -> None:
    pending = Pending(action=Action.CUT_BRANCH, by="U0RM", at=b.NOW)
    shown = _shown(card.card(b.EN_PERSON, b.card_view(release=b.release(pending=pending))))
    assert "⏳ *Cut branch*: git is at it. Asked by <@U0RM>, Tue 3 Mar 02:00 (Seoul 10:00)." in shown


def test_card_of_a_long_rollout_shows_the_steps_around_the_next_one() -> None:
    steps = tuple(f"batch_{n}" for n in range(1, 31))
    rollout = Rollout(strategy=RolloutStrategy.ROLLING, steps=steps, done=29)
    shown = _shown(
        card.card(b.EN_CHANNEL, b.card_view(release=b.release(stage=Stage.DEPLOYING, rollout=rollout)))
    )
    assert "▰▰▰▰▰▰▰▰▰▰ 29/30" in shown
    assert "✓ Batch 23" in shown
    assert "▸ Batch 30" in shown
    assert "Batch 22" not in shown


def test_card_tells_freeze_lifted_and_deploy_done() -> None:
    release = b.release(stage=Stage.VERIFYING, freeze_lifted_at=b.NOW, deployed_at=b.NOW)
    shown = _shown(card.card(b.EN_PERSON, b.card_view(release=release)))
    assert "*Deploy*\ndeployed Tue 3 Mar 02:00 (Seoul 10:00)" in shown
    assert "*Code freeze*\nlifted Tue 3 Mar 02:00 (Seoul 10:00)" in shown


def test_card_says_that_the_soak_is_over_once_it_is() -> None:
    """Until then it says when it ends; at its last instant the deploy no longer waits for it."""
    until = b.card_view(release=b.release(stage=Stage.APPROVED, soak_until=b.NOW + timedelta(minutes=1)))
    over = b.card_view(release=b.release(stage=Stage.APPROVED, soak_until=b.NOW))
    assert "*Soak ends*\nTue 3 Mar 02:01 (Seoul 10:01)" in _shown(card.card(b.EN_PERSON, until))
    assert "*Soak*\nover since Tue 3 Mar 02:00 (Seoul 10:00)" in _shown(card.card(b.EN_PERSON, over))
    assert "*스테이징 안정화*\n3월 3일(화) 10:00 끝남" in _shown(card.card(b.KO_PERSON, over))


def test_condition_with_a_time_names_it() -> None:
    asked = replace(b.CONDITION, due=Due.TIME, due_at=b.DEPLOY)
    shown = _shown(card.card(b.EN_PERSON, b.card_view(release=b.release(conditions=(asked,)))))
    assert "1. ○ Tell support · <@U0PM> · by Thu 5 Mar 06:00 (Seoul 14:00) · blocks the step" in shown


def test_close_question_after_closing_has_no_button() -> None:
    message = closing.close_question(b.EN_CHANNEL, b.card_view(release=b.release(stage=Stage.CLOSED)))
    assert _shown(message) == "✓ *v1.5.0* is now: Closed"


def test_close_question_names_a_list_once_and_leads_to_it() -> None:
    """What different people settle is one list all the same; without one there is nothing to open."""
    opened = [
        Missing(ItemsOpen(Phase.POST_SOON, (NamedItem(key, Names(ko=key, en=key)),), ()), roles)
        for key, roles in (("traffic", (Role.DEVOPS,)), ("queries", (Role.DBA, Role.DEVOPS)))
    ]
    released = b.release(stage=Stage.RELEASED, monitoring_until=b.NOW)
    unmerged = Missing(NotMerged("release/v1.5.0"), (Role.DEVOPS,))
    message = closing.close_question(
        b.EN_CHANNEL, b.card_view(release=released, actions=(), to_close=(unmerged, *opened))
    )
    bare = closing.close_question(
        b.EN_CHANNEL, b.card_view(release=released, actions=(), to_close=(unmerged,))
    )
    assert (
        "• Checklist “30 minutes after the release”, open 2: traffic; queries (ask: DevOps/SRE)"
        in _shown(message).splitlines()
    )
    lists = [
        decode(element["value"])
        for block in message.blocks
        for element in block.get("elements", ())
        if element.get("action_id", "").startswith(Press.CHECKLIST)
    ]
    assert lists == [Target(release=b.ID, candidate=1, state=Phase.POST_SOON)]
    assert "Checklists" not in str(bare.blocks)


def test_long_timeline_keeps_its_beginning_and_end_and_says_what_is_left_out() -> None:
    entries = tuple(
        Entry(b.NOW + timedelta(minutes=n), "U0IC", Logged(room=b.ROOM.id, text=f"line {n} " + "x" * 90))
        for n in range(200)
    )
    shown = _shown(postmortem(b.EN_CHANNEL, b.room_view(entries=entries)))
    assert "line 0 " in shown
    assert "line 199 " in shown
    assert "more lines stand in this channel" in shown
    assert len(shown) < TIMELINE + 3000


def test_postmortem_of_a_room_without_steps_asks_what_helped() -> None:
    room = replace(b.ROOM, steps=(), declared_at=None, postmortem_done_at=b.NOW, seats=())
    message = postmortem(b.EN_PERSON, b.room_view(room=room))
    assert "_What brought the service back?_" in _shown(message)
    assert "✓ Done Tue 3 Mar 02:00 (Seoul 10:00)" in _shown(message)
    (presses,) = [block for block in message.blocks if block["type"] == "actions"]
    assert [one["text"]["text"] for one in presses["elements"]] == ["Link a re-deploy…", "Open on the web"]


def test_topic_says_who_is_in_command() -> None:
    empty = b.room_view(room=replace(b.ROOM, seats=()))
    assert topic(b.EN_CHANNEL, b.room_view()) == "Rollback of v1.5.0 · Incident commander: <@U0IC>"
    assert topic(b.EN_CHANNEL, empty) == "Rollback of v1.5.0 · Nobody is in command yet"


@pytest.mark.parametrize(
    ("why_not", "said"),
    [
        ("", "You are in no project's channel yet. Join one, and it appears here."),
        (
            "guest",
            (
                "You are a guest of this workspace. Guests can read along, but cannot take part in releases; "
                "to take part, ask a workspace admin to make you a full member."
            ),
        ),
        ("stranger", "Releases are handled by people of this workspace only."),
    ],
)
def test_home_says_why_it_shows_no_project(why_not: str, said: str) -> None:
    """Who takes no part is offered no release to start either."""
    view = home.home(b.EN_PERSON, b.home_view(tasks=(), projects=(), why_not=why_not))
    assert said in _shown(view).splitlines()
    assert any("accessory" in block for block in view["blocks"]) == (why_not == "")


def test_a_task_shows_the_time_of_its_project_beside_the_readers() -> None:
    """Wherever it is read: App Home speaks of no project, a channel perhaps of another one."""
    for beside in ("", b.SEOUL, "UTC"):
        shown = task(replace(b.EN_PERSON, project_zone=beside), b.TASKS[0])
        assert shown.splitlines()[1] == "<#C0RELEASE> · since Tue 3 Mar 02:00 (Seoul 10:00)"


def test_home_says_how_much_more_there_is() -> None:
    project = b.home_view().projects[0]
    crowded = replace(project, running=b.ROWS[:1] * 8, problem="The remote cannot be reached.")
    shown = _shown(home.home(b.EN_PERSON, b.home_view(tasks=b.TASKS * 8, projects=(crowded,) * 12)))
    assert "… and 10 more; all of them: `/release mine`" in shown
    assert "… and 2 more projects" in shown
    assert "… and 2 more\n" in shown
    assert "⚠ The remote cannot be reached." in shown


def test_lists_say_how_much_more_there_is() -> None:
    many = lists.release_list(b.EN_PERSON, ListView(project=None, rows=b.ROWS * 20))
    mine = lists.mine_list(b.EN_PERSON, MineView(tasks=b.TASKS * 10))
    shut = tuple(replace(b.BLACKOUT, id=str(n)) for n in range(23))
    blackouts = lists.blackouts_list(b.EN_PERSON, BlackoutsView(project=b.PROJECT, blackouts=shut, at=b.NOW))
    roles = lists.roles_list(
        b.EN_PERSON,
        RolesView(
            project=b.PROJECT,
            holdings=tuple(Holding(Role.PM, f"U0PM{n}", RoleSource.SLACK) for n in range(12)),
            members={},
            locked=(),
            owners=(),
        ),
    )
    assert "… and 10 more" in _shown(many)
    assert "… and 5 more" in _shown(mine)
    assert "… and 3 more" in _shown(blackouts)
    assert "… and 2 more" in _shown(roles)
    assert "nobody: set them in the policy file" in _shown(roles)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"facts": replace(b.FACTS, problem="unreachable")},
            "⚠ The remote cannot be reached. You can type the version yourself.",
        ),
        ({"production": ""}, "No earlier release was found: this is the first one."),
        ({"facts": replace(b.FACTS, scope=None)}, "Proposed from the commits since `v1.4.2`."),
    ],
)
def test_start_says_why_it_proposes_a_version(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in _shown(start.start(b.EN_PERSON, b.start_form(**changes)))


def test_urgent_release_is_asked_for_its_commits() -> None:
    view = actions.name_commits(b.EN_PERSON, b.release(type=ReleaseType.HOTFIX))
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == [actions.COMMITS]


def test_cut_early_without_a_date_says_that_there_is_no_freeze() -> None:
    view = actions.cut_early(b.EN_PERSON, b.release(freeze_at=None))
    assert "This release has no date yet, so no code freeze either." in _shown(view)


def test_link_is_only_made_of_an_address() -> None:
    assert parts.link("https://x.example/?a=1&b=2", "see") == "<https://x.example/?a=1&amp;b=2|see>"
    assert parts.link("javascript:alert(1)", "see") == "javascript:alert(1)"
    assert parts.link("https://x.example/>|<!channel>", "see") == "https://x.example/&gt;|&lt;!channel&gt;"


def test_people_beyond_a_dozen_are_counted() -> None:
    users = [f"U{n:03}" for n in range(15)]
    assert parts.people(b.EN_PERSON, users).endswith("<@U011> and 3 more")


def test_sections_take_whole_lines_only() -> None:
    lines = ["a" * 1800, "b" * 1800, "c" * 100]
    assert list(parts.in_sections(lines)) == [lines[0], f"{lines[1]}\n{lines[2]}"]
    assert list(parts.in_sections([])) == []


def test_a_digest_says_how_much_more_there_is() -> None:
    shown = _shown(digest(b.EN_PERSON, days.CROWDED))
    assert "… and 5 more; all of them: `/release mine`" in shown
    assert "… and 2 more projects" in shown
