"""What the shop's people put on develop after v1.4.2: the work for v1.5.0."""

from __future__ import annotations

from sandbox.fast_import import Drop, Entry
from sandbox.sample.files import ENV_1_5, MIGRATION_0042, module
from sandbox.sample.people import DANIEL, EMMA, JUNHO, MINJAE, PRIYA, kst
from sandbox.sample.shop import Steps

_BREAKING = """\
feat(api)!: return prices as objects (#219)

Prices were plain numbers; they become {amount, currency} everywhere.

BREAKING CHANGE: clients that read `price` as a number must read `price.amount`.
"""
_SECURITY = """\
fix(security): 세션 토큰을 로그에 남기지 않는다 (#228)

오류 로그에 세션 토큰이 그대로 찍히던 문제를 막는다.

Refs: SEC-31
"""
_GIFT_MERGE = """\
Merge pull request #231 from naru-demo/feature/gift-cards

상품권 결제 / Pay with gift cards
"""
_WISH_MERGE = """\
Merge pull request #236 from naru-demo/feature/wishlist

Wishlists
"""

FIRST: Steps = (
    Entry(
        "develop",
        EMMA,
        kst(2, 4, 18),
        "feat(search): suggest products while typing (#216)",
        {"shop/suggest.py": module("Suggestions", "suggest")},
    ),
    Entry(
        "develop",
        MINJAE,
        kst(2, 5, 11),
        "fix(cart): 수량을 0으로 바꾸면 항목이 사라지지 않던 문제 (#217)\n\nCloses: #198",
        {"shop/cart.py": module("Cart", "add", "remove", "set_quantity")},
    ),
    Entry(
        "develop",
        PRIYA,
        kst(2, 6, 15),
        "ci: build images for arm64 as well (#218)",
        {"ci/build.yml": "platforms: [amd64, arm64]\n"},
    ),
    Entry("develop", EMMA, kst(2, 9, 19), _BREAKING, {"shop/prices.py": module("Prices", "price_object")}),
    Entry(
        "develop",
        DANIEL,
        kst(2, 10, 17),
        "test(checkout): cover guests who pay by bank transfer (#220)",
        {"tests/test_checkout.py": module("Checkout tests", "bank_transfer")},
    ),
    Entry(
        "develop",
        JUNHO,
        kst(2, 11, 10),
        "perf(search): 상품 목록 조회를 한 번의 쿼리로 줄인다 (#221)",
        {"shop/search.py": module("Search", "find", "normalize", "find_many")},
    ),
    Entry(
        "develop",
        EMMA,
        kst(2, 12, 18),
        "fix(i18n): show prices with the thousands separator of the locale (#222)",
        {"shop/format.py": module("Formats", "price")},
    ),
    Entry(
        "feature/gift-cards",
        JUNHO,
        kst(2, 12, 14),
        "feat(gift): 상품권 잔액 열을 추가한다",
        {"migrations/0042_add_gift_card_balance.sql": MIGRATION_0042},
        start="develop",
    ),
    Entry(
        "feature/gift-cards",
        JUNHO,
        kst(2, 13, 15),
        "feat(gift): 상품권으로 결제할 수 있다",
        {"shop/gift.py": module("Gift cards", "redeem", "balance"), ".env.example": ENV_1_5},
    ),
    Entry(
        "feature/gift-cards",
        EMMA,
        kst(2, 16, 20),
        "fix(gift): refuse a gift card of another currency",
        {"shop/gift.py": module("Gift cards", "redeem", "balance", "check_currency")},
    ),
)

THEN: Steps = (
    Entry(
        "develop",
        EMMA,
        kst(2, 17, 18),
        "feat(cart): keep the cart for thirty days (#225)",
        {"shop/cart.py": module("Cart", "add", "remove", "set_quantity", "keep")},
    ),
    Entry(
        "develop",
        PRIYA,
        kst(2, 18, 16),
        "chore(deps): update the HTTP client to 4.2 (#226)",
        {"requirements.txt": "httpclient==4.2.0\n"},
    ),
    Entry(
        "develop",
        MINJAE,
        kst(2, 18, 21),
        _SECURITY,
        {"shop/logging.py": module("Logging", "without_tokens")},
    ),
    Entry(
        "develop",
        JUNHO,
        kst(2, 19, 11),
        _GIFT_MERGE,
        {
            "migrations/0042_add_gift_card_balance.sql": MIGRATION_0042,
            "shop/gift.py": module("Gift cards", "redeem", "balance", "check_currency"),
            ".env.example": ENV_1_5,
        },
        merges="feature/gift-cards",
    ),
    Drop("feature/gift-cards"),
    Entry(
        "develop",
        EMMA,
        kst(2, 20, 19),
        "docs: explain how to run the shop with gift cards (#232)",
        {"docs/gift-cards.md": "# Gift cards\n\nSet `GIFT_CARD_API_URL`.\n"},
    ),
    Entry(
        "develop",
        DANIEL,
        kst(2, 23, 18),
        "test(gift): try a gift card twice (#233)",
        {"tests/test_gift.py": module("Gift card tests", "twice")},
    ),
    Entry(
        "feature/wishlist",
        EMMA,
        kst(2, 23, 20),
        "feat(wishlist): put products on a wishlist",
        {"shop/wishlist.py": module("Wishlist", "add")},
        start="develop",
    ),
    Entry(
        "feature/wishlist",
        EMMA,
        kst(2, 24, 18),
        "feat(wishlist): tell people when a wished product is cheaper",
        {"shop/wishlist.py": module("Wishlist", "add", "notify")},
    ),
    Entry(
        "develop",
        MINJAE,
        kst(2, 24, 16),
        "fix(payment): 결제 취소가 두 번 기록되지 않게 한다 (#235)",
        {"shop/payment.py": module("Payment", "pay", "retry", "cancel_once")},
    ),
    Entry(
        "develop",
        EMMA,
        kst(2, 25, 19),
        _WISH_MERGE,
        {"shop/wishlist.py": module("Wishlist", "add", "notify")},
        merges="feature/wishlist",
    ),
    Drop("feature/wishlist"),
    Entry(
        "develop",
        JUNHO,
        kst(2, 26, 10),
        "refactor(delivery): 배송비 계산을 한 곳으로 모은다 (#237)",
        {"shop/delivery.py": module("Delivery", "fee", "rules")},
    ),
    Entry(
        "develop",
        PRIYA,
        kst(2, 26, 17),
        "fix(deploy): wait for the health check before switching traffic (#238)",
        {"ci/deploy.yml": "wait_for_health: true\n"},
    ),
    Entry(
        "develop",
        EMMA,
        kst(2, 27, 18),
        "fix(search): do not lose the page when going back (#239)",
        {"shop/search.py": module("Search", "find", "normalize", "find_many", "page")},
    ),
    Entry(
        "develop",
        EMMA,
        kst(2, 28, 11),
        "style: 코드 서식을 맞춘다 (#240)",
        {"shop/format.py": module("Formats", "price", "date")},
    ),
    Entry(
        "feature/points",
        EMMA,
        kst(2, 27, 20),
        "feat(points): collect points with every order",
        {"shop/points.py": module("Points", "collect")},
        start="develop",
    ),
)


def taking_back(breaking_sha: str) -> Entry:
    """The revert of the breaking change, as git writes it: v1.5.0 is a minor version after all."""
    message = (
        'Revert "feat(api)!: return prices as objects (#219)"\n\n'
        f"This reverts commit {breaking_sha}.\n\n"
        "앱이 아직 준비되지 않았다 / the mobile app is not ready for it yet.\n"
    )
    return Entry("develop", JUNHO, kst(2, 17, 10), message, {"shop/prices.py": None})
