"""A shop that stands in for what a team deploys to and watches, with a deployer and numbers of its own."""

from __future__ import annotations

from sandbox.storefront.server import Storefront

__all__ = ["Storefront"]
