"""Posts pictures as files of Slack: drawn, uploaded, shared, each exactly once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pictures.painter import Painter
from bot.rendering import channel_reader, reader_of
from bot.slack import Slack
from bot.uploads import Upload, Uploads
from commands.context import project_of
from commands.criteria import show as criteria
from commands.show import lists
from domain.errands import InChannel, Picture, PostBreach, PostPicture
from messages import pictures
from messages.charts import Spec, breach_picture, month_picture, timeline_picture
from messages.charts.breach import title as breach_title
from messages.criteria import chart as breach_chart
from messages.message import Message
from storage.db import Database, Tx
from storage.outbox import Claimed


@dataclass(frozen=True)
class _Drawing:
    """What is posted: `spec` is to be drawn, its description is read to who cannot see it."""

    spec: Spec
    title: str
    comment: str
    name: str


class Pictures:
    """A picture that was shared already is not drawn again."""

    def __init__(self, db: Database, slack: Slack, painter: Painter) -> None:
        self._db = db
        self._uploads = Uploads(db, slack)
        self._painter = painter

    async def post(self, item: Claimed, errand: PostPicture, channel: str) -> str:
        """Returns the outcome in a word. Raises NotDrawn, Refusal, Busy, Unknown."""
        return await self._posted(item, await self._db.read(_drawing, errand, item.id), channel)

    async def post_breach(self, item: Claimed, errand: PostBreach, channel: str, thread: str) -> str:
        """The same of a breach, in its release's thread."""
        drawing = await self._db.read(_breach_drawing, errand, item.id)
        return await self._posted(item, drawing, channel, thread)

    async def _posted(self, item: Claimed, drawing: _Drawing, channel: str, thread: str = "") -> str:
        if await self._uploads.was_shared(item, drawing.name, channel, thread):
            return "sent"
        file = Upload(
            name=drawing.name,
            title=drawing.title,
            comment=drawing.comment,
            body=b"" if self._uploads.waits(item) else await self._painter.draw(drawing.spec),
            description=drawing.spec["description"],
            thread=thread,
        )
        return await self._uploads.share(item, file, channel)


def _drawing(tx: Tx, errand: PostPicture, errand_id: int) -> _Drawing:
    """In the channel's language, or the person's own; always in the project's time."""
    project = project_of(tx, errand.project)
    if isinstance(errand.to, InChannel):
        reader, by = channel_reader(project), errand.by
    else:
        reader, by = reader_of(tx, errand.to.user, project.policy.zone), ""
    if errand.picture is Picture.MONTH:
        view = lists.month(tx, project.key, errand.month)
        spec = month_picture(reader, view)
    else:
        view = lists.coming_weeks(tx, project.key)
        spec = timeline_picture(reader, view)
    name = f"{project.key}-{errand.picture}-{view.first.isoformat()}-{errand_id}.png"
    title = pictures.title(reader, view)
    return _Drawing(spec, title, pictures.comment(reader, view, by), name)


def _breach_drawing(tx: Tx, errand: PostBreach, errand_id: int) -> _Drawing:
    """In the channel's language and the project's time."""
    view = criteria.chart(tx, errand.breach)
    reader = channel_reader(project_of(tx, errand.project))
    name = f"{errand.project}-{view.release.tag}-{view.breach.rule}-{errand_id}.png"
    comment = breach_chart.comment(reader, view)
    return _Drawing(breach_picture(reader, view), breach_title(reader, view), comment, name)


def breach_in_words(tx: Tx, errand: PostBreach) -> Message:
    """What is said where there will be no picture."""
    reader = channel_reader(project_of(tx, errand.project))
    return breach_chart.in_words(reader, criteria.chart(tx, errand.breach))


def sorry(tx: Tx, errand: PostPicture, code: str) -> Message:
    """What who asked is told when there will be no picture."""
    project = project_of(tx, errand.project)
    return pictures.no_picture(reader_of(tx, errand.by, project.policy.zone), code)
