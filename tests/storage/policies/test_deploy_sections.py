"""What is wrong in the sections on rollouts, deployers, health, checklists and criteria, word by word."""

from __future__ import annotations

import pytest

from domain.criteria.rules import Profile
from domain.policy_errors import Why
from messages.policy_errors import policy_error, why
from messages.texts import Reader
from storage.policies import PolicyErrors, parse

EN, KO = Reader("en", "UTC"), Reader("ko", "UTC")
LEAST = "project: shop\nchannel: C0SHOP\n"
WRONG = [
    (
        "rollout: {canary: {steps: [{percent: 10}, {percent: 50}]}}\n",
        Why.ROLLOUT_NOT_WHOLE,
        "shop.yml:3:27 rollout.canary.steps: The last step has to reach all users: write percent 100.",
        "마지막 단계는 모든 사용자에게 제공되어야 합니다: `percent: 100`으로 적어 주십시오.",
    ),
    (
        "rollout: {canary: {steps: [{percent: 50}, {percent: 10}, {percent: 100}]}}\n",
        Why.ROLLOUT_NOT_RISING,
        "shop.yml:3:27 rollout.canary.steps: Each step reaches more users than the one before: 10 does not come after 50.",
        "각 단계는 앞 단계보다 더 많은 사용자에게 제공되어야 합니다. 순서를 확인해 주십시오: 50 다음 10",
    ),
    (
        "rollout: {go_on: when_fine, health: []}\n",
        Why.ROLLOUT_UNWATCHED,
        "shop.yml:3:10 rollout: What goes on by itself is watched by at least one metric: fill “health”, or go on by_hand.",
        "스스로 다음 단계로 넘어가려면 지표를 하나 이상 지켜봐야 합니다. `health`를 채우거나 by_hand로 적어 주십시오.",
    ),
    (
        "rollout: {big_bang: {downtime: 0m, announce_before: 1h}}\n",
        Why.ROLLOUT_NO_DOWNTIME,
        "shop.yml:3:21 rollout.big_bang: A downtime of nothing cannot be announced: write how long it lasts in “downtime”, or leave out “announce_before”.",
        "중단 시간이 없으면 안내할 수 없습니다. `downtime`에 얼마나 걸리는지 적거나 `announce_before`를 빼 주십시오.",
    ),
    (
        "rollout: {go_on: when_fine, health: [eror_rate]}\n",
        Why.METRIC_UNKNOWN,
        "shop.yml:3:38 rollout.health[0]: Nothing measures “eror_rate”: a rollout would wait for it for ever. Write a metric of the section “health”. Did you mean “error_rate”?",
        "“eror_rate”은(는) 측정하는 곳이 없어 배포가 끝없이 기다리게 됩니다. “health”에 있는 지표를 적어 주십시오. 혹시 “error_rate”?",
    ),
    (
        "types: {feature: {rollout_rules: {health: [orders]}}}\n",
        Why.METRIC_UNKNOWN,
        "shop.yml:3:44 types.feature.rollout_rules.health[0]: Nothing measures “orders”: a rollout would wait for it for ever. Write a metric of the section “health”.",
        "“orders”은(는) 측정하는 곳이 없어 배포가 끝없이 기다리게 됩니다. “health”에 있는 지표를 적어 주십시오.",
    ),
    (
        "health: {endpoints: {staging: [{url: 'https://shop.example/health', timeout: 2h}]}}\n",
        Why.OUT_OF_RANGE,
        "shop.yml:3:78 health.endpoints.staging[0].timeout: The number is out of range: it must be at most 1m.",
        "숫자가 범위를 벗어났습니다: 1m 이하이어야 합니다.",
    ),
    (
        "health: {baseline: 999999w}\n",
        Why.OUT_OF_RANGE,
        "shop.yml:3:20 health.baseline: The number is out of range: it must be at most 4w 2d.",
        "숫자가 범위를 벗어났습니다: 4w 2d 이하이어야 합니다.",
    ),
    (
        "criteria: {changes: {error_rate: {above: 5 %, sustained: 25h}}}\n",
        Why.OUT_OF_RANGE,
        "shop.yml:3:58 criteria.changes.error_rate.sustained: The number is out of range: it must be at most 1d.",
        "숫자가 범위를 벗어났습니다: 1d 이하이어야 합니다.",
    ),
    (
        "deploy: {staging: {deployer: webhook, webhook: {url: 'http://user:pw@ci.example/x'}}}\n",
        Why.DEPLOYER_ADDRESS,
        "shop.yml:3:54 deploy.staging.webhook.url: The address of a deployer begins with https:// and has no user, no password and no “?”. What it is asked with is signed by the secret that NARU_DEPLOY_SIGNING_SECRET_FILE names.",
        "배포 도구의 주소는 “https://”로 시작해야 하며, 사용자나 비밀번호, “?”를 넣을 수 없습니다. 요청은 NARU_DEPLOY_SIGNING_SECRET_FILE이 가리키는 비밀 값으로 서명합니다.",
    ),
    (
        "deploy: {staging: {deployer: webhook}}\n",
        Why.DEPLOYER_RULES,
        "shop.yml:3:19 deploy.staging: How the deployer is reached is missing: add the settings “webhook” below it.",
        "배포 도구에 연결하는 방법이 없습니다. 아래에 “webhook” 설정을 추가해 주십시오.",
    ),
    (
        "deploy: {staging: {deployer: github_actions, github_actions: {workflow: deploy.yml, inputs: {id: '{deployment}', x: '{nothing}'}}}}\n",
        Why.DEPLOY_PLACE,
        "shop.yml:3:93 deploy.staging.github_actions.inputs: Nothing is called “deployment” here.",
        "여기에는 “deployment” 항목이 없습니다.",
    ),
    (
        "deploy: {staging: {deployer: github_actions, github_actions: {workflow: deploy.yml, inputs: {x: '{version}'}}}}\n",
        Why.DEPLOY_ID,
        "shop.yml:3:93 deploy.staging.github_actions.inputs: One input of the workflow must hold the id of the deployment: Naru finds its run by it.",
        "워크플로 입력 하나에는 배포 식별자가 들어 있어야 합니다. 나루는 그것으로 실행을 찾습니다.",
    ),
    (
        "deploy: {staging: {deployer: github_actions, github_actions: {workflow: 'de ploy.yml'}}}\n",
        Why.BAD_DEPLOY_NAME,
        "shop.yml:3:73 deploy.staging.github_actions.workflow: “de ploy.yml” cannot stand here: letters, digits, dots, hyphens and underscores, without spaces.",
        "“de ploy.yml” 값은 쓸 수 없습니다. 글자, 숫자, 점, 하이픈, 밑줄만 공백 없이 적어 주십시오.",
    ),
    (
        "health: {prometheus: {url: 'ftp://x', queries: {cpu: up}}}\n",
        Why.HEALTH_ADDRESS,
        "shop.yml:3:28 health.prometheus.url: The address of a monitor begins with https:// or http://, without user or password.",
        "모니터 주소는 https:// 또는 http://로 시작하고, 사용자 이름이나 비밀번호가 없어야 합니다.",
    ),
    (
        "health: {ranges: {error_rate: 'much'}}\n",
        Why.HEALTH_RANGE,
        "shop.yml:3:9 health: “much” is not a range of error_rate. Write one like < 1 %, < 200 ms or >= 99.9 %, or off.",
        "“much” 값은 error_rate 지표의 범위가 아닙니다. < 1 %, < 200 ms, >= 99.9 %처럼 쓰거나 off라고 써 주십시오.",
    ),
    (
        "health: {ranges: {error_rate: '< 0 %'}}\n",
        Why.HEALTH_RANGE_EMPTY,
        "shop.yml:3:31 health.ranges.error_rate: No value of error_rate is ever in the range “< 0 %”: it would never be fine. Shares lie between 0 % and 100 %, times are longer than 0 ms.",
        "“< 0 %” 범위에는 error_rate 값이 들어갈 수 없어 절대 정상이 되지 않습니다. 비율은 0 %와 100 % 사이, 시간은 0 ms보다 긴 값으로 적어 주십시오.",
    ),
    (
        "health: {ranges: {error_rate: '< 60 %'}}\n",
        Why.HEALTH_RANGE_BREACHED,
        "shop.yml:3:31 health.ranges.error_rate: The range “< 60 %” of error_rate calls good what breaches the criterion “error_rate” (above 5 %). Write a range without those values, or change the criterion.",
        "“< 60 %” 범위는 error_rate 지표가 “error_rate” 기준(above 5 %)을 위반하는 값까지 정상으로 봅니다. 그 값이 빠지도록 범위를 고치거나 기준을 바꿔 주십시오.",
    ),
    (
        "health: {interval: 1s}\n",
        Why.HEALTH_INTERVAL,
        "shop.yml:3:9 health: Readings are taken every 10s at the shortest, and every 1h at the longest.",
        "측정 간격은 10s부터 1h까지 정할 수 있습니다.",
    ),
    (
        "health: {ranges: {'Err Rate': '< 1 %'}}\n",
        Why.BAD_METRIC,
        "shop.yml:3:19 health.ranges.Err Rate: “Err Rate” is not a name of a metric: it has lower-case letters, digits and _.",
        "“Err Rate” 값은 지표 이름이 아닙니다. 영문 소문자, 숫자, _만 쓸 수 있습니다.",
    ),
    (
        "checklists: {lists: {pre_release: {add: [{key: 'Bad Key', en: x}]}}}\n",
        Why.BAD_ITEM_KEY,
        "shop.yml:3:48 checklists.lists.pre_release.add[0].key: “Bad Key” is no key of an item: lower-case letters, digits and _, 40 at most.",
        "“Bad Key”: 항목의 키로 쓸 수 없어요. 영문 소문자, 숫자, _ 만 40자까지 쓸 수 있어요.",
    ),
    (
        "checklists: {lists: {pre_release: {add: [{key: mine}]}}}\n",
        Why.ITEM_TEXT,
        "shop.yml:3:42 checklists.lists.pre_release.add[0]: An item of a checklist has a text: “ko”, “en”, or both.",
        "체크리스트 항목에는 텍스트가 필요해요: “ko”, “en” 또는 둘 다.",
    ),
    (
        "checklists: {lists: {pre_release: {add: [{key: mine, section: code, en: x}, {key: mine, section: code, en: y}]}}}\n",
        Why.ITEM_TWICE,
        "shop.yml:3:13 checklists: The checklist “pre_release” has “mine” twice.",
        "체크리스트 “pre_release”에 “mine” 항목이 두 번 있어요.",
    ),
    (
        "checklists: {lists: {pre_release: {drop: [nothing]}}}\n",
        Why.ITEM_UNKNOWN,
        "shop.yml:3:13 checklists: The checklist “pre_release” has no item “nothing”.",
        "체크리스트 “pre_release”에 “nothing” 항목이 없어요.",
    ),
    (
        "checklists: {lists: {pre_release: {items: [{key: mine, en: x}], drop: [ci]}}}\n",
        Why.LIST_TWICE,
        "shop.yml:3:35 checklists.lists.pre_release: “items” replaces the whole checklist; “add” and “drop” change it. Write one of them.",
        "“items”는 체크리스트 전체를 바꾸고 “add”와 “drop”은 일부를 바꿔요. 한 가지만 쓰세요.",
    ),
    (
        "checklists: {lists: {pre_release: {add: [{key: mine, section: nowhere, en: x}]}}}\n",
        Why.LIST_SECTION_UNKNOWN,
        "shop.yml:3:13 checklists: The checklist “pre_release” has no section “nowhere”. Name it under “sections”.",
        "체크리스트 “pre_release”에 “nowhere” 구역이 없어요. “sections”에 적어 주세요.",
    ),
    (
        "criteria: {changes: {'Bad Name': {metric: error_rate, above: 1 %, class: review}}}\n",
        Why.BAD_CRITERION_NAME,
        "shop.yml:3:22 criteria.changes.Bad Name: “Bad Name” is no name of a criterion or a metric: they have lower-case letters, digits and _.",
        "“Bad Name”: 기준과 지표의 이름은 영문 소문자, 숫자, _로 씁니다.",
    ),
    (
        "criteria: {changes: {mine: {class: review, above: 1 %}}}\n",
        Why.CRITERION_SUBJECT,
        "shop.yml:3:28 criteria.changes.mine: A criterion has a “metric” or is “reported”, one of the two.",
        "기준에는 “metric”과 “reported” 중 하나만 씁니다.",
    ),
    (
        "criteria: {changes: {mine: {metric: p95_latancy, above: 3}}}\n",
        Why.CRITERION_METRIC,
        "shop.yml:3:37 criteria.changes.mine.metric: Nothing measures “p95_latancy”: its rule would never be asked. If a pipeline reports it under this name, write it in the section “health” under “ranges”, with a range or off. Did you mean “p95_latency”?",
        "“p95_latancy” 지표는 측정하는 곳이 없어 기준이 한 번도 적용되지 않습니다. 파이프라인이 이 이름으로 보고한다면 “health”의 “ranges”에 범위나 off와 함께 적어 주십시오. 혹시 “p95_latency”?",
    ),
    (
        "criteria: {changes: {p95_latency: {above: -1}}}\n",
        Why.CRITERION_NOT_A_TIME,
        "shop.yml:3:35 criteria.changes.p95_latency: -1 is never or always reached: a time is longer than 0. Times are written in seconds: 200 ms is 0.2.",
        "-1: 시간은 0보다 길어서 이 값에는 절대 이르지 않거나 언제나 이릅니다. 시간은 초로 적어 주십시오(200 ms는 0.2).",
    ),
    (
        "criteria: {changes: {mine: {reported: data, above: 1 %, class: review}}}\n",
        Why.CRITERION_REPORTED,
        "shop.yml:3:28 criteria.changes.mine: What people report has no limits: leave them out.",
        "사람이 신고하는 기준에는 한계값이 없습니다. 빼세요.",
    ),
    (
        "criteria: {changes: {mine: {metric: cpu, class: review}}}\n",
        Why.CRITERION_NO_LIMIT,
        "shop.yml:3:28 criteria.changes.mine: A limit is missing: above, at_least, below, baseline or z_score (other than 0).",
        "한계값이 없습니다. above, at_least, below, baseline, z_score(0이 아닌 값) 중 하나를 쓰세요.",
    ),
    (
        "criteria: {changes: {mine: {metric: cpu, above: 1 %, below: 2 %, class: review}}}\n",
        Why.CRITERION_BOTH_WAYS,
        "shop.yml:3:28 criteria.changes.mine: One criterion is breached above or below, not both. Write two of different names.",
        "한 기준은 위 또는 아래 한쪽만 정합니다. 이름이 다른 두 기준으로 나누세요.",
    ),
    (
        "criteria: {changes: {a: {metric: cpu, above: 50 %, class: review}, b: {metric: cpu, below: 60 %, class: review}}}\n",
        Why.CRITERION_CROSSING,
        "shop.yml:3:21 criteria.changes: “b” and “a” contradict each other: every value breaches one of them.",
        "“b”와(과) “a” 기준이 서로 어긋납니다. 어떤 값이든 둘 중 하나를 위반합니다.",
    ),
]


@pytest.mark.parametrize(
    ("rollout", "step", "nearest"),
    [
        ("{}", "canary_25", "canary_50"),
        ("{rolling: {batches: 5}}", "batch_2", "batch_2_of_5"),
        ("{blue_green: {traffic: [{percent: 100}]}}", "traffic_50", "traffic_switched"),
    ],
)
def test_a_criterion_counts_from_a_step_that_there_is(rollout: str, step: str, nearest: str) -> None:
    rows = f"rollout: {rollout}\ncriteria: {{changes: {{error_rate: {{from_step: {step}}}}}}}\n"
    with pytest.raises(PolicyErrors) as refused:
        parse(LEAST + rows, "shop.yml")
    (error,) = refused.value.errors
    assert policy_error(EN, error) == (
        f"shop.yml:4:46 criteria.changes.error_rate.from_step: No rollout of this policy has a step “{step}”: its"
        " rule would never be asked. Write canary_10, batch_2, traffic_switched and the like, as the section"
        f" “rollout” has them. Did you mean “{nearest}”?"
    )
    parse(LEAST + rows.replace(f"from_step: {step}", f"from_step: {nearest}"))


@pytest.mark.parametrize(("rows", "kind", "english", "korean"), WRONG)
def test_what_is_wrong_is_told_where_and_what_to_write(
    rows: str, kind: Why, english: str, korean: str
) -> None:
    with pytest.raises(PolicyErrors) as refused:
        parse(LEAST + rows, "shop.yml")
    (error,) = refused.value.errors
    assert (error.why, policy_error(EN, error), why(KO, error)) == (kind, english, korean)


@pytest.mark.parametrize(
    "rows",
    [
        "health: {ranges: {error_rate: '< 5 %', p95_latency: off, cpu: '< 99 %'}}\n",
        "criteria: {changes: {error_rate: {above: 0.5 %}}}\n",  # stricter than a range that nobody wrote
        "health: {ranges: {error_rate: '< 60 %'}}\ncriteria: {changes: {error_rate: {dry_run: true}}}\n",
        "health: {ranges: {error_rate: '< 60 %'}}\ncriteria: {changes: {error_rate: null}}\n",
        "health: {ranges: {orders: '> 20'}}\ncriteria: {changes: {orders: {metric: orders, above: 900}}}\n",
        "criteria: {changes: {p99: {metric: p99_latency, above: 3}}}\n",
        "criteria: {changes: {queue: {metric: queue_length, above: 900}}}\n",
        "criteria: {changes: {cart: {metric: cart_error_rate, above: 0.1}, eu: {metric: error_rate_eu, above: 0.1}}}\n",
        "criteria: {changes: {canary: {metric: canary_error_rate, above: 0.1}, up: {metric: health, below: 0.5}}}\n",
        "health: {ranges: {p95_latancy: off}}\ncriteria: {changes: {mine: {metric: p95_latancy, above: 3}}}\n",
    ],
)
def test_limits_that_go_together_are_taken(rows: str) -> None:
    assert parse(LEAST + rows, "shop.yml").project == "shop"


def test_every_profile_goes_with_the_ranges_that_are_shipped() -> None:
    for profile in Profile:
        assert parse(f"{LEAST}criteria: {{profile: {profile.value}}}\n").criteria.profile is profile


def test_a_list_has_its_end() -> None:
    items = ", ".join(f"{{key: k{n}, en: x}}" for n in range(61))
    with pytest.raises(PolicyErrors) as refused:
        parse(LEAST + f"checklists: {{lists: {{pre_release: {{items: [{items}]}}}}}}\n", "shop.yml")
    assert [why(EN, error) for error in refused.value.errors] == ["A checklist has at most 60 items."]
