"""Which addresses a deployer may have: public ones, and those of one's own network that the policy allows."""

from __future__ import annotations

import ipaddress
import socket

import aiohttp
from aiohttp.abc import ResolveResult

from bot.deployers import NoAnswer
from bot.fetching import PrivateAddress, PublicOnly, is_public
from domain.calendar.feeds import is_loopback
from domain.deploys.model import DeployWhy


class OwnNetwork(PublicOnly):
    """Private addresses as well, but none that a machine's host answers at (169.254.…)."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        allowed = [one for one in found if _allowed(one["host"], local=self._local, private=True)]
        if not allowed:
            raise PrivateAddress(host)
        return allowed


def connector(*, local: bool, private: bool) -> aiohttp.TCPConnector:
    """Names are looked up once, and connections are made to what was found then."""
    return aiohttp.TCPConnector(resolver=OwnNetwork(local=local) if private else PublicOnly(local=local))


def checked(host: str, *, local: bool, private: bool) -> None:
    """An address in place of a name is not looked up: it is checked here. Raises NoAnswer."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return
    if not _allowed(host, local=local, private=private):
        raise NoAnswer(DeployWhy.PRIVATE_ADDRESS, host)


def _allowed(address: str, *, local: bool, private: bool) -> bool:
    if is_public(address) or (local and is_loopback(address)):
        return True
    ip = ipaddress.ip_address(address.partition("%")[0])
    return private and ip.is_private and not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)
