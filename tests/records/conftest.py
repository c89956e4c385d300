"""What tests of the records share: a place for a store, once as files and once on a server."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stores import Room

from screener.records.store.opening import Store

if TYPE_CHECKING:
    import servers


@pytest.fixture(params=["embedded", "server"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    """A place for a store; each test that uses it holds for files and for a server."""
    url = ""
    if request.param == "server":
        postgres: servers.Postgres = request.getfixturevalue("postgres")
        url = postgres.database()
    yield from _let_go(Room(tmp_path / "store", url))


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Room]:
    """A place for a store of files, for what only concerns these."""
    yield from _let_go(Room(tmp_path / "store"))


@pytest.fixture
def store(room: Room) -> Store:
    """A new store."""
    return room.make()


def _let_go(room: Room) -> Iterator[Room]:
    yield room
    room.close()
