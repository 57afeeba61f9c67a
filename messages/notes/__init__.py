"""Release notes as people read them (spec 2.6): `domain.notes.Notes` to Markdown, Slack and JSON.

- `markdown(reader, notes, audience, links)` is the whole document as one text; `markdown_lines` the same line
  by line; `sections` leaves out its title and table, `body` is one section alone.
- `slack(reader, notes, audience, links)` is one message or more, each within Slack's limits: the first is
  posted, the rest follow in its thread. No entry is ever cut.
- `data(reader, notes, audience)` is the same for programs; its shape is written in as_json.py.
- `mrkdwn(text)` is a person's Markdown as Slack shows it, unit by unit.

The reader's language is that of our words; what commits and people say stays as it is. All of it is quick to
import: no policy, no calendar, no Slack.
"""

from messages.notes.as_json import data
from messages.notes.as_markdown import body, markdown, sections
from messages.notes.as_markdown import lines as markdown_lines
from messages.notes.as_slack import slack
from messages.notes.mrkdwn import mrkdwn

__all__ = [
    "body",
    "data",
    "markdown",
    "markdown_lines",
    "mrkdwn",
    "sections",
    "slack",
]
