"""Write the changelog and the version file onto a release's branch, as part of the candidate to come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from bot.gitwork.finishing import made_of
from bot.gitwork.job import Job, naru
from bot.gitwork.reading import scope_at
from commands.notes.files import writable
from commands.requests import RefsWereMade
from commands.show.notes import head_in
from domain.notes import Audience, Notes, draft
from domain.notes.changelog import with_section
from domain.notes.edits import with_edits
from domain.notes.version_file import with_version
from domain.repository import GitProblem, Made, ProblemKind
from domain.scope import Scope
from messages.notes.as_markdown import sections
from messages.texts import Reader
from storage import git
from storage.git import FileEdit

WORK = "write_notes"


def write(job: Job) -> RefsWereMade:
    """Before a rebuild. What comes too late writes nothing."""
    release = job.subject
    if not writable(release, job.project.policy):
        return made_of(job, WORK, Made(()))
    fetched = git.fetch(job.mirror, job.at)
    if isinstance(fetched, GitProblem):
        return made_of(job, WORK, fetched)
    head = fetched.heads.get(release.branch)
    if head is None:
        return made_of(job, WORK, GitProblem(kind=ProblemKind.MISSING_REF, ref=release.branch))
    return made_of(job, WORK, written(job, head, fetched.tags))


def written(job: Job, head: str, tags: Collection[str]) -> Made | GitProblem:
    """The branch with its files, drafted from what it carries at `head`; as it is without any. `tags` are
    those of the remote.
    """
    release, policy = job.subject, job.project.policy
    if not writable(release, policy):
        return Made(((f"refs/heads/{release.branch}", head),), already=True)
    edits = tuple(_edits(job, scope_at(job, release, head, tags)))
    return git.write_files(job.mirror, release.branch, edits, _message(job), naru(job), planned=head)


def _message(job: Job) -> str:
    rules = job.project.policy.notes
    paths = ", ".join(path for path in (rules.changelog, rules.version_file) if path)
    return f"chore(release): {job.subject.tag}\n\nWritten by Naru: {paths}\n"


def _edits(job: Job, scope: Scope | None) -> Iterator[FileEdit]:
    rules, version = job.project.policy.notes, str(job.subject.version)
    if rules.changelog:
        section = partial(with_section, version=version, title=_title(job), body=_body(job, scope))
        yield FileEdit(rules.changelog, section)
    if rules.version_file:
        path = rules.version_file
        yield FileEdit(path, lambda before: with_version(path, before, version))


def _title(job: Job) -> str:
    """`v1.5.0 - 2026-03-05`: the day on which it is planned to be deployed."""
    head = head_in(job.project, job.subject)
    return f"{head.version} - {head.day.isoformat()}" if head.day else head.version


def _body(job: Job, scope: Scope | None) -> str:
    policy = job.project.policy
    language = policy.notes.language or policy.language
    head = head_in(job.project, job.subject)
    drafted = Notes(head=head)
    if scope:
        drafted = draft(
            head,
            (*scope.lines, *scope.beyond),
            variables=scope.variables,
            migrations=scope.migrations,
            left_out={one.sha for one in job.subject.left_out},
        )
    template = policy.notes.templates.of(Audience.TEAM)
    notes = replace(with_edits(drafted, job.notes, language), order=template.sections)
    lines = sections(Reader(language, policy.zone), notes, Audience.TEAM, policy.links)
    return "\n".join(lines)
