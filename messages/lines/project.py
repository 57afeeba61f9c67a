"""Lines of a project's own affairs: roles, policy, repository, and the announcements' book-keeping."""

from __future__ import annotations

from typing import assert_never

from domain import events as v
from domain.digest import DigestSetting
from messages import names
from messages.blocks import user
from messages.digests.setting import setting_words
from messages.names import word
from messages.parts import code, quote, when
from messages.problems import problem_text
from messages.texts import Reader
from messages.versions import tag

ProjectSaid = (
    v.RoleGiven
    | v.RoleTaken
    | v.AuthorLinked
    | v.DigestChosen
    | v.RepositoryRead
    | v.ProductionConfirmed
    | v.PolicyLoaded
    | v.TokenMade
    | v.TokenRotated
    | v.TokenRevoked
    | v.Announced
    | v.AnnouncementSkipped
)

SKIPPED = {
    "stale": word("its time is over"),
    "moot": word("it no longer holds"),
    "quiet": word("its time lay in the quiet hours"),
}
_HASH_SHOWN = 12


def project_line(reader: Reader, said: ProjectSaid) -> str:
    t = reader.t
    match said:
        case v.RoleGiven() | v.RoleTaken():
            return _role(reader, said)
        case v.AuthorLinked():
            return t("*Author linked*: {email} → {who}", email=code(said.email), who=user(said.user))
        case v.DigestChosen():
            chosen = DigestSetting(on=said.on, at=said.at, own=True)
            return t("*Digest*: {setting}", setting=setting_words(reader, chosen))
        case v.RepositoryRead():
            return _repository(reader, said)
        case v.ProductionConfirmed(version=""):
            return t("*In production*: nothing yet, this is the first release. Confirmed once.")
        case v.ProductionConfirmed(version=version):
            return t(
                "*In production*: {version}. Confirmed once, before the first release.", version=tag(version)
            )
        case v.PolicyLoaded():
            return t("*Policy loaded*: {hash}", hash=code(said.policy[:_HASH_SHOWN]))
        case v.TokenMade() | v.TokenRotated() | v.TokenRevoked():
            return _token(reader, said)
        case v.Announced() | v.AnnouncementSkipped():
            return _announced(reader, said)
        case _:
            assert_never(said)


def holder(of: str) -> str:
    """A user or a user group as a mention."""
    return f"<!subteam^{of}>" if of.startswith("S") else user(of)


def _role(reader: Reader, said: v.RoleGiven | v.RoleTaken) -> str:
    role, who = names.role(reader, said.role), holder(said.holder)
    if isinstance(said, v.RoleGiven):
        return reader.t("*Role given*: {role} → {who}", role=role, who=who)
    return reader.t("*Role taken away*: {role} – {who}", role=role, who=who)


def _repository(reader: Reader, said: v.RepositoryRead) -> str:
    t = reader.t
    if said.problem:
        return t("*Repository not read*: {problem}", problem=problem_text(reader, said.problem))
    text = t(
        "*Repository read*: tags {tags}, branches {branches}, changes {changes}",
        tags=said.tags,
        branches=said.branches,
        changes=said.changes.total,
    )
    if not said.next_version:
        return text
    return f"{text} · " + t("next version {version}", version=tag(said.next_version))


def _announced(reader: Reader, said: v.Announced | v.AnnouncementSkipped) -> str:
    kind = code(said.kind)
    if isinstance(said, v.Announced):
        return reader.t("*Announced*: {kind}", kind=kind)
    why = reader.t(SKIPPED[said.why]) if said.why in SKIPPED else quote(said.why)
    return reader.t("*Announcement skipped*: {kind}, because {why}", kind=kind, why=why)


def _token(reader: Reader, said: v.TokenMade | v.TokenRotated | v.TokenRevoked) -> str:
    t, name = reader.t, code(said.name)
    match said:
        case v.TokenMade():
            scopes = ", ".join(code(scope) for scope in said.scopes)
            made = t("*API token made*: {name} for {scopes}", name=name, scopes=scopes)
            if said.expires_at is None:
                return made
            return t("{made}, until {at}", made=made, at=when(reader, said.expires_at))
        case v.TokenRotated():
            return t("*API token renewed*: {name}. The one before is good for nothing.", name=name)
        case _:
            return t("*API token revoked*: {name}", name=name)
