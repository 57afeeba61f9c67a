"""Help: the whole of `/release` on one page, and one page for each verb, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from domain.verbs import KOREAN, Verb
from messages.blocks import context, header, section
from messages.help.pages import GROUPS, PAGES
from messages.message import Message
from messages.texts import Reader

SLASH = "/release"


def help_overview(reader: Reader) -> Message:
    """All verbs by what they are for, one line each, in at most nine blocks."""
    t = reader.t
    blocks = [header(t("Naru: releases in Slack")), section(_first_steps(reader))]
    for group, verbs in GROUPS.items():
        lines = [f"*{t(group)}*", *(_row(reader, verb) for verb in verbs)]
        blocks.append(section("\n".join(lines)))
    tip = t(
        "English and Korean words both work. One command in detail: {command}",
        command=_typed(f"{_named(reader, Verb.HELP)} {_named(reader, Verb.DEPLOY)}"),
    )
    blocks.append(context(tip))
    return Message(t("Naru: releases in Slack"), blocks)


def help_for(reader: Reader, verb: Verb) -> Message:
    """The page of one verb: what it does, how it is written, who may, examples."""
    t = reader.t
    page = PAGES[verb]
    title = f"{SLASH} {_named(reader, verb)}"
    usage = t(
        "How it is written: {usage}", usage=_typed(page.korean if reader.language == "ko" else page.english)
    )
    examples = page.korean_examples if reader.language == "ko" else page.examples
    blocks = [header(title), section(f"{t(page.does)}\n\n{usage}"), section(_examples(reader, examples))]
    also = t("Also understood: {word}", word=_typed(verb.value if reader.language == "ko" else KOREAN[verb]))
    who = [t("Who: {who}", who=t(page.who))] if page.who else []
    blocks.append(context(*who, also))
    return Message(f"{title}: {t(page.does)}", blocks)


def _first_steps(reader: Reader) -> str:
    return reader.t(
        "Begin with {start}. The card in the project's channel then shows each next step as a button; "
        "{mine} shows what waits for you.",
        start=_typed(_named(reader, Verb.START)),
        mine=_typed(_named(reader, Verb.MINE)),
    )


def _row(reader: Reader, verb: Verb) -> str:
    return f"`{_named(reader, verb)}`  {reader.t(PAGES[verb].does)}"


def _examples(reader: Reader, examples: Sequence[str]) -> str:
    title = reader.t("Examples")
    return "\n".join([f"*{title}*", *(f"• {_typed(example)}" for example in examples)])


def _named(reader: Reader, verb: Verb) -> str:
    return KOREAN[verb] if reader.language == "ko" else verb.value


def _typed(text: str) -> str:
    """A command as code; only our own texts come here, so that nothing but <> needs escaping."""
    shown = text.replace("<", "&lt;").replace(">", "&gt;")
    return f"`{SLASH} {shown}`"
