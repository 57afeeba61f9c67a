"""A GitHub on this machine: the endpoints that are used, with its habits; what it is asked is recorded."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
NAME = "acme/shop"
ZERO = "0" * 40


def sha(number: int, push: int = 0) -> str:
    """The head of a pull request after so many pushes."""
    return hashlib.sha1(f"{number}/{push}".encode(), usedforsecurity=False).hexdigest()


@dataclass
class Pull:
    number: int
    title: str
    base: str = "develop"
    labels: tuple[str, ...] = ()
    files: tuple[str, ...] = ("src/app.py",)
    sha: str = ""
    open: bool = True

    def __post_init__(self) -> None:
        self.sha = self.sha or sha(self.number)

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "title": self.title,
            "state": "open",
            "head": {"ref": f"feature/{self.number}", "sha": self.sha},
            "base": {"ref": self.base},
            "labels": [{"id": n, "name": name} for n, name in enumerate(self.labels)],
            "user": {"login": "octocat"},
        }


@dataclass
class GitHub:
    """`faults` says by a part of the path what goes wrong; `asked` are method, path and status in order.

    `statuses` are those of each commit, the newest last; `queues` are the branches of merge queues. Of so many
    dispatches that arrive the answer is lost (`loses_answers`), by the fault `lost_as`.
    """

    url: str = ""
    token: str = TOKEN
    pulls: dict[int, Pull] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    statuses: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    queues: dict[str, str] = field(default_factory=dict)
    elsewhere: str = "https://evil.example/x"
    runs: list[dict[str, Any]] = field(default_factory=list)
    dispatched: list[dict[str, Any]] = field(default_factory=list)
    unlisted: bool = False
    loses_answers: int = 0
    lost_as: str = "cut"
    on_dispatch: Callable[[], None] | None = None
    heeds_cancels: bool = True

    def add(self, number: int, title: str, **facts: Any) -> Pull:
        self.pulls[number] = Pull(number, title, **facts)
        return self.pulls[number]

    def enqueue(self, number: int, onto: str) -> str:
        """The pull request in the merge queue of its base, upon a commit; returns the commit of its own."""
        base, made = self.pulls[number].base, sha(number, 99)
        self.queues[f"gh-readonly-queue/{base}/pr-{number}-{onto}"] = made
        return made

    def state(self, commit: str) -> str:
        return (self.statuses.get(commit) or [{"state": "none"}])[-1]["state"]

    def push(self, number: int, times: int = 1) -> None:
        self.pulls[number].sha = sha(number, times)

    def marks(self) -> dict[int, str]:
        """The state of every open pull request's head, by number."""
        return {number: self.state(pull.sha) for number, pull in self.pulls.items() if pull.open}

    def text(self, number: int) -> str:
        return self.statuses[self.pulls[number].sha][-1]["description"]

    def news(self) -> list[tuple[str, str, int]]:
        """What was asked since it was looked at last."""
        found, self.asked = self.asked, []
        return found

    # --- answering ----------------------------------------------------------------------------------------

    async def answer(self, request: web.Request) -> web.StreamResponse:
        response = await self._answer(request)
        self.asked.append((request.method, request.path_qs, response.status))
        return response

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        for part, fault in self.faults.items():
            if part in request.path_qs and not request.path.startswith("/moved"):
                return await self._fault(request, fault)
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.json_response({"message": "Bad credentials"}, status=401)
        path = request.path.removeprefix("/moved")
        if path == "/graphql":
            return web.json_response(self._titles((await request.json())["query"]))
        if not path.startswith(f"/repos/{NAME}/"):
            return web.json_response({"message": "Not Found"}, status=404)
        rest = path.removeprefix(f"/repos/{NAME}/")
        if rest.startswith("actions/"):
            return await self._actions(request, rest.removeprefix("actions/"))
        if request.method == "GET":
            return self._read(request, rest)
        if request.method == "POST" and rest.startswith("statuses/"):
            return self._mark(rest.removeprefix("statuses/"), await request.json())
        return web.json_response({"message": "Not Found"}, status=404)

    async def _actions(self, request: web.Request, rest: str) -> web.StreamResponse:
        """Workflow `deploy.yml`, whose runs bear the input `deployment` in their title."""
        if rest == "workflows/deploy.yml/dispatches":
            return await self._dispatch(request)
        if rest == "workflows/deploy.yml/runs":
            assert request.query["event"] == "workflow_dispatch"
            assert re.fullmatch(r">=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", request.query["created"])
            shown = [] if self.unlisted else self.runs
            return web.json_response({"total_count": len(shown), "workflow_runs": shown})
        found = re.fullmatch(r"runs/(\d+)(/cancel)?", rest)
        run = next((one for one in self.runs if found and one["id"] == int(found[1])), None)
        if run is None or found is None:
            return web.json_response({"message": "Not Found"}, status=404)
        if found[2] and request.method == "POST":
            if self.heeds_cancels:
                run |= {"status": "completed", "conclusion": "cancelled"}
            return web.json_response({}, status=202)
        return web.json_response(run)

    async def _dispatch(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if body["ref"] != "main":
            return web.json_response({"message": "No ref found for: " + body["ref"]}, status=422)
        self.dispatched.append(body)
        number = len(self.dispatched)
        self.runs.insert(
            0,
            {
                "id": 700 + number,
                "name": "Deploy",
                "display_title": f"Deploy {body['inputs']['deployment']}",
                "status": "queued",
                "conclusion": None,
                "html_url": f"https://github.example/{NAME}/actions/runs/{700 + number}",
            },
        )
        if self.loses_answers:
            self.loses_answers -= 1
            return await self._fault(request, self.lost_as)
        if self.on_dispatch is not None:
            self.on_dispatch()
        return web.Response(status=204)

    def _read(self, request: web.Request, rest: str) -> web.Response:
        if rest == "pulls":
            return _answered(request, self._pulls(request))
        if rest.startswith("git/matching-refs/heads/"):
            return _answered(request, self._refs(rest.removeprefix("git/matching-refs/heads/")))
        if rest.startswith("compare/"):
            return self._compare(rest)
        if found := re.fullmatch(r"commits/([0-9a-f]+)/status", rest):
            return _answered(request, self._status(found[1]))
        return web.json_response({"message": "Not Found"}, status=404)

    def _pulls(self, request: web.Request) -> list[dict[str, Any]]:
        asked = request.query
        size, page = int(asked["per_page"]), int(asked.get("page", "1"))
        mine = [p for p in self.pulls.values() if p.open and asked.get("base", p.base) == p.base]
        return [p.as_json() for p in mine[(page - 1) * size : page * size]]

    def _refs(self, prefix: str) -> list[dict[str, Any]]:
        found = {name: made for name, made in self.queues.items() if name.startswith(prefix)}
        return [
            {"ref": f"refs/heads/{name}", "object": {"type": "commit", "sha": made}}
            for name, made in found.items()
        ]

    def _compare(self, rest: str) -> web.Response:
        base, _, head = rest.removeprefix("compare/").rpartition("...")
        found = next((p for p in self.pulls.values() if p.sha == head and p.base == base), None)
        if found is None:
            return web.json_response({"message": "Not Found"}, status=404)
        files = []
        for name in found.files[:300]:
            new, _, old = name.partition(" < ")
            files.append({"filename": new} | ({"previous_filename": old} if old else {}))
        return web.json_response({"status": "ahead", "files": files})

    def _status(self, commit: str) -> dict[str, Any]:
        newest = {status["context"]: status for status in self.statuses.get(commit, [])}
        return {"sha": commit, "statuses": list(newest.values())}

    def _mark(self, commit: str, body: dict[str, str]) -> web.Response:
        assert set(body) <= {"state", "context", "description", "target_url"}, body
        assert len(body["description"]) <= 140
        if commit == ZERO or commit in self.unknown:
            return web.json_response({"message": f"No commit found for SHA: {commit}"}, status=422)
        self.statuses.setdefault(commit, []).append(body)
        return web.json_response({"id": 1} | body, status=201)

    def _titles(self, query: str) -> dict[str, Any]:
        numbers = [int(n) for n in re.findall(r"pullRequest\(number: (\d+)\)", query)]
        found = {n: self.pulls[n] for n in numbers if n in self.pulls}
        told = {
            f"p{n}": {"title": p.title, "labels": {"nodes": [{"name": one} for one in p.labels]}}
            for n, p in found.items()
        }
        missing = [n for n in numbers if n not in found]
        errors = [{"type": "NOT_FOUND", "path": ["repository", f"p{n}"], "message": "no"} for n in missing]
        data = {"repository": told | dict.fromkeys(f"p{n}" for n in missing)}
        return {"data": data} | ({"errors": errors} if errors else {})

    async def _fault(self, request: web.Request, fault: str) -> web.StreamResponse:
        match fault:
            case "slow":
                await asyncio.sleep(30)
            case "html":
                return web.Response(text=f"<html>maintenance {self.token}</html>", content_type="text/html")
            case "huge":
                return await _huge(request)
            case "cut":
                assert request.transport is not None
                request.transport.close()
            case "away" | "moved" | "round":
                where = {
                    "away": self.elsewhere,
                    "moved": f"/moved{request.path_qs}",
                    "round": request.path_qs,
                }
                return web.Response(status=302, headers={"Location": where[fault]})
            case _:
                return _refusal(fault, self.token)
        return web.Response()


def _answered(request: web.Request, found: object) -> web.Response:
    """Nothing but its ETag when it is as it was."""
    body = json.dumps(found, ensure_ascii=False).encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()}"'
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers={"ETag": etag})
    return web.Response(body=body, content_type="application/json", headers={"ETag": etag})


def _refusal(fault: str, token: str) -> web.Response:
    """A limit by its name, else a status; GitHub never tells the token, a proxy might."""
    match fault:
        case "retry":
            return web.json_response({}, status=429, headers={"Retry-After": "7"})
        case "secondary":
            told = {"message": "You have exceeded a secondary rate limit."}
            return web.json_response(told, status=403)
        case "spent":
            headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"}
            return web.json_response({}, status=403, headers=headers)
        case "limited":
            return web.json_response({"errors": [{"type": "RATE_LIMITED"}]})
        case _:
            return web.json_response({"message": token}, status=int(fault))


async def _huge(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    with suppress(ConnectionError):  # whoever asked has had enough
        for _ in range(400):
            await response.write(b" " * 65_536)
    return response


@asynccontextmanager
async def github() -> AsyncIterator[GitHub]:
    """On a port of its own."""
    found = GitHub()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", found.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()
