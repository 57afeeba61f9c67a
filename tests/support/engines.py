"""What the databases of a test run share: each statement is compiled once, not once for each test."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Dialect, Engine, create_engine, event

from storage.db import engines

Compiled = tuple[Dialect, dict[Any, Any]]


def share_compiled(patch: pytest.MonkeyPatch) -> None:
    """Engines of a kind take the dialect of the first that was connected, and keep what they compile together.

    A test has a database and so an engine of its own, which would know no statement: compiling was a seventh
    of what such a test computed (measured).
    """
    known: dict[str, Compiled] = {}

    def create(url: Any, **how: Any) -> Engine:
        engine = create_engine(url, **how)
        if engine.driver in known:
            engine.dialect, compiled = known[engine.driver]
        else:
            compiled = {}

            def connected(_connection: object, _record: object) -> None:
                known.setdefault(engine.driver, (engine.dialect, compiled))

            # Only a connected dialect knows its server's version.
            event.listen(engine, "first_connect", connected)
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    patch.setattr(engines, "create_engine", create)
