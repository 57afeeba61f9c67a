"""The draft of a notice: the project's own template or the shipped one, with what is known filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from domain.notices import BLANK, NoticeAudience, NoticeFacts, NoticeKind
from domain.release import Release
from domain.rollout.rollout import Rollout
from domain.types import Stage
from domain.views import NoticeForm
from messages import names
from messages.blocks import clean, cut
from messages.card.rollout import reached
from messages.dates import duration, moment
from messages.deploys import words
from messages.names import word
from messages.texts import Reader

LONGEST = 2000

KINDS: Mapping[NoticeKind, str] = {
    NoticeKind.AHEAD: word("Ahead of a deploy"),
    NoticeKind.STARTED: word("Deploy started"),
    NoticeKind.PROGRESS: word("Progress"),
    NoticeKind.DONE: word("Deploy done"),
    NoticeKind.DELAYED: word("Delayed"),
    NoticeKind.ABORTED: word("Called off"),
    NoticeKind.ROLLBACK: word("Rollback"),
    NoticeKind.RECOVERY: word("Recovered"),
}
AUDIENCES: Mapping[NoticeAudience, str] = {
    NoticeAudience.TEAM: word("Team"),
    NoticeAudience.COMPANY: word("Company"),
    NoticeAudience.CUSTOMERS: word("Customers"),
}
_INSIDE: dict[NoticeKind, str] = {
    NoticeKind.AHEAD: word(
        "{project} {version} ({type}) is planned to go to production: {time}. "
        "It replaces {previous}. Please tell us now what speaks against it."
    ),
    NoticeKind.STARTED: word("{project} {version} is going to production now. We keep you posted here."),
    NoticeKind.PROGRESS: word("{project} {version} stands at: {stage}."),
    NoticeKind.DONE: word("{project} {version} is in production. Please report anything unusual here."),
    NoticeKind.DELAYED: word(
        "{project} {version} is delayed. New time: {time}. Production stays on {previous}."
    ),
    NoticeKind.ABORTED: word("{project} {version} is called off. Production stays on {previous}."),
    NoticeKind.ROLLBACK: word(
        "{project} {version} caused trouble in production and is taken back to {target}. "
        "Until it is over please deploy nothing."
    ),
    NoticeKind.RECOVERY: word("{project} works normally again, on {target}. {summary}"),
}
_CUSTOMERS: dict[NoticeKind, str] = {
    NoticeKind.AHEAD: word("We will update {project}: {time}. You may notice a short interruption."),
    NoticeKind.STARTED: word("We are updating {project} now. You may notice a short interruption."),
    NoticeKind.PROGRESS: word("We are still at the update of {project}."),
    NoticeKind.DONE: word("{project} has been updated. Thank you for your patience."),
    NoticeKind.DELAYED: word("The update of {project} is postponed. New time: {time}."),
    NoticeKind.ABORTED: word("The update of {project} will not take place. Nothing changes for you."),
    NoticeKind.ROLLBACK: word(
        "Some of you may have trouble with {project} at present. We are restoring the service and will "
        "tell you as soon as it works again."
    ),
    NoticeKind.RECOVERY: word("{project} works normally again. We are sorry for the trouble."),
}
_INSIDE_DOWN: Mapping[NoticeKind, str] = _INSIDE | {
    NoticeKind.AHEAD: word(
        "{project} {version} ({type}) is planned to go to production: {time}. "
        "The service will be down for {downtime}. "
        "It replaces {previous}. Please tell us now what speaks against it."
    ),
    NoticeKind.STARTED: word(
        "{project} {version} is going to production now. The service is down for about {downtime}. "
        "We keep you posted here."
    ),
}
_CUSTOMERS_DOWN: Mapping[NoticeKind, str] = _CUSTOMERS | {
    NoticeKind.AHEAD: word(
        "We will update {project}: {time}. It will not be available for about {downtime}."
    ),
    NoticeKind.STARTED: word("We are updating {project} now. It is not available for about {downtime}."),
}
# While the rollout is under way; that it takes longer, or is held up, is no delay of its begin.
_INSIDE_UNDER_WAY: Mapping[NoticeKind, str] = {
    NoticeKind.PROGRESS: word("{project} {version} is going to production. {progress}"),
    NoticeKind.DELAYED: word(
        "The deploy of {project} {version} takes longer than planned. {progress} New time: {time}."
    ),
}
_CUSTOMERS_UNDER_WAY: dict[NoticeKind, str] = {
    NoticeKind.PROGRESS: word("We are still at the update of {project}: {percent} % of all users have it."),
    NoticeKind.DELAYED: word("The update of {project} takes longer than planned. New time: {time}."),
}
_CUSTOMERS_PAUSED: Mapping[NoticeKind, str] = _CUSTOMERS_UNDER_WAY | {
    NoticeKind.PROGRESS: word(
        "The update of {project} is interrupted at present. We will tell you as soon as it goes on."
    ),
}


# The first version of a project replaces none, and nothing can be gone back to.
_FIRST: Mapping[str, str] = {
    _INSIDE[NoticeKind.AHEAD]: word(
        "{project} {version} ({type}) is planned to go to production: {time}. "
        "Please tell us now what speaks against it."
    ),
    _INSIDE_DOWN[NoticeKind.AHEAD]: word(
        "{project} {version} ({type}) is planned to go to production: {time}. "
        "The service will be down for {downtime}. Please tell us now what speaks against it."
    ),
    _INSIDE[NoticeKind.DELAYED]: word("{project} {version} is delayed. New time: {time}."),
    _INSIDE[NoticeKind.ABORTED]: word("{project} {version} is called off."),
    _INSIDE[NoticeKind.ROLLBACK]: word(
        "{project} {version} caused trouble in production and is taken out of it. "
        "Until it is over please deploy nothing."
    ),
    _INSIDE[NoticeKind.RECOVERY]: word("{project} works normally again. {summary}"),
}

# What is told of an incident about no release.
INCIDENT = (NoticeKind.ROLLBACK, NoticeKind.PROGRESS, NoticeKind.RECOVERY)
TROUBLE = word("Trouble")
_INSIDE_INCIDENT: Mapping[NoticeKind, str] = {
    NoticeKind.ROLLBACK: word(
        "{project} has trouble in production since {time}. We are working on it. "
        "Until it is over please deploy nothing."
    ),
    NoticeKind.PROGRESS: word("{project}: the work on the trouble since {time} goes on."),
    NoticeKind.RECOVERY: word("{project} works normally again. {summary}"),
}
_CUSTOMERS_INCIDENT: Mapping[NoticeKind, str] = {
    NoticeKind.ROLLBACK: _CUSTOMERS[NoticeKind.ROLLBACK],
    NoticeKind.PROGRESS: word(
        "We are still restoring {project} and will tell you as soon as it works again."
    ),
    NoticeKind.RECOVERY: _CUSTOMERS[NoticeKind.RECOVERY],
}


def kinds_of(form: NoticeForm) -> tuple[NoticeKind, ...]:
    return tuple(NoticeKind) if form.release else INCIDENT


def kind_label(form: NoticeForm, kind: NoticeKind) -> str:
    """Not translated yet: nothing is rolled back in an incident about no release."""
    return TROUBLE if form.release is None and kind is NoticeKind.ROLLBACK else KINDS[kind]


def draft(reader: Reader, form: NoticeForm) -> str:
    """In the reader's language; at most 2,000 characters."""
    facts = asdict(_facts(reader, form)) | _how_far(reader, form.release)
    own = form.templates.get(form.kind) if form.release else None
    if own is not None and own[reader.language]:
        text = own[reader.language].format(**facts | _to_fill_in(reader, facts))
    else:
        shipped = _shipped(form)
        first = not (facts["target"] if "{target}" in shipped else facts["previous"])
        text = reader.t(_FIRST.get(shipped, shipped) if first else shipped, **facts)
    return cut(text.strip(), LONGEST)


def _shipped(form: NoticeForm) -> str:
    if form.release is None:
        outside = form.audience is NoticeAudience.CUSTOMERS
        return (_CUSTOMERS_INCIDENT if outside else _INSIDE_INCIDENT).get(form.kind, "{project}")
    if form.release.stage is Stage.DEPLOYING and form.kind in _INSIDE_UNDER_WAY:
        return _under_way(form, form.release)
    if form.audience is NoticeAudience.CUSTOMERS:
        return (_CUSTOMERS_DOWN if form.downtime else _CUSTOMERS)[form.kind]
    return (_INSIDE_DOWN if form.downtime else _INSIDE)[form.kind]


def _under_way(form: NoticeForm, release: Release) -> str:
    if form.audience is not NoticeAudience.CUSTOMERS:
        return _INSIDE_UNDER_WAY[form.kind]
    paused = release.rollout is not None and release.rollout.paused
    return (_CUSTOMERS_PAUSED if paused else _CUSTOMERS_UNDER_WAY)[form.kind]


def _to_fill_in(reader: Reader, facts: Mapping[str, str]) -> dict[str, str]:
    """A template of the project names an earlier version, and there is none: a person words that."""
    blank = reader.t("no earlier version").join(BLANK)
    return {one: blank for one in ("previous", "target") if not facts[one]}


def _how_far(reader: Reader, release: Release | None) -> dict[str, str]:
    """What only the shipped words name."""
    if release is None:
        return {}
    rollout = release.rollout
    return {
        "stage": names.stage(reader, release.stage),
        "percent": str(rollout.percent) if rollout else "0",
        "progress": " ".join(_progress(reader, rollout)) if rollout else "",
    }


def _progress(reader: Reader, rollout: Rollout) -> Iterator[str]:
    t = reader.t
    yield t("Steps done: {n} of {total}.", n=rollout.done, total=len(rollout.steps))
    yield reached(reader, rollout)
    if rollout.paused and rollout.pause_reason:
        yield t("It is paused: {reason}", reason=_sentence(words(reader, rollout.pause_reason)))
    elif rollout.paused:
        yield t("It is paused.")


def _sentence(text: str) -> str:
    said = clean(text).strip()
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _facts(reader: Reader, form: NoticeForm) -> NoticeFacts:
    release, title = form.release, clean(form.project.title.get(reader.language) or form.project.key)
    if release is None:
        return NoticeFacts(
            project=title,
            version="",
            type="",
            time=moment(reader, form.since) if form.since else "",
            previous="",
            target="",
            summary=clean(form.summary),
        )
    return NoticeFacts(
        project=title,
        version=release.tag,
        type=names.release_type(reader, release.type),
        time=_time(reader, form, release),
        previous=_tag(release.previous_version),
        target=_tag(form.target or release.previous_version),
        summary=clean(form.summary),
        downtime=duration(reader, form.downtime) if form.downtime else "",
    )


def _time(reader: Reader, form: NoticeForm, release: Release) -> str:
    """When it went out or goes out. Of what is delayed, no time that is over or was stopped: the new one a
    person knows.
    """
    at = release.deployed_at or release.deploy_at
    if form.kind is NoticeKind.DELAYED and at is not None and (at <= form.at or _stopped(release)):
        return reader.t("the new time").join(BLANK)
    return moment(reader, at) if at else reader.t("not fixed yet")


def _stopped(release: Release) -> bool:
    """Whether its time is still the one of before the stop: a move to another day asks anew."""
    hold, anew = release.hold, release.asked_anew_at
    return release.stage is Stage.ON_HOLD and not (hold and anew and anew > hold.at)


def _tag(version: str) -> str:
    return f"v{version.removeprefix('v')}" if version else ""
