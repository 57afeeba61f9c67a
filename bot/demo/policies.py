"""The policy files of the demo's two projects, as a team would write them."""

from __future__ import annotations

from pathlib import Path

SHOP = """\
# Everything that is not said here is Naru's default.
project: shop
name: {{ko: 상점, en: Shop}}
channel: "#releases-shop"
language: {language}
zone: Asia/Seoul
repository:
  url: {url}
  flow: git_flow
owners: [U0HANEUL01, U0JUNHO002]
roles:
  release_manager: {{groups: [S0APPROVE1]}}
  tech_lead: {{users: [U0JUNHO002]}}
  pm: {{users: [U0SORA0003]}}
  qa_lead: {{users: [U0DANIEL04]}}
  devops: {{users: [U0PRIYA005]}}
  oncall: {{users: [U0PRIYA005, U0EMMA0007]}}
  dba: {{users: [U0JUNHO002]}}
  incident_commander: {{users: [U0MINJAE06]}}
  implementation_manager: {{users: [U0HANEUL01]}}
core_functions: [{core_functions}]
announcements:
  urgent_ahead: ["#releases-api"]
rollback:
  contacts:
    - {{role: {oncall}, name: Priya Nair, user: U0PRIYA005, phone: "+82 2 0000 0101"}}
    - {{role: {database}, name: 이준호, user: U0JUNHO002, phone: "+82 2 0000 0102"}}
"""

API = """\
project: api
name: {{ko: API, en: API}}
channel: "#releases-api"
language: en
zone: Europe/Berlin
repository:
  url: {url}
  flow: trunk
owners: [U0JUNHO002]
roles:
  release_manager: {{users: [U0ALEX0008, U0HANEUL01]}}
  tech_lead: {{users: [U0JUNHO002]}}
  pm: {{users: [U0SORA0003]}}
  qa_lead: {{users: [U0DANIEL04]}}
  devops: {{users: [U0PRIYA005]}}
  oncall: {{users: [U0PRIYA005]}}
  incident_commander: {{users: [U0MINJAE06]}}
calendar:
  windows:
    - {{weekday: tuesday, from: "09:00", to: "16:00"}}
    - {{weekday: thursday, from: "09:00", to: "16:00"}}
"""


WORDS = {
    "ko": {"core_functions": "로그인, 장바구니, 결제", "oncall": "온콜", "database": "데이터베이스"},
    "en": {"core_functions": "sign-in, cart, payment", "oncall": "on-call", "database": "database"},
}


def write_policies(folder: Path, *, shop: Path, api: Path, language: str) -> Path:
    """Write both files, unless somebody has edited them already; returns the folder for NARU_POLICY."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text, remote in (("shop", SHOP, shop), ("api", API, api)):
        path = folder / f"{name}.yaml"
        if not path.exists():
            path.write_text(text.format(url=remote, language=language, **WORDS[language]), encoding="utf-8")
    return folder
