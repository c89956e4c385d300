"""The evidence as a page to read: what is shown, of which promises, and how to check it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from screener.authoring.cases import Case
from screener.authoring.checks.proved import counted
from screener.authoring.coverage.account import Account
from screener.authoring.evidence.facts import Facts
from screener.authoring.promised import can_stay_open, promised, risen
from screener.ground import pages
from screener.ground.files import read_text
from screener.rulefile.model import RuleFile
from screener.rulefile.promises import Invariant

#: What it all comes to; `check.py` ends with the same words.
LIMIT = "This shows that the rules do what they say, not that they are right."
FILES = {
    "check.py": "checks everything else here",
    "facts.json": "what the rule file says, as check.py reads it: what an answer is made of, what stands for what, and "
    "all ways to break each promise",
    "promises.cnf": "the same as clauses, with the meaning of each number in words; DIMACS",
    "promises.drup": "the proof, step by step; DRUP",
    "promises.lrat": "the same steps, each with the clauses that it follows from; LRAT",
    "local.csv": "each condition, every combination of answers that it could tell apart, and the verdict of the tool",
    "statements.csv": "each statement of the sources, and what became of it",
    "manifest.json": "the SHA-256 of every file",
}
_TEMPLATE, _STYLE = Path(__file__).with_name("page.html"), Path(__file__).with_name("page.css")


class Content(NamedTuple):
    """What the page tells of: the facts, how many steps the proof has, the statements, the cases, and versions."""

    facts: Facts
    steps: int
    accounts: Sequence[Account]
    cases: Sequence[Case]
    versions: Mapping[str, str]


def page(rules: RuleFile, shown: Content) -> str:
    """The whole page; the file needs nothing beside it. No script, and no request of any kind."""
    facts = shown.facts
    ways = {one["id"]: len(one["broken if"]) for one in facts.plain["promises"]}
    included = {one["id"]: one["open"] == "included" for one in facts.plain["promises"]}
    return pages.page(
        read_text(_TEMPLATE),
        read_text(_STYLE),
        rules=rules,
        promises=[_promise(rules, one, included[one.id], ways[one.id]) for one in rules.invariants],
        ways=sum(ways.values()),
        steps=shown.steps,
        rows=sum(len(one.rows) for one in facts.table),
        conditions=len(facts.table),
        sampled=facts.plain["sampled"],
        accounts=shown.accounts,
        cases=shown.cases,
        versions=shown.versions,
        files=FILES,
        limit=LIMIT,
        counted=counted,
    )


def _promise(rules: RuleFile, one: Invariant, included: bool, ways: int) -> dict[str, object]:
    is_open = one.when is not None and can_stay_open(rules, one.when)
    certain_only = is_open and not included and one.open is None
    meant = one.model_copy(update={"open": "left-out"}) if certain_only else one
    return {
        "id": one.id,
        "because": one.because,
        "sentences": list(promised(rules, meant)),
        "risen": [f"{rules.by_question[risk.question].ask} {risen(rules, risk)}" for risk in one.never_less_urgent],
        "certain_only": certain_only,
        "ways": ways,
    }
