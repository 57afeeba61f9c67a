"""The shop's history (Git Flow) from its beginning to v1.4.2 in production."""

from __future__ import annotations

from sandbox.fast_import import Drop, Entry
from sandbox.sample.files import (
    ENV_1_4,
    GITIGNORE,
    MIGRATION_0041,
    README,
    module,
)
from sandbox.sample.people import EMMA, JUNHO, MINJAE, PRIYA, kst

Steps = tuple[Entry | Drop, ...]

BEGINNING: Steps = (
    Entry(
        "main", JUNHO, kst(1, 5, 9), "chore: 저장소를 만든다", {"README.md": README, ".gitignore": GITIGNORE}
    ),
    Entry(
        "main",
        JUNHO,
        kst(1, 6, 14),
        "feat(cart): 장바구니와 결제의 첫 버전",
        {
            "shop/cart.py": module("Cart", "add", "remove"),
            "shop/payment.py": module("Payment", "pay"),
            "shop/search.py": module("Search", "find"),
            ".env.example": ENV_1_4,
        },
        tag="v1.3.0",
        tag_message="v1.3.0",
    ),
    Entry(
        "develop",
        EMMA,
        kst(1, 9, 11),
        "feat(coupon): apply coupon codes in the cart (#201)",
        {"shop/coupon.py": module("Coupon", "apply"), "migrations/0041_create_coupons.sql": MIGRATION_0041},
        start="main",
    ),
    Entry(
        "develop",
        MINJAE,
        kst(1, 13, 16),
        "fix(search): 한글 자모가 섞인 검색어를 정규화한다 (#204)",
        {"shop/search.py": module("Search", "find", "normalize")},
    ),
    Entry(
        "main",
        JUNHO,
        kst(1, 22, 14),
        "Merge branch 'release/v1.4.0'",
        {
            "shop/coupon.py": module("Coupon", "apply"),
            "migrations/0041_create_coupons.sql": MIGRATION_0041,
            "shop/search.py": module("Search", "find", "normalize"),
        },
        merges="develop",
        tag="v1.4.0",
        tag_message="v1.4.0: coupons",
    ),
    Entry(
        "main",
        EMMA,
        kst(1, 27, 10),
        "fix(payment): 카드사 점검 시간에 결제를 다시 시도한다 (#211)",
        {"shop/payment.py": module("Payment", "pay", "retry")},
        tag="v1.4.1",
        tag_message="v1.4.1",
    ),
    Entry(
        "main",
        PRIYA,
        kst(2, 3, 15),
        "fix(delivery): round the delivery fee to whole won (#214)",
        {"shop/delivery.py": module("Delivery", "fee")},
        tag="v1.4.2",
        tag_message="v1.4.2",
    ),
    Entry(
        "develop",
        JUNHO,
        kst(2, 3, 16),
        "Merge tag 'v1.4.2' into develop",
        {"shop/payment.py": module("Payment", "pay", "retry"), "shop/delivery.py": module("Delivery", "fee")},
        merges="v1.4.2",
    ),
)
