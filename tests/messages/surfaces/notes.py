"""Notes of the shop's v1.5.0 as they are read and edited, for snapshots and limits."""

from __future__ import annotations

from dataclasses import replace

from domain.commit_rules import CommitRules
from domain.links import Links
from domain.notes import Audience, Head, Section, draft, gaps
from domain.notes.edits import NoteEdit, came_after, keys, only_in, with_edits
from domain.release import Release
from domain.scope import Variable, VariableChange
from domain.types import ReleaseType
from domain.views.notes import NotesView
from messages.modals import notes as modal
from messages.texts import LANGUAGES, Reader
from tests.messages.surfaces import builders as b

HEAD = Head(version="v1.5.0", previous="v1.4.2", type=ReleaseType.REGULAR, day=b.DEPLOY.date())
SHOP = "https://git.example/shop"
LINKS = Links(commit=f"{SHOP}/commit/{{sha}}", grammar=CommitRules().grammar(SHOP))
DRAFTED = draft(
    HEAD,
    b.SCOPE.lines,
    variables=(Variable("SEARCH_URL", VariableChange.ADDED, "http://search"),),
    migrations=("migrations/0042_orders.sql",),
)
EDITS = {
    (Section.FIXES, "en"): NoteEdit(
        id=1, section=Section.FIXES, language="en", text="- totals are right again", by="U0PM", at=b.NOW,
        candidate=1, seen=frozenset(),
    ),
    (Section.KNOWN_ISSUES, "ko"): NoteEdit(
        id=2, section=Section.KNOWN_ISSUES, language="ko", text="- 영수증이 영어로 나옵니다", by="U0PM",
        at=b.NOW, candidate=1, seen=keys(DRAFTED, Section.KNOWN_ISSUES),
    ),
}  # fmt: skip


def view(language: str = "en", audience: Audience = Audience.TEAM, **changes: object) -> NotesView:
    shown = with_edits(DRAFTED, EDITS, language)
    base = NotesView(
        project=b.PROJECT,
        release=b.release(),
        notes=shown,
        drafted=DRAFTED,
        language=language,
        audience=audience,
        edits=EDITS,
        gaps=gaps(shown),
        after=came_after(DRAFTED, EDITS, language),
        elsewhere=only_in(EDITS, language),
        links=LINKS,
        candidate=1,
        edit=2,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields, by the caller


def views(release: Release | None = None) -> dict[str, NotesView]:
    known = {language: view(language) for language in LANGUAGES}
    return {k: replace(v, release=release or v.release) for k, v in known.items()}


def opened(section: Section, language: str = "en") -> modal.Opened:
    return modal.opened_at(view(language), section)


def edited(reader: Reader) -> modal.View:
    """Known issues in sight, and a text for the fixes typed before."""
    kept = [opened(Section.FIXES)]
    return modal.notes(reader, views(), opened(Section.KNOWN_ISSUES), kept)


def overtaken(reader: Reader) -> modal.View:
    one = opened(Section.FIXES)
    return modal.notes(reader, views(), one, overtaken=frozenset({one.name}))
