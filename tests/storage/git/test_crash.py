"""Killed between push and report: the next worker waits for the orphan's end, and finds the work done."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from domain.repository import Made
from storage.git import Mirror, cut_branch
from tests.storage.git.team import Team

NAME = "release/v1.5.0"
WORKER = """
import sys
from pathlib import Path
from storage.git import Mirror, cut_branch
path, url, name, sha = sys.argv[1:]
cut_branch(Mirror(path=Path(path), remote_url=url, allow_local=True), name, sha)
"""


@pytest.mark.parametrize("hook", ["pre-receive", "post-receive"])
def test_killed_while_pushing(
    team: Team, mirror: Mirror, tmp_path: Path, request: pytest.FixtureRequest, hook: str
) -> None:
    head = team.refs()["heads/develop"]
    team.hook(hook, f"touch {tmp_path}/began; sleep 1; touch {tmp_path}/ended")
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, mirror.path, mirror.remote_url, NAME, head],
        cwd=request.config.rootpath,
    )
    while not (tmp_path / "began").exists():
        time.sleep(0.01)
    worker.kill()
    worker.wait()

    outcome = cut_branch(mirror, NAME, head)

    assert outcome == Made(((f"refs/heads/{NAME}", head),), already=True)
    assert (tmp_path / "ended").exists()
