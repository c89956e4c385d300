"""Run as a program: somebody at a desk who takes records without a pause, and amends one that all the others amend too.

Arguments: the folder of the store, a name, and for how many seconds. What was done is told as JSON in the end.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from screener.cli.intake.opened import opener
from screener.cli.intake.place import find_place
from screener.ground.problems import ProblemsFound
from screener.records.content import Revision
from screener.records.finding import Sought, hold_of, page, revision
from screener.records.record import By, Edition
from screener.records.store.opening import Store
from screener.records.writing import Begun, Outcome, begin, complete, keep

EDITION = Edition("busy", "1.0.0", "id: busy\n")
SHARED = "shared"
Made = TypeVar("Made")


@dataclass
class Done:
    """What somebody did: records, amendments, how often another was quicker, what went wrong, the seconds of each."""

    name: str
    records: list[str] = field(default_factory=list)
    amendments: int = 0
    overtaken: int = 0
    wrong: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def timed(self, write: Callable[[], Made]) -> Made:
        """Write something, and note how long that took."""
        began = time.monotonic()
        try:
            return write()
        finally:
            self.waits.append(round(time.monotonic() - began, 4))


def by(name: str) -> By:
    """Somebody, now."""
    return By(name, f"desk of {name}", datetime.now().astimezone())


def said(**answers: object) -> Revision:
    """What is kept of these answers."""
    return Revision(answers, "2026-03-02", "", "2026-03-02T09:00:00+01:00")


def take(store: Store, done: Done) -> None:
    """A whole record, answer by answer."""
    mine = f"{done.name}-{len(done.records)}"
    hold = done.timed(lambda: begin(store, by(done.name), Begun(mine, EDITION, "Yes?"), said(whose=mine)))
    for number in range(3):
        hold = done.timed(lambda: keep(store, by(done.name), hold, said(whose=mine, number=number)))  # noqa: B023
    outcome = Outcome("consult", EDITION, "completed")
    done.timed(lambda: complete(store, by(done.name), hold, said(whose=mine, number=3), outcome))
    done.records.append(hold.record)


def amend(store: Store, done: Done) -> None:
    """One more in the record that all amend, if nobody else was quicker."""
    (shared,) = page(store, Sought(reference=SHARED), 1).records
    hold = hold_of(store, shared)
    before = revision(store, hold, hold.revision)
    count = before.answers["count"] + 1 if before else 0
    outcome = Outcome("consult", EDITION, "amended")
    try:
        done.timed(lambda: complete(store, by(done.name), hold, said(count=count, by=done.name), outcome))
    except ProblemsFound as found:
        if found.problems[0].code != "overtaken":
            raise
        done.overtaken += 1
    else:
        done.amendments += 1


def work(store: Store, done: Done, seconds: float) -> None:
    """All of it for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            take(store, done)
            amend(store, done)
        except ProblemsFound as found:
            done.wrong.append(str(found))


if __name__ == "__main__":
    folder, name, seconds = sys.argv[1:]
    store, done = opener(find_place(Path(folder)))(), Done(name)
    print("here", flush=True)
    sys.stdin.readline()  # all begin at once
    work(store, done, float(seconds))
    print(json.dumps(asdict(done)))
