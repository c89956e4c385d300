"""The evidence as a page to read: what is shown, of which promises, and how to check it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from screener.authoring.cases import Case
from screener.authoring.checks.proved import counted
from screener.authoring.coverage.account import Account
from screener.authoring.evidence import check
from screener.authoring.evidence.meaning import Rules
from screener.authoring.promised import MORE_RISK, Pledge, can_stay_open, parts, risen, whom
from screener.ground import pages
from screener.ground.files import read_text
from screener.rulefile.model import RuleFile
from screener.rulefile.promises import Invariant

#: What it all comes to; `check.py` ends with the same words.
LIMIT = check.LIMIT
FILES = {
    "check.py": "checks everything else here, but for what it says it does not look at",
    "spelling.py": "compares the rule file with rules.json; check.py takes it from here",
    "meaning.py": "what a rule file says, as clauses; check.py takes it from here",
    "rules.json": "the rule file once more, as check.py reads it",
    "promises.cnf": "the clauses that the proof needs, with the meaning of each number in words; DIMACS",
    "promises.drup": "the proof, step by step; DRUP",
    "promises.lrat": "the same steps, each with the clauses that it follows from; LRAT",
    "local.csv": "each condition, every combination of answers that it could tell apart, and the verdict of the tool",
    "statements.csv": "each statement of the sources, and what became of it",
    "manifest.json": "the SHA-256 of every file",
}
_TEMPLATE, _STYLE = Path(__file__).with_name("page.html"), Path(__file__).with_name("page.css")
#: So many names of a list are seen at once, and so many words of one that has no title.
_FIRST, _WORDS = 5, 8
_MARKED = re.compile(r"(?<= )(rather told in person|not sure|skipped)(?=[,. )]|$)")


class Content(NamedTuple):
    """What the page tells of: the rule file as the checker reads it, how many steps the proof and rows the table has,
    the statements, the cases, the versions, and the SHA-256 of the rule file.
    """

    meaning: Rules
    steps: int
    rows: int
    accounts: Sequence[Account]
    cases: Sequence[Case]
    versions: Mapping[str, str]
    sha256: str


def page(rules: RuleFile, shown: Content, name: str) -> str:
    """The whole page; the file needs nothing beside it. No script, and no request of any kind."""
    tables = check.tables(shown.meaning)
    larger = [what for what, (_, whole) in tables.items() if not whole]
    sampled = [what for what in larger if not shown.meaning.split(tables[what][0])[0]]
    return pages.page(
        read_text(_TEMPLATE),
        read_text(_STYLE),
        rules=rules,
        name=name,
        shown=shown,
        promises=[_promise(rules, one, one.id in shown.meaning.only) for one in rules.invariants],
        certain=sum(_certain(rules, one, one.id in shown.meaning.only) for one in rules.invariants),
        ways=len(shown.meaning.clauses[-1]),
        whole=len(tables) - len(larger),
        parted=[what for what in larger if what not in sampled],
        sampled=sampled,
        files=FILES,
        limit=LIMIT,
        counted=counted,
    )


def _certain(rules: RuleFile, one: Invariant, only: bool) -> bool:
    """Whether a promise is only for those whose answers make its condition certain."""
    open = one.when is not None and can_stay_open(rules, one.when)
    return open and (only or one.open == "left-out")


def _promise(rules: RuleFile, one: Invariant, only: bool) -> dict[str, object]:
    certain = _certain(rules, one, only)
    meant = one.model_copy(update={"open": "left-out" if certain else "included"})
    said = [_listed(rules, part) for part in parts(rules, one.then)] if one.then is not None else []
    return {
        "id": one.id,
        "because": one.because,
        "said": said,
        "whom": [_quoted(sentence) for sentence in whom(rules, meant)] if one.then is not None else [],
        "everyone": one.when is None,
        "more": MORE_RISK,
        "risen": [f"{rules.by_question[risk.question].ask} {risen(rules, risk)}" for risk in one.never_less_urgent],
        "certain_only": certain and one.open is None,
    }


def _quoted(sentence: str) -> str:
    """A condition in words, with quotes around the answers that are no value as around the others."""
    return _MARKED.sub(r"“\1”", sentence)


def _listed(rules: RuleFile, part: Pledge) -> dict[str, object]:
    """A part of a promise: the first of its names, and the others apart."""
    names = [_named(rules, part.kind, id) for id in part.ids]
    first = len(names) if len(names) <= _FIRST + 1 else _FIRST
    words = part.words[:1].upper() + part.words[1:]
    return {"words": words, "first": names[:first], "rest": names[first:]}


def _named(rules: RuleFile, kind: str, id: str) -> tuple[str, str]:
    """What is promised in words, and its id; what has no title is called by its first words."""
    if not kind:
        return _quoted(id), ""
    if kind == "questions":
        return f"“{rules.by_question[id].ask}”", id
    titles = {
        "guidance": {one.id: one.title or _beginning(one.says) for one in rules.guidance},
        "dispositions": {one.id: one.title for one in rules.dispositions},
        "referral": {one.id: _beginning(one.says) for one in rules.referrals},
    }
    return f"“{titles[kind][id]}”", id


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
