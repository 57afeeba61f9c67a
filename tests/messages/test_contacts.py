"""Whom to call: the whole list, over as many pages as it takes."""

from __future__ import annotations

import json
from typing import Any

from domain.people import Role
from domain.policy import Contact
from domain.views import ContactsView
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.lists.contacts import contacts_list
from messages.texts import Reader
from tests.messages.surfaces import builders as b

EN, KO = Reader("en", "Asia/Seoul", "Asia/Seoul"), Reader("ko", "Asia/Seoul", "Asia/Seoul")


def view(contacts: int, *, page: int = 0, people: int = 0) -> ContactsView:
    return ContactsView(
        project=b.PROJECT,
        contacts=tuple(
            Contact(role="DBA", name=f"Number {n} {'x' * 60}", phone="+82 2 0000 0000" + "0" * 60)
            for n in range(contacts)
        ),
        members={Role.ONCALL: tuple(f"U{n:04}" for n in range(people))} if people else {},
        page=page,
    )


def read(reader: Reader, of: ContactsView) -> str:
    return json.dumps(contacts_list(reader, of).blocks, ensure_ascii=False)


def buttons(reader: Reader, of: ContactsView) -> list[Any]:
    return [one for block in contacts_list(reader, of).blocks for one in block.get("elements", ())]


def test_sixty_contacts_and_everybody_on_call_fit_into_one_message() -> None:
    said = read(EN, view(60, people=40))
    assert all(f"Number {n} " in said for n in range(60))
    assert all(f"<@U{n:04}>" in said for n in range(40))
    assert "more" not in said
    assert buttons(EN, view(60)) == []


def test_what_one_message_does_not_hold_is_on_the_next_page() -> None:
    first, second = (read(EN, view(100, page=page, people=40)) for page in (0, 1))
    assert [n for n in range(100) if f"Number {n} " not in first + second] == []
    assert ("Number 0 " in first, "Number 99 " in second) == (True, True)
    assert "Number 99 " not in first
    assert "<@U0039>" in second
    assert "Page 1 of 2" in first
    assert "2/2" in read(KO, view(100, page=1))


def test_pages_are_turned_both_ways_and_a_page_that_is_gone_is_the_last() -> None:
    earlier = press_button("Earlier page", Press.CONTACTS, Target(project="shop", page=0), key="0")
    later = press_button("Next page", Press.CONTACTS, Target(project="shop", page=1), key="1")
    assert buttons(EN, view(100))[1:] == [later]
    assert buttons(EN, view(100, page=7))[1:] == [earlier]
