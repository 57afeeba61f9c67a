"""What the policy's template makes of the notes: other sections, another order, words before and after."""

from __future__ import annotations

from dataclasses import replace

from domain.notes import Audience, Section
from messages.notes.as_markdown import body, markdown
from messages.notes.as_slack import slack
from messages.texts import Reader
from tests.messages.surfaces import notes as n

EN = Reader("en", "Asia/Seoul")
ORDERED = replace(
    n.DRAFTED,
    order=(Section.FIXES, Section.FEATURES),
    intro="Dear **customers**,",
    outro="Questions: <!channel>",
)


def test_markdown_has_the_sections_in_the_order_of_the_template_between_its_words() -> None:
    text = markdown(EN, ORDERED, Audience.CUSTOMERS)
    assert text.partition("2026-03-05 | v1.4.2 |\n")[2] == (
        "\nDear **customers**,\n"
        "\n## Bug fixes\n\n- round the total\n"
        "\n## Features\n\n- keep coupons in the cart\n- 주문 내역 내보내기\n"
        "\nQuestions: <!channel>\n"
    )


def test_slack_has_them_too_and_their_words_mention_nobody() -> None:
    (message,) = slack(EN, ORDERED, Audience.CUSTOMERS)
    assert [
        block["text"]["text"] for block in message.blocks if block["type"] == "section" and "text" in block
    ] == [
        "Dear *customers*,",
        "*Bug fixes*\n• round the total",
        "*Features*\n• keep coupons in the cart\n• 주문 내역 내보내기",
        "Questions: &lt;!channel&gt;",
    ]


def test_body_is_one_section_alone() -> None:
    assert body(EN, n.DRAFTED, Section.FIXES) == "- round the total (`1a2b3c4`) – mina@\u2060shop.kr"
    assert body(EN, n.DRAFTED, Section.UPGRADE) == ""
    assert body(EN, replace(n.DRAFTED, written={Section.FIXES: "own\nwords"}), Section.FIXES) == "own\nwords"
