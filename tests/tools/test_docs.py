from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from bot.cli.app import app
from bot.settings import NAMES
from domain.verbs import Verb

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    near = [link for link in links if "://" not in link]
    assert [link for link in near if not (page.parent / link).exists()] == []


def test_the_manual_names_every_setting() -> None:
    text = (ROOT / "docs/operations.md").read_text("utf-8")
    assert [name for name in NAMES if f"`{name}`" not in text] == []


def test_the_readme_names_every_command_and_verb() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group
    assert [name for name in commands if f"`naru {name}" not in text] == []
    assert [verb.value for verb in Verb if f"`{verb.value}`" not in text and verb is not Verb.HELP] == []


def test_the_image_gets_what_it_copies() -> None:
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    wanted = {name for line in copies for name in line.split()}
    allowed = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    assert wanted == set(allowed)
    assert [name for name in wanted if not (ROOT / name).exists()] == []
