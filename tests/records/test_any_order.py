"""Whatever is done to a store in whatever order: it has what a plain list in memory has, and its log holds together."""

import copy
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from stores import EDITION, MORNING, NEXT, Room, begun, done, refused, said

from screener.records.backing_up import back_up, bring_back
from screener.records.content import Revision
from screener.records.erasing import erase
from screener.records.finding import Sought, everyone, hold_of, page, resolve, revision
from screener.records.log import Checkpoint
from screener.records.record import By
from screener.records.store.opening import Store, close
from screener.records.verifying import verified
from screener.records.writing import HELD, Hold, complete, drop_draft, hold_record, keep, let_go

PICK: Any = st.integers(0, 10**6)
DESKS: Any = st.sampled_from(["ana at one", "ben at two"])


@dataclass
class Known:
    """What there is of a record, in plain words."""

    reference: str
    begun: datetime
    staff: str
    turn: int = 1
    draft: Revision | None = None
    revisions: list[Revision] = field(default_factory=list)
    step: str = ""
    holder: str = ""
    until: datetime = MORNING
    erased: bool = False

    @property
    def status(self) -> str:
        """As a list names it."""
        if self.erased:
            return "erased"
        return "complete" if self.draft is None else "amending" if self.revisions else "unfinished"

    def erase(self) -> None:
        """Nothing is left but that it was there."""
        self.turn += 1
        self.reference, self.draft, self.revisions, self.step, self.erased, self.holder = "", None, [], "", True, ""


class Then(NamedTuple):
    """A copy, and what there was when it was made."""

    file: Path
    known: dict[str, Known]
    size: int
    checkpoints: list[Checkpoint]


class Desks(RuleBasedStateMachine):
    """Desks that work on one store, beside a plain list that says what must be there."""

    def __init__(self, rooms: Callable[[], Room]) -> None:
        super().__init__()
        self.room = rooms()
        self.stores = [self.room.make(), self.room.open()]
        self.known: dict[str, Known] = {}
        self.holds: list[Hold] = []
        self.gone: set[str] = set()
        self.now = MORNING
        self.copies: list[Then] = []
        self.key_copies: list[Path] = []
        self.checkpoints: list[Checkpoint] = []
        self.size = 0
        self.names = count()

    def teardown(self) -> None:
        """Let go of the store."""
        self.room.close()

    def by(self, who: str) -> By:
        """Who does something now."""
        staff, _, desk = who.partition(" at ")
        return By(staff, desk, self.now)

    def content(self) -> Revision:
        """Answers that nobody gave before."""
        return said(n=next(self.names))

    def hold(self, pick: int) -> Hold:
        """A record as some desk knew it at some time."""
        return self.holds[-1 - pick % min(len(self.holds), 6)]

    def live(self, pick: int) -> str | None:
        """A record that is there."""
        there = sorted(id for id, one in self.known.items() if not one.erased)
        return there[pick % len(there)] if there else None

    def tried(self, hold: Hold, work: Callable[[], Any]) -> Known | None:
        """Do it; the record, if it was to succeed: nobody wrote since the desk knew it."""
        known = self.known.get(hold.record)
        if known is not None and known.turn == hold.turn:
            result = work()
            known.turn += 1
            self.size += 1
            if isinstance(result, Hold):
                assert result.turn == known.turn
                self.holds.append(result)
            return known
        assert refused(work).code == ("overtaken" if known else "unknown-record")
        return None

    @rule(minutes=st.integers(0, 12))
    def time_passes(self, minutes: int) -> None:
        """Records that nobody works on become free."""
        self.now += timedelta(minutes=minutes)

    @rule(desk=st.integers(0, 1))
    def a_desk_starts_anew(self, desk: int) -> None:
        """It finds everything as it was."""
        close(self.stores[desk])
        self.stores[desk] = self.room.open()

    @rule(desk=st.integers(0, 1), who=DESKS)
    def begins(self, desk: int, who: str) -> None:
        """A new record."""
        content, reference = self.content(), f"R-{next(self.names)}"
        hold = begun(self.stores[desk], reference, self.by(who), content)
        until = self.now + HELD
        self.known[hold.record] = Known(reference, self.now, self.by(who).staff, 1, content, holder=who, until=until)
        self.holds.append(hold)
        self.size += 1

    @precondition(lambda self: self.holds)
    @rule(desk=st.integers(0, 1), who=DESKS, pick=PICK)
    def answers(self, desk: int, who: str, pick: int) -> None:
        """Somebody goes on with a record, as far as it was known."""
        hold, content = self.hold(pick), self.content()
        if known := self.tried(hold, partial(keep, self.stores[desk], self.by(who), hold, content)):
            known.draft, known.holder, known.until = content, who, self.now + HELD

    @precondition(lambda self: self.holds)
    @rule(desk=st.integers(0, 1), who=DESKS, pick=PICK, again=st.booleans())
    def completes(self, desk: int, who: str, pick: int, again: bool) -> None:
        """Somebody completes a record, or its amendment."""
        hold, content = self.hold(pick), self.content()
        outcome = done("doctor-first" if again else "consult", NEXT if again else EDITION)
        if known := self.tried(hold, partial(complete, self.stores[desk], self.by(who), hold, content, outcome)):
            known.revisions.append(content)
            known.draft, known.step, known.holder = None, outcome.step, ""

    @precondition(lambda self: self.holds)
    @rule(desk=st.integers(0, 1), who=DESKS, pick=PICK)
    def lets_go(self, desk: int, who: str, pick: int) -> None:
        """Somebody stops; an amendment that was begun is thrown away."""
        hold = self.hold(pick)
        known = self.known.get(hold.record)
        drops = known is not None and known.status == "amending"
        work = drop_draft if drops else let_go
        if known := self.tried(hold, partial(work, self.stores[desk], self.by(who), hold)):
            known.holder = ""
            known.draft = None if drops else known.draft

    @rule(desk=st.integers(0, 1), who=DESKS, pick=PICK, takes_over=st.booleans())
    def takes_up(self, desk: int, who: str, pick: int, takes_over: bool) -> None:
        """Somebody takes up a record as it is now."""
        if (id := self.live(pick)) is None:
            return
        store, known = self.stores[desk], self.known[id]
        hold = hold_of(store, resolve(store, id))
        assert (hold.turn, hold.revision) == (known.turn, len(known.revisions))
        work = partial(hold_record, store, self.by(who), hold, takes_over)
        if known.holder not in ("", who) and known.until > self.now and not takes_over:
            assert refused(work).code == "held"
            return
        self.tried(hold, work)
        known.holder, known.until = who, self.now + HELD

    @rule(desk=st.integers(0, 1), who=DESKS, pick=PICK)
    def erases(self, desk: int, who: str, pick: int) -> None:
        """Somebody is erased."""
        if (id := self.live(pick)) is None:
            return
        assert erase(self.stores[desk], self.by(who), [id], "erased")
        self.known[id].erase()
        self.gone.add(id)
        self.size += 1

    @rule(desk=st.integers(0, 1), who=DESKS)
    def copies_the_records(self, desk: int, who: str) -> None:
        """A copy, with what there is at this moment."""
        file = self.room.folder / f"copy-{next(self.names)}.db"
        file.parent.mkdir(exist_ok=True)
        self.size += 1
        assert back_up(self.stores[desk], self.by(who), "records", file) == len(self.known)
        self.copies.append(Then(file, copy.deepcopy(self.known), self.size, list(self.checkpoints)))

    @rule(desk=st.integers(0, 1), who=DESKS)
    def copies_the_keys(self, desk: int, who: str) -> None:
        """A copy of the keys of all who were not erased."""
        file = self.room.folder / f"keys-{next(self.names)}.db"
        file.parent.mkdir(exist_ok=True)
        back_up(self.stores[desk], self.by(who), "record-keys", file)
        self.size += 1
        self.key_copies.append(file)

    @precondition(lambda self: self.copies)
    @rule(desk=st.integers(0, 1), who=DESKS, pick=PICK)
    def brings_the_records_back(self, desk: int, who: str, pick: int) -> None:
        """All is as it was at that moment, but for who was erased at any time."""
        then = self.copies[pick % len(self.copies)]
        turn = max((one.turn for one in (*self.known.values(), *then.known.values())), default=0) + 1
        self.known = copy.deepcopy(then.known)
        back = [id for id, one in self.known.items() if id in self.gone and not one.erased]
        for id, one in self.known.items():
            one.turn, one.holder = turn, ""
            if id in back:
                one.erase()

        assert bring_back(self.stores[desk], self.by(who), "records", then.file) == len(back)

        self.size, self.checkpoints = then.size + 1 + len(back), list(then.checkpoints)

    @precondition(lambda self: self.key_copies)
    @rule(desk=st.integers(0, 1), who=DESKS, pick=PICK)
    def brings_the_keys_back(self, desk: int, who: str, pick: int) -> None:
        """Nobody is back, and nobody's key is lost."""
        file = self.key_copies[pick % len(self.key_copies)]
        assert bring_back(self.stores[desk], self.by(who), "record-keys", file) == 0
        self.size += 1

    @invariant()
    def the_log_holds_together(self) -> None:
        """It has an entry for all that was done, and checkpoints of before are of it."""
        older = self.checkpoints[self.now.minute % len(self.checkpoints)] if self.checkpoints else None
        now = verified(self.stores[0], older)
        assert now.size == self.size
        self.checkpoints.append(now)

    @invariant()
    def everything_is_as_the_list_says(self) -> None:
        """Each record with its reference, its state, its draft and every revision."""
        store = self.stores[1]
        listed = {record.id: record for record in page(store, Sought(), 1000).records}
        assert listed.keys() == self.known.keys()
        for id, one in self.known.items():
            record = listed[id]
            assert (record.reference, record.status, record.step) == (one.reference, one.status, one.step)
            assert (record.begun, record.staff) == (one.begun, one.staff)
            if not one.erased:
                self.same_content(store, id, one)
        last = {id: one.revisions[-1] for id, one in self.known.items() if one.revisions}
        assert {one.record.id: one.content for one in everyone(store, Sought())} == last

    def same_content(self, store: Store, id: str, one: Known) -> None:
        """The draft and each revision."""
        hold = hold_of(store, resolve(store, id))
        assert hold.turn == one.turn
        assert revision(store, hold, 0) == one.draft
        assert [revision(store, hold, number + 1) for number in range(len(one.revisions))] == one.revisions
        assert [found.id for found in page(store, Sought(reference=one.reference), 10).records] == [id]


def run(rooms: Callable[[], Room], examples: int, steps: int) -> None:
    """Try so many orders."""
    how = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(lambda: Desks(rooms), settings=how)  # type: ignore[arg-type]


def rooms_of(room: Room) -> Callable[[], Room]:
    """Places for new stores of this kind."""

    def fresh() -> Room:
        if room.url:
            room.empty()
        return Room(Path(tempfile.mkdtemp(dir=room.folder.parent)) / "store", room.url)

    return fresh


def test_any_order_keeps_what_it_should(room: Room) -> None:
    """A few orders, each time."""
    run(rooms_of(room), 4, 25)


@pytest.mark.slow
def test_many_orders_keep_what_they_should(room: Room) -> None:
    """Many more, and longer ones."""
    run(rooms_of(room), 10 if room.url else 40, 50)
