"""Pure: what becomes of every statement of the sources, and which worked cases show which part of a rule file."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from screener.authoring.cases import WorkedCase
from screener.engine.assess import assess
from screener.rulefile.library import Statement
from screener.rulefile.loader.sources import citations
from screener.rulefile.model import Guidance, RuleFile

Fate = Literal["said", "said and handed over", "handed over", "left out", "unaccounted"]
#: In the order in which they are told.
FATES: tuple[Fate, ...] = ("said", "said and handed over", "handed over", "left out", "unaccounted")
Kind = Literal["question", "guidance", "disposition", "referral", "not_covered"]
_KINDS: Mapping[str, Kind] = {
    "questions": "question",
    "guidance": "guidance",
    "dispositions": "disposition",
    "referral": "referral",
    "not_covered": "not_covered",
}


class Citation(NamedTuple):
    """Something in the rule file that cites; a referral and what is not covered have no id."""

    kind: Kind
    id: str | None = None


class Account(NamedTuple):
    """A statement, and what becomes of it.

    It is said where a line, a question or the text on what is not covered cites it. It is handed over to the
    professional where a question to take along, a next step or the referral stands on it. It may be both.
    """

    statement: Statement
    said: tuple[Citation, ...]
    handed_over: tuple[Citation, ...]

    @property
    def fate(self) -> Fate:
        """What becomes of the statement, in a word or two. A statement that is cited is not left out."""
        if self.said:
            return "said and handed over" if self.handed_over else "said"
        if self.handed_over:
            return "handed over"
        return "unaccounted" if self.statement.left_out is None else "left out"


def accounts(rules: RuleFile) -> tuple[Account, ...]:
    """What becomes of every statement of the sources file, in its order; none without such a file."""
    said: dict[str, list[Citation]] = {}
    handed_over: dict[str, list[Citation]] = {}
    lines = {line.id: line for line in rules.guidance}
    for _, ids, (kind, *rest) in citations(rules):
        place = Citation(_KINDS[str(kind)], str(rest[0]) if len(rest) > 1 and kind != "referral" else None)
        for id in dict.fromkeys(ids):
            if _is_said(place):
                said.setdefault(id, []).append(place)
            if _is_handed_over(place, lines):
                handed_over.setdefault(id, []).append(place)
    statements = rules.library.statements if rules.library else ()
    return tuple(Account(one, tuple(said.get(one.id, ())), tuple(handed_over.get(one.id, ()))) for one in statements)


def _is_said(place: Citation) -> bool:
    return place.kind in ("guidance", "question", "not_covered")


def _is_handed_over(place: Citation, lines: Mapping[str, Guidance]) -> bool:
    """Whether something to take to the professional, or to hear from them, stands on what is cited here."""
    if place.kind == "guidance":
        return lines[str(place.id)].ask is not None
    return place.kind in ("disposition", "referral")


def by_document(found: Iterable[Account], rules: RuleFile) -> dict[str | None, list[Account]]:
    """The accounts of each document, in the order of the sources file; under None those that stand in none.

    A statement taken from several documents is with each of them.
    """
    grouped: dict[str | None, list[Account]] = {id: [] for id in (rules.library.documents if rules.library else ())}
    for account in found:
        for document in account.statement.stands_in or (None,):
            grouped.setdefault(document, []).append(account)
    return {document: group for document, group in grouped.items() if group}


def fates(found: Iterable[Account]) -> dict[Fate, int]:
    """How many statements have each fate, those that are not there at all as 0."""
    counted = Counter(account.fate for account in found)
    return {fate: counted[fate] for fate in FATES}


class Exercised(NamedTuple):
    """A line, a question or a next step, and the ids of the cases that show it.

    `possible` are cases in which a line is said as one that may apply. A question is shown where it is asked and
    answered.
    """

    kind: Literal["guidance", "question", "disposition"]
    id: str
    certain: tuple[str, ...]
    possible: tuple[str, ...] = ()

    @property
    def cases(self) -> tuple[str, ...]:
        """The ids of all cases that show this, in either way."""
        return self.certain + self.possible


def exercised(rules: RuleFile, worked: Iterable[WorkedCase]) -> tuple[Exercised, ...]:
    """Which cases show which line, question and next step: everything the rule file has, shown or not."""
    asked, certain, possible, reached = (_Cases() for _ in range(4))
    for one in worked:
        summary = assess(rules, one.answers)
        asked.add(one, summary.answers)
        certain.add(one, (f.guidance.id for f in summary.findings if f.certainty == "certain"))
        possible.add(one, (f.guidance.id for f in summary.findings if f.certainty == "possible"))
        reached.add(one, [summary.disposition.id])
    return (
        *(Exercised("question", question.id, asked.of(question.id)) for question in rules.questions),
        *(Exercised("guidance", line.id, certain.of(line.id), possible.of(line.id)) for line in rules.guidance),
        *(Exercised("disposition", step.id, reached.of(step.id)) for step in rules.dispositions),
    )


class _Cases:
    """The ids of the cases that show each thing."""

    def __init__(self) -> None:
        self._by_shown: dict[str, list[str]] = {}

    def add(self, worked: WorkedCase, shown: Iterable[str]) -> None:
        for id in shown:
            self._by_shown.setdefault(id, []).append(worked.case.id)

    def of(self, id: str) -> tuple[str, ...]:
        return tuple(self._by_shown.get(id, ()))
