from __future__ import annotations

import pytest

from domain.merging import open_branches
from domain.types import ReleaseType, Stage
from tests.support.builders import release

CUT = {Stage.BUILDING, Stage.STAGING, Stage.QA, Stage.FIXING, Stage.APPROVAL, Stage.APPROVED, Stage.ON_HOLD}


@pytest.mark.parametrize("stage", Stage)
def test_a_release_branch_takes_fixes_from_its_cut_to_its_deploy(stage: Stage) -> None:
    found = release(stage=stage, branch="release/v1.5.0", type=ReleaseType.REGULAR)

    assert open_branches([found]) == (("release/v1.5.0",) if stage in CUT else ())


@pytest.mark.parametrize("kind", ReleaseType)
def test_urgent_fixes_carry_only_what_was_named_for_them(kind: ReleaseType) -> None:
    found = release(stage=Stage.QA, branch="x", type=kind)

    planned = kind in {ReleaseType.REGULAR, ReleaseType.FEATURE}
    assert open_branches([found]) == (("x",) if planned else ())


def test_a_release_without_a_branch_has_none() -> None:
    assert open_branches([release(stage=Stage.BUILDING, branch="")]) == ()
