"""Small pieces that many messages are made of: people, moments, lists, bars, quoted words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from messages.blocks import SECTION, esc, user
from messages.dates import clock_times, moment, slack_date, span
from messages.quoting import QUOTE, code, link, quote, sha
from messages.texts import Reader

__all__ = ["QUOTE", "code", "link", "quote", "sha"]

_PEOPLE_SHOWN = 12
_BAR = 10
_DAY = timedelta(days=1)


def message_link(reader: Reader, channel: str, ts: str, label: str) -> str:
    """A link to a message that says `label` (mrkdwn); the label alone where there is no message."""
    if not (reader.workspace and ts):
        return label
    # The form of chat.getPermalink: https://docs.slack.dev/reference/methods/chat.getPermalink
    url = f"{reader.workspace.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
    return f"<{esc(url)}|{label}>"


def people(reader: Reader, users: Sequence[str]) -> str:
    """Mentions, and how many more there are beyond a dozen."""
    shown = " ".join(user(one) for one in users[:_PEOPLE_SHOWN])
    more = len(users) - _PEOPLE_SHOWN
    return f"{shown} " + reader.t("and {n} more", n=more) if more > 0 else shown


def when(reader: Reader, at: datetime) -> str:
    """For one person (who has the project's zone beside the own) in words, for a channel as Slack's date."""
    return moment(reader, at) if reader.project_zone else slack_date(reader, at)


def stamp(reader: Reader, at: datetime) -> str:
    """A moment that is over, in short: in a channel without the project's time beside it."""
    if reader.project_zone:
        return moment(reader, at)
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{moment(reader, at)}>"


def gone_out(reader: Reader, begun: datetime | None, deployed: datetime | None) -> str:
    """When a deploy was over, or began; empty while it is a plan."""
    if deployed:
        return reader.t("deployed {at}", at=when(reader, deployed))
    return reader.t("rollout begun {at}", at=when(reader, begun)) if begun else ""


def lasted(reader: Reader, start: datetime, end: datetime) -> str:
    """`today 9:30 AM–9:58 AM`, in short; one moment where both read alike."""
    if int(start.timestamp()) // 60 == int(end.timestamp()) // 60:
        return stamp(reader, end)
    if reader.project_zone or end - start >= _DAY:
        return span(reader, start, end)
    until = f"<!date^{int(end.timestamp())}^{{time}}|{clock_times(reader, end)}>"
    return f"{stamp(reader, start)}–{until}"


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def labelled(label: str, value: str) -> str:
    """One field of a message: the name in bold, the value beneath."""
    return f"*{label}*\n{value}"


def bar(done: int, total: int) -> str:
    """`▰▰▰▱▱▱▱▱▱▱ 1/3`"""
    filled = round(_BAR * done / total) if total else 0
    return f"{'▰' * filled}{'▱' * (_BAR - filled)} {done}/{total}"


def indented(line: str) -> str:
    """A line of its own beneath another."""
    return f"\n      {line}"


def fitting(reader: Reader, lines: Sequence[str], limit: int) -> str:
    """As many lines as fit into `limit` characters, and how many are left out."""
    kept: list[str] = []
    for index, line in enumerate(lines):
        rest = reader.t("… and {n} more", n=len(lines) - index)
        if len("\n".join([*kept, line])) + len(rest) + 1 > limit:
            return "\n".join([*kept, rest])
        kept.append(line)
    return "\n".join(kept)


def in_sections(lines: Iterable[str]) -> Iterator[str]:
    """Whole lines, as many together as one section takes."""
    part = ""
    for line in lines:
        if part and len(part) + len(line) + 1 > SECTION:
            yield part
            part = ""
        part = f"{part}\n{line}" if part else line
    if part:
        yield part
