from __future__ import annotations

from datetime import date

import pytest

from commands.parse import parse
from commands.slash import HelpText, UsageError
from domain.verbs import KOREAN, Verb
from messages.help import help_for, help_overview
from messages.help.pages import PAGES
from messages.texts import Reader
from sandbox.blockkit import check_message

EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")
MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize("reader", [EN, KO], ids=["en", "ko"])
def test_the_overview_names_every_verb_in_the_readers_words(reader: Reader) -> None:
    message = help_overview(reader)
    text = "\n".join(block["text"]["text"] for block in message.blocks if "text" in block)
    words = KOREAN.values() if reader is KO else list(Verb)
    assert [word for word in words if f"`{word}`  " not in text] == []
    assert check_message({"blocks": message.blocks}) == []


@pytest.mark.parametrize("reader", [EN, KO], ids=["en", "ko"])
@pytest.mark.parametrize("verb", list(Verb))
def test_a_page_says_what_how_and_who(verb: Verb, reader: Reader) -> None:
    message = help_for(reader, verb)
    name = KOREAN[verb] if reader is KO else verb.value
    assert message.blocks[0]["text"]["text"] == f"/release {name}"
    assert reader.t(PAGES[verb].does) in message.blocks[1]["text"]["text"]
    assert check_message({"blocks": message.blocks}) == []


@pytest.mark.parametrize("verb", list(Verb))
def test_every_example_is_understood_as_its_verb(verb: Verb) -> None:
    page = PAGES[verb]
    for example in (*page.examples, *page.korean_examples):
        typed = example.replace("@mina", "<@U1|mina>")
        first = parse(typed, today=MONDAY)
        assert not isinstance(first, UsageError), example
        assert parse(f"{typed.split()[0]} help", today=MONDAY) in {
            HelpText(verb=verb),
            HelpText(verb=Verb.HELP),
        }


def test_the_korean_page_reads_whole() -> None:
    message = help_for(KO, Verb.DEPLOY)
    assert message.text == (
        "/release 배포: 프로덕션 배포를 시작합니다. 부족한 것이 있으면 전부와 담당자를 보여 줍니다."
    )
    assert [block.get("text", {}).get("text") for block in message.blocks] == [
        "/release 배포",
        (
            "프로덕션 배포를 시작합니다. 부족한 것이 있으면 전부와 담당자를 보여 줍니다.\n\n"
            "사용법: `/release 배포 [버전]`"
        ),
        "*예*\n• `/release 배포 1.5.0`",
        None,
    ]
    assert [element["text"] for element in message.blocks[3]["elements"]] == [
        "권한: 릴리스 매니저, DevOps/SRE(핫픽스는 장애 지휘관도)",
        "같은 명령: `/release deploy`",
    ]
