"""The buttons of a release's card: few in sight, the rest behind the overflow."""

from __future__ import annotations

from domain.guards import confirmable
from domain.release import Release
from domain.rollout.rollout import Rollout
from domain.types import BEFORE_DEPLOY, FINISHED, PLANNED, Action, ReleaseType, Stage
from domain.views import CardView
from messages import blocks, names
from messages.blocks import Block, Element
from messages.buttons import action_button, press_button, step_label, target_of
from messages.checklists.progress import lists_button
from messages.ids import Press, Target, encode
from messages.texts import Reader

VISIBLE = 4
MEET_SHOWN = 5
# What takes a release onward; the first of them that is possible is the primary button.
_ONWARD = (
    Action.DEPLOY,
    Action.ROLLOUT_COMPLETE,
    Action.STEP_DONE,
    Action.CONTINUE,
    Action.STEP_LIVE,
    Action.CUT_BRANCH,
    Action.BUILD_PASSED,
    Action.STAGING_DEPLOYED,
    Action.QA_PASSED,
    Action.REBUILD,
    Action.VERIFIED,
    Action.CLOSE,
    Action.ROLLED_BACK,
    Action.RESUME,
)
_SECOND = (
    Action.BUILD_FAILED,
    Action.STAGING_FAILED,
    Action.SKIP_STAGING,
    Action.QA_FAILED,
    Action.PAUSE,
    Action.STOP,
    Action.FIX_FORWARD,
    Action.DECLARE_ROLLBACK,
    Action.STAND_DOWN,
    Action.BUG_FOUND,
)
_BEFORE_APPROVAL = frozenset({Stage.CANDIDATE, Stage.BUILDING, Stage.STAGING, Stage.QA, Stage.FIXING})
_GIT_TO_COME = BEFORE_DEPLOY | {Stage.ON_HOLD, Stage.VERIFYING, Stage.RELEASED}
_DANGER = frozenset({Action.DECLARE_ROLLBACK, Action.CANCEL})


def presses(reader: Reader, view: CardView) -> list[Block]:
    """No block where nothing can be pressed."""
    release = view.release
    ordered = sorted(view.actions, key=_weight)
    shown, hidden = _split(ordered)
    elements = [_button(reader, view, action, first=action is ordered[0]) for action in shown]
    if view.scope and view.scope.lines:
        elements.append(press_button(reader.t("Changes"), Press.SCOPE, Target(release=release.id)))
        elements.append(press_button(reader.t("Notes"), Press.NOTES, Target(release=release.id)))
    options = [_option(reader, release, action) for action in hidden]
    if release.stage in BEFORE_DEPLOY | {Stage.ON_HOLD}:
        options.insert(0, _retarget(reader, release))
    if release.stage in {Stage.APPROVED, Stage.DEPLOYING} and view.gate.exceptionable:
        options.insert(1, _exception(reader, release))
    if release.type is ReleaseType.FEATURE and release.stage in _BEFORE_APPROVAL:
        options.insert(1, _stakeholders(reader, release))
    if release.stage in _GIT_TO_COME and not release.merged:
        options.append(_dry_run(reader, release))
    if options:
        elements.append(blocks.overflow(Press.MORE, options))
    return [blocks.actions(elements)] if elements else []


def _weight(action: Action) -> int:
    ranked = (*_ONWARD, *_SECOND)
    return ranked.index(action) if action in ranked else len(ranked)


def _split(ordered: list[Action]) -> tuple[list[Action], list[Action]]:
    """Steps on the way stay in sight; holding and cancelling, and what is too many, go behind."""
    onward = [action for action in ordered if action in _ONWARD or action in _SECOND]
    aside = [action for action in ordered if action not in onward]
    return onward[:VISIBLE], [*onward[VISIBLE:], *aside]


def _button(reader: Reader, view: CardView, action: Action, *, first: bool) -> Element:
    ready = first and action in _ONWARD and not _held_up(view, action)
    style = "danger" if action in _DANGER else "primary" if ready else ""
    if action is Action.CUT_BRANCH and too_early(view):
        target = target_of(view.release, action)
        return press_button(reader.t("Cut branch early…"), Press.ASK, target, key=action, style=style)
    rollout = view.release.rollout
    if action is Action.STEP_LIVE and rollout:
        return _is_out(reader, view, rollout, style=style)
    if action is Action.STEP_DONE and rollout and rollout.live:
        return _go_on(reader, view, rollout, style=style)
    return action_button(reader, view.release, action, style=style)


def _is_out(reader: Reader, view: CardView, rollout: Rollout, *, style: str) -> Element:
    """What its deployer has not said asks how one knows."""
    label = step_label(reader, Action.STEP_LIVE, rollout)
    if not rollout.unheard:
        return action_button(reader, view.release, Action.STEP_LIVE, style=style, label=label)
    target = target_of(view.release, Action.STEP_LIVE)
    return press_button(label, Press.ASK, target, key=Action.STEP_LIVE)


def _go_on(reader: Reader, view: CardView, rollout: Rollout, *, style: str) -> Element:
    """What it begins stands on it; before the watch is over it asks why."""
    until = rollout.watch_until
    label = step_label(reader, Action.STEP_DONE, rollout)
    if until is None or view.gate.at >= until:
        return action_button(reader, view.release, Action.STEP_DONE, style=style, label=label)
    target = target_of(view.release, Action.STEP_DONE)
    return press_button(reader.t("Go on early…"), Press.ASK, target, key=Action.STEP_DONE)


def _held_up(view: CardView, action: Action) -> bool:
    """What would be refused now is not shown as the next thing to do."""
    if action is Action.ROLLED_BACK:
        return bool(view.restore_open)
    if action is Action.VERIFIED:
        return any(one.stage not in FINISHED for one in view.mended_by)
    return action is Action.DEPLOY and bool(view.missing or view.lock)


def too_early(view: CardView) -> bool:
    """Before its freeze a planned release is cut only with a reason (spec 2.2)."""
    release = view.release
    begun = release.freeze_at is not None and view.gate.at >= release.freeze_at
    return release.type in PLANNED and not begun


def _option(reader: Reader, release: Release, action: Action) -> Element:
    return blocks.option(names.action(reader, action), encode(target_of(release, action)))


def _retarget(reader: Reader, release: Release) -> Element:
    target = Target(release=release.id, state=Press.RETARGET)
    return blocks.option(reader.t("Move the deploy date"), encode(target))


def _unconfirm(reader: Reader, release: Release) -> list[Element]:
    """For who has confirmed it; the card is everybody's."""
    return [
        blocks.option(
            reader.t("Not any more: {item}", item=names.confirm_item(reader, item)),
            encode(Target(release=release.id, state=Press.UNCONFIRM, item=item, candidate=release.rc)),
        )
        for item in confirmable(release)
        if release.confirmed(item)
    ]


def _dry_run(reader: Reader, release: Release) -> Element:
    """Of the step that git has to do next."""
    target = Target(release=release.id, state=Press.DRY_RUN)
    return blocks.option(reader.t("What would git do next?"), encode(target))


def _exception(reader: Reader, release: Release) -> Element:
    target = Target(release=release.id, state=Press.EXCEPTION_ASK)
    return blocks.option(reader.t("Ask for an exception…"), encode(target))


def _stakeholders(reader: Reader, release: Release) -> Element:
    target = Target(release=release.id, state=Press.STAKEHOLDERS)
    return blocks.option(reader.t("Name stakeholders"), encode(target))


def confirming(reader: Reader, view: CardView) -> list[Block]:
    """One button for each fact that a named person is asked to confirm, then that of the checklists; behind
    them who has confirmed takes it back.
    """
    release = view.release
    elements = [
        press_button(
            names.confirm_item(reader, item),
            Press.CONFIRM,
            Target(release=release.id, item=item, candidate=release.rc),
            key=item,
        )
        for item in view.to_confirm
    ]
    if view.lists:
        elements.append(lists_button(reader, release=release.id, candidate=release.rc))
    if options := _unconfirm(reader, release):
        elements.append(blocks.overflow(Press.MORE, options))
    return [blocks.actions(elements)] if elements else []


def meeting(reader: Reader, release: Release) -> list[Block]:
    """A button for each open condition of this candidate, by number when there are several."""
    mine = [condition for condition in release.conditions if condition.candidate == release.rc]
    still = [(n, condition) for n, condition in enumerate(mine, start=1) if condition.open][:MEET_SHOWN]
    elements = [
        press_button(
            reader.t("Condition {n} met", n=n),
            Press.MEET,
            Target(release=release.id, condition=condition.id),
            key=condition.id,
        )
        for n, condition in still
    ]
    return [blocks.actions(elements)] if elements else []
