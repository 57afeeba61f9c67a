from __future__ import annotations

from domain.lifecycle import TRANSITIONS
from domain.types import Stage
from tools import lifecycle


def test_the_drawing_is_up_to_date() -> None:
    assert lifecycle.main(["--check"]) == 0


def test_every_row_stands_in_the_table_and_leaves_every_source() -> None:
    text = lifecycle.page()
    assert text.count("\n| ") == len(TRANSITIONS) + 1
    drawn = "\n".join(lifecycle.drawing())
    assert [stage.value for stage in Stage if f"{stage.value}: " not in drawn] == []
