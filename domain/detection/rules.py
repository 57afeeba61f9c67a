"""What a policy says of a release's scope: which files are migrations, which list environment variables."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from domain.calendar.fields import Rule
from domain.detection.places import ENVIRONMENT, MIGRATIONS
from domain.globs import Globs
from domain.repository_rules import Glob

List = Annotated[tuple[Glob, ...], Field(max_length=100)]


class ScopeRules(Rule):
    """Globs of database migrations and of files with environment variables; a list takes the place of ours.

    From more than `large_lines` changed lines on, a release is unusually large.
    """

    migrations: List = MIGRATIONS
    environment: List = ENVIRONMENT
    large_lines: Annotated[int, Field(ge=1)] = 20_000

    @cached_property
    def of_migrations(self) -> Globs:
        return Globs(self.migrations)

    @cached_property
    def of_environment(self) -> Globs:
        return Globs(self.environment)
