"""What a policy says of branches beside the main lines."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from domain.calendar.fields import Rule
from domain.durations import Duration


class BranchRules(Rule):
    """Trunk-based: a branch older than `stale_after`, and `many` or more active ones, are told of."""

    stale_after: Duration = timedelta(days=2)
    many: Annotated[int, Field(ge=2, le=1000)] = 3
