"""Release notes as people read them (spec 2.6): `domain.notes.Notes` to Markdown, Slack and JSON.

Each in a module of its own, so that nothing is imported that nobody asks for:

- `as_markdown.markdown(reader, notes, audience, links)` is the whole document as one text; `lines` the same
  line by line; `sections` leaves out its title and table, `body` is one section alone.
- `as_slack.slack(reader, notes, audience, links)` is one message or more, each within Slack's limits: the
  first is posted, the rest follow in its thread. No entry is ever cut.
- `as_json.data(reader, notes, audience)` is the same for programs; its shape is written there.
- `mrkdwn.mrkdwn(text)` is a person's Markdown as Slack shows it, unit by unit.

The reader's language is that of our words; what commits and people say stays as it is. All of it is quick to
import: no policy, no calendar, no Slack.
"""
