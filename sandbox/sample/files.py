"""Contents of the sample shop's files, version by version."""

from __future__ import annotations

README = "# shop\n\nThe shop of Naru Demo: cart, payment, search and delivery.\n"
GITIGNORE = "__pycache__/\n.env\n"

ENV_1_4 = """\
DATABASE_URL=postgresql://localhost/shop
PAYMENT_API_URL=https://pay.example/v2
PAYMENT_TIMEOUT_SECONDS=10
SEARCH_INDEX=products
"""
ENV_1_5 = """\
DATABASE_URL=postgresql://localhost/shop
PAYMENT_API_URL=https://pay.example/v2
PAYMENT_TIMEOUT_SECONDS=5
SEARCH_INDEX=products
# 상품권 서비스 주소 / address of the gift card service
GIFT_CARD_API_URL=https://gift.example/v1
GIFT_CARD_DAILY_LIMIT=500000
"""
ENV_1_6 = ENV_1_5 + "RECOMMENDATION_MODEL=2026-03\n"

MIGRATION_0041 = """\
-- up
CREATE TABLE coupons (code text PRIMARY KEY, percent integer NOT NULL);
-- down
DROP TABLE coupons;
"""
MIGRATION_0042 = """\
-- up
ALTER TABLE accounts ADD COLUMN gift_card_balance bigint NOT NULL DEFAULT 0;
-- down
ALTER TABLE accounts DROP COLUMN gift_card_balance;
"""


def module(title: str, *functions: str) -> str:
    """A small Python module that is different in every version of the shop."""
    bodies = [f'def {name}():\n    """{title}: {name}."""\n    return "{name}"\n' for name in functions]
    return "\n\n".join([f'"""{title}."""\n', *bodies])
