"""The scripts of the page, run in Node."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from screener import page
from screener.engine.answers import as_plain
from screener.engine.assess import view_of
from screener.ground.marks import Mark
from screener.rulefile.conditions.tree import PartOfAnswer, State
from screener.rulefile.model import Answers, Question, RuleFile

FOLDER = Path(page.__file__).parent
#: Each script is one expression, an object of functions.
_BEFORE = """
import {{ readFileSync }} from "node:fs";
const load = (name) => (0, eval)(readFileSync(`{folder}/${{name}}.js`, "utf8"));
const given = JSON.parse(readFileSync(0, "utf8"));
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (data) => Buffer.from(data).toString("hex");
const answer = (value) => process.stdout.write(JSON.stringify(value));
"""


def missing() -> str:
    """What to install to run scripts; empty if all is there."""
    return "" if shutil.which("node") else "scripts need Node.js 20 or newer; install it"


def run(script: str, given: object) -> Any:
    """What a script answers to what it is given, both as JSON."""
    source = _BEFORE.format(folder=FOLDER.as_posix()) + script
    command = [shutil.which("node") or "node", "--input-type=module", "--eval", source]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def packed(interviews: Iterable[tuple[RuleFile, Answers]]) -> list[str]:
    """The texts of the codes that a page makes of these interviews, not sealed."""
    given = [[_table(rules), _states(view_of(rules, answers))] for rules, answers in interviews]
    script = """
    const pack = load("pack");
    answer(given.map(([rules, states]) => pack.written(false, pack.packed(rules, new Map(Object.entries(states))))));
    """
    texts: list[str] = run(script, given)
    return texts


def _table(rules: RuleFile) -> dict[str, Any]:
    """What packing reads of the table of a rule file."""
    return {
        "rules": {"sha256": rules.sha256},
        "counted": rules.counted_from is not None,
        "today": rules.today.isoformat(),
        "questions": [_question(question) for question in rules.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    options = [{"id": id, "exclusive": option.exclusive} for id, option in question.choices.items()]
    limits = {"min": (question.min, question.limits.low), "max": (question.max, question.limits.high)}
    written = {key: text if text == "today" else str(limit) for key, (text, limit) in limits.items() if text}
    return {"id": question.id, "type": question.type, "options": options, "reserved": question.reserved, **written}


def _states(view: Mapping[str, State]) -> dict[str, Any]:
    """The view of the engine in the browser: answers as JSON has them, and marks."""
    return {id: _state(state) for id, state in view.items()}


def _state(state: State) -> Any:
    assert not isinstance(state, PartOfAnswer)
    return {"mark": state.value} if isinstance(state, Mark) else as_plain(state)
