"""What is said when a list can be worked through, if anything of it is left to do."""

from __future__ import annotations

from commands.show.checklists import checklists
from commands.show.look import look
from domain.checklists.model import Phase
from domain.errands import InThread, ListOpens, Place, Said, ToPerson
from domain.people import Role
from domain.project import Project
from domain.reminders import Reminder, of_lists
from domain.views import ChecklistView
from storage import releases
from storage.db import Tx

_LOOK_AT_IT = (Role.DEVOPS, Role.QA_LEAD)


def opens(tx: Tx, _project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """To the thread, the captain, and who runs deploys and QA; nothing where the policy asks for nothing."""
    release = releases.get(tx, reminder.subject)
    if release is None or reminder.key not in {one.key for one in of_lists(release, tx.now())}:
        return []
    view = next((of for of in checklists(tx, release.id).lists if of.phase is Phase.POST_SOON), None)
    left = _left(view) if view else 0
    if not left:
        return []
    said = ListOpens(
        phase=Phase.POST_SOON,
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        left=left,
    )
    captain = {release.captain} if release.captain else set()
    people = captain | look(tx, release.id).roster.anyone(_LOOK_AT_IT)
    return [(InThread(release.id), said), *((ToPerson(user), said) for user in sorted(people))]


def _left(view: ChecklistView) -> int:
    return sum(1 for item in view.items if not item.judged.settled)
