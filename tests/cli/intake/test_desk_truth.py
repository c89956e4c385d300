"""What the desk's commands leave behind is what they say: copies of keys that follow, and a log of what was seen."""

from pathlib import Path

import desks
from intakes import intake, logged, taken
from sqlalchemy import select
from stores import done, said

from screener.cli.intake.export import noted
from screener.records.backing_up import opened_copy
from screener.records.finding import Sought, hold_of, resolve
from screener.records.ids import meant
from screener.records.log import entries
from screener.records.store.opening import reading
from screener.records.store.tables import record_keys, records
from screener.records.writing import complete


def test_the_copy_of_the_keys_follows_while_somebody_reads(new_store: Path, tmp_path: Path) -> None:
    """Erasing that can't be finished yet has taken the key already: the copy must not keep it."""
    gone, stays = taken(new_store, "R-1"), taken(new_store, "R-2")
    assert intake(new_store, "backup", tmp_path / "copies", "--what", "record-keys")[0] == 0

    with desks.desk(new_store) as other, reading(other.store.records) as connection:
        connection.execute(select(records)).all()
        code, _, err = intake(new_store, "erase", gone, "--yes")
        assert code == 0
        assert "was made anew without it" in " ".join(err.split())
        assert "still in the journal" in " ".join(err.split())

    with desks.desk(new_store) as here:
        copy = tmp_path / "copies" / "record-keys.db"
        with opened_copy(here.store, "record-keys", copy) as connection:
            assert list(connection.execute(select(record_keys.c.record)).scalars()) == [meant(stays)]


def test_the_log_names_the_revision_that_was_shown(new_store: Path) -> None:
    """Also where it is not the last one."""
    id = taken(new_store)
    with desks.desk(new_store) as here:
        hold = hold_of(here.store, resolve(here.store, id))
        complete(here.store, here.by, hold, said(itch="no"), done(action="amended"))

    assert intake(new_store, "show", id, "--revision", "1")[0] == 0

    with desks.desk(new_store) as here, reading(here.store.records) as connection:
        last = list(entries(connection))[-1]
    assert (last.action, last.revision) == ("shown", 1)


def test_only_what_was_noted_is_given_out(new_store: Path) -> None:
    """A record that is completed while others are given out is not among them, as the log does not say so."""
    first = taken(new_store, "R-1")
    with desks.desk(new_store) as here:
        given = noted(here, Sought())
        taken(new_store, "R-2")
        assert [one.record.id for one in given] == [meant(first)]
    assert [action for action, _ in logged(new_store)].count("exported") == 1
