"""A reading that somebody enters.

Fields (block ids): `metric` (select), `value` (text, as `180 ms`), `note` (text, may be left out).
"""

from __future__ import annotations

from domain.health.model import SECONDS, SHARES
from domain.views import HealthView
from messages import blocks
from messages.health.words import METRICS, environment
from messages.ids import Form, Target
from messages.modals.fields import View, form, words
from messages.parts import quote
from messages.texts import Reader

METRIC, VALUE, NOTE = "metric", "value", "note"
_OPTION = 75


def reading(reader: Reader, view: HealthView, chosen: str = "") -> View:
    t = reader.t
    place = environment(reader, view.health.environment)
    options = [blocks.option(_name(reader, one), one) for one in view.metrics[:100]]
    first = next((one for one in options if one["value"] == chosen), None)
    metric = blocks.select(METRIC, options, initial=first)
    content = [
        blocks.section(f"*{quote(view.release.tag)}* · {place}"),
        blocks.field(t("Metric"), metric, METRIC),
        words(t("Value"), VALUE, hint=t("With its unit: 0.4 %, 180 ms, 1.2 s."), lines=False),
        words(t("Note"), NOTE, hint=t("Where it was read, or what it means."), optional=True),
    ]
    target = Target(project=view.release.project, release=view.release.id)
    return form(reader, Form.READING, t("Enter a reading"), content, submit=t("Record"), target=target)


def _name(reader: Reader, metric: str) -> str:
    unit = " (%)" if metric in SHARES else " (ms, s)" if metric in SECONDS else ""
    return blocks.cut((reader.t(METRICS[metric]) if metric in METRICS else metric) + unit, _OPTION)
