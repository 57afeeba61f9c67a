"""views.*: modals and Home tabs."""

from __future__ import annotations

from typing import Any

from sandbox.blockkit import check_view, view_too_large
from sandbox.errors import SlackError, missing_argument, with_messages
from sandbox.model import Json
from sandbox.viewstate import View, view_json
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.method import Method
from sandbox.workspace import Workspace


def shown_view(ws: Workspace, view: View) -> Json:
    known = ws.identity
    team = ws.users[view.user].team_id
    return view_json(view, app_id=known.app_id, bot_id=known.bot_id, team_id=known.team_id, user_team=team)


def open_view(ws: Workspace, args: Arguments) -> Json:
    body = body_of(args, "modal")
    trigger = args.need("trigger_id")
    user = ws.triggers.redeem(trigger)
    view = ws.views.open(user, ws.next_id("V"), body)
    ws.board.changed("view", only=user)
    return {"view": shown_view(ws, view)}


def push_view(ws: Workspace, args: Arguments) -> Json:
    body = body_of(args, "modal")
    trigger = args.need("trigger_id")
    user = ws.triggers.redeem(trigger)
    try:
        view = ws.views.push(user, ws.next_id("V"), body)
    except SlackError:
        ws.triggers.give_back(trigger)
        raise
    ws.board.changed("view", only=user)
    return {"view": shown_view(ws, view)}


def update_view(ws: Workspace, args: Arguments) -> Json:
    view_id, external = args.text("view_id"), args.text("external_id")
    if not view_id and not external:
        raise missing_argument("view_id")
    view = ws.views.find(view_id=view_id, external_id=external)
    body = body_of(args, view.body["type"])
    ws.views.update(view, body, args.text("hash") or None)
    ws.board.changed("view" if body["type"] == "modal" else "home", only=view.user)
    return {"view": shown_view(ws, view)}


def publish_view(ws: Workspace, args: Arguments) -> Json:
    user = ws.user(args.need("user_id"))
    if not ws.has_home:
        raise SlackError("not_enabled")
    body = body_of(args, "home")
    view = ws.views.publish(user.id, ws.next_id("V"), body, args.text("hash") or None)
    ws.board.changed("home", only=user.id)
    return {"view": shown_view(ws, view)}


def body_of(args: Arguments, kind: str) -> Json:
    """The checked view; raises SlackError `invalid_arguments` (the reasons listed) or `view_too_large`."""
    body: Any = args.parsed("view")
    if body is None:
        raise missing_argument("view")
    if not isinstance(body, dict):
        raise with_messages("invalid_arguments", ["[ERROR] must be an object [json-pointer:/view]"])
    check_body(body, kind)
    return body


def check_body(body: Json, kind: str) -> None:
    """As `body_of`, for views that come in the answer to a submission."""
    if view_too_large(body):
        raise SlackError("view_too_large")
    problems = check_view(body)
    if body.get("type") != kind:
        raise with_messages(
            "invalid_arguments", [f"[ERROR] must be a view of type {kind} [json-pointer:/view/type]"]
        )
    if problems:
        raise with_messages("invalid_arguments", [p.as_slack("/view") for p in problems])


METHODS = {
    "views.open": Method(open_view, None, per_minute=100),
    "views.push": Method(push_view, None, per_minute=100),
    "views.update": Method(update_view, None, per_minute=100),
    "views.publish": Method(publish_view, None, per_minute=100),
}
