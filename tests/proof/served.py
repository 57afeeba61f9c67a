"""`naru serve` in processes of its own, beside a workspace of many approvers: to be pressed and killed.

`python -m tests.proof.served` is `naru serve` that answers as fast as it can: a proof has no time for Slack's
one message a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from domain.people import Role
from messages.ids import Press, Target, encode
from sandbox import Sandbox
from sandbox.delivery_http import signature
from sandbox.seed import ChannelSeed, Seed, TeamSeed, UserSeed
from tests.support.clock import START
from tests.support.world import CHANNEL, MEMBERS, OWNER, PROJECT, ROLES, TEAM, UNCOUNTED

ROOT = Path(__file__).resolve().parents[2]
VOTERS = tuple(f"U0VOTE{n:02d}" for n in range(20))
NEEDED = 12
"""So many of the voters must approve: the rest decide on an approved release."""
_STAFF = tuple(user for user in MEMBERS if user not in UNCOUNTED)
SECRET = "proof-signing-secret"


def seed() -> Seed:
    """The people of `tests.support.world` and twenty approvers, in one channel."""
    users = tuple(
        UserSeed(user, user.lower(), user.title(), f"{user.lower()}@naru.example", "Asia/Seoul", "en-US")
        for user in (*_STAFF, *VOTERS)
    )
    members = tuple(user.id for user in users)
    return Seed(
        team=TeamSeed(TEAM, "Proof", "proof"),
        users=users,
        channels=(
            ChannelSeed("C0GENERAL0", "general", members, bot=False, is_general=True),
            ChannelSeed(CHANNEL, "releases-shop", members),
        ),
    )


def policy() -> dict[str, Any]:
    """The world's policy, but that many release managers must approve."""
    roles = {role.value: {"users": list(users)} for role, users in ROLES.items()}
    roles[Role.RELEASE_MANAGER.value] = {"users": [*ROLES[Role.RELEASE_MANAGER], *VOTERS]}
    regular = {"approvals": [{"role": "release_manager", "count": NEEDED}]}
    return {
        "project": PROJECT,
        "channel": CHANNEL,
        "language": "en",
        "owners": [OWNER],
        "roles": roles,
        "types": {"regular": regular},
    }


def environment(box: Sandbox, folder: Path, database: str) -> dict[str, str]:
    """Business time stands still at START; the policy and the clock are files in the folder."""
    (folder / "policy.yml").write_text(json.dumps(policy()), "utf-8")
    course = {"origin": START.isoformat(), "rate": 0, "since": datetime.now(UTC).isoformat()}
    (folder / "clock.json").write_text(json.dumps(course), "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NARU_", "LC_"))}
    return kept | {
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "NARU_SLACK_API_URL": box.api_url,
        "NARU_SLACK_BOT_TOKEN": box.bot_token,
        "NARU_SLACK_SIGNING_SECRET": SECRET,
        "NARU_DATABASE_URL": database,
        "NARU_POLICY": str(folder / "policy.yml"),
        "NARU_STATE_DIR": str(folder / "state"),
        "NARU_CLOCK_FILE": str(folder / "clock.json"),
        "NARU_PORT": "0",
    }


@dataclass
class Served:
    """One running process."""

    process: asyncio.subprocess.Process
    url: str

    @classmethod
    async def start(cls, given: dict[str, str]) -> Served:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.proof.served",
            env=given,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
        port = line.partition("127.0.0.1:")[2].partition(".")[0]
        assert port.isdecimal(), f"it said {line!r}"
        return cls(process, f"http://127.0.0.1:{port}/slack/events")

    async def kill(self) -> None:
        """As a power cut would: nothing is finished."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        self.process.terminate()
        await asyncio.wait_for(self.process.wait(), 30)


def click(release: str, user: str, trigger: str, press: Press = Press.APPROVE) -> bytes:
    """The body of a press on the approval request of the first candidate."""
    value = encode(Target(release=release, candidate=1))
    payload = {
        "type": "block_actions",
        "trigger_id": trigger,
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "channel": {"id": CHANNEL},
        "message": {"ts": "1.1"},
        "actions": [{"action_id": press, "block_id": "b", "type": "button", "value": value}],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def signed(body: bytes) -> dict[str, str]:
    stamp = int(datetime.now(UTC).timestamp())
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": str(stamp),
        "X-Slack-Signature": signature(SECRET, stamp, body),
    }


if __name__ == "__main__":
    from bot import pacing
    from bot.cli import main

    pacing.PACED = False
    sys.argv = ["naru", "serve"]
    main()
