"""The API's history (trunk-based): tags on main, short branches, v2.8.1 in production."""

from __future__ import annotations

from sandbox.fast_import import Entry
from sandbox.sample.files import module
from sandbox.sample.people import EMMA, JUNHO, MINJAE, PRIYA, kst

STEPS: tuple[Entry, ...] = (
    Entry(
        "main",
        JUNHO,
        kst(1, 12, 10),
        "feat: orders and products over HTTP",
        {
            "README.md": "# api\n\nThe public API of Naru Demo.\n",
            "api/orders.py": module("Orders", "list_orders"),
        },
        tag="v2.7.0",
        tag_message="v2.7.0",
    ),
    Entry(
        "main",
        EMMA,
        kst(1, 29, 19),
        "feat(webhooks): tell partners about shipped orders (#71)",
        {"api/webhooks.py": module("Webhooks", "shipped")},
        tag="v2.8.0",
        tag_message="v2.8.0",
    ),
    Entry(
        "main",
        MINJAE,
        kst(2, 10, 11),
        "fix(orders): 취소된 주문이 목록에 두 번 나오지 않게 한다 (#74)",
        {"api/orders.py": module("Orders", "list_orders", "without_doubles")},
        tag="v2.8.1",
        tag_message="v2.8.1",
    ),
    Entry(
        "main",
        EMMA,
        kst(2, 17, 18),
        "feat(products): filter by category (#76)",
        {"api/products.py": module("Products", "by_category")},
    ),
    Entry(
        "main",
        PRIYA,
        kst(2, 19, 16),
        "ci: sign the images (#77)",
        {"ci/sign.yml": "sign: true\n"},
    ),
    Entry(
        "main",
        MINJAE,
        kst(2, 24, 15),
        "fix(security): 웹훅 서명을 일정한 시간에 비교한다 (#79)",
        {"api/webhooks.py": module("Webhooks", "shipped", "compare")},
    ),
    Entry(
        "main",
        EMMA,
        kst(2, 26, 20),
        "perf(orders): page with a cursor (#80)",
        {"api/orders.py": module("Orders", "list_orders", "without_doubles", "cursor")},
    ),
)
