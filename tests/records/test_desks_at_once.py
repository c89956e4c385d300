"""Many desks at one store: each finds its own records, nobody writes over another, and nobody waits in vain."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import busy_desk
import desks
import pytest
from busy_desk import EDITION, SHARED, by, said

from screener.records.finding import Sought, everyone, page
from screener.records.verifying import verified
from screener.records.writing import Begun, Outcome, begin, complete

DESKS = 16


@pytest.fixture(params=["embedded", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with one record, that all are to amend; on both kinds of database."""
    if request.param == "server":
        monkeypatch.setenv("SCREENER_DATABASE_URL", request.getfixturevalue("postgres").database())
    folder = desks.made(tmp_path / "store")
    with desks.desk(folder) as here:
        hold = begin(here.store, by("first"), Begun(SHARED, EDITION, "Yes?"), said())
        complete(here.store, by("first"), hold, said(count=0), Outcome("consult", EDITION, "completed"))
    return folder


def worked(store: Path, seconds: float) -> list[dict[str, Any]]:
    """What each of many desks did, that all began at once and went on for so long."""
    with ExitStack() as ended:
        at_work = [ended.enter_context(_busy(store, f"desk{number}", seconds)) for number in range(DESKS)]
        assert {one.stdout.readline() for one in at_work if one.stdout} == {"here\n"}
        for one in at_work:
            print("begin", file=one.stdin, flush=True)
        return [json.loads(one.communicate(timeout=300)[0]) for one in at_work]


def _busy(store: Path, name: str, seconds: float) -> "subprocess.Popen[str]":
    command = [sys.executable, busy_desk.__file__, str(store), name, str(seconds)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ})


@pytest.mark.parametrize("seconds", [4, pytest.param(60, marks=pytest.mark.slow)])
def test_many_desks_write_at_once(store: Path, seconds: int) -> None:
    """Each record has its own answers, no amendment is lost or written over, and the log holds together."""
    done = worked(store, seconds)

    assert [one["wrong"] for one in done] == [[]] * DESKS
    taken = {id: f"{one['name']}-{number}" for one in done for number, id in enumerate(one["records"])}
    amended = sum(one["amendments"] for one in done)
    with desks.desk(store) as here:
        verified(here.store)
        (shared,) = page(here.store, Sought(reference=SHARED), 2).records
        found = {one.record.id: one for one in everyone(here.store, Sought())}
        counted = desks.answers(here, shared.id)
    del found[shared.id]
    assert {id: (one.record.reference, one.content.answers) for id, one in found.items()} == {
        id: (whose, {"whose": whose, "number": 3}) for id, whose in taken.items()
    }
    assert {number: answers["count"] for number, answers in counted.items()} == dict(
        zip(range(1, amended + 2), range(amended + 1), strict=True)
    )
