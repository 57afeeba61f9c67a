"""The frozen description of a workspace, and the one that the demo opens with."""

from __future__ import annotations

from dataclasses import dataclass

HOME_TEAM = "T0NARUDEMO"
OTHER_TEAM = "T0PARTNER1"


@dataclass(frozen=True)
class TeamSeed:
    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class UserSeed:
    """`name` is the handle; `team_id` differs from the team's for somebody of another workspace."""

    id: str
    name: str
    real_name: str
    email: str
    tz: str = "UTC"
    locale: str = "en-US"
    title: str = ""
    emoji: str = "🙂"
    color: str = "#4a154b"
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    team_id: str | None = None
    team_name: str | None = None


@dataclass(frozen=True)
class ChannelSeed:
    """`members` are handles or ids; `bot` says whether the app is in the channel from the start."""

    id: str
    name: str
    members: tuple[str, ...]
    topic: str = ""
    bot: bool = True
    is_private: bool = False
    is_general: bool = False


@dataclass(frozen=True)
class GroupSeed:
    id: str
    handle: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Seed:
    team: TeamSeed
    users: tuple[UserSeed, ...]
    channels: tuple[ChannelSeed, ...]
    groups: tuple[GroupSeed, ...] = ()
    bot_name: str = "naru"
    app_name: str = "Naru"


_PEOPLE = (
    UserSeed(
        "U0HANEUL01",
        "haneul",
        "김하늘 (Haneul Kim)",
        "haneul.kim@naru.example",
        "Asia/Seoul",
        "ko-KR",
        "Release manager",
        "🌤️",
        "#1264a3",
        is_admin=True,
    ),
    UserSeed(
        "U0JUNHO002",
        "junho",
        "이준호 (Junho Lee)",
        "junho.lee@naru.example",
        "Asia/Seoul",
        "ko-KR",
        "Tech lead",
        "🛠️",
        "#2eb67d",
    ),
    UserSeed(
        "U0SORA0003",
        "sora",
        "박소라 (Sora Park)",
        "sora.park@naru.example",
        "Asia/Seoul",
        "ko-KR",
        "Product manager",
        "🧭",
        "#ecb22e",
    ),
    UserSeed(
        "U0DANIEL04",
        "daniel",
        "Daniel Weber",
        "daniel.weber@naru.example",
        "Europe/Berlin",
        "en-US",
        "QA lead",
        "🔬",
        "#e01e5a",
    ),
    UserSeed(
        "U0PRIYA005",
        "priya",
        "Priya Nair",
        "priya.nair@naru.example",
        "Asia/Kolkata",
        "en-GB",
        "DevOps / SRE",
        "🚢",
        "#36c5f0",
    ),
    UserSeed(
        "U0MINJAE06",
        "minjae",
        "최민재 (Minjae Choi)",
        "minjae.choi@naru.example",
        "Asia/Seoul",
        "ko-KR",
        "Incident commander",
        "🚨",
        "#8d3ac0",
    ),
    UserSeed(
        "U0EMMA0007",
        "emma",
        "Emma Jones",
        "emma.jones@naru.example",
        "Europe/London",
        "en-GB",
        "Developer",
        "💻",
        "#0b8457",
    ),
    UserSeed(
        "U0ALEX0008",
        "alex",
        "Alex Rivera",
        "alex.rivera@naru.example",
        "America/New_York",
        "en-US",
        "Release manager (second)",
        "🗽",
        "#de4e2b",
    ),
    UserSeed(
        "U0GUEST009",
        "guest",
        "Nora Lind",
        "nora.lind@agency.example",
        "Europe/Stockholm",
        "en-GB",
        "Guest",
        "🎒",
        "#9a9a9a",
        is_restricted=True,
    ),
    UserSeed(
        "U0STRANGER",
        "stranger",
        "Yuki Tanaka",
        "yuki.tanaka@partner.example",
        "Asia/Tokyo",
        "en-US",
        "Partner Inc.",
        "🛰️",
        "#5c6bc0",
        team_id=OTHER_TEAM,
        team_name="Partner Inc.",
    ),
)

_STAFF = ("haneul", "junho", "sora", "daniel", "priya", "minjae", "emma", "alex")

DEMO_SEED = Seed(
    team=TeamSeed(HOME_TEAM, "Naru Demo", "naru-demo"),
    users=_PEOPLE,
    channels=(
        ChannelSeed("C0GENERAL0", "general", _STAFF, "Everybody at Naru Demo", bot=False, is_general=True),
        ChannelSeed(
            "C0RELSHOP1",
            "releases-shop",
            (*_STAFF, "guest", "stranger"),
            "Releases of the shop · 상점 릴리스",
        ),
        ChannelSeed("C0RELAPI02", "releases-api", _STAFF, "Releases of the API"),
    ),
    groups=(GroupSeed("S0APPROVE1", "release-approvers", "Release approvers", ("haneul", "alex")),),
)
