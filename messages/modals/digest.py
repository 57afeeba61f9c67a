"""One's own digest. Fields (block ids): `on` (yes or no), `at` (time picker: HH:MM of the reader's zone)."""

from __future__ import annotations

from domain.digest import DigestSetting
from messages import blocks
from messages.dates import city
from messages.ids import Form, Target
from messages.modals.fields import View, clock_time, form, yes_no
from messages.texts import Reader

ON, AT = "on", "at"


def digest(reader: Reader, setting: DigestSetting) -> View:
    """Whoever comes to choose a time is taken to want it."""
    t = reader.t
    zone = t("In your time zone: {city}. On working days of your projects.", city=city(reader, reader.zone))
    content = [
        blocks.field(t("Do you want a digest?"), yes_no(reader, ON, initial=True), ON),
        blocks.field(t("At what time"), clock_time(AT, setting.at), AT, hint=zone),
    ]
    return form(reader, Form.DIGEST, t("Your digest"), content, submit=t("Save"), target=Target())
