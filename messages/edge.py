"""What is said when something at the edge went wrong: nothing is ever left unanswered."""

from __future__ import annotations

from messages.parts import code
from messages.texts import Reader


def unexpected(reader: Reader, reference: str) -> str:
    return reader.t(
        "Something went wrong on Naru's side, and nothing was recorded. "
        "Try again; if it stays so, give {reference} to whoever runs Naru.",
        reference=code(reference),
    )


def not_recorded(reader: Reader) -> str:
    return reader.t("Naru is busy: this was *not recorded*. Please try again in a moment.")


def not_confirmed(reader: Reader) -> str:
    return reader.t("This is taking longer than usual and is not confirmed yet. The card shows the outcome.")


def modal_not_opened(reader: Reader) -> str:
    return reader.t("Slack did not open the form in time. Nothing was changed; please press again.")


def old_button(reader: Reader) -> str:
    return reader.t(
        "This button is from an older message and means nothing any more. "
        "`/release status` shows what is current."
    )
