"""A deployer that is asked by a signed request, and tells by signed callbacks how it goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import aiohttp

from bot.deployers import Job, NoAnswer, Secret
from bot.deployers.answers import judged
from bot.deployers.network import checked, connector
from bot.deployers.signing import signed
from bot.fetching import PrivateAddress
from domain.deploys.model import DeployWhy
from domain.deploys.reports import Report
from domain.deploys.rules import WebhookRules

_HEADERS = {
    "Accept": "application/json",
    # Packed bytes could unfold to any size: none are asked for, and none are unpacked.
    "Accept-Encoding": "identity",
    "Content-Type": "application/json",
    "User-Agent": "Naru",
}


class Webhook:
    """`local` allows this machine's own addresses, as in the demo and in tests."""

    polled = False

    def __init__(self, secret: Secret, *, local: bool) -> None:
        self._secret = secret
        self._local = local

    async def ask(self, job: Job) -> Report:
        body = job.facts | {"action": "deploy", "percent": job.percent, "callback": job.callback}
        return await self._posted(job, body, key=job.deployment.id)

    async def cancel(self, job: Job) -> Report:
        body = job.facts | {"action": "cancel", "callback": job.callback}
        return await self._posted(job, body, key=f"{job.deployment.id}:cancel")

    async def follow(self, job: Job) -> Report | None:
        """What is signed is the query as it stands in the address."""
        rules = _rules(job)
        if rules.status_url is None:
            return None
        query = urlencode({"id": job.deployment.id})
        headers = _HEADERS | signed(self._key(), query.encode())
        return await self._sent("GET", f"{rules.status_url}?{query}", job, headers, None)

    async def _posted(self, job: Job, body: Mapping[str, object], *, key: str) -> Report:
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        headers = _HEADERS | signed(self._key(), raw) | {"Idempotency-Key": key}
        return await self._sent("POST", _rules(job).url, job, headers, raw)

    async def _sent(
        self, method: str, url: str, job: Job, headers: Mapping[str, str], raw: bytes | None
    ) -> Report:
        rules = _rules(job)
        host = urlsplit(url).hostname or ""
        checked(host, local=self._local, private=rules.private)
        timeout = aiohttp.ClientTimeout(total=rules.timeout.total_seconds())
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector(local=self._local, private=rules.private),
                    timeout=timeout,
                    auto_decompress=False,
                    cookie_jar=aiohttp.DummyCookieJar(),
                ) as session,
                session.request(method, url, data=raw, headers=headers, allow_redirects=False) as response,
            ):
                return await judged(response, job.deployment.id)
        except TimeoutError:
            raise NoAnswer(DeployWhy.TIMEOUT, again=True, unknown=True) from None
        except aiohttp.ClientConnectorError as error:
            raise _not_connected(error, host) from None
        except (aiohttp.InvalidURL, UnicodeError):  # a name that cannot even be looked up
            raise NoAnswer(DeployWhy.UNREACHABLE, host) from None
        except (aiohttp.ClientError, OSError) as error:
            raise NoAnswer(DeployWhy.UNREACHABLE, type(error).__name__, again=True, unknown=True) from None

    def _key(self) -> bytes:
        held = self._secret()
        secret = held.get_secret_value() if held else ""
        if not secret:
            raise NoAnswer(DeployWhy.NO_SECRET)
        return secret.encode()


def _rules(job: Job) -> WebhookRules:
    if job.rules.webhook is None:
        raise NoAnswer(DeployWhy.NO_RULES)
    return job.rules.webhook


def _not_connected(error: aiohttp.ClientConnectorError, host: str) -> NoAnswer:
    """Nothing was sent."""
    if isinstance(error.os_error, PrivateAddress):
        return NoAnswer(DeployWhy.PRIVATE_ADDRESS, host)
    return NoAnswer(DeployWhy.UNREACHABLE, error.os_error.strerror or type(error).__name__, again=True)
