"""How somebody's digest is set, and the buttons that change it."""

from __future__ import annotations

from datetime import time

from domain.digest import DigestSetting
from messages import blocks
from messages.blocks import Element
from messages.buttons import press_button
from messages.dates import city, clock
from messages.ids import Press, Target
from messages.message import Message
from messages.texts import Reader

ON, OFF = "on", "off"


def digest_setting(reader: Reader, setting: DigestSetting) -> Message:
    """How it is set, with the buttons that change it."""
    t = reader.t
    head = t("*Digest*: {setting}", setting=setting_words(reader, setting))
    does = t(
        "In a direct message: what waits for you, the dates of today and tomorrow, and whether deploying is "
        "allowed. On working days of your projects; when there is nothing to say, nothing comes."
    )
    words = t(
        "In words: {commands}",
        commands="`/release digest on`, `/release digest off`, `/release digest 08:30`",
    )
    buttons = switches(reader, on=setting.on)
    return Message(head, [blocks.section(f"{head}\n{does}"), blocks.actions(buttons), blocks.context(words)])


def setting_words(reader: Reader, setting: DigestSetting) -> str:
    """`at 09:00 on working days (Seoul)`; whoever has chosen nothing is told whose choice it is."""
    t = reader.t
    if setting.on:
        return at_time(reader, setting.at)
    return t("off") if setting.own else t("off, as your team has it unless you turn it on")


def at_time(reader: Reader, at: time) -> str:
    return reader.t("on working days at {at} ({city})", at=clock(reader, at), city=city(reader, reader.zone))


def switches(reader: Reader, *, on: bool) -> list[Element]:
    """Turn it off when it is on, and the other way round; or choose the time."""
    t = reader.t
    label, state, style = (
        (t("Turn the digest off"), OFF, "") if on else (t("Turn the digest on"), ON, "primary")
    )
    switch = press_button(label, Press.DIGEST, Target(state=state), style=style)
    return [switch, press_button(t("Change the time…"), Press.DIGEST_TIME, Target())]
