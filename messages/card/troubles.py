"""What stands in a release's way or must not be overlooked: git work, the lock, warnings."""

from __future__ import annotations

from collections.abc import Iterator

from domain.release import Pending
from domain.types import BEFORE_DEPLOY, ENDED, Stage
from domain.views import CardView
from messages import blocks, names
from messages.blocks import Block, Element, user
from messages.buttons import action_button, press_button
from messages.ids import Press, Target
from messages.parts import fitting, quote, stamp
from messages.problems import problem_text, remedy, where
from messages.surroundings import large_line
from messages.texts import Reader

_FILES = 600


def troubles(reader: Reader, view: CardView) -> Iterator[Block]:
    t, release = reader.t, view.release
    if release.pending:
        yield _pending(reader, view, release.pending)
    if view.lock and release.stage in BEFORE_DEPLOY | {Stage.ON_HOLD, Stage.ROLLING_BACK, Stage.ROLLED_BACK}:
        yield _lock(reader, view)
    if view.ahead_of_production:
        yield blocks.section(
            t(
                "⚠ The main branch is ahead of production: {version} is merged there, but rolled back. "
                "Revert it, or mend it with the next release.",
                version=quote(release.tag),
            )
        )
    if view.large and view.scope and release.stage not in ENDED:
        yield blocks.context(large_line(reader, view.scope.counts.total, view.scope.size))


def _pending(reader: Reader, view: CardView, pending: Pending) -> Block:
    t = reader.t
    what = names.action(reader, pending.action)
    by = user(pending.by) if pending.by else "Naru"
    if not pending.problem:
        text = t(
            "⏳ *{what}*: git is at it. Asked by {by}, {at}.", what=what, by=by, at=stamp(reader, pending.at)
        )
        return blocks.section(text)
    text = t("⚠ *{what}* did not work. {problem}", what=what, problem=_problem(reader, pending))
    return blocks.section(text, accessory=_again(reader, view, pending))


def _again(reader: Reader, view: CardView, pending: Pending) -> Element:
    """The step itself where it can be taken from here, else what git has to do for it."""
    label = reader.t("Try again")
    if pending.action in view.actions:
        return action_button(reader, view.release, pending.action, label=label)
    return press_button(label, Press.RETRY, Target(release=view.release.id))


def _lock(reader: Reader, view: CardView) -> Block:
    t, lock = reader.t, view.lock
    reason = quote(lock.reason) if lock else ""
    lift = press_button(t("Lift the lock"), Press.LIFT_LOCK, Target(project=view.project.key))
    return blocks.section(
        t("🔒 *Deploys of this project are locked.* {reason}", reason=reason), accessory=lift
    )


def _problem(reader: Reader, pending: Pending) -> str:
    """What went wrong, what helps, git's own words, and the files in conflict."""
    lines = [f"{problem_text(reader, pending.problem)} {remedy(reader, pending.problem)}".rstrip()]
    if pending.detail and not pending.conflicts:
        lines.append(f"> {quote(pending.detail)}")
    named = "\n".join(where(reader, pending.files, pending.conflicts, len(pending.files)))
    if named:
        lines.append(fitting(reader, named.split("\n"), _FILES))
    return "\n".join(lines)
