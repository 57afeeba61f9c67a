"""A release that could not be taken back is not approved; an old schema that a rollback needs stays."""

from __future__ import annotations

from dataclasses import replace

from domain.versions import Version
from storage import releases
from storage.db import Tx
from tests.journeys import ways
from tests.journeys.play import CHANNEL, Story

TOTAL, CODES = "migrations/0043_add_total.sql", "migrations/0044_drop_codes.sql"
DOWN = "migrations/0043_add_total.down.sql"


async def test_nothing_is_approved_without_a_way_back_for_every_migration(story: Story) -> None:
    await ways.to_approval(story, "v1.5.0")
    await _with_migrations(story, "1.5.0", TOTAL, DOWN, CODES)
    await story.begin_here()
    await _approve_refused(story)
    await _who_may(story)
    await _one_given(story)
    await _other_declared_impossible(story)
    await _rehearsed(story)
    await _approved(story)


async def _with_migrations(story: Story, version: str, *paths: str) -> None:
    """What was detected in the changes of the candidate."""

    def put(tx: Tx) -> None:
        found = releases.by_version(tx, "shop", Version.parse(version))
        assert found is not None
        scope = releases.scope(tx, found.id, found.rc)
        assert scope is not None
        releases.put_scope(tx, found.id, found.rc, replace(scope, migrations=paths))

    await story.demo.program.db.run(put)


async def _approve_refused(story: Story) -> None:
    """Approving, with or without conditions, names each migration and who can settle it."""
    t, alex = story.t, story.person("alex")
    refusal = t(
        "Complete approval has to wait for v1.5.0: 2 things are missing.\n"
        "• No way back and no declared alternative for a migration: migrations/0043_add_total.sql"
        " (ask: DBA, tech lead, release manager, QA lead or DevOps/SRE)\n"
        "• No way back and no declared alternative for a migration: migrations/0044_drop_codes.sql"
        " (ask: DBA, tech lead, release manager, QA lead or DevOps/SRE)\n"
        "Nothing was changed. Try again when this is settled.",
        "",
    )
    assert await alex.press(t("Approve", "승인"), "dm") == refusal
    assert await alex.press(t("Approve with conditions", "조건부 승인"), "dm") == refusal
    assert alex.person.modal is None
    assert story.news() == []


async def _who_may(story: Story) -> None:
    t, emma = story.t, story.person("emma")
    assert await emma.slash(t("/release way-back v1.5.0", "/release 복구방법 v1.5.0")) == ""


async def _one_given(story: Story) -> None:
    """The file beside it is proposed; the badge counts on."""
    t, junho = story.t, story.person("junho")
    assert await junho.press(t("Way back", "되돌리는 방법"), CHANNEL) == ""


async def _other_declared_impossible(story: Story) -> None:
    pass


async def _rehearsed(story: Story) -> None:
    pass


async def _approved(story: Story) -> None:
    pass
