"""What a power cut leaves of the desk's store: everything that was acknowledged, and nothing half.

The real commands are looked at call by call, and what every moment can leave is opened as any command opens it.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import crashes
import desks
import pytest
import traces
from commands import COMMAND
from interviews import KEPT, REVIEW, acknowledged, first, line, typed
from sqlalchemy import select
from terminals import ANSWERS

from screener import RuleFile
from screener.cli.intake.opened import Desk
from screener.ground.problems import ProblemsFound
from screener.records.store.opening import reading
from screener.records.store.tables import record_keys, records, revisions

pytestmark = pytest.mark.usefixtures("strace")

#: The command, with something else set on every connection that it opens.
OTHERWISE = """
import sys
from sqlalchemy import Engine, event

setting = sys.argv.pop(1)
event.listen(Engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {setting}").close())
from screener.__main__ import main
main()
"""
#: Few of the states that there may be are quick to see, and many take longer.
FEW = 200
MANY = pytest.mark.parametrize("most", [FEW, pytest.param(2_000, marks=pytest.mark.slow)])
#: Where every few pages are put into the database at once, as otherwise after a thousand.
OFTEN = "wal_autocheckpoint = 10"
#: What is changed in a complete record, by the number of the question: its id, and the new answer.
CHANGES: dict[int, tuple[str, Any]] = {
    7: ("pain", "no"),
    4: ("extent", "small"),
    9: ("provider", "chosen"),
    5: ("goals", ["clearer", "smoother"]),
    14: ("distress", "yes"),
}
Outcome = Callable[[Desk, tuple[str, ...]], str]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A new store, in a folder to watch."""
    return desks.made(tmp_path / "store")


def trace(store: Path, *arguments: str, typed: str = "", setting: str = "") -> traces.Trace:
    """What a command does to the store, each line on the screen taken down in its place."""
    command = [sys.executable, "-c", OTHERWISE, setting] if setting else [COMMAND]
    screen = ["sh", "-c", 'exec "$@" 2>&1', "sh"]
    here = {"SCREENER_STORE": ".", "SCREENER_STAFF": "ana", "COLUMNS": "80"}
    return traces.record([*screen, *command, "intake", *arguments], store, here, typed)


def asked(store: Path, rules: RuleFile, setting: str = "") -> traces.Trace:
    """The same of a whole interview."""
    return trace(store, "new", "--ref", "F-1", "--consent", "--plain", typed=typed(rules), setting=setting)


def outcomes(done: traces.Trace, outcome: Outcome, most: int) -> Iterator[tuple[str, str]]:
    """What became of the records in each state, and what was lost there."""
    with crashes.scratch() as room:
        for state in crashes.states(done, seed=1, most=most):
            state.build(room / "left")
            try:
                with desks.desk(room / "left") as here:
                    yield outcome(here, state.said), state.told
            except ProblemsFound as found:
                yield f"broken: {found.problems[0].message}", state.told


def unlike(found: list[tuple[str, str]], *fine: str) -> list[tuple[str, str]]:
    """The outcomes that should not be, with what was lost there; some of them."""
    return [one for one in found if one[0] not in fine][:5]


def interviewed(here: Desk, said: tuple[str, ...]) -> str:
    """Whether all answers are there that were acknowledged, and at most the one that was about to be kept."""
    there, count = desks.remains(here), 0
    for record, answers in there:
        count = len(answers[record.revision])
        if len(there) > 1 or answers != {record.revision: first(count)}:
            return "half"
        count += record.status == "complete"
    promised = acknowledged(said)
    return "lost" if count < promised else "kept" if count <= promised + 1 else "half"


@MANY
@pytest.mark.parametrize("setting", ["", OFTEN])
def test_no_answer_that_was_acknowledged_is_lost(store: Path, pico: RuleFile, setting: str, most: int) -> None:
    """The next question is on the screen only when the answer outlives a power cut, whenever the log is folded in."""
    done = asked(store, pico, setting)

    assert {acknowledged(cut.said) for cut in crashes.cuts(done)} == {*range(len(ANSWERS) + 2)}
    found = list(outcomes(done, interviewed, most))
    assert unlike(found, "kept") == []
    assert len(found) == most


@pytest.mark.parametrize("level", ["NORMAL", "OFF"])
def test_with_less_than_full_syncs_answers_would_be_lost(store: Path, pico: RuleFile, level: str) -> None:
    """The search finds it where a commit does not wait for the disk."""
    done = asked(store, pico, f"synchronous = {level}")

    assert Counter(outcome for outcome, _ in outcomes(done, interviewed, FEW))["lost"] > 50


def complete(store: Path, rules: RuleFile, reference: str) -> str:
    """The id of a new record that is complete."""
    code, _, said = desks.intake(store, "new", "--ref", reference, "--consent", "--plain", typed=typed(rules))
    assert code == 0
    return said[said.index(KEPT) + len(KEPT) :].partition(".")[0]


def changes(rules: RuleFile) -> str:
    """What is typed to change several answers, one after the other, each of which is then looked at."""
    lines = [f"{number}\n{line(rules.by_question[id], new)}\n" for number, (id, new) in CHANGES.items()]
    return "".join([*lines, "\n"])


def after(count: int) -> dict[str, Any]:
    """The answers after so many changes."""
    return ANSWERS | dict(list(CHANGES.values())[:count])


def amended(here: Desk, said: tuple[str, ...]) -> str:
    """Whether the record is as it was, and each change that was acknowledged is there too."""
    ((record, answers),) = desks.remains(here)
    known = {0: {1: ANSWERS}, len(CHANGES) + 1: {1: ANSWERS, 2: after(len(CHANGES))}}
    known |= {count: {0: after(count), 1: ANSWERS} for count in range(1, len(CHANGES) + 1)}
    there = [count for count, kept in known.items() if kept == answers]
    if not there or record.status != ("amending" if 0 in answers else "complete"):
        return "half"
    done = any(line.startswith(KEPT) for line in said)
    promised = len(CHANGES) + 1 if done else max(0, sum(line.startswith(REVIEW) for line in said) - 1)
    return "lost" if there[0] < promised else "kept" if there[0] <= promised + 1 else "half"


@MANY
def test_an_amendment_is_kept_beside_what_was_there(store: Path, pico: RuleFile, most: int) -> None:
    """At every moment the record can be read as it was, and every change that was acknowledged is there."""
    id = complete(store, pico, "F-1")
    done = trace(store, "amend", id, "--reason", "misheard", "--plain", typed=changes(pico))

    found = list(outcomes(done, amended, most))
    assert unlike(found, "kept") == []
    assert len(found) == most


class Erased:
    """What is known of a record before it is erased, to be looked for afterwards."""

    def __init__(self, here: Desk) -> None:
        whole, *others = desks.remains(here)
        self.id, self._whole, self._others = whole.record.id, whole.answers, [one.answers for one in others]
        key = select(record_keys.c.sealed_key).where(record_keys.c.record == self.id)
        with reading(here.store.keys) as connection:
            keys = [*parts(connection.execute(key).scalar_one())]
        with reading(here.store.records) as connection:
            texts = connection.execute(select(revisions.c.sealed).where(revisions.c.record == self.id)).scalars().all()
            reference = connection.execute(select(records.c.sealed_reference).where(records.c.id == self.id))
            said = [part for text in (*texts, *reference.scalars()) for part in parts(text)]
        self.sealed = (said, keys)

    def outcome(self, here: Desk, said: tuple[str, ...]) -> str:
        """Whether the record is as it was, or gone from every page."""
        there = desks.remains(here)
        mine = [one.answers for one in there if one.record.id == self.id]
        if [one.answers for one in there if one.record.id != self.id] != self._others:
            return "others are lost"
        if mine:
            done = any("is erased" in line for line in said)
            return "half" if mine != [self._whole] else "back" if done else "there"
        left = [holds(pages, some) for pages, some in zip(desks.pages(here), self.sealed, strict=True)]
        return "left" if any(left) else "gone"


def parts(sealed: bytes) -> Iterator[bytes]:
    """Short pieces of what was sealed: a long one goes on on other pages."""
    return (sealed[at : at + 16] for at in range(0, len(sealed) - 15, 256))


def holds(pages: bytes, pieces: list[bytes]) -> bool:
    """Whether one of the pieces is on the pages."""
    return any(piece in pages for piece in pieces)


@pytest.mark.parametrize(
    ("setting", "most"), [("", FEW), (OFTEN, FEW), pytest.param("", 2_000, marks=pytest.mark.slow)]
)
def test_what_was_erased_does_not_come_back(store: Path, pico: RuleFile, setting: str, most: int) -> None:
    """At every moment a record is whole, or gone from every page with its key, once anybody opens the store."""
    left = store.with_name("left")
    with desks.desk(store) as here:  # as long as it is open, all that was written is in the logs
        erased, _ = complete(store, pico, "F-1"), complete(store, pico, "F-2")
        assert desks.intake(store, "amend", erased, "--reason", "misheard", "--plain", typed=changes(pico))[0] == 0
        known = Erased(here)
        assert known.outcome(here, ()) == "there"
        assert all(holds(pages, some) for pages, some in zip(desks.pages(here), known.sealed, strict=True))
        shutil.copytree(store, left)
    done = trace(left, "erase", erased, "--yes", setting=setting)

    found = list(outcomes(done, known.outcome, most))
    assert unlike(found, "there", "gone") == []
    assert {outcome for outcome, _ in found} == {"there", "gone"}
    assert len(found) == most


def test_a_store_is_there_once_its_making_is_told(tmp_path: Path) -> None:
    """Before that it may be missing; once its card is there it opens, with its key."""
    (tmp_path / "watched").mkdir()
    done = trace(tmp_path / "watched", "init", "--key", "file")

    found = Counter[tuple[str, bool]]()
    with crashes.scratch() as room:
        for state in crashes.states(done, seed=1, most=FEW):
            state.build(room / "left")
            found[left_of_making(room / "left"), bool(state.said)] += 1
    assert set(found) == {("none", False), ("made", False), ("made", True)}


def left_of_making(store: Path) -> str:
    """Whether there is a store, which then has to be whole."""
    try:
        with desks.desk(store) as here:
            return "half" if desks.remains(here) else "made"
    except ProblemsFound as found:
        return "none" if found.problems[0].code == "no-store" else found.problems[0].message
