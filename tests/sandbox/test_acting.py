"""People fill modals of every element, and the app answers in every way that Slack knows."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import NotPossible, Person, Sandbox, UserSeed
from sandbox.model import Json

SHOP = "C0RELSHOP1"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*texts: str) -> list[Json]:
    return [{"text": plain(t), "value": t.lower()} for t in texts]


def entry(label: str, element: Json, **more: Any) -> Json:
    named = {"action_id": "it", **element}
    return {"type": "input", "block_id": label.lower(), "label": plain(label), "element": named, **more}


def modal(*blocks: Json, title: str = "Ask", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "ask",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": [*blocks],
        **more,
    }


class App:
    """Answers every request with what `answer(payload)` gives; keeps the payloads."""

    def __init__(self) -> None:
        self.got: list[Json] = []
        self.answer: Callable[[Json], Any] = lambda _payload: None

    async def handle(self, request: web.Request) -> web.Response:
        fields = parse_qs((await request.read()).decode(), keep_blank_values=True)
        payload = json.loads(fields["payload"][0]) if "payload" in fields else {}
        self.got.append(payload)
        body = self.answer(payload)
        return web.Response() if body is None else web.json_response(body)


@pytest.fixture
async def app(box: Sandbox) -> AsyncIterator[App]:
    app = App()
    server = web.Application()
    server.router.add_post("/", app.handle)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    box.deliver_http(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    yield app
    await runner.cleanup()


@pytest.fixture
def emma(box: Sandbox, app: App) -> Person:
    return box.person("emma")


async def show(box: Sandbox, client: AsyncWebClient, person: Person, view: Json) -> str:
    trigger = box.workspace.triggers.issue(person.user.id)
    return str((await client.views_open(trigger_id=trigger, view=view))["view"]["id"])


async def test_every_input_says_what_was_chosen(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person
) -> None:
    view = modal(
        entry("Text", {"type": "plain_text_input"}),
        entry("Number", {"type": "number_input", "is_decimal_allowed": False}),
        entry("Mail", {"type": "email_text_input"}),
        entry("Link", {"type": "url_text_input"}),
        entry("One", {"type": "static_select", "options": options("Red", "Blue")}),
        entry("Many", {"type": "multi_static_select", "options": options("A", "B", "C")}),
        entry("Boxes", {"type": "checkboxes", "options": options("X", "Y")}),
        entry("Radio", {"type": "radio_buttons", "options": options("On", "Off")}),
        entry("Who", {"type": "users_select"}),
        entry("Team", {"type": "multi_users_select"}),
        entry("Channel", {"type": "channels_select"}),
        entry("Places", {"type": "multi_conversations_select"}),
        entry("Day", {"type": "datepicker"}),
        entry("Hour", {"type": "timepicker", "timezone": "Asia/Seoul"}),
        entry("Moment", {"type": "datetimepicker"}),
    )
    await show(box, client, emma, view)
    await emma.fill(
        {
            "Text": "words",
            "Number": 7,
            "Mail": "a@b.example",
            "Link": "https://x.example",
            "One": "Blue",
            "Many": ["A", "C"],
            "Boxes": ["Y"],
            "Radio": "Off",
            "Who": "haneul",
            "Team": ["sora", "junho"],
            "Channel": "#general",
            "Places": ["#releases-shop"],
            "Day": date(2026, 3, 5),
            "Hour": time(14, 30),
            "Moment": datetime(2026, 3, 5, 5, tzinfo=UTC),
        }
    )
    assert emma.modal is not None
    assert emma.modal.fields["Team"] == ["박소라 (Sora Park)", "이준호 (Junho Lee)"]
    assert (await emma.submit()).ok
    values = {block: state["it"] for block, state in app.got[-1]["view"]["state"]["values"].items()}
    assert values == {
        "text": {"type": "plain_text_input", "value": "words"},
        "number": {"type": "number_input", "value": "7"},
        "mail": {"type": "email_text_input", "value": "a@b.example"},
        "link": {"type": "url_text_input", "value": "https://x.example"},
        "one": {"type": "static_select", "selected_option": options("Blue")[0]},
        "many": {"type": "multi_static_select", "selected_options": options("A", "C")},
        "boxes": {"type": "checkboxes", "selected_options": options("Y")},
        "radio": {"type": "radio_buttons", "selected_option": options("Off")[0]},
        "who": {"type": "users_select", "selected_user": "U0HANEUL01"},
        "team": {"type": "multi_users_select", "selected_users": ["U0SORA0003", "U0JUNHO002"]},
        "channel": {"type": "channels_select", "selected_channel": "C0GENERAL0"},
        "places": {"type": "multi_conversations_select", "selected_conversations": [SHOP]},
        "day": {"type": "datepicker", "selected_date": "2026-03-05"},
        "hour": {"type": "timepicker", "selected_time": "14:30", "timezone": "Asia/Seoul"},
        "moment": {"type": "datetimepicker", "selected_date_time": 1772686800},
    }


async def test_untouched_inputs_are_sent_with_their_beginnings(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person
) -> None:
    view = modal(
        entry("Text", {"type": "plain_text_input"}, optional=True),
        entry("Boxes", {"type": "checkboxes", "options": options("X", "Y")}, optional=True),
        entry("One", {"type": "static_select", "options": options("R"), "initial_option": options("R")[0]}),
        entry("Day", {"type": "datepicker", "initial_date": "2026-03-05"}),
        {
            "type": "section",
            "block_id": "s",
            "text": plain("x"),
            "accessory": {"type": "users_select", "action_id": "u", "initial_user": "U0SORA0003"},
        },
    )
    await show(box, client, emma, view)
    await emma.submit()
    assert app.got[-1]["view"]["state"]["values"] == {
        "text": {"it": {"type": "plain_text_input", "value": None}},
        "boxes": {"it": {"type": "checkboxes", "selected_options": []}},
        "one": {"it": {"type": "static_select", "selected_option": options("R")[0]}},
        "day": {"it": {"type": "datepicker", "selected_date": "2026-03-05"}},
        "s": {"u": {"type": "users_select", "selected_user": "U0SORA0003"}},
    }


@pytest.mark.parametrize(
    ("element", "value", "english", "korean"),
    [
        (
            {"type": "plain_text_input"},
            "  ",
            "Please complete this required field.",
            "필수 입력란을 작성해 주세요.",
        ),
        (
            {"type": "plain_text_input", "min_length": 3},
            "ab",
            "Please enter at least 3 characters.",
            "3자 이상 입력해 주세요.",
        ),
        (
            {"type": "plain_text_input", "max_length": 3},
            "abcd",
            "Please enter 3 characters or fewer.",
            "3자 이하로 입력해 주세요.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True},
            "x",
            "Please enter a number.",
            "숫자를 입력해 주세요.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True},
            "NaN",
            "Please enter a number.",
            "숫자를 입력해 주세요.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False},
            "1.5",
            "Please enter a whole number.",
            "정수를 입력해 주세요.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
            "0",
            "Please enter a number that is 1 or higher.",
            "1 이상의 숫자를 입력해 주세요.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False, "max_value": "9"},
            "10",
            "Please enter a number that is 9 or lower.",
            "9 이하의 숫자를 입력해 주세요.",
        ),
        (
            {"type": "email_text_input"},
            "nobody",
            "Please enter a valid email address.",
            "올바른 이메일 주소를 입력해 주세요.",
        ),
        ({"type": "url_text_input"}, "ftp:x", "Please enter a valid URL.", "올바른 URL을 입력해 주세요."),
        (
            {"type": "multi_static_select", "options": options("A", "B"), "max_selected_items": 1},
            ["A", "B"],
            "Please select no more than 1.",
            "1개까지 선택할 수 있습니다.",
        ),
    ],
)
async def test_client_keeps_back_what_cannot_be_right(
    box: Sandbox, client: AsyncWebClient, app: App, element: Json, value: Any, english: str, korean: str
) -> None:
    for name, sentence in (("emma", english), ("haneul", korean)):
        person = box.person(name)
        await show(box, client, person, modal(entry("It", element)))
        await person.fill({"It": value})
        reaction = await person.submit()
        assert (reaction.status, reaction.errors) == ("errors", {"It": sentence})
    assert app.got == []


async def test_app_answers_a_submission_with_another_view(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person
) -> None:
    await show(box, client, emma, modal(title="One"))
    app.answer = lambda _p: {"response_action": "update", "view": modal(title="Two")}
    assert [v.body["title"]["text"] for v in await _stack(emma, box)] == ["Two"]
    app.answer = lambda _p: {"response_action": "push", "view": modal(title="Three")}
    assert [v.body["title"]["text"] for v in await _stack(emma, box)] == ["Two", "Three"]
    app.answer = lambda _p: None
    assert [v.body["title"]["text"] for v in await _stack(emma, box)] == ["Two"]
    app.answer = lambda _p: {"response_action": "push", "view": modal(title="Three")}
    await emma.submit()
    app.answer = lambda _p: {"response_action": "clear"}
    assert await _stack(emma, box) == []
    assert box.failures == []


async def _stack(person: Person, box: Sandbox) -> list[Any]:
    await person.submit()
    return box.workspace.views.stack(person.user.id)


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "update", "view": modal(title="x" * 25)},
        {"response_action": "push", "view": {"type": "home", "blocks": []}},
        {"response_action": "errors", "errors": {"nowhere": "wrong"}},
        {"response_action": "errors"},
    ],
)
async def test_answer_that_slack_would_not_take_leaves_the_modal_and_is_kept(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person, answer: Json
) -> None:
    await show(box, client, emma, modal(entry("Text", {"type": "plain_text_input"}, optional=True)))
    app.answer = lambda _p: answer
    reaction = await emma.submit()
    assert reaction.status == "app_error"
    assert reaction.modal is not None
    assert reaction.modal.title == "Ask"
    assert len(box.failures) == 1


async def test_submission_that_nobody_takes_keeps_the_modal_with_what_was_typed(
    box: Sandbox, client: AsyncWebClient, emma: Person
) -> None:
    await show(box, client, emma, modal(entry("Text", {"type": "plain_text_input"})))
    await emma.fill({"Text": "typed"})
    box.deliver_http("http://127.0.0.1:9/")
    reaction = await emma.submit()
    assert (reaction.status, reaction.modal and reaction.modal.fields) == (
        "app_unreachable",
        {"Text": "typed"},
    )


async def test_input_that_dispatches_tells_the_app_at_once(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person
) -> None:
    select = entry("Type", {"type": "static_select", "options": options("A", "B")}, dispatch_action=True)
    await show(box, client, emma, modal(select, entry("Note", {"type": "plain_text_input"})))
    await emma.fill({"Note": "before"})
    await emma.choose("Type", "B")
    payload = app.got[-1]
    assert (payload["type"], payload["container"]["type"]) == ("block_actions", "view")
    assert payload["actions"][0]["selected_option"] == options("B")[0]
    assert payload["view"]["state"]["values"]["note"]["it"]["value"] == "before"


async def test_overflow_confirm_and_pickers_in_a_message(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person
) -> None:
    confirm = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}
    elements = [
        {"type": "button", "text": plain("Stop"), "action_id": "stop", "value": "1", "confirm": confirm},
        {"type": "overflow", "action_id": "more", "options": options("Hold", "Cancel")},
        {"type": "datepicker", "action_id": "day", "placeholder": plain("Which day")},
    ]
    await client.chat_postMessage(
        channel=SHOP, text="card", blocks=[{"type": "actions", "block_id": "row", "elements": elements}]
    )
    assert emma.sees("#releases-shop")[0].buttons == ("Stop", "Hold", "Cancel")
    await emma.press("Stop", in_="#releases-shop", confirm=False)
    assert app.got == []
    await emma.press("Stop", in_="#releases-shop")
    await emma.press("Cancel", in_="#releases-shop")
    await emma.choose("Which day", "2026-03-05", in_="#releases-shop")
    acted = [
        {k: v for k, v in p["actions"][0].items() if k not in ("action_ts", "placeholder")} for p in app.got
    ]
    assert acted == [
        {"type": "button", "action_id": "stop", "block_id": "row", "text": plain("Stop"), "value": "1"},
        {"type": "overflow", "action_id": "more", "block_id": "row", "selected_option": options("Cancel")[0]},
        {"type": "datepicker", "action_id": "day", "block_id": "row", "selected_date": "2026-03-05"},
    ]


async def test_home_button_is_pressed_where_it_is(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person
) -> None:
    button = {"type": "button", "text": plain("Open"), "action_id": "open"}
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    await client.views_publish(user_id=emma.user.id, view=home)
    with pytest.raises(NotPossible):
        await emma.press("Open", in_="#releases-shop")
    await emma.press("Open", where="home")
    assert (app.got[-1]["view"]["type"], "response_url" in app.got[-1]) == ("home", False)


async def test_closing_everything_tells_every_view_that_asked(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person
) -> None:
    await show(box, client, emma, modal(title="1", notify_on_close=True))
    trigger = box.workspace.triggers.issue(emma.user.id)
    await client.views_push(trigger_id=trigger, view=modal(title="2", notify_on_close=True))
    await emma.close_modal(all_views=True)
    closed = [(p["type"], p["view"]["title"]["text"], p["is_cleared"]) for p in app.got]
    assert closed == [("view_closed", "2", True), ("view_closed", "1", True)]


async def test_chosen_conversation_can_give_a_response_url(
    box: Sandbox, client: AsyncWebClient, app: App, emma: Person
) -> None:
    select = {"type": "conversations_select", "response_url_enabled": True}
    await show(box, client, emma, modal(entry("Where", select)))
    await emma.choose("Where", "#releases-api")
    await emma.submit()
    (given,) = app.got[-1]["response_urls"]
    assert (given["block_id"], given["channel_id"]) == ("where", "C0RELAPI02")


async def test_words_that_name_nothing_are_told_with_what_there_is(
    box: Sandbox, client: AsyncWebClient, emma: Person
) -> None:
    await show(
        box, client, emma, modal(entry("Kind", {"type": "static_select", "options": options("A", "B")}))
    )
    with pytest.raises(NotPossible, match=r"sees no field 'Sort'; there is: \['Kind'\]"):
        await emma.fill({"Sort": "A"})
    with pytest.raises(NotPossible, match=r"no option 'C'; there is: \['A', 'B'\]"):
        await emma.fill({"Kind": "C"})
    with pytest.raises(NotPossible, match="no channel #nowhere"):
        emma.sees("#nowhere")
    await emma.close_modal()
    with pytest.raises(NotPossible, match="no modal is open"):
        await emma.submit()


async def test_newcomer_joins_and_is_told_of(box: Sandbox, app: App) -> None:
    newcomer = box.add_person(UserSeed("U0NEWCOMER", "mina", "Mina", "mina@naru.example"), ["#releases-shop"])
    assert newcomer.sees("#releases-shop")[-1].text == "@Mina has joined the channel"
    await newcomer.prefers(locale="ko-KR", tz="Asia/Seoul")
    assert (newcomer.user.locale, newcomer.user.tz) == ("ko-KR", "Asia/Seoul")
    sent = {p["event_id"]: p["event"]["type"] for _, p, _ in box.acting.delivery.log if "event" in p}
    assert sorted(sent.values()) == ["member_joined_channel", "team_join", "user_change"]


async def test_guest_cannot_post_where_they_are_not(box: Sandbox) -> None:
    with pytest.raises(NotPossible):
        await box.person("guest").say("#general", "hello?")
    with pytest.raises(NotPossible):
        await box.person("guest").join("#general")
    assert box.person("guest").sees("#general") == []


async def test_renamed_and_archived_channels_and_a_removed_app_are_told(box: Sandbox, app: App) -> None:
    box.rename_channel("#releases-api", "api-releases")
    box.archive_channel("#api-releases")
    box.remove(box.bot_user_id, "#releases-shop")
    sent = {p["event_id"]: p["event"] for _, p, _ in await _heard(box)}
    assert {(e["type"], e.get("user")) for e in sent.values()} == {
        ("channel_rename", None),
        ("channel_archive", "U0HANEUL01"),
        ("member_left_channel", box.bot_user_id),
    }
    with pytest.raises(NotPossible):
        await box.person("emma").slash("#api-releases", "/release status")


async def _heard(box: Sandbox) -> list[Any]:
    await box.wait_quiet()
    return list(box.acting.delivery.log)
