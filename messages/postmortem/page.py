"""What stands around a post-mortem on the web, and what the button that leads there answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from messages.blocks import section
from messages.message import Message
from messages.parts import stamp
from messages.texts import Reader


class NoPage(StrEnum):
    """Why there is nothing to read at an address."""

    FORGED = "forged"
    EXPIRED = "expired"
    GONE = "gone"
    UNAVAILABLE = "unavailable"
    BUG = "bug"


@dataclass(frozen=True)
class Sorry:
    """What happened, and what to do."""

    title: str
    advice: str


def given(reader: Reader, url: str) -> Message:
    """The address, for who pressed; without one it says what the operator sets."""
    t = reader.t
    if not url:
        return _said(
            t("Naru does not know its own address on the web: who runs it sets NARU_BASE_URL.")
            + "\n"
            + t("“As a file” gives the same document.")
        )
    opening = t("Open the post-mortem on the web")
    lasts = t("This address is for you. It works for an hour; then press the button again.")
    return _said(f"<{url}|{opening}>\n{lasts}")


def _said(text: str) -> Message:
    return Message(text, [section(text)])


def as_of(reader: Reader, at: datetime) -> str:
    return reader.t("As of {at}", at=stamp(reader, at))


def in_other_language(reader: Reader) -> str:
    """Written in the other language: it is for who does not read this one."""
    return "English" if reader.language == "ko" else "한국어"


def lives(reader: Reader) -> str:
    return reader.t("The address of this page works for an hour. It is not for passing on.")


def sorry(reader: Reader, why: NoPage, reference: str = "") -> Sorry:
    t = reader.t
    again = t("Press “Open on the web” in the war room again, or send /release postmortem.")
    match why:
        case NoPage.EXPIRED:
            return Sorry(t("This address has expired."), t("It worked for an hour.") + " " + again)
        case NoPage.FORGED:
            return Sorry(t("This address is not valid."), t("It may have been cut off.") + " " + again)
        case NoPage.GONE:
            return Sorry(t("There is no post-mortem here any more."), again)
        case NoPage.UNAVAILABLE:
            return Sorry(t("Naru cannot answer now."), t("Try again in a few seconds."))
        case NoPage.BUG:
            told = t("Tell who runs Naru this reference: {reference}", reference=reference)
            return Sorry(t("Something went wrong in Naru."), told)
        case _:
            assert_never(why)
