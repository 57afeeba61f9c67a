"""An action that needs words first: the reason, the bug, the result; also cutting early and cancelling.

Fields (block ids): `note` (text; required) of every action, of cutting early and of a build without its
files; cancelling has `note`, `delete_branch` (checkboxes: `yes`) and `superseded_by` (text, a version).
Naming the commits of an urgent release has `commits` (text: commits or pull requests, by space, comma or
line), naming a feature's stakeholders `stakeholders` (users), handing over `captain` (user).
"""

from __future__ import annotations

from dataclasses import replace

from domain.needs import FilesNotWritten
from domain.release import Release
from domain.types import Action, GitStep
from messages import blocks, names
from messages.blocks import Block
from messages.buttons import dry_run_button, seen
from messages.ids import Form, Target
from messages.modals.fields import YES, View, boxes, form, person, persons, words
from messages.needs.building import files_not_written
from messages.parts import quote, when
from messages.texts import Reader

NOTE, DELETE_BRANCH, SUPERSEDED_BY, COMMITS = "note", "delete_branch", "superseded_by", "commits"
STAKEHOLDERS, CAPTAIN = "stakeholders", "captain"


def ask(reader: Reader, release: Release, action: Action, pressed: Target | None = None) -> View:
    """The form of any action with a note; cancelling, cutting early and QA passed have their own."""
    label, hint = _question(reader, action)
    target = replace(seen(release, action, pressed), project=release.project)
    content = [blocks.section(_head(reader, release)), words(label, NOTE, hint=hint)]
    name = reader.t("Go on early") if action is Action.STEP_DONE else names.action(reader, action)
    return form(reader, Form.ACTION, name, content, submit=reader.t("Record"), target=target)


def cut_early(reader: Reader, release: Release) -> View:
    t = reader.t
    freeze = release.freeze_at
    why = (
        t(
            "The code freeze begins {at}. Cutting now begins the release branch before it.",
            at=when(reader, freeze),
        )
        if freeze
        else t("This release has no date yet, so no code freeze either.")
    )
    content = [
        blocks.section(f"{_head(reader, release)}\n{why}"),
        words(t("Why now?"), NOTE, hint=t("Shown in the thread and kept in the audit.")),
        _would(reader, release, GitStep.CUT),
    ]
    target = Target(project=release.project, release=release.id, action=Action.CUT_BRANCH)
    return form(reader, Form.CUT_EARLY, t("Cut branch early"), content, submit=t("Cut branch"), target=target)


def without_files(reader: Reader, release: Release, missing: FilesNotWritten) -> View:
    """A build whose changelog or version is not on the branch passes with a reason only."""
    t = reader.t
    content = [
        blocks.section(f"{_head(reader, release)}\n{files_not_written(reader, missing)}"),
        words(t("Why without them?"), NOTE, hint=t("Shown in the thread and kept in the audit.")),
        _would(reader, release, GitStep.TAG),
    ]
    target = Target(
        project=release.project, release=release.id, action=Action.BUILD_PASSED, candidate=release.rc
    )
    title, submit = names.action(reader, Action.BUILD_PASSED), t("Pass without them")
    return form(reader, Form.WITHOUT_FILES, title, content, submit=submit, target=target)


def name_commits(reader: Reader, release: Release) -> View:
    """An emergency or hotfix carries named commits alone; a linked hotfix is started without them.

    Those that git could not take stand in the field, to be named anew.
    """
    t = reader.t
    hint = t("Commits or pull requests, separated by spaces or lines: 3f9c2a1 #128")
    content = [
        blocks.section(_head(reader, release)),
        words(t("Which commits does it carry?"), COMMITS, hint=hint, initial=" ".join(release.commits)),
        _would(reader, release, GitStep.CUT),
    ]
    target = Target(project=release.project, release=release.id, action=Action.CUT_BRANCH)
    return form(reader, Form.COMMITS, t("Cut branch"), content, submit=t("Cut branch"), target=target)


def stakeholders(reader: Reader, release: Release) -> View:
    """A feature needs the approval of everybody who is named here, and at least one (spec 2.1)."""
    t = reader.t
    element = persons(STAKEHOLDERS, initial=release.stakeholders)
    content = [
        blocks.section(_head(reader, release)),
        blocks.field(t("Whose approval does it need?"), element, STAKEHOLDERS),
    ]
    target = Target(project=release.project, release=release.id)
    return form(reader, Form.STAKEHOLDERS, t("Stakeholders"), content, submit=t("Name"), target=target)


def captain(reader: Reader, release: Release) -> View:
    """Who leads the release now stands in the field."""
    t = reader.t
    content = [
        blocks.section(_head(reader, release)),
        blocks.field(
            t("Who leads it from now on?"),
            person(CAPTAIN, initial=release.captain),
            CAPTAIN,
            hint=t("They are told in a direct message."),
        ),
    ]
    target = Target(project=release.project, release=release.id)
    return form(reader, Form.CAPTAIN, t("Captain"), content, submit=t("Hand over"), target=target)


def cancel(reader: Reader, release: Release) -> View:
    t = reader.t
    final = t("It stays cancelled, and its version is never used again.")
    content = [
        blocks.section(f"{_head(reader, release)}\n{final}"),
        words(t("Why?"), NOTE),
        words(
            t("Superseded by"),
            SUPERSEDED_BY,
            hint=t("The version that takes its changes over, if there is one."),
            optional=True,
            lines=False,
        ),
    ]
    if release.branch:
        drop = boxes(DELETE_BRANCH, [blocks.option(t("Delete the release branch"), YES)])
        content.append(blocks.field(t("Branch"), drop, DELETE_BRANCH, optional=True))
        content.append(_would(reader, release, GitStep.DELETE))
    target = Target(project=release.project, release=release.id, action=Action.CANCEL)
    return form(reader, Form.CANCEL, t("Cancel release"), content, submit=t("Cancel it"), target=target)


def commits_of(typed: str) -> tuple[str, ...]:
    """Commits and pull requests, by space, comma or line."""
    return tuple(typed.replace(",", " ").split())


def _would(reader: Reader, release: Release, step: GitStep) -> Block:
    """What git would do with what is typed so far; the answer is a direct message."""
    return blocks.actions([dry_run_button(reader, release, step)])


def _head(reader: Reader, release: Release) -> str:
    kind = names.release_type(reader, release.type)
    stage = names.stage(reader, release.stage)
    return f"*{quote(release.tag)}* · {kind} · {stage}"


def _question(reader: Reader, action: Action) -> tuple[str, str]:
    """Label and hint of the note."""
    t = reader.t
    table = {
        Action.BUILD_FAILED: (t("What failed?"), t("A link to the build helps whoever fixes it.")),
        Action.STAGING_DEPLOYED: (t("Health check"), t("What the health check on staging said.")),
        Action.STAGING_FAILED: (t("What failed?"), t("What was tried, and what it said.")),
        Action.SKIP_STAGING: (t("Why without staging?"), t("Shown on the approval request.")),
        Action.QA_FAILED: (t("Which bug?"), t("Name at least one, best with its number.")),
        Action.BUG_FOUND: (
            t("Which bug?"),
            t("The release goes back to fixing; approvals of this candidate lapse."),
        ),
        Action.HOLD: (t("Why?"), t("It stays where it is until somebody resumes it.")),
        Action.STEP_LIVE: (
            t("How do you know that it is out?"),
            t("Its deployer has not said so. Shown in the thread and kept in the audit."),
        ),
        Action.STEP_DONE: (
            t("Why now?"),
            t("The step is still watched. Shown in the thread and kept in the audit."),
        ),
        Action.PAUSE: (t("Why?"), t("No further step is taken until somebody continues.")),
        Action.STOP: (t("Why?"), t("Nothing has reached production yet: the release goes back to approved.")),
        Action.FIX_FORWARD: (
            t("What does it mend?"),
            t("A linked hotfix release is started; verification runs again after it."),
        ),
    }
    return table.get(action, (t("Note"), t("Shown in the thread and kept in the audit.")))
