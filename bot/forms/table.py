"""A filled-in modal to the request that it makes. Pure; what cannot be read is a refusal beside its field."""

from __future__ import annotations

from collections.abc import Mapping

from bot import payloads
from bot.forms import (
    approval,
    calendar,
    checklists,
    criteria,
    digest,
    exceptions,
    health,
    notes,
    notices,
    postmortem,
    readiness,
    release,
    reminders,
    roles,
    rollback,
)
from bot.forms.fields import Build
from bot.payloads import Filled
from commands.requests import Request
from messages.ids import Form


def request_of(filled: Filled) -> Request | None:
    """The request of a form, None for one that only shows. Raises FieldError, and payloads.Unreadable for
    choices that our modals do not offer.
    """
    build = _FORMS.get(filled.form)
    try:
        return build(filled.target, filled.state) if build else None
    except (ValueError, OverflowError) as error:
        raise payloads.Unreadable(filled.form) from error


def field_of(form: Form) -> str:
    """The field beside which a refusal of the whole form is shown."""
    return _FIELDS.get(form, "note")


_PARTS = (
    release,
    criteria,
    readiness,
    health,
    checklists,
    approval,
    calendar,
    exceptions,
    rollback,
    postmortem,
    roles,
    reminders,
    digest,
    notes,
    notices,
)
_FORMS: Mapping[Form, Build] = {form: build for part in _PARTS for form, build in part.FORMS.items()}
_FIELDS: Mapping[Form, str] = {form: field for part in _PARTS for form, field in part.FIELDS.items()}
