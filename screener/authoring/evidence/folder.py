"""The evidence as a folder of texts, the same to the last byte for the same rule file and the same tool."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from screener.authoring.cases import Case
from screener.authoring.coverage.account import Account, accounts
from screener.authoring.evidence import check
from screener.authoring.evidence.facts import facts
from screener.authoring.evidence.page import Content, page
from screener.authoring.evidence.table import Rows
from screener.ground.escapes import rows_of_csv
from screener.ground.files import read_text
from screener.ground.jsontext import as_json_text
from screener.ground.safetext import visible
from screener.proof.gates import Tick, Undecided
from screener.proof.hints import Explained, explained
from screener.proof.refutation import refutation
from screener.rulefile.model import RuleFile

SCHEMA = "screener/evidence/1"
#: The files of the folder beside those that it is made of.
NAMES = (*sorted(check.OURS), "manifest.json")
_STATEMENTS = ["statement", "what it says", "what became of it", "why"]


class Basis(NamedTuple):
    """What the evidence is made of.

    The rule file and its companions as they were read, by name; the worked cases, which all passed; the promises that
    were proved for certain answers only; and the versions of what is at work.
    """

    texts: Mapping[str, str]
    cases: Sequence[Case]
    certain_only: frozenset[str]
    versions: Mapping[str, str]


def folder(rules: RuleFile, given: Basis, tick: Tick) -> Mapping[str, str]:
    """Every file of the folder by its name. The promises must have been proved before. Raises Undecided."""
    included = {one.id: one.open != "left-out" and one.id not in given.certain_only for one in rules.invariants}
    hashes = {name: _sha256(text) for name, text in given.texts.items()}
    found = facts(rules, included, hashes, tick)
    clauses, steps = _proof(check.claimed(found.plain), tick)
    account = accounts(rules)
    texts = {
        **given.texts,
        "facts.json": _compact(found.plain),
        "promises.cnf": _lines(check.dimacs(found.plain, [*clauses])),
        "promises.drup": _lines(_numbers(*step.clause, 0) for step in steps),
        "promises.lrat": _lines(_numbers(step.number, *step.clause, 0, *step.hints, 0) for step in steps),
        "local.csv": rows_of_csv([["what", "answers", "verdict"], *_rows(found.table)]),
        "statements.csv": rows_of_csv([_STATEMENTS, *map(_fate, account)]),
        "check.py": read_text(Path(check.__file__)),
        "index.html": page(rules, Content(found, len(steps), account, given.cases, given.versions)),
    }
    manifest = {"schema": SCHEMA, "versions": given.versions, "sha256": {n: _sha256(t) for n, t in texts.items()}}
    return texts | {"manifest.json": as_json_text(manifest)}


def _proof(clauses: list[list[int]], tick: Tick) -> Explained:
    """The proof that no promise is broken, and what of the clauses it stands on. Raises Undecided."""
    proof = refutation(clauses, tick)
    if proof is None:
        raise Undecided("the clauses for others leave room for a broken promise")
    return explained(clauses, proof, tick)


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _compact(plain: Mapping[str, Any]) -> str:
    """JSON with a line for each entry of each part: short, and yet to be read."""
    parts = (f"{json.dumps(key)}: {_entries(value)}" for key, value in plain.items())
    return visible("{\n" + ",\n".join(parts) + "\n}") + "\n"


def _entries(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = [f"{json.dumps(key)}: {_plain(part)}" for key, part in value.items()]
        return "{\n" + ",\n".join(inner) + "\n}"
    return "[\n" + ",\n".join(map(_plain, value)) + "\n]" if isinstance(value, list) else _plain(value)


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(table: Iterable[Rows]) -> Iterable[list[str]]:
    return ([one.what, *row] for one in table for row in one.rows)


def _fate(account: Account) -> list[str]:
    statement = account.statement
    return [statement.id, statement.says, account.fate, statement.left_out or ""]


def _numbers(*numbers: int) -> str:
    return " ".join(map(str, numbers))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
