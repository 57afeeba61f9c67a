"""Criteria that contradict themselves, told with their place and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from messages.policy_errors import why
from messages.texts import Reader
from storage.policies import PolicyErrors, load_policies

HEAD = "project: shop\nchannel: C0SHOP\ncriteria:\n  profile: launch\n  changes:\n"
WRONG = [
    (
        "    look: {metric: error_rate, above: 20 %, class: review}\n",
        "“look” is never heard: the stronger “error_rate” is breached before it. Give it a tighter limit.",
    ),
    (
        "    error_rate: {above: 5}\n",
        "5 is never or always reached: a share lies between 0 and 1, so 5 % is 0.05.",
    ),
    (
        "    error_rate: {from_step: canary}\n",
        "No rollout of this policy has a step “canary”: its rule would never be asked. Write canary_10, batch_2, traffic_switched and the like, as the section “rollout” has them. Did you mean “canary_50”?",
    ),
    ("    error_rate: {above: much}\n", "A number belongs here, like 0.05 or 5%."),
    ("    error_rate: {baseline: 0}\n", "The number is out of range: it must be more than 0.0."),
    ("    nothing:\n", "“nothing” is no criterion of the profile launch: nothing to remove."),
]


@pytest.mark.parametrize(("rows", "words"), WRONG)
def test_what_is_wrong_is_told_in_words(tmp_path: Path, rows: str, words: str) -> None:
    path = tmp_path / "shop.yml"
    path.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(PolicyErrors) as refused:
        load_policies(path)
    told = [why(Reader("en", "UTC"), error) for error in refused.value.errors]
    assert told == [words]
