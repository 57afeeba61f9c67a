"""Posts pictures of the calendar as files of Slack."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pictures.painter import Painter
from bot.rendering import channel_reader, reader_of
from bot.slack import Slack
from bot.uploads import Upload, Uploads
from commands.context import project_of
from commands.show import lists
from domain.errands import InChannel, Picture, PostPicture
from messages import pictures
from messages.charts import Spec, month_picture, timeline_picture
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
        drawing = await self._db.read(_drawing, errand, item.id)
        if await self._uploads.was_shared(item, drawing.name, channel):
            return "sent"
        file = Upload(
            name=drawing.name,
            title=drawing.title,
            comment=drawing.comment,
            body=await self._painter.draw(drawing.spec),
            description=drawing.spec["description"],
        )
        return await self._uploads.post(item, file, channel)


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


def sorry(tx: Tx, errand: PostPicture, code: str) -> Message:
    """What who asked is told when there will be no picture."""
    project = project_of(tx, errand.project)
    return pictures.no_picture(reader_of(tx, errand.by, project.policy.zone), code)
