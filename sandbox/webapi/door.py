"""The HTTP door of the Web API: token, scope, rate, faults, then the method; every call is logged."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.activity import Activity
from sandbox.blockkit import Problem, check_message, check_view
from sandbox.errors import SlackError
from sandbox.faults import Fault, Faults
from sandbox.limits import RateLimiter
from sandbox.manifest import EVERY_SCOPE
from sandbox.model import Json
from sandbox.webapi.arguments import Arguments, read_arguments
from sandbox.webapi.method import Method
from sandbox.workspace import Workspace

CALLS_KEPT = 20_000


@dataclass(frozen=True)
class ApiCall:
    """One call as it was answered; `fault` when one of the switched-on faults hit it."""

    method: str
    args: Json
    ok: bool
    error: str | None = None
    fault: Fault | None = None
    at: float = 0.0


@dataclass(frozen=True)
class Violation:
    """A message or view that Block Kit refuses."""

    method: str
    problem: Problem
    args: Json


@dataclass
class Door:
    """`enforce_rates` applies Slack's real limits; faults answer 429 without it as well."""

    workspace: Workspace
    methods: dict[str, Method]
    activity: Activity
    bot_token: str
    app_token: str
    faults: Faults = field(default_factory=Faults)
    limiter: RateLimiter = field(default_factory=RateLimiter)
    enforce_rates: bool = False
    calls: deque[ApiCall] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    violations: list[Violation] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        with self.counted():
            try:
                method = self.methods.get(name)
                args = await read_arguments(request, takes_json=method is None or method.takes_json)
            except SlackError as refused:
                return self._answer(name, Arguments({}), _refusal(refused))
            fault = self.faults.for_call(name)
            if fault is not None:
                return await self._faulty(request, name, args, fault)
            if code := self.faults.refusal(name):
                return self._answer(name, args, {"ok": False, "error": code})
            return self._answer(name, args, self._run(request, name, args))

    @contextmanager
    def counted(self) -> Iterator[None]:
        self.activity.begin()
        try:
            yield
        finally:
            self.activity.end()

    async def _faulty(
        self, request: web.Request, name: str, args: Arguments, fault: Fault
    ) -> web.StreamResponse:
        if fault == "latency":
            await asyncio.sleep(self.faults.latency)
            return self._answer(name, args, self._run(request, name, args), fault)
        if fault == "rate_limit":
            return self._limited(name, args, self.faults.retry_after, fault)
        if fault == "server_error":
            self._log(name, args, {"ok": False, "error": "http_503"}, fault)
            return web.Response(
                status=503, text="<html>upstream connect error</html>", content_type="text/html"
            )
        answer: Json = {"ok": False, "error": "dropped"}
        if fault == "drop_after":
            answer = self._run(request, name, args)
        self._log(name, args, answer, fault)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    def _run(self, request: web.Request, name: str, args: Arguments) -> Json:
        try:
            method = self._allowed(request, name, args)
        except SlackError as refused:
            return _refusal(refused)
        if self.enforce_rates:
            wait = self.limiter.wait_for(name, method.per_minute, args.text("channel"))
            if wait:
                return {"ok": False, "error": "ratelimited", "_retry_after": wait}
        self._watch(name, args)
        try:
            return {"ok": True, **method.run(self.workspace, args)}
        except SlackError as refused:
            return _refusal(refused)

    def _allowed(self, request: web.Request, name: str, args: Arguments) -> Method:
        method = self.methods.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        token = token or args.text("token") or ""
        if not token:
            raise SlackError("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise SlackError("invalid_auth")
        if token != (self.app_token if method.caller == "app" else self.bot_token):
            raise SlackError("not_allowed_token_type")
        scope = method.scope(self.workspace, args) if callable(method.scope) else method.scope
        if scope is not None and method.caller == "bot" and not self.workspace.granted(scope):
            provided = ",".join(sorted(self.workspace.scopes or ()))
            raise SlackError("missing_scope", needed=scope, provided=provided)
        return method

    def _watch(self, name: str, args: Arguments) -> None:
        """Block Kit's refusals are kept, so that a test can ask that there are none."""
        try:
            blocks, view = args.parsed("blocks"), args.parsed("view")
        except SlackError:
            return
        found = check_message({"blocks": blocks}) if name.startswith("chat.") and blocks else []
        found += check_view(view) if isinstance(view, dict) else []
        self.violations += [Violation(name, p, args.values) for p in found]

    def _limited(self, name: str, args: Arguments, wait: int, fault: Fault | None) -> web.Response:
        body: Json = {"ok": False, "error": "ratelimited"}
        self._log(name, args, body, fault)
        return web.json_response(body, status=429, headers={"Retry-After": str(wait)})

    def _answer(self, name: str, args: Arguments, body: Json, fault: Fault | None = None) -> web.Response:
        wait = body.pop("_retry_after", None)
        if wait is not None:
            return self._limited(name, args, wait, fault)
        self._log(name, args, body, fault)
        scopes = ",".join(sorted(EVERY_SCOPE if self.workspace.scopes is None else self.workspace.scopes))
        return web.json_response(
            body, headers={"X-OAuth-Scopes": scopes, "X-Slack-Req-Id": f"{len(self.calls)}"}
        )

    def _log(self, name: str, args: Arguments, body: Json, fault: Fault | None) -> None:
        known = {k: v for k, v in args.values.items() if k != "token"}
        error = None if body["ok"] else body["error"]
        self.calls.append(ApiCall(name, known, body["ok"], error, fault, time.monotonic()))


def _refusal(refused: SlackError) -> Json:
    return {"ok": False, "error": refused.code, **refused.extra}
