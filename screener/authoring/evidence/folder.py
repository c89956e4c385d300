"""The evidence as a folder of texts, the same to the last byte for the same rule file and the same tool."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from screener.authoring.cases import Case
from screener.authoring.coverage.account import Account, accounts
from screener.authoring.evidence import check
from screener.authoring.evidence.meaning import Rules
from screener.authoring.evidence.page import Content, page
from screener.authoring.evidence.spelling import differs
from screener.authoring.evidence.table import Verdicts
from screener.ground.escapes import rows_of_csv
from screener.ground.files import read_text
from screener.ground.jsontext import as_json_text
from screener.ground.problems import Problem, ProblemsFound
from screener.proof.gates import Tick, Undecided
from screener.proof.hints import Explained, explained
from screener.proof.refutation import refutation
from screener.rulefile.model import RuleFile
from screener.rulefile.yamltext import YamlText, read

SCHEMA = "screener/evidence/2"
#: The files of the folder beside those that it is made of.
NAMES = (*sorted(check.OURS), "statements.csv", "manifest.json")
_STATEMENTS = ["statement", "what it says", "what became of it", "why"]


class Basis(NamedTuple):
    """What the evidence is made of.

    The rule file and then its companions as they were read, by name; the worked cases, which all passed; the promises
    that were proved for certain answers only; the versions of what is at work; and the day, as in 2026-01-31, if the
    rule file speaks of today.
    """

    texts: Mapping[str, str]
    cases: Sequence[Case]
    certain_only: frozenset[str]
    versions: Mapping[str, str]
    today: str | None = None


def folder(rules: RuleFile, given: Basis, tick: Tick) -> Mapping[str, str]:
    """Every file of the folder by its name. The promises must have been proved before.

    Raises Undecided, and ProblemsFound for a rule file that the checker of the evidence can't compare.
    """
    name, text = next(iter(given.texts.items()))
    source = read(text, name)
    _check_spelling(source, name, text)
    meaning = Rules(source.plain, given.certain_only, given.today)
    clauses, steps = _proof(check.claimed(meaning), tick)
    table, account = list(Verdicts(rules, source, meaning, tick).rows()), accounts(rules)
    shown = Content(meaning, len(steps), len(table), account, given.cases, given.versions, _sha256(text))
    texts = {
        **given.texts,
        "rules.json": as_json_text(source.plain),
        "promises.cnf": _lines(check.dimacs(meaning, [*map(list, clauses)])),
        "promises.drup": _lines(_numbers(*step.clause, 0) for step in steps),
        "promises.lrat": _lines(_numbers(step.number, *step.clause, 0, *step.hints, 0) for step in steps),
        "local.csv": rows_of_csv([["what", "answers", "verdict"], *table]),
        "statements.csv": rows_of_csv([_STATEMENTS, *map(_fate, account)]),
        **{each: read_text(Path(__file__).with_name(each)) for each in ("check.py", "meaning.py", "spelling.py")},
        "index.html": page(rules, shown, name),
    }
    return texts | {"manifest.json": as_json_text(_manifest(given, texts))}


def _manifest(given: Basis, texts: Mapping[str, str]) -> Mapping[str, object]:
    return {
        "schema": SCHEMA,
        "versions": given.versions,
        "beside": [*given.texts, "statements.csv"],
        "certain only": sorted(given.certain_only),
        **({"today": given.today} if given.today else {}),
        "sha256": {name: _sha256(text) for name, text in texts.items()},
    }


def _check_spelling(source: YamlText, name: str, text: str) -> None:
    """Raise ProblemsFound where the checker, which knows plain YAML only, does not read what was read here."""
    place = differs(source.plain, text)
    if place is not None:
        line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
        message = "no evidence is written: its checker can't compare the rule file with what was read from here on"
        help = "write this in a plainer way, such as a text in quotes on one line"
        raise ProblemsFound([Problem("not-comparable", message, help, name, line, column)])


def _proof(clauses: list[list[int]], tick: Tick) -> Explained:
    """The proof that no promise is broken, and what of the clauses it stands on. Raises Undecided."""
    proof = refutation(clauses, tick)
    if proof is None:
        raise Undecided("the clauses for others leave room for a broken promise")
    return explained(clauses, proof, tick)


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _fate(account: Account) -> list[str]:
    statement = account.statement
    return [statement.id, statement.says, account.fate, statement.left_out or ""]


def _numbers(*numbers: int) -> str:
    return " ".join(map(str, numbers))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
