from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from domain.commits import Grammar
from domain.links import Links
from domain.notes import Audience, Entry, Head, Notes, Section
from messages.blocks import MESSAGE_BLOCKS, SECTION
from messages.notes.as_markdown import markdown
from messages.notes.as_slack import slack
from messages.notes.mrkdwn import mrkdwn
from messages.notes.pages import PAGE, texts
from messages.texts import Reader
from tests.messages.said import TOKEN

KOREAN, ENGLISH = Reader("ko", "Asia/Seoul"), Reader("en", "UTC")
LINKS = Links(
    commit="https://git.example.com/shop/commit/{sha}",
    grammar=Grammar(pull_requests="https://git.example.com/shop/pull/{number}"),
)
hostile = st.text(
    st.one_of(st.sampled_from("<>&|*_`~@#![]()\\\n- \u202e가"), st.characters(codec="utf-8")), max_size=400
)
entries = st.builds(
    Entry,
    text=hostile,
    scope=hostile,
    sha=st.from_regex(r"[0-9a-f]{40}", fullmatch=True),
    author=hostile,
    pull_request=st.integers(0, 99_999),
    issues=st.lists(st.from_regex(r"#[0-9]{1,4}|[A-Z]{2,5}-[0-9]{1,4}", fullmatch=True), max_size=3).map(
        tuple
    ),
    note=hostile,
)


def many(count: int) -> Notes:
    listed = tuple(
        Entry(text=f"change {n} " + "word " * 30, sha=f"{n:040x}", author="김하늘") for n in range(count)
    )
    return Notes(head=Head(version="v2.0.0"), entries={Section.FEATURES: listed})


def shown(notes: Notes) -> str:
    pages = slack(ENGLISH, notes, Audience.TEAM, LINKS)
    return "\n".join(
        block["text"]["text"]
        for page in pages
        for block in page.blocks
        if block["type"] == "section" and "text" in block
    )


def test_short_notes_are_one_message() -> None:
    (page,) = slack(KOREAN, many(3), Audience.TEAM)

    assert page.text == "릴리스 노트 v2.0.0"


def test_long_notes_are_several_messages_that_say_which() -> None:
    pages = slack(KOREAN, many(200), Audience.TEAM)

    assert [page.text for page in pages] == [
        f"릴리스 노트 v2.0.0 ({n}/{len(pages)})" for n in range(1, len(pages) + 1)
    ]
    assert len(pages) > 2


def test_every_page_keeps_slacks_limits() -> None:
    for page in slack(ENGLISH, many(900), Audience.TEAM, LINKS):
        sizes = [len(block["text"]["text"]) for block in page.blocks if "text" in block]
        assert len(page.blocks) <= MESSAGE_BLOCKS
        assert max(sizes) <= SECTION
        assert sum(sizes) <= PAGE


def test_no_entry_is_cut_and_none_is_lost() -> None:
    lines = shown(many(500)).splitlines()

    assert [line.split(" (")[0] for line in lines if line.startswith("• ")] == [
        f"• change {n} " + " ".join(["word"] * 30) for n in range(500)
    ]


@given(st.lists(entries, max_size=6), st.sampled_from(Section), st.sampled_from(Audience))
def test_no_text_of_others_mentions_anybody_or_opens_a_link(
    listed: list[Entry], section: Section, audience: Audience
) -> None:
    notes = Notes(head=Head(version="v1.0.0"), entries={section: tuple(listed)})

    for page in slack(ENGLISH, notes, audience, LINKS):
        for block in page.blocks:
            text = block.get("text", {}).get("text", "")
            assert len(text) <= SECTION
            assert all(
                re.fullmatch(r"https://git\.example\.com/shop/(commit|pull)/[0-9a-f]+\|#?[0-9a-f]+", token)
                for token in TOKEN.findall(text)
            )


@given(st.lists(entries, max_size=6), st.sampled_from(Section), st.sampled_from(Audience))
def test_every_change_is_one_point_of_the_list_in_markdown(
    listed: list[Entry], section: Section, audience: Audience
) -> None:
    notes = Notes(head=Head(version="v1.0.0"), entries={section: tuple(listed)})

    lines = markdown(ENGLISH, notes, audience, LINKS).splitlines()

    own = ("# ", "## ", "| ", "|--", "- ", "  - ", "    ")
    assert all(line in {"", "None.", "There are no changes."} or line.startswith(own) for line in lines)
    heard = section in {Section.KNOWN_ISSUES, Section.ENVIRONMENT, Section.UPGRADE}
    hidden = section is Section.OTHER and audience is Audience.CUSTOMERS
    if not heard and not hidden:
        assert sum(line.startswith("- ") for line in lines) == len(listed)


@given(st.text(st.sampled_from("ab <>&;`*_~[]()!@#|\\\n-\t1.:/htps가"), max_size=600))
def test_peoples_markdown_never_mentions_anybody(text: str) -> None:
    for unit in mrkdwn(text):
        assert all(re.match(r"https?://", token) for token in TOKEN.findall(unit))


@given(st.lists(st.text(st.sampled_from("ab <>&\n`"), min_size=1, max_size=9000), max_size=3))
def test_texts_lose_nothing_but_space(units: list[str]) -> None:
    whole = list(texts(units))

    assert all(len(text) <= SECTION for text in whole)
    ours = re.sub(r"[\s`]", "", "".join(whole))
    assert ours == re.sub(r"[\s`]", "", "".join(units))


def test_a_long_block_of_code_is_divided_at_its_lines_and_stays_code() -> None:
    (unit,) = mrkdwn("```\n" + "a line of code\n" * 400 + "```")

    parts = list(texts([unit]))

    assert len(parts) == 3
    assert all(part.startswith("```\n") and part.endswith("\n```") for part in parts)
    assert [line for part in parts for line in part.splitlines() if line != "```"] == ["a line of code"] * 400


def test_markdown_of_people_becomes_what_slack_shows() -> None:
    text = (
        "## Plan\n**bold** and __bold__, *slanted*, ~~gone~~, `co*de`\n"
        "- one\n  - [ ] two\n* [x] three\n> said\n---\n[page](https://a.example/x?y=1&z=2) ![picture](https://a.example/p.png)\n"
        "<https://b.example> [no](javascript:x) \\*kept\\* 2 * 3 * 4 snake_case_name\n"
        "| A | B |\n|---|:-:|\n| 가 | `x \\| y` |\nafter"
    )

    assert mrkdwn(text) == [
        "*Plan*",
        "*bold* and *bold*, _slanted_, ~gone~, `co*de`",
        "• one",
        "  • ☐ two",
        "• ☑ three",
        "> said",
        "———",
        "<https://a.example/x?y=1&amp;z=2|page> <https://a.example/p.png|picture>",
        "<https://b.example|https://b.example> [no](javascript:x) *kept* 2 * 3 * 4 snake_case_name",
        "```\nA   B\n--  -----\n가  x | y\n```",
        "after",
    ]
