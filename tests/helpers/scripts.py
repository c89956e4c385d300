"""The scripts of the page, run in Node."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from screener import page
from screener.engine.answers import as_plain
from screener.page.table import table
from screener.rulefile.model import Answers, RuleFile

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
    given = [
        [{**table(rules), "today": rules.today.isoformat()}, {id: as_plain(one) for id, one in answers.items()}]
        for rules, answers in interviews
    ]
    script = """
    const [pack, engine] = [load("pack"), load("engine")];
    answer(given.map(([rules, given]) => pack.written(false, pack.packed(rules, engine.view(rules, given)))));
    """
    texts: list[str] = run(script, given)
    return texts
