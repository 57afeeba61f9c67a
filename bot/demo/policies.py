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

SERVICE = """\

# The shop is deployed by a webhook, and measured: @service@ stands in for a team's deployer and Prometheus.
types:
  regular: {rollout: canary}
rollout:
  go_on: when_fine
  canary:
    steps:
      - {percent: 10, watch: 3m, expected: 1m}
      - {percent: 50, watch: 3m, expected: 1m}
      - {percent: 100, expected: 1m}
deploy:
  staging:
    deployer: webhook
    webhook: {url: "@service@/deploy", status_url: "@service@/status"}
  production:
    deployer: webhook
    webhook: {url: "@service@/deploy", status_url: "@service@/status"}
health:
  interval: 40s
  ranges: {canary_error_rate: "< 1 %"}
  prometheus:
    url: "@service@"
    queries:
      error_rate: >-
        sum(rate(http_requests_total{app="shop",code=~"5.."}[1m]))
        / sum(rate(http_requests_total{app="shop"}[1m]))
      canary_error_rate: >-
        sum(rate(http_requests_total{app="shop",version="{version}",code=~"5.."}[1m]))
        / sum(rate(http_requests_total{app="shop",version="{version}"}[1m])) or vector(0)
      p95_latency: histogram_quantile(0.95, sum by (le) (rate(http_seconds_bucket{app="shop"}[1m])))
      cpu: avg(rate(process_cpu_seconds_total{app="shop"}[1m]))
      requests: sum(increase(http_requests_total{app="shop",version="{version}"}[1m])) or vector(0)
  endpoints:
    staging: [{url: "@service@/health/staging", field: status, equals: ok}]
    production: [{url: "@service@/health/production", field: status, equals: ok}]
  allow: ["127.0.0.1"]
criteria:
  profile: standard
  changes:
    error_rate: {sustained: 1m}
    canary_error_rate: {sustained: 1m}
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


def write_policies(
    folder: Path, *, shop: Path, api: Path, language: str, service: str = "", before: str = ""
) -> Path:
    """Write both files, unless somebody has edited them already; returns the folder for NARU_POLICY.

    `service` is the address of what the shop is deployed to and measured at; without one people deploy by
    hand. `before` is where that was the last time: files that name it name the new address.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plain = SHOP.format(url=shop, language=language, **WORDS[language])
    whole = plain + SERVICE.replace("@service@", service) if service else plain
    for name, text, older in (("shop", whole, plain), ("api", API.format(url=api), "")):
        _write(folder / f"{name}.yaml", text, instead_of=older)
    if before:
        _moved(folder / "shop.yaml", before, service)
    return folder


def _write(path: Path, text: str, *, instead_of: str = "") -> None:
    if not path.exists() or path.read_text(encoding="utf-8") == instead_of:
        path.write_text(text, encoding="utf-8")


def _moved(path: Path, before: str, service: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(before, service), encoding="utf-8")
