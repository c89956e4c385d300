"""The engine of the page, run by Node in a realm of its own: a request in, what the engine says out."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, Protocol

from paths import ROOT

from screener.engine.answers import as_plain
from screener.page.script import script
from screener.page.table import table
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.days import SOME_DAY
from screener.rulefile.model import RuleFile

REALM = ROOT / "tests" / "page" / "realm.mjs"


class Realm(Protocol):
    """Asks the engine of the page; `realm.mjs` says what can be asked."""

    def __call__(self, do: str, **request: Any) -> Any:
        """What it says, as JSON has it."""


def missing() -> str:
    """What is missing for running the page's engine, as a sentence; empty when all is there."""
    return "" if shutil.which("node") else "Missing: Node.js. `tests/web/install` installs it."


@contextmanager
def realm(source: str = "") -> Iterator[Realm]:
    """One process for any number of requests. Another script than the page's can be tried as `source`."""
    process = subprocess.Popen(
        ["node", str(REALM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked, told = process.stdin, process.stdout

    def ask(do: str, **request: Any) -> Any:
        print(json.dumps({"do": do, **request}), file=asked, flush=True)
        line = told.readline()
        assert line, f"Node ended at {do}"
        return json.loads(line)

    try:
        print(json.dumps(source or script()), file=asked, flush=True)
        yield ask
    finally:
        asked.close()
        told.close()
        process.wait(timeout=10)


def of(page: Realm, rules: RuleFile, today: date = SOME_DAY) -> None:
    """Let all later requests be about this rule file, read back from JSON, on the day of the interview."""
    page("rules", table={**json.loads(json.dumps(table(rules))), "today": today.isoformat()})


def plain(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The answers as JSON has them."""
    return {id: as_plain(answer) for id, answer in answers.items()}
