"""Killed between push and report: whoever works next reads the remote first, and finds or makes one branch."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.repository import Made
from storage.git import cut_branch
from tests.storage.git.remotes import Served

NAME = "release/v1.5.0"
WORKER = """
import pickle, sys
from storage.git import cut_branch
cut_branch(pickle.load(sys.stdin.buffer), *sys.argv[1:])
"""


def descendants(pid: int) -> Iterator[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for child in map(int, children):
        yield child
        yield from descendants(child)


@pytest.mark.parametrize("dies", ["naru", "the machine"])
@pytest.mark.parametrize("hook", ["pre-receive", "post-receive"])
def test_killed_while_pushing(
    served: Served, tmp_path: Path, request: pytest.FixtureRequest, hook: str, dies: str
) -> None:
    """With the machine git and its transport die too; the server may take the push all the same, or not."""
    head = served.team.refs()["heads/develop"]
    served.team.hook(hook, f"touch {tmp_path}/began; sleep 1; touch {tmp_path}/ended")
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, NAME, head], cwd=request.config.rootpath, stdin=subprocess.PIPE
    )
    assert worker.stdin
    with worker.stdin as feed:
        feed.write(pickle.dumps(served.mirror))
    while not (tmp_path / "began").exists():
        time.sleep(0.01)
    family = [worker.pid, *(_ours(worker.pid, served) if dies == "the machine" else ())]
    for pid in family:
        os.kill(pid, signal.SIGKILL)
    worker.wait()

    outcome = cut_branch(served.mirror, NAME, head)

    assert isinstance(outcome, Made)
    assert outcome.refs == ((f"refs/heads/{NAME}", head),)
    assert set(served.team.refs()) == {"heads/main", "heads/develop", "tags/v1.4.0", f"heads/{NAME}"}
    assert served.team.refs()[f"heads/{NAME}"] == head
    if dies == "naru":
        assert outcome.already
        assert (tmp_path / "ended").exists()


def _ours(pid: int, served: Served) -> list[int]:
    """What runs on our side of the push; over a folder the server's side descends from us as well."""
    found = list(descendants(pid))
    named = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in found}
    return [child for child, line in named.items() if b"receive-pack" not in line and b"hooks/" not in line]
