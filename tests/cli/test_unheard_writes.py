"""A connection that breaks just when something was written: nobody heard of it, and nothing is lost or there twice."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import COMMAND
from sqlalchemy.exc import OperationalError

from screener.cli.intake.editions import read_edition
from screener.cli.intake.keeper import Keeper, Kept, agreed_now
from screener.cli.intake.opened import Desk, open_desk
from screener.ground.problems import ProblemsFound
from screener.records.finding import Sought, everyone, page
from screener.records.verifying import verified
from screener.rulefile.model import Answers

ADULT: Answers = {"adult": "yes"}
MORE: Answers = {"adult": "yes", "concerns": ("melasma",)}
YOUNG: Answers = {"adult": "no"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a new store."""
    import subprocess

    store = tmp_path / "store"
    subprocess.run([COMMAND, "intake", "init", "--key", "file", "--store", store], check=True, capture_output=True)
    return open_desk(store, "anna")


def breaks_after(desk: Desk) -> Callable[[int], None]:
    """What makes the connection break right after so many of the next commits."""
    commit = desk.store.records.dialect.do_commit
    left = [0]

    def commit_and_break(connection: Any) -> None:
        commit(connection)
        if left[0]:
            left[0] -= 1
            raise OperationalError("", {}, Exception("server closed the connection unexpectedly"))

    desk.store.records.dialect.do_commit = commit_and_break  # type: ignore[assignment,method-assign]  # the driver's, not ours
    return lambda count: left.__setitem__(0, count)


def keeper(desk: Desk) -> Keeper:
    """Of a new record."""
    rules, edition = read_edition("pico-laser", date.today())
    return Keeper(lambda: desk, Kept(rules, edition, "F-1", agreed_now("Yes.")))


@pytest.mark.parametrize("broken", [0, 1, 2, 3])
def test_each_write_is_there_once(broken: int, desk: Desk) -> None:
    """Whichever of begin, keep and complete was not heard of, there is one record with the last answers."""
    let_break = breaks_after(desk)
    kept = keeper(desk)
    for number, given in enumerate((ADULT, MORE, YOUNG)):
        let_break(int(number == broken))
        kept.keep(given)
        assert (kept.problem is None) is (number != broken)
    let_break(int(broken == 3))
    if broken == 3:
        with pytest.raises(ProblemsFound):
            kept.complete(YOUNG, YOUNG, "completed")
    kept.complete(YOUNG, YOUNG, "completed")

    (record,) = page(desk.store, Sought(), 10).records
    (full,) = everyone(desk.store, Sought())
    assert (record.status, record.revision) == ("complete", 1)
    assert full.content.answers == YOUNG
    verified(desk.store)


def test_what_another_desk_wrote_since_is_noticed(desk: Desk) -> None:
    """Our own write was not heard of, and somebody else took the record over: we are told, and overwrite nothing."""
    from screener.records.finding import hold_of
    from screener.records.writing import hold_record, keep

    let_break = breaks_after(desk)
    kept = keeper(desk)
    kept.keep(ADULT)
    let_break(1)
    kept.keep(MORE)
    other = desk._replace(staff="ben")
    (record,) = page(desk.store, Sought(), 10).records
    hold = hold_record(other.store, other.by, hold_of(other.store, record), takes_over=True)
    keep(other.store, other.by, hold, keeper(other).content(YOUNG))
    kept.keep(ADULT)

    assert kept.problem is not None
    assert kept.problem.problems[0].code == "overtaken"
