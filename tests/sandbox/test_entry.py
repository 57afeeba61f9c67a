from __future__ import annotations

import pytest

from sandbox.clock import SystemClock
from sandbox.entry import escaped, linked
from sandbox.manifest import Manifest
from sandbox.planting import plant
from sandbox.seed import DEMO_SEED


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@haneul please", "<@U0HANEUL01> please"),
        ("(@haneul)", "(<@U0HANEUL01>)"),
        ("@haneul에게 물어보세요", "<@U0HANEUL01>에게 물어보세요"),
        ("ask @haneul.", "ask <@U0HANEUL01>."),
        ("#releases-shop, #general을", "<#C0RELSHOP1>, <#C0GENERAL0>을"),
        ("@release-approvers @here", "<!subteam^S0APPROVE1> <!here>"),
        ("@nobody #nowhere a@haneul", "@nobody #nowhere a@haneul"),
        ("<@U0EMMA0007> & co", "&lt;@U0EMMA0007&gt; &amp; co"),
    ],
)
def test_typed_text_becomes_slacks_markup(typed: str, sent: str) -> None:
    ws = plant(DEMO_SEED, SystemClock(), Manifest())
    assert linked(ws, escaped(typed)) == sent


def test_commands_get_the_names_as_well() -> None:
    ws = plant(DEMO_SEED, SystemClock(), Manifest())
    assert linked(ws, "@haneul @release-approvers #general", labels=True) == (
        "<@U0HANEUL01|haneul> <!subteam^S0APPROVE1|@release-approvers> <#C0GENERAL0|general>"
    )
