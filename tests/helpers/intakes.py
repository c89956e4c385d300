"""A desk for tests: a small questionnaire, a store of its own, and the commands of `screener intake`."""

import json
import os
import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from commands import file
from terminals import COMMAND, Terminal

from screener.cli.intake.editions import read_edition
from screener.cli.intake.kept import typed as typed_answers
from screener.cli.intake.made import outcome
from screener.cli.intake.opened import store_at
from screener.cli.intake.place import find_place, key_giver
from screener.records.content import Revision
from screener.records.ids import spoken
from screener.records.keys.sealing import digest
from screener.records.record import By
from screener.records.store.opening import close
from screener.records.writing import Begun, Outcome, begin, complete

#: The next step is certain only with the last question, so that nobody is asked whether to go on.
RULES = """\
format: 1
id: visit
version: 1.0.0
title: Before your visit
language: en
questions:
  - {id: note, type: text, ask: What should we know?}
  - id: creams
    type: many
    ask: Which creams do you use?
    options: {mild: A mild cream, strong: A strong cream, none: {label: No cream, exclusive: yes}}
    carry_over: 90 days
  - {id: itch, type: yes-no, ask: Does your skin itch?, carry_over: 90 days}
guidance:
  - {id: cool, topic: Care, says: Keep the skin cool.}
  - {id: itching, topic: Care, when: {itch: yes}, says: Tell them that it itches., disposition: tell-first}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: tell-first, title: Tell them first, says: Before anything else.}
referral: {says: Please see a certified professional.}
"""
#: What a person says here that nobody else is to come upon.
NOTE = "Zanzibar burns at night"
#: The same answers, typed line by line; the last line is the review.
TYPED = f"{NOTE}\n1\n1\n\n"
ANSWERS: dict[str, Any] = {"note": NOTE, "creams": ["mild"], "itch": "yes"}


def intake(store: Path, *arguments: str | Path, typed: str = "", **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `screener intake` with this store and this standard input."""
    done = subprocess.run(
        [COMMAND, "intake", *map(str, arguments)],
        cwd=store.parent,
        input=typed.encode("utf-8", "surrogateescape"),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "80", "SCREENER_STORE": str(store), "SCREENER_STAFF": "mia", **environment},
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    assert "inside screener" not in err
    assert "\x1b" not in out + err
    return done.returncode, out, err


def desk(store: Path, *arguments: str | Path, columns: int = 80, rows: int = 24, **environment: str) -> Terminal:
    """`screener intake` with this store in a terminal."""
    known = {"SCREENER_STORE": str(store), "SCREENER_STAFF": "mia", **environment}
    return Terminal("intake", *map(str, arguments), columns=columns, rows=rows, cwd=str(store.parent), **known)


def made(folder: Path) -> Path:
    """The folder, with a new store and the questionnaire in it."""
    assert intake(folder / "store", "init", "--key", "file")[0] == 0
    file(folder, RULES)
    return folder


def taken(store: Path, ref: str = "R-1", typed: str = TYPED, **environment: str) -> str:
    """The id of a new record of this reference, complete or not."""
    _, _, said = intake(store, "new", "rules.yaml", "--ref", ref, "--consent", typed=typed, **environment)
    return id_in(said)


def aged(store: Path, days: int, ref: str = "R-1", answers: dict[str, Any] = ANSWERS) -> str:
    """The id of a complete record that was taken so many days ago; of one that is yet to come, if they are below 0."""
    then = datetime.now().astimezone() - timedelta(days=days)
    rules, edition = read_edition(str(store.parent / "rules.yaml"), then.date())
    by, place = By("mia", "desk", then), find_place(store)
    opened = store_at(place, key_giver(place))()
    text, data_sha256, step = outcome(rules, typed_answers(rules, answers))
    content = Revision(answers, then.date().isoformat(), digest(b""), then.isoformat(), "", text, data_sha256)
    try:
        hold = begin(opened, by, Begun(ref, edition, ""), content)
        complete(opened, by, hold, content, Outcome(step, edition, "completed"))
    finally:
        close(opened)
    return spoken(hold.record)


def id_in(text: str) -> str:
    """The last id of a record that stands in a text."""
    found = re.findall(r"\b[0-9a-z]{4}-[0-9a-z]{4}\b", text)
    assert found, text
    return str(found[-1])


def listed(store: Path, *arguments: str) -> list[dict[str, Any]]:
    """The records as `list` tells them, newest first."""
    code, out, said = intake(store, "list", "--format", "json", *arguments)
    assert (code, said) == (0, "")
    return list(json.loads(out)["records"])


def exported(store: Path, id: str) -> dict[str, Any]:
    """A complete record with all that was answered."""
    code, out, said = intake(store, "export", id, "--format", "ndjson")
    assert (code, said) == (0, "")
    return dict(json.loads(out))


def logged(store: Path, *arguments: str) -> list[tuple[str, str]]:
    """What was done, and by whom, oldest first, as the log has it."""
    code, out, said = intake(store, "audit", "--date", "all", "--format", "json", *arguments)
    assert (code, said) == (0, "")
    return [(entry["action"], entry["staff"]) for entry in json.loads(out)["entries"]]
