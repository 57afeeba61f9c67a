"""Checklists as they typically are, with every message and form that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain.checklists.model import Auto, Item, ItemState, NamedItem, Only, Phase, Section
from domain.checklists.standing import Judged, Proof, Standing
from domain.names import Names
from domain.needs import ItemsOpen, Missing
from domain.people import Role
from domain.readiness_rules import Strictness
from domain.release import ConfirmItem
from domain.types import Action, Stage
from domain.views import ChecklistsView, ChecklistView, ItemView, Progress
from messages import approval, card
from messages.message import Message
from messages.modals import checklist, checklist_item
from messages.modals.checklist_item import Asked, What
from messages.texts import Reader
from tests.messages.surfaces import builders as b

TICK = (Role.RELEASE_MANAGER, Role.QA_LEAD)
WAIVE = (Role.RELEASE_MANAGER, Role.TECH_LEAD)


def item(key: str, ko: str, en: str, **given: Any) -> Item:
    return Item(key=key, text=Names(ko=ko, en=en), **given)


NOTHING = ItemState()


def shown(of: Item, standing: Standing = Standing.OPEN, state: ItemState = NOTHING, **given: Any) -> ItemView:
    """As a release manager finds it: what is open and by hand can be ticked, what a person said taken back."""
    proof: Proof | None = given.get("proof")
    open_ = standing is Standing.OPEN
    return ItemView(
        judged=Judged(item=of, standing=standing, state=state, proof=proof),
        may_tick=TICK,
        may_waive=WAIVE,
        tickable=open_ and proof is None,
        waivable=standing in {Standing.OPEN, Standing.FAILED},
        reopenable=state.settled,
    )


BACKUP = item("backup", "백업 완료", "Backups taken", owners=(Role.DBA,))
NETWORK = item("network", "네트워크 확인", "Network checked")
MIGRATED = item(
    "migration_tried", "스테이징 마이그레이션 시험", "Migration tried on staging", only=Only.MIGRATION
)
REVIEWED = item("reviewed", "모든 PR 리뷰 완료", "Every pull request reviewed", auto=Auto.REVIEWED)
CI = item("ci", "CI 통과", "CI is green", auto=Auto.CI)
UNIT = item("unit_coverage", "단위 테스트 커버리지", "Unit test coverage", auto=Auto.UNIT_COVERAGE)
TAG = item("previous_tag", "이전 버전 태그", "Tag of the previous version", auto=Auto.PREVIOUS_TAG)
HTTPS = item("https", "HTTPS 적용", "HTTPS is on")

DONE = ItemState(done_at=b.NOW, done_by="U0QA", note="run <42>", link="https://ci.example/42", candidate=1)
WAIVED = ItemState(waived_at=b.NOW, waived_by="U0RM", reason="no network <change>", candidate=1)
OWNED = ItemState(owner="U0DBA", due=b.DEPLOY)

ITEMS = {
    "reviewed": shown(REVIEWED, Standing.DONE, proof=Proof(auto=Auto.REVIEWED, held=True, text="21 of 21")),
    "ci": shown(
        CI,
        Standing.FAILED,
        replace(OWNED, due=None),
        proof=Proof(auto=Auto.CI, held=False, text="3 tests failed", link="https://ci.example/41", at=b.NOW),
    ),
    "unit": shown(
        UNIT, Standing.DONE, proof=Proof(auto=Auto.UNIT_COVERAGE, held=True, value=82.5, wanted=80)
    ),
    "tag": shown(TAG, Standing.DONE, proof=Proof(auto=Auto.PREVIOUS_TAG, held=True, text="v1.4.2")),
    "unknown": shown(item("cve", "심각한 CVE 없음", "No critical CVE", auto=Auto.CVE), state=OWNED),
    "backup": shown(BACKUP, state=OWNED),
    "network": shown(NETWORK, Standing.WAIVED, WAIVED),
    "migrated": shown(MIGRATED, Standing.NOT_ASKED),
    "https": shown(HTTPS, Standing.DONE, DONE),
}
SECTIONS = (
    (
        Section("code_quality", Names(ko="코드 품질", en="Code quality")),
        (ITEMS["reviewed"], ITEMS["ci"], ITEMS["unit"], ITEMS["unknown"]),
    ),
    (
        Section("infrastructure", Names(ko="인프라", en="Infrastructure")),
        (ITEMS["backup"], ITEMS["network"], ITEMS["migrated"], ITEMS["tag"]),
    ),
    (Section("security", Names(ko="보안", en="Security")), (ITEMS["https"],)),
)
BEFORE = ChecklistView(
    phase=Phase.PRE_RELEASE,
    strictness=Strictness.BLOCK,
    sections=SECTIONS,
    progress=Progress(phase=Phase.PRE_RELEASE, done=5, total=8, failed=1, waived=1),
    guards=Action.DEPLOY,
    open=True,
)
TRAFFIC = replace(
    shown(item("traffic", "트래픽 확인", "Traffic pattern checked")), tickable=False, waivable=False
)
SOON = ChecklistView(
    phase=Phase.POST_SOON,
    strictness=Strictness.WARN,
    sections=((Section("", Names()), (TRAFFIC,)),),
    progress=Progress(phase=Phase.POST_SOON, done=0, total=1, strictness=Strictness.WARN),
    guards=Action.CLOSE,
    open=False,
    opens_at=b.DEPLOY,
)
CLOSED = replace(SOON, phase=Phase.STAGING, strictness=Strictness.BLOCK, opens_at=None)
VIEW = ChecklistsView(
    project=b.PROJECT,
    release=b.release(stage=Stage.APPROVED),
    room=None,
    lists=(CLOSED, BEFORE, SOON),
    now=(Phase.PRE_RELEASE,),
    at=b.NOW,
)
IN_ROOM = replace(
    VIEW,
    release=None,
    room=b.ROOM,
    lists=(
        replace(
            SOON,
            phase=Phase.ROLLBACK_AFTER,
            strictness=Strictness.BLOCK,
            sections=((Section("", Names()), (replace(TRAFFIC, tickable=True, waivable=True),)),),
            open=True,
            opens_at=None,
            guards=None,
            progress=Progress(phase=Phase.ROLLBACK_AFTER, done=0, total=1),
        ),
    ),
    now=(Phase.ROLLBACK_AFTER,),
)
MANY = replace(
    BEFORE,
    sections=(
        (
            Section("all", Names(ko="전체", en="Everything")),
            tuple(shown(item(f"item_{n}", f"항목 {n}", f"Item {n}")) for n in range(1, 13)),
        ),
    ),
    progress=Progress(phase=Phase.PRE_RELEASE, done=0, total=12),
)
PROGRESS = (
    BEFORE.progress,
    Progress(phase=Phase.RELEASE_START, done=6, total=6),
    SOON.progress,
)
NAMED = tuple(NamedItem(of.judged.item.key, of.judged.item.text) for of in BEFORE.items)
OPEN = Missing(ItemsOpen(Phase.PRE_RELEASE, (NAMED[1], NAMED[3], NAMED[4]), ("ci",)), TICK)

Surface = Callable[[Reader], Message | dict[str, Any]]


def one(name: str, what: What | None = None) -> Surface:
    return lambda r: checklist_item.item(r, VIEW, BEFORE, ITEMS[name], Asked(what=what, clean=True))


CHANNEL: dict[str, Surface] = {
    "card_checklists": lambda r: card.card(
        r,
        b.card_view(
            release=b.release(stage=Stage.APPROVED),
            lists=PROGRESS,
            missing=(OPEN,),
            to_confirm=(ConfirmItem.DEPLOYER_STANDING_BY,),
            actions=(Action.DEPLOY,),
        ),
    ),
    "card_checklists_alone": lambda r: card.card(
        r, b.card_view(release=b.release(stage=Stage.STAGING), lists=PROGRESS[1:2])
    ),
    "approval_checklists": lambda r: approval.approval(r, b.approval_view(lists=PROGRESS)),
}
PERSON: dict[str, Surface] = {
    "form_checklist": lambda r: checklist.checklist(r, VIEW),
    "form_checklist_later": lambda r: checklist.checklist(r, VIEW, Phase.POST_SOON),
    "form_checklist_closed": lambda r: checklist.checklist(r, VIEW, Phase.STAGING),
    "form_checklist_room": lambda r: checklist.checklist(r, IN_ROOM),
    "form_checklist_none": lambda r: checklist.checklist(r, replace(VIEW, lists=(), now=())),
    "form_checklist_long": lambda r: checklist.checklist(r, replace(VIEW, lists=(MANY,))),
    "form_item_open": one("backup"),
    "form_item_waive": one("ci", What.WAIVE),
    "form_item_assign": one("backup", What.ASSIGN),
    "form_item_done": one("https"),
    "form_item_reopen": one("network", What.REOPEN),
    "form_item_unknown": one("unknown", What.NOTE),
    "form_item_not_asked": one("migrated"),
}

__all__ = [
    "BEFORE",
    "CHANNEL",
    "IN_ROOM",
    "ITEMS",
    "MANY",
    "OPEN",
    "PERSON",
    "PROGRESS",
    "VIEW",
    "item",
    "shown",
]
