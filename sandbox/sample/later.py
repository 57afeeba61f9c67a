"""What happens on the shop's develop after v1.5.0: the work for v1.6.0."""

from __future__ import annotations

from datetime import datetime, timedelta

from sandbox.fast_import import Drop, Entry
from sandbox.sample.files import ENV_1_6, module
from sandbox.sample.people import DANIEL, EMMA, JUNHO, MINJAE, PRIYA

_MERGE = """\
Merge pull request #252 from naru-demo/feature/recommendations

추천 상품 / Recommended products
"""


def towards_1_6(start: datetime) -> tuple[Entry | Drop, ...]:
    """Commits in the two days after `start` on develop as it then is."""

    def at(hours: int) -> datetime:
        return start + timedelta(hours=hours)

    model = {"shop/recommend.py": module("Recommendations", "recommend")}
    clicks = {"shop/clicks.py": module("Clicks", "record"), ".env.example": ENV_1_6}
    return (
        Entry(
            "feature/recommendations",
            EMMA,
            at(1),
            "feat(recommend): 함께 산 상품을 추천한다",
            model,
            start="develop",
        ),
        Entry("feature/recommendations", EMMA, at(5), "feat(recommend): record clicks", clicks),
        Entry(
            "develop",
            MINJAE,
            at(6),
            "fix(cart): 담은 상품이 품절되면 알린다 (#250)",
            {"shop/stock.py": module("Stock", "tell_sold_out")},
        ),
        Entry(
            "develop",
            DANIEL,
            at(8),
            "test(wishlist): cover price drops (#251)",
            {"tests/test_wishlist.py": module("Wishlist tests", "price_drop")},
        ),
        Entry("develop", JUNHO, at(22), _MERGE, {**model, **clicks}, merges="feature/recommendations"),
        Drop("feature/recommendations"),
        Entry(
            "develop",
            EMMA,
            at(25),
            "perf(recommend): cache recommendations for an hour (#253)",
            {"shop/recommend_cache.py": module("Recommendation cache", "remember")},
        ),
        Entry(
            "develop",
            PRIYA,
            at(27),
            "chore(alerts): 추천 서비스의 오류율 경보를 추가한다 (#254)",
            {"ci/alerts.yml": "recommend_errors: 1%\n"},
        ),
    )


def hotfix_work(start: datetime) -> Entry:
    """A fix on develop that a hotfix can carry into production."""
    return Entry(
        "develop",
        EMMA,
        start,
        "fix(payment): 해외 카드 결제가 거절되던 문제를 고친다 (#260)\n\nCloses: #259",
        {"shop/foreign_cards.py": module("Foreign cards", "accept")},
    )
