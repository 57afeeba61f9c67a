"""`naru notes` beside git-cliff and the bare `git log` that reads the same commits, in turn.

10,000 commits of a repository of 100,000, and its whole history (all after its first commit). Wall-clock of
whole processes with what they import; the compiled files are there, as they are where Naru is installed.
Run: `python -m benchmarks.notes`, on a quiet machine.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.history import ENVIRONMENT, repository
from benchmarks.results import Line

ROOT = Path(__file__).parents[1]
ROUNDS = 5
START_S, OF_LOG, OF_CLIFF, MIB = 0.15, 1.5, 0.5, 100
_FORMAT = "--format=tformat:%H%x00%P%x00%an%x00%ae%x00%ct%x00%s%x00%b"


@dataclass(frozen=True)
class Ran:
    """Seconds, and the most memory in MiB that the process or one that it started held."""

    seconds: float
    mib: float


async def lines() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        repo = repository()
        first = _git(repo, "rev-list", "--max-parents=0", "main")
        found = _compared("notes of 10,000 commits", repo, "v1.8.0", Path(folder))
        return [*found, *_compared("notes of 100,000 commits", repo, first, Path(folder))]


def _compared(name: str, repo: Path, since: str, folder: Path) -> list[Line]:
    naru, log, cliff = _commands(repo, since, folder)
    _run(naru, folder)
    rounds = [(_run(naru, folder), _run(log, folder)) for _ in range(ROUNDS)]
    ours, bare = (median(run.seconds for run in runs) for runs in zip(*rounds, strict=True))
    mib = max(run.mib for run, _ in rounds)
    allowed = OF_LOG * bare + START_S
    found = [
        Line(name, _ms(ours), f"git log {_ms(bare)}", f"<= {_ms(allowed)}", ours <= allowed),
        Line("  most memory", f"{mib:.0f} MiB", "", f"< {MIB} MiB", mib < MIB),
    ]
    if cliff is None:
        return [*found, Line("  git-cliff", "not installed")]
    theirs = median(_run(cliff, folder).seconds for _ in range(3 if since.startswith("v") else 1))
    ratio = ours / theirs
    return [
        *found,
        Line("  git-cliff", _ms(theirs), f"{ratio:.2f} x", f"<= {OF_CLIFF}", ratio <= OF_CLIFF),
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.0f} ms"


def _commands(
    repo: Path, since: str, folder: Path
) -> tuple[Sequence[str], Sequence[str], Sequence[str] | None]:
    notes = (sys.executable, "-m", "bot", "notes", "--repo", str(repo), "--from", since, "--to", "main")
    naru = (*notes, "--output", str(folder / "notes.md"))
    log = ("git", f"--git-dir={repo}", "log", "-z", _FORMAT, f"{since}..main")
    program = shutil.which("git-cliff", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        return naru, log, None
    cliff = (program, "--repository", str(repo), "--output", str(folder / "cliff.md"), f"{since}..main")
    return naru, log, cliff


def _run(command: Sequence[str], folder: Path) -> Ran:
    environment = {**ENVIRONMENT, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Ran(time.perf_counter() - start, used.ru_maxrss / 1024)


def _git(repo: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", f"--git-dir={repo}", *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    for line in asyncio.run(lines()):
        print(line)
