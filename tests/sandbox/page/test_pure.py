"""The page's pure parts, called in the browser as modules: usage hints, mrkdwn, times, zones."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from sandbox import Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def call_each(
    box: Sandbox, page: Page, module: str, function: str, calls: list[list[Any]]
) -> list[Any]:
    await page.goto(f"{box.url}/?as=daniel")
    await page.get_by_role("heading", level=1).wait_for()
    code = "([path, name, calls]) => import(path).then((found) => calls.map((args) => found[name](...args)))"
    found: list[Any] = await page.evaluate(code, [f"/ui/static/{module}.js", function, calls])
    return found


async def test_usage_hint_is_read_as_alternatives(box: Sandbox, page: Page) -> None:
    hints = {
        "start [type] | status | hold <version>": [["start", "[type]"], ["status"], ["hold", "<version>"]],
        "[start|status] [version]": [["start", "[version]"], ["status", "[version]"]],
        "[what you want]": [["[what you want]"]],
        "": [],
    }
    found = await call_each(box, page, "lib/usage", "readUsage", [[hint] for hint in hints])
    assert [[[arg["hint"] for arg in one] for one in usage] for usage in found] == list(hints.values())


async def test_suggestions_follow_the_words_already_typed(box: Sandbox, page: Page) -> None:
    hint = "start [regular|hotfix] [version] | status | help …"
    [usage] = await call_each(box, page, "lib/usage", "readUsage", [[hint]])
    typed = [["st"], ["start", ""], ["start", "h"], ["start", "hotfix", ""], ["stop", ""]]
    found = await call_each(box, page, "lib/usage", "suggestions", [[usage, words] for words in typed])
    offered = [[one["word"] for one in suggested] for suggested in found]
    assert offered == [["start", "status"], ["regular", "hotfix"], ["hotfix"], [], []]


async def test_typed_time_is_understood(box: Sandbox, page: Page) -> None:
    times = {
        "9": "09:00",
        "0930": "09:30",
        "9:05 pm": "21:05",
        "12 am": "00:00",
        "오후 3:30": "15:30",
        "25:00": None,
        "13 pm": None,
        "soon": None,
    }
    found = await call_each(box, page, "elements/time", "readTime", [[typed] for typed in times])
    assert dict(zip(times, found, strict=True)) == times


async def test_wall_time_becomes_an_instant_over_clock_changes(box: Sandbox, page: Page) -> None:
    instants = {
        ("2026-03-10", "09:00", "Asia/Seoul"): 1773100800,
        ("2026-03-29", "03:30", "Europe/Berlin"): 1774747800,
        ("2026-10-25", "12:00", "Europe/Berlin"): 1792926000,
    }
    found = await call_each(box, page, "lib/dates", "toUnix", [list(wall) for wall in instants])
    assert dict(zip(instants, found, strict=True)) == instants


async def test_mrkdwn_is_read_as_slack_reads_it(box: Sandbox, page: Page) -> None:
    trees = {
        "*a*b": [["text", "*a*b"]],
        "(*a*)": [["text", "("], ["bold", "a"], ["text", ")"]],
        "2 * 3 * 4": [["text", "2 * 3 * 4"]],
        "*a _b_*": [["bold", "a b"]],
        "`*a*`": [["icode", "*a*"]],
        "snake_case_name": [["text", "snake_case_name"]],
        "<@U1|x> &lt;@U2&gt;": [["user", "U1"], ["text", " <@U2>"]],
        "<!date^0^{never}|then>": [["date", "then"]],
    }
    found = await call_each(box, page, "lib/mrkdwn", "parse", [[text] for text in trees])
    read = [[[node["type"], words(node)] for node in block["children"]] for [block] in found]
    assert dict(zip(trees, read, strict=True)) == trees


def words(node: dict[str, Any]) -> str:
    if "children" in node:
        return "".join(words(one) for one in node["children"])
    return str(node.get("text") or node.get("id") or node.get("fallback"))
