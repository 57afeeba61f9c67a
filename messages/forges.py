"""Why a forge could not be asked, in words: what happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from domain.forges import ForgeFault, ForgeWhy
from messages.names import word
from messages.texts import Reader

SENTENCES: Mapping[ForgeWhy, str] = {
    ForgeWhy.UNREACHABLE: word("The host cannot be reached: {detail}."),
    ForgeWhy.TIMEOUT: word("The host did not answer in time."),
    ForgeWhy.STATUS: word("The host answered with HTTP status {detail}."),
    ForgeWhy.LIMITED: word("The host wants fewer requests for now; Naru waits {detail} s."),
    ForgeWhy.NOT_UNDERSTOOD: word("The host answered with something else than its API does."),
    ForgeWhy.TOO_LARGE: word(
        "The host answered with more than 16 MiB, or has more than 3,000 pull requests."
    ),
    ForgeWhy.PRIVATE_ADDRESS: word(
        "The host {detail} has a private address here. Check the machine's name server."
    ),
    ForgeWhy.NO_TOKEN: word(
        "There is no token. Put one into a file and name it in NARU_FORGE_TOKEN_FILE; it needs to read "
        "contents and pull requests, and to write commit statuses of the repository."
    ),
    ForgeWhy.BAD_TOKEN: word(
        "The token is not taken: it is wrong, has expired or was revoked. Put a new one into the file that "
        "NARU_FORGE_TOKEN_FILE names; Naru takes it up without a restart."
    ),
    ForgeWhy.DENIED: word(
        "The token may not do this. It needs to read contents and pull requests, and to write commit "
        "statuses of the repository."
    ),
    ForgeWhy.NOT_FOUND: word(
        "The repository is not there for this token. Check repository.forge in the policy, and which "
        "repositories the token may see."
    ),
    ForgeWhy.MOVED: word(
        "The host sends on to {detail}. The repository may have been renamed: put the new name into the "
        "policy."
    ),
}


def forge_fault(reader: Reader, fault: ForgeFault) -> str:
    """Plain text."""
    return reader.t(SENTENCES[fault.why], detail=fault.detail.rstrip("."))
