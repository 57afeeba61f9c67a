"""Notes of a history that has everything, whole, in both languages, for both audiences, in every format.

`NARU_SNAPSHOTS=write` writes them anew; the difference is then read and committed like any text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.commits import Grammar, Tracker
from domain.commits.live import Live
from domain.detection import ENVIRONMENT, MIGRATIONS, surroundings
from domain.globs import Globs
from domain.links import Links
from domain.notes import Audience, Environment, Head, Notes, Section, in_sections
from domain.types import ReleaseType
from messages.notes.as_json import data
from messages.notes.as_markdown import markdown
from messages.notes.as_slack import slack
from messages.texts import Reader
from storage import local
from tests.messages.surfaces.rendering import rendered
from tests.support.everything import everything

SNAPSHOTS = Path(__file__).parent / "snapshots"
FORGE = "https://git.example.com/shop"
LINKS = Links(
    commit=f"{FORGE}/commit/{{sha}}",
    grammar=Grammar(
        pull_requests=f"{FORGE}/pull/{{number}}",
        trackers=(
            Tracker(("#",), f"{FORGE}/issues/{{number}}"),
            Tracker(("PAY",), "https://jira.example.com/browse/{id}"),
        ),
    ),
)
WRITTEN = {
    "en": {
        Section.KNOWN_ISSUES: (
            "| ID | Description | Impact | Workaround | Planned fix |\n|---|---|---|---|---|\n"
            "| PAY-7 | Refunds are slow \\| at night | **low** | wait | v1.5.1 |"
        ),
        Section.UPGRADE: (
            "### Before\n1. Stop the *old* gateway, see [the page](https://wiki.example.com/a_(b)).\n"
            "2. Run `make migrate`.\n\n```sh\nmake migrate  # <once>\n```\n- [x] rehearsed\n- [ ] told @here\n> Ask Jo."
        ),
    },
    "ko": {
        Section.KNOWN_ISSUES: (
            "| ID | 설명 | 영향 | 우회 방법 | 수정 예정 |\n|---|---|---|---|---|\n| PAY-7 | 밤에 환불이 느림 | 낮음 | 대기 | v1.5.1 |"
        ),
        Section.UPGRADE: "",
    },
}
Render = Callable[[Reader, Notes, Audience], str]
FORMATS: dict[str, Render] = {
    "md": lambda reader, notes, audience: markdown(reader, notes, audience, LINKS),
    "slack.txt": lambda reader, notes, audience: "\n".join(
        rendered(page) for page in slack(reader, notes, audience, LINKS)
    ),
    "json": lambda reader, notes, audience: (
        json.dumps(data(reader, notes, audience), ensure_ascii=False, indent=1) + "\n"
    ),
}


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Notes:
    repo = everything(tmp_path_factory.mktemp("everything") / "shop")
    place = local.look(repo.path, "v1.5.0", "v1.4.0")
    live = Live()
    local.walk(place.git, local.Range(place.until, place.since), live.take, sorted_first=True)
    head = Head(version="v1.5.0", previous="v1.4.0", type=ReleaseType.REGULAR, day=date(2026, 3, 9))
    found = local.difference(place.git, local.Range(place.until, place.since), Globs(ENVIRONMENT))
    around = surroundings(found, Globs(MIGRATIONS))
    return Notes(
        head=head,
        entries=in_sections(live.kept()),
        environment=Environment(variables=around.variables, migrations=around.migrations),
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("language", ["ko", "en"])
def test_notes_of_a_history_that_has_everything(
    drafted: Notes, language: str, audience: Audience, form: str
) -> None:
    notes = replace(drafted, written=WRITTEN[language])
    shown = FORMATS[form](Reader(language, "Asia/Seoul"), notes, audience)

    kept = SNAPSHOTS / f"everything.{language}.{audience.value}.{form}"
    if os.environ.get("NARU_SNAPSHOTS") == "write":
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text(encoding="utf-8")
