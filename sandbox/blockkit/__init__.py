"""Block Kit's limits (reference: docs.slack.dev/reference/block-kit), as pure checks of JSON."""

from __future__ import annotations

from sandbox.blockkit.checks import Problem
from sandbox.blockkit.whole import check_blocks, check_message, check_view, view_too_large

__all__ = ["Problem", "check_blocks", "check_message", "check_view", "view_too_large"]
