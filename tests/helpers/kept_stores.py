"""Stores as each released layout of the tables had them, kept as JSON, and made again on either kind of database.

    python tests/helpers/kept_stores.py

writes the one of today's layout. A layout that was released is never written again.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from paths import CASES
from sqlalchemy import Connection, Engine, MetaData, insert, select, text
from stores import KEY, NEXT, Room, begun, by, completed, done, said

from screener.records.erasing import erase
from screener.records.store import migrations
from screener.records.store.engines import embedded, on_server
from screener.records.store.opening import KEY_LAYOUTS, RECORD_LAYOUTS, Store, close, secrets_of
from screener.records.writing import complete, keep

FOLDER = CASES / "stores"
#: The folders of steps, and the schemas on a server.
SIDES = {"records": "screener", "record_keys": "screener_keys"}
#: What everybody said, and what those said then who changed it.
FIRST = said(itch="yes", note="Ünder 🧴", creams=["mild", "acid"])._replace(text="Summary\n", data_sha256="0" * 64)
SECOND = FIRST._replace(reason="a slip")


class KeptStore(NamedTuple):
    """The layout of each side, and the rows of each table."""

    layouts: dict[str, str]
    rows: dict[str, dict[str, list[dict[str, Any]]]]


def kept() -> dict[str, KeptStore]:
    """All that are kept, by name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.json"))}


def _read(path: Path) -> KeptStore:
    def bytes_again(found: dict[str, Any]) -> Any:
        return bytes.fromhex(found["hex"]) if found.keys() == {"hex"} else found

    return KeptStore(**json.loads(path.read_text("utf-8"), object_hook=bytes_again))


def make(room: Room, kept_store: KeptStore) -> None:
    """Make the store again, laid out as it was."""
    room.folder.mkdir(exist_ok=True)
    secrets = secrets_of(KEY)
    files = {"records": (room.records, secrets.records), "record_keys": (room.keys, secrets.keys)}
    for side, schema in SIDES.items():
        engine = on_server(room.url, schema) if room.url else embedded(*files[side], makes=True)
        with engine.begin() as connection:
            if room.url:
                connection.execute(text(f"CREATE SCHEMA {schema}"))
            command.upgrade(steps(side, connection), kept_store.layouts[side])
            _fill(connection, kept_store.rows[side])
        engine.dispose()


def _fill(connection: Connection, rows: dict[str, list[dict[str, Any]]]) -> None:
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        if table.name != "alembic_version" and rows[table.name]:
            connection.execute(insert(table), rows[table.name])


def steps(side: str, connection: Connection | None = None) -> Config:
    """Where the steps of a side are, for Alembic."""
    folder = Path(migrations.__file__).parent
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder / side))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def layouts(side: str) -> list[str]:
    """Every layout that the steps lead through, oldest first."""
    script = ScriptDirectory.from_config(steps(side))
    return [step.revision for step in script.walk_revisions()][::-1]


def fill(store: Store) -> None:
    """Somebody in each state, with all that is kept of a person."""
    FIRST = said(itch="yes", note="Ünder 🧴", creams=["mild", "acid"])._replace(text="Summary\n", data_sha256="0" * 64)
    completed(store, "complete", by(0), FIRST)
    amended = completed(store, "amended", by(1), FIRST)
    complete(store, by(2), keep(store, by(2), amended, SECOND), SECOND, done("doctor-first", NEXT, "amended"))
    amending = completed(store, "amending", by(3), FIRST)
    keep(store, by(4), amending, SECOND)
    begun(store, "unfinished", by(5), FIRST)
    erase(store, by(7), [completed(store, "erased", by(6), FIRST).record], "erased")


def _dumped(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    tables = MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }


def write() -> Path:
    """Keep a store of today's layout."""
    with tempfile.TemporaryDirectory() as folder:
        store = Room(Path(folder) / "store").make()
        fill(store)
        rows = {"records": _dumped(store.records), "record_keys": _dumped(store.keys)}
        close(store)
    today = {"records": RECORD_LAYOUTS[-1], "record_keys": KEY_LAYOUTS[-1]}
    path = FOLDER / f"{'-'.join(today.values())}.json"
    path.parent.mkdir(exist_ok=True)
    plain = json.dumps(
        {"layouts": today, "rows": rows}, indent=1, ensure_ascii=False, default=lambda one: {"hex": one.hex()}
    )
    path.write_text(plain + "\n", "utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{write().name}\n")
