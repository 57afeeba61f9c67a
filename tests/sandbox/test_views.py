from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox

EMMA = "U0EMMA0007"


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def modal(title: str, **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(title), "blocks": [], **more}


def text_input(block_id: str, **element: Any) -> dict[str, Any]:
    inner = {"type": "plain_text_input", "action_id": "text", **element}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": inner}


def trigger(box: Sandbox) -> str:
    return box.workspace.triggers.issue(EMMA)


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as failure:
        await call
    return str(failure.value.response["error"])


async def test_trigger_works_once_and_for_three_seconds(box: Sandbox, client: AsyncWebClient) -> None:
    first = trigger(box)
    await client.views_open(trigger_id=first, view=modal("One"))
    assert await refused(client.views_open(trigger_id=first, view=modal("Two"))) == "exchanged_trigger_id"
    old = trigger(box)
    box.workspace.triggers.open[old].born -= 3.1
    assert await refused(client.views_open(trigger_id=old, view=modal("Two"))) == "expired_trigger_id"
    assert await refused(client.views_open(trigger_id="1.2.3", view=modal("Two"))) == "invalid_trigger_id"
    shown = box.person("emma").modal
    assert shown is not None
    assert shown.title == "One"


async def test_trigger_survives_a_view_that_is_refused(box: Sandbox, client: AsyncWebClient) -> None:
    kept = trigger(box)
    with pytest.raises(SlackApiError) as failure:
        await client.views_open(trigger_id=kept, view=modal("x" * 25))
    assert failure.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert (await client.views_open(trigger_id=kept, view=modal("fine")))["ok"]


async def test_stack_holds_three_views(box: Sandbox, client: AsyncWebClient) -> None:
    assert await refused(client.views_push(trigger_id=trigger(box), view=modal("0"))) == "not_found"
    first = await client.views_open(trigger_id=trigger(box), view=modal("1"))
    second = await client.views_push(trigger_id=trigger(box), view=modal("2"))
    third = await client.views_push(trigger_id=trigger(box), view=modal("3"))
    error = await refused(client.views_push(trigger_id=trigger(box), view=modal("4")))
    assert error == "push_limit_reached"
    ids = [a["view"]["id"] for a in (first, second, third)]
    assert [a["view"]["root_view_id"] for a in (first, second, third)] == [ids[0]] * 3
    assert [a["view"]["previous_view_id"] for a in (first, second, third)] == [None, ids[0], ids[1]]


async def test_closing_shows_the_view_below(box: Sandbox, client: AsyncWebClient) -> None:
    emma = box.person("emma")
    await client.views_open(trigger_id=trigger(box), view=modal("1"))
    await client.views_push(trigger_id=trigger(box), view=modal("2"))
    reaction = await emma.close_modal()
    assert reaction.modal is not None
    assert reaction.modal.title == "1"
    await client.views_push(trigger_id=trigger(box), view=modal("2"))
    assert (await emma.close_modal(all_views=True)).modal is None


async def test_update_with_an_old_hash_conflicts(box: Sandbox, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=trigger(box), view=modal("1"))
    view_id, seen = opened["view"]["id"], opened["view"]["hash"]
    updated = await client.views_update(view_id=view_id, hash=seen, view=modal("2"))
    assert updated["view"]["hash"] != seen
    assert await refused(client.views_update(view_id=view_id, hash=seen, view=modal("3"))) == "hash_conflict"
    assert (await client.views_update(view_id=view_id, view=modal("3")))["ok"]


async def test_closed_view_is_not_found(box: Sandbox, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=trigger(box), view=modal("1"))
    await box.person("emma").close_modal()
    assert await refused(client.views_update(view_id=opened["view"]["id"], view=modal("2"))) == "not_found"


async def test_external_id_names_one_view(box: Sandbox, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=trigger(box), view=modal("1", external_id="release-1"))
    again = client.views_open(trigger_id=trigger(box), view=modal("2", external_id="release-1"))
    assert await refused(again) == "duplicate_external_id"
    assert (await client.views_update(external_id="release-1", view=modal("3")))["view"]["title"][
        "text"
    ] == "3"


async def test_what_was_typed_survives_an_update_of_the_same_field(
    box: Sandbox, client: AsyncWebClient
) -> None:
    emma = box.person("emma")
    view = modal("1", submit=plain("Go"), blocks=[text_input("a"), text_input("b")])
    opened = await client.views_open(trigger_id=trigger(box), view=view)
    await emma.fill({"a": "kept", "b": "lost"})
    other = {**text_input("c", initial_value="new")}
    changed = modal("1", submit=plain("Go"), blocks=[text_input("a"), other])
    await client.views_update(view_id=opened["view"]["id"], view=changed)
    assert emma.modal is not None
    assert emma.modal.fields == {"a": "kept", "c": "new"}


async def test_view_that_is_too_large_or_of_another_kind_is_refused(
    box: Sandbox, client: AsyncWebClient
) -> None:
    many = [{"type": "section", "text": plain("x" * 3000)}] * 99
    assert await refused(client.views_open(trigger_id=trigger(box), view=modal("1", blocks=many))) == (
        "view_too_large"
    )
    home = {"type": "home", "blocks": []}
    assert await refused(client.views_open(trigger_id=trigger(box), view=home)) == "invalid_arguments"
    assert await refused(client.views_publish(user_id=EMMA, view=modal("1"))) == "invalid_arguments"


async def test_home_is_published_for_one_person(box: Sandbox, client: AsyncWebClient) -> None:
    published = await client.views_publish(user_id=EMMA, view={"type": "home", "blocks": []})
    seen = published["view"]["hash"]
    header = {"type": "header", "text": plain("Hello")}
    await client.views_publish(user_id=EMMA, hash=seen, view={"type": "home", "blocks": [header]})
    late = client.views_publish(user_id=EMMA, hash=seen, view={"type": "home", "blocks": []})
    assert await refused(late) == "hash_conflict"
    emma = box.person("emma").home_now
    assert emma is not None
    assert (emma.text, box.person("haneul").home_now) == ("Hello", None)


async def test_ids_that_the_app_left_out_are_filled_in(box: Sandbox, client: AsyncWebClient) -> None:
    element = {"type": "plain_text_input"}
    block = {"type": "input", "label": plain("l"), "element": element}
    opened = await client.views_open(
        trigger_id=trigger(box), view=modal("1", submit=plain("Go"), blocks=[block])
    )
    shown = opened["view"]["blocks"][0]
    assert shown["block_id"]
    assert opened["view"]["state"]["values"] == {
        shown["block_id"]: {shown["element"]["action_id"]: {"type": "plain_text_input", "value": None}}
    }
