"""What the proofs share: as many fresh databases as they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NewUrl = Callable[[], Any]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """A new migrated database each time it is called, gone after the `with`."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres").database
    template: Path = request.getfixturevalue("migrated_sqlite")
    numbers = iter(range(10**6))

    @contextmanager
    def fresh() -> Iterator[str]:
        path = tmp_path / f"naru{next(numbers)}.db"
        path.write_bytes(template.read_bytes())
        yield f"sqlite:///{path}"
        path.unlink()

    return fresh
