"""Seeded noise: slash texts that people and attackers could type, and requests that Slack would not send."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from domain.verbs import ALIASES
from messages.ids import Form, Press, Target, encode
from sandbox.delivery_http import signature
from tests.proof.paper import FALSE_TRIGGER, PaperSlack
from tests.support.proof import run_seed
from tests.support.world import CHANNEL, MEMBERS, PROJECT, TEAM, UNCOUNTED

SECRET = "proof-signing-secret"
MOST_VALUE = 2_000  # Slack's limit for what a button holds
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

INJECTIONS = (
    "<!channel>",
    "<!here|@here>",
    "<!everyone>",
    "<!subteam^S0EVIL|@all>",
    "<@U0EVIL>",
    "<@U0EVIL|rm>",
    "<#C0EVIL|general>",
    "<https://evil.example|Approve>",
    "<!date^0^{date}|x>",
    "@channel",
    "&lt;!channel&gt;",
    "&amp;lt;!here&gt;",
    "*b* _i_ ~s~ `c` ```p```",
    "> quoted\n<!channel>",
    "${7*7} {0} %s %(x)s {release}",
    "'; DROP TABLE release; --",
    "=cmd|' /C calc'!A0",
    "--upload-pack=touch /tmp/x",
    "../../etc/passwd",
)
ODD = (
    "\x01",
    "\x1b[31m",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\U0001f680",
    "e\u0301" * 20,
    "ﷺ" * 50,
    "\x7f\x85",
    "　",
    "\t\r\n",
)
WORDS = (
    "payload",
    "ssl_check",
    "ssl_check=1",
    "payload={}",
    "command",
    "token",
    "url_verification",
    "challenge",
    "event_callback",
    "type=block_actions",
)
PLAIN = (
    "v1.5.0",
    "1.5.0",
    "v1.5.0-rc.1",
    "v999999999999999999999.0.0",
    "v0.0.0",
    "1.5",
    "v1.6.0",
    PROJECT,
    "api",
    "regular",
    "emergency",
    "hotfix",
    "feature",
    "정기",
    "긴급",
    "핫픽스",
    "검색",
    "2026-03-05",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "2026-03-05 14:00",
    "14:00",
    "25:99",
    "24:00",
    "tomorrow",
    "내일",
    "thu",
    "목요일",
    "mon 00:00-24:00",
    "fri 10:00-17:00",
    "begin",
    "lift",
    "add",
    "remove",
    "give",
    "take",
    "추가",
    "삭제",
    "release_manager",
    "qa_lead",
    "dba",
    "<@U0RM|rm>",
    "<@U0DEV>",
    "<!subteam^S0REAL|@qa>",
    "stop_rollout",
    "done",
    "started",
    "verify",
    "adopt",
    "cut_branch",
    "build_passed",
    "qa_passed",
    "approve",
    "early",
    "0",
    "-1",
    "1e309",
    "٣",
    "１２",
)


def seed_of(name: str) -> int:
    """The seed of this run, told; TEST_SEED brings an earlier one back."""
    seed = run_seed()
    print(f"{name}: TEST_SEED={seed}")  # noqa: T201 - who sees it fail needs it
    return seed


class Texts:
    """What stands after `/release`."""

    def __init__(self, random_: random.Random) -> None:
        self._random = random_
        self._verbs = sorted(ALIASES)

    def text(self) -> str:
        pick = self._random
        kind = pick.random()
        if kind < 0.04:
            return "".join(chr(1 + self._code()) for _ in range(pick.randrange(200)))
        if kind < 0.06:
            return self.word() * pick.randrange(1, 4_000 // 10)
        verb = pick.choice(self._verbs)
        if pick.random() < 0.08:
            verb = self._misspelt(verb)
        if kind < 0.10:
            return verb.upper()
        words = [self.word() for _ in range(pick.choice((0, 1, 1, 2, 2, 3, 4, 9)))]
        return pick.choice((" ", " ", " ", "  ", "\n", " ")).join([verb, *words])

    def word(self) -> str:
        pick = self._random
        pool = pick.choices((PLAIN, INJECTIONS, ODD, WORDS), (10, 3, 1, 2))[0]
        word = pick.choice(pool)
        if pick.random() < 0.03:
            return word * pick.choice((2, 50, 300))
        return f"{word}{pick.choice(INJECTIONS)}" if pick.random() < 0.05 else word

    def _misspelt(self, verb: str) -> str:
        at = self._random.randrange(len(verb))
        return verb[:at] + self._random.choice("xyz가<&") + verb[at + 1 :]

    def _code(self) -> int:
        code = self._random.choice((0x80, 0x250, 0x3000, 0xD7FE, 0x10FFFE))
        return self._random.randrange(code)


@dataclass(frozen=True)
class Raw:
    """One HTTP request. `expected` is the only status that is right, None for any below 500."""

    body: bytes
    headers: dict[str, str]
    expected: int | None = None
    what: str = ""


def signed(body: bytes, content_type: str, stamp: int | None = None) -> dict[str, str]:
    at = int(time.time()) if stamp is None else stamp
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": str(at),
        "X-Slack-Signature": signature(SECRET, at, body),
    }


class Requests:
    """Requests of people, and what becomes of them in bad hands."""

    def __init__(self, random_: random.Random, releases: list[str], slack: PaperSlack) -> None:
        self._random = random_
        self._slack = slack
        self._texts = Texts(random_)
        self._releases = releases
        self._number = 0
        self._ways: tuple[Callable[[], Raw], ...] = (
            self._mutated,
            self._mutated,
            self._mutated,
            self._mutated,
            self._form_mutated,
            self._broken_bytes,
            self._badly_signed,
            self._badly_stamped,
            self._wrong_type,
            self._doubled,
            self._deep,
            self._surrogates,
        )

    def command(self, text: str) -> dict[str, str]:
        """The fields of a slash command; one in ten has a trigger that expired."""
        pick = self._random
        return {
            "command": "/release",
            "text": text,
            "user_id": pick.choice(MEMBERS),
            "team_id": TEAM,
            "channel_id": pick.choice((CHANNEL, CHANNEL, "C0OTHER", "C0ROOM1")),
            "trigger_id": self._trigger(),
            "response_url": "http://127.0.0.1:9/commands/x",
        }

    def raw_command(self) -> Raw:
        body = urlencode(self.command(self._texts.text()), errors="replace").encode()
        return Raw(body, signed(body, FORM), what="command")

    def malformed(self) -> Raw:
        return self._random.choice(self._ways)()

    def huge(self) -> Raw:
        body = b"payload=" + b"A" * (600 * 1024)
        return Raw(body, signed(body, FORM), 413, "huge")

    # --- well formed -----------------------------------------------------------------------------

    def _trigger(self) -> str:
        self._number += 1
        kind = FALSE_TRIGGER if self._random.random() < 0.1 else "t."
        return f"{kind}{self._random.randrange(2**40)}.{self._number}"

    def payload(self) -> dict[str, Any]:
        """A payload as Slack would send it, of a random kind."""
        return self._random.choice((self._press, self._press, self._submission, self._closed, self._event))()

    def _person(self) -> dict[str, Any]:
        pick = self._random
        return {"id": pick.choice((*MEMBERS, *UNCOUNTED, "U0NOBODY")), "team_id": TEAM, "name": "x"}

    def _target(self) -> Target:
        pick = self._random
        return Target(
            release=pick.choice((*self._releases, "", "nothing")),
            candidate=pick.randrange(3),
            project=pick.choice((PROJECT, "", "nowhere")),
            room=pick.choice(("", "nothing")),
            state=pick.choice(("", "done", "started", "retarget", self._texts.word())),
            step=pick.choice(("", "verify", "nothing")),
        )

    def _press(self) -> dict[str, Any]:
        pick = self._random
        value = pick.choice((encode(self._target()), "", "{", "{}", "[]", self._texts.word(), '{"x":1}'))
        value = value if len(value) <= MOST_VALUE else ""
        action = {"type": "button", "action_id": pick.choice([*Press, "old.button"]), "value": value}
        if self._slack.actions and pick.random() < 0.5:
            action = deepcopy(pick.choice(self._slack.actions))
        return {
            "type": "block_actions",
            "trigger_id": self._trigger(),
            "user": self._person(),
            "team": {"id": TEAM},
            "channel": {"id": CHANNEL},
            "message": {"ts": "1.1"},
            "actions": [action],
        }

    def _view(self) -> dict[str, Any]:
        """A modal that was opened, or one that never was, with something in its fields."""
        pick = self._random
        view: dict[str, Any] = {
            "callback_id": pick.choice([*Form, "form.old"]),
            "private_metadata": pick.choice((encode(self._target()), "", "not json")),
            "blocks": [],
        }
        fields = pick.sample(("version", "type", "reason", "note", "text", "when", "release", "x"), 5)
        if self._slack.views and pick.random() < 0.7:
            view = deepcopy(pick.choice(self._slack.views))
            fields = [str(b["block_id"]) for b in view["blocks"] if b.get("type") == "input"]
        values = {field: {"a": self._element()} for field in fields}
        ids = {"id": f"V{pick.randrange(10**6)}", "hash": f"h{pick.randrange(10**6)}", "type": "modal"}
        return view | ids | {"state": {"values": values}}

    def _element(self) -> dict[str, Any]:
        pick = self._random
        chosen = {"value": pick.choice((self._texts.word(), "yes", "no", "regular", "hotfix", PROJECT))}
        return pick.choice(
            (
                {"type": "plain_text_input", "value": pick.choice((None, self._texts.text(), "1.7.0"))},
                {"type": "static_select", "selected_option": None},
                {"type": "static_select", "selected_option": chosen},
                {"type": "datetimepicker", "selected_date_time": pick.choice((None, 0, 1772700000, 10**15))},
                {"type": "timepicker", "selected_time": pick.choice((None, "14:00", "99:99"))},
                {"type": "users_select", "selected_user": pick.choice(("U0DEV", "U0EVIL", None))},
                {"type": "multi_users_select", "selected_users": ["U0DEV", "U0EVIL"]},
                {"type": "checkboxes", "selected_options": [{"value": "yes"}]},
            )
        )

    def _submission(self) -> dict[str, Any]:
        return {
            "type": "view_submission",
            "trigger_id": self._trigger(),
            "user": self._person(),
            "team": {"id": TEAM},
            "view": self._view(),
        }

    def _closed(self) -> dict[str, Any]:
        return {"type": "view_closed", "user": self._person(), "team": {"id": TEAM}, "view": self._view()}

    def _event(self) -> dict[str, Any]:
        pick = self._random
        events: tuple[dict[str, Any], ...] = (
            {"type": "app_home_opened", "user": pick.choice(MEMBERS), "tab": "home", "channel": "D1"},
            {
                "type": "app_mention",
                "user": pick.choice(MEMBERS),
                "channel": CHANNEL,
                "text": self._texts.text(),
            },
            {"type": "member_joined_channel", "user": "U0DEV", "channel": CHANNEL, "team": TEAM},
            {"type": "member_left_channel", "user": "U0DEV", "channel": CHANNEL, "team": TEAM},
            {"type": "user_change", "user": {"id": "U0DEV2", "team_id": TEAM, "profile": {"real_name": "x"}}},
            {"type": "team_join", "user": {"id": f"U0NEW{pick.randrange(99)}", "tz": "Mars/Olympus"}},
            {"type": "subteam_members_changed", "subteam_id": "S0REAL"},
            {"type": "subteam_updated", "subteam": {"id": "S0REAL", "users": ["U0DEV"]}},
            {"type": "message", "channel": CHANNEL, "text": "hello"},
        )
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{pick.randrange(10**9)}",
            "event": pick.choice(events),
        }

    # --- malformed -------------------------------------------------------------------------------

    def _wrapped(self, payload: object, what: str, *, ascii_: bool = True) -> Raw:
        """Events come as JSON, everything else in a form."""
        text = json.dumps(payload, ensure_ascii=ascii_)
        if isinstance(payload, dict) and "event" in payload:
            return self._as_json(text.encode("utf-8", "replace"), what)
        body = urlencode({"payload": text}, errors="replace").encode()
        return Raw(body, signed(body, FORM), what=what)

    def _as_json(self, body: bytes, what: str) -> Raw:
        return Raw(body, signed(body, JSON), what=what)

    def _junk(self) -> object:
        pick = self._random
        return pick.choice(
            (
                None,
                True,
                0,
                -1,
                10**30,
                1.5,
                float("inf"),
                float("nan"),
                "",
                [],
                {},
                [None],
                {"id": None},
                {"id": 5},
                "\x00",
                "\ud800",
                "A" * 1_500,
                self._texts.word(),
            )
        )

    def _mutated(self) -> Raw:
        """One to three nodes replaced, taken away or added anywhere in the tree."""
        payload: Any = self.payload()
        for _ in range(self._random.choice((1, 1, 2, 3))):
            payload = self._mutate(payload)
        return self._wrapped(payload, "mutated")

    def _mutate(self, value: Any) -> Any:
        pick = self._random
        value = deepcopy(value)
        nodes = [node for node in _containers(value) if node]
        if not nodes:
            return self._junk()
        node = pick.choice(nodes)
        key = pick.choice(list(node) if isinstance(node, dict) else range(len(node)))
        if pick.random() < 0.3:
            del node[key]
        else:
            node[key] = self._junk()
        return value

    def _form_mutated(self) -> Raw:
        pick = self._random
        fields: dict[str, Any] = dict(self.command(self._texts.text()))
        key = pick.choice(list(fields))
        if pick.random() < 0.5:
            del fields[key]
        else:
            fields[key] = pick.choice(("", "\x00", "A" * 9_000, self._texts.text(), "[]", "null"))
        body = urlencode(fields, errors="replace").encode()
        return Raw(body, signed(body, FORM), what="form mutated")

    def _broken_bytes(self) -> Raw:
        """Not UTF-8, cut short, a bit turned: signed all the same."""
        pick = self._random
        raw = self._wrapped(self.payload(), "broken bytes")
        body = bytearray(raw.body)
        match pick.randrange(3):
            case 0:
                body = body[: pick.randrange(len(body))]
            case 1:
                body[pick.randrange(len(body))] ^= 1 << pick.randrange(8)
            case _:
                at = pick.randrange(len(body))
                odd = pick.choice((b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\x00"))
                body[at:at] = odd if pick.random() < 0.5 else quote_from_bytes(odd).encode()
        kind = raw.headers["Content-Type"]
        return Raw(bytes(body), signed(bytes(body), kind), what="broken bytes")

    def _badly_signed(self) -> Raw:
        pick = self._random
        good = self._wrapped(self.payload(), "")
        headers = dict(good.headers)
        match pick.randrange(4):
            case 0:
                headers["X-Slack-Signature"] = "v0=" + secrets_like(pick)
            case 1:
                del headers["X-Slack-Signature"]
            case 2:
                headers["X-Slack-Signature"] = pick.choice(("", "v0=", "v1=abc", "v0=é", "A" * 5_000))
            case _:
                return Raw(good.body + b" ", headers, 401, "badly signed")
        return Raw(good.body, headers, 401, "badly signed")

    def _badly_stamped(self) -> Raw:
        pick = self._random
        good = self._wrapped(self.payload(), "")
        if pick.random() < 0.5:
            at = int(time.time()) + pick.choice((-301, -3_600, 330, 86_400, -(10**9)))
            return Raw(good.body, signed(good.body, good.headers["Content-Type"], at), 401, "badly stamped")
        stamp = pick.choice(("", "abc", "1e9", "-5", "１２３", " 17", "9" * 400, "1.5", "0x10", "nan"))
        return Raw(good.body, good.headers | {"X-Slack-Request-Timestamp": stamp}, 401, "badly stamped")

    def _wrong_type(self) -> Raw:
        pick = self._random
        good = self._wrapped(self.payload(), "")
        kind = pick.choice(
            ("text/plain", "multipart/form-data; boundary=x", "", ";;;", "application/xml", JSON, FORM)
        )
        return Raw(good.body, signed(good.body, kind), what="wrong type")

    def _doubled(self) -> Raw:
        fields = [*self.command("status").items(), ("user_id", "U0RM")]
        body = urlencode(self._random.sample(fields, len(fields))).encode()
        return Raw(body, signed(body, FORM), 400, "doubled")

    def _deep(self) -> Raw:
        depth = self._random.choice((100, 5_000, 60_000))
        opener, closer = self._random.choice((("[", "]"), ('{"a":', "}")))
        text = opener * depth + "1" + closer * depth
        if self._random.random() < 0.5:
            return self._as_json(text.encode(), "deep")
        body = urlencode({"payload": text}).encode()
        return Raw(body, signed(body, FORM), what="deep")

    def _surrogates(self) -> Raw:
        """Half characters and NULs in the strings of an otherwise good payload."""
        odd = self._random.choice(("\\ud800", "\\udc00x", "\\u0000"))
        payload = self.payload()
        leaves = [node for node in _containers(payload) if isinstance(node, dict)]
        node = self._random.choice(leaves)
        texts = [key for key, value in node.items() if isinstance(value, str) and key != "type"]
        if texts:
            node[self._random.choice(texts)] += "@@"
        text = json.dumps(payload).replace("@@", odd)
        if "event" in payload:
            return self._as_json(text.encode(), "surrogates")
        body = urlencode({"payload": text}).encode()
        return Raw(body, signed(body, FORM), what="surrogates")


def again(raw: Raw) -> Raw:
    """The same bytes once more, as a network or an attacker repeats them."""
    return replace(raw, what=f"{raw.what}, again")


def secrets_like(pick: random.Random) -> str:
    return f"{pick.getrandbits(256):064x}"


def _containers(value: Any) -> list[Any]:
    found: list[Any] = []
    if isinstance(value, dict | list):
        found.append(value)
        for inner in value.values() if isinstance(value, dict) else value:
            found += _containers(inner)
    return found
