"""A bare mirror of a project's remote: where it lies, how it is made, and who may use it at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from git import Git
from git.exc import GitCommandNotFound

from domain.repository import GitProblem, ProblemKind
from storage.git.access import over_http, over_ssh
from storage.git.failure import GitFailure, fail, local_output
from storage.git.process import Runner

P = ParamSpec("P")
T = TypeVar("T")

# `merge-tree --write-tree` came with 2.38.
MINIMUM_GIT = (2, 38)

# Shows that a folder is a mirror of ours, which may be thrown away.
_MARK = "naru-mirror"
_POLL = timedelta(milliseconds=50)


@dataclass(frozen=True, kw_only=True)
class Mirror:
    """`path` is a folder of our own, made when first used; `remote_url` the only remote ever spoken to.

    `allow_local` lets the remote be a folder or plain HTTP, for the demo and for tests. `limit` is the time
    that one git command may take, `first_limit` the one for fetching everything for the first time. `token`
    signs in over HTTPS as `user`; it goes to git through the environment only. `ssh_key` and
    `known_hosts` are files for remotes over ssh. In a `dry_run` every action reads the remote, works out
    what it would do, and pushes nothing.
    """

    path: Path
    remote_url: str
    allow_local: bool = False
    limit: timedelta = timedelta(minutes=2)
    first_limit: timedelta = timedelta(minutes=10)
    user: str = "x-access-token"
    token: str = field(default="", repr=False)
    ssh_key: Path | None = None
    known_hosts: Path | None = None
    dry_run: bool = False


def git_version() -> tuple[int, ...] | None:
    """The version of the installed git, or None where there is none."""
    try:
        return Git().version_info
    except GitCommandNotFound:
        return None


@contextmanager
def opened(mirror: Mirror) -> Iterator[Runner]:
    """The mirror for the caller alone, made or mended where needed. Raises GitFailure.

    The lock is the operating system's, so it ends with whoever holds it; files with which git locked parts
    of the mirror and that are still there then belong to nobody.
    """
    mirror.path.mkdir(parents=True, exist_ok=True)
    with _locked(mirror) as lock:
        _remove_stale_locks(mirror.path)
        runner = _runner(mirror, lock)
        _prepare(mirror, runner)
        yield runner


def told_as_value(
    function: Callable[Concatenate[Mirror, P], T],
) -> Callable[Concatenate[Mirror, P], T | GitProblem]:
    """The function with its GitFailure as a returned GitProblem.

    A broken mirror is thrown away at once: all of it is on the remote, and the next asking makes it anew.
    """

    @wraps(function)
    def safe(mirror: Mirror, /, *args: P.args, **kwargs: P.kwargs) -> T | GitProblem:
        try:
            return function(mirror, *args, **kwargs)
        except GitFailure as failure:
            if failure.problem.kind is ProblemKind.MIRROR_BROKEN:
                _throw_away(mirror)
            return failure.problem

    return safe


def _throw_away(mirror: Mirror) -> None:
    with suppress(GitFailure), _locked(mirror):
        if (mirror.path / _MARK).exists():
            shutil.rmtree(mirror.path)


def _remove_stale_locks(path: Path) -> None:
    for stale in (*path.glob("*.lock"), *path.glob("refs/**/*.lock"), *path.glob("objects/info/**/*.lock")):
        stale.unlink(missing_ok=True)


@contextmanager
def _locked(mirror: Mirror) -> Iterator[int]:
    descriptor = os.open(mirror.path.with_name(f"{mirror.path.name}.naru"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor, time.monotonic() + mirror.limit.total_seconds())
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise fail(ProblemKind.TIMEOUT, detail="the mirror is in use") from None
            time.sleep(_POLL.total_seconds())
        else:
            return


def _runner(mirror: Mirror, lock: int) -> Runner:
    access = over_http(mirror.remote_url, mirror.user, mirror.token)
    ssh = over_ssh(mirror.ssh_key, mirror.known_hosts)
    return Runner(
        path=mirror.path,
        protocols="https:ssh:file:http" if mirror.allow_local else "https:ssh",
        limit=mirror.limit,
        first_limit=mirror.first_limit,
        lock=lock,
        dry_run=mirror.dry_run,
        access=replace(access, environment={**access.environment, **ssh}),
    )


def _prepare(mirror: Mirror, runner: Runner) -> None:
    if not (mirror.path / "HEAD").exists():
        local_output(runner.run("init", "--quiet", "--bare", "--template="))
        (mirror.path / _MARK).touch()
    known = runner.run("config", "--get", "remote.origin.url")
    if known.code not in {0, 1}:
        local_output(known)
    if known.text != mirror.remote_url:
        local_output(runner.run("config", "remote.origin.url", mirror.remote_url))
