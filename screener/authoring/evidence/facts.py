"""What the evidence says of a rule file, as plain values: `check.py` makes the clauses of it, and looks into them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from screener.authoring.evidence.breaches import ways
from screener.authoring.evidence.clauses import Numbered, numbered
from screener.authoring.evidence.people import Person, fits, name_of, people
from screener.authoring.evidence.table import Rows, fitting, verdicts
from screener.engine.answers import in_words
from screener.ground.safetext import one_line
from screener.proof.encoding import Encoding, as_answer
from screener.proof.gates import Gates, Literal, Tick
from screener.proof.truths import Piece
from screener.rulefile.conditions.describe import describe
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.naming import Naming
from screener.rulefile.promises import Invariant

SCHEMA = "screener/evidence/1"
#: The name of what always holds, and how the two sides of a condition are called.
ALWAYS, SURE, MAY = "always", "is sure", "may be"
_Thing = tuple[str, Condition | None]


class Facts(NamedTuple):
    """Everything that `facts.json` holds, and the table that goes with it."""

    plain: Mapping[str, Any]
    table: tuple[Rows, ...]


def facts(rules: RuleFile, included: Mapping[str, bool], files: Mapping[str, str], tick: Tick) -> Facts:
    """The facts about a rule file.

    `included` says of each promise whether it is proved for those who left its condition open too; `files` has the
    SHA-256 of the files that all this was made of. Raises Undecided.
    """
    gates = Gates(tick)
    everyone = people(rules, gates)
    named = {ALWAYS: gates.TRUE} | dict(pair for person in everyone for pair in _named(person))
    numbers = numbered(gates, named.values())
    table = tuple(_table(everyone[0].encoding))
    promises = [_promise(rules, one, included[one.id], everyone[1:]) for one in rules.invariants]
    words = _words(rules, everyone[0].encoding)
    plain = {
        "schema": SCHEMA,
        "rules": {"id": rules.id, "version": rules.version, "title": rules.title},
        "files": files,
        "promises": promises,
        "people": {person.mark: person.changes for person in everyone},
        "names": {name: numbers.of(literal) for name, literal in named.items()},
        "words": {name: words.get(name, "") for name in named},
        "gates": _gates(everyone, numbers),
        "answers": {one.id: _answer(everyone[0].encoding, one) for one in rules.questions},
        "rows": {one.what: len(one.rows) for one in table},
        "sampled": [one.what for one in table if not one.whole],
    }
    return Facts(plain, table)


def _promise(rules: RuleFile, one: Invariant, included: bool, others: list[Person]) -> dict[str, Any]:
    ways_to_break = list(ways(rules, one, included, others))
    open_answers = "included" if included else "left out"
    return {"id": one.id, "because": one.because, "open": open_answers, "broken if": ways_to_break}


def _gates(everyone: list[Person], numbers: Numbered) -> Mapping[str, Sequence[Literal]]:
    """Each gate and its parts, but for those of an answer that was given: they stand with the answers."""
    given = {
        abs(numbers.of(person.encoding.given(question.id)))
        for person in everyone
        for question in person.encoding.rules.questions
    }
    return {str(gate): parts for gate, parts in numbers.gates.items() if gate not in given}


def _named(person: Person) -> Iterator[tuple[str, Literal]]:
    """Every name, and what it stands for."""
    encoding, mark, gates = person.encoding, person.mark, person.encoding.gates
    for question in encoding.rules.questions:
        for piece, literal in encoding.pieces[question.id].items():
            yield f"{mark}{question.id}={name_of(piece)}", literal
        yield f"{mark}given {question.id}", encoding.given(question.id)
        if _limited(question):
            yield f"{mark}limits {question.id} {SURE}", fits(encoding, question)
            yield f"{mark}limits {question.id} {MAY}", fits(encoding, question)
    for what, when in _things(encoding.rules, everything=not mark):
        truths = (gates.TRUE, gates.TRUE) if when is None else encoding.truth(when)
        yield from zip((f"{mark}{what} {SURE}", f"{mark}{what} {MAY}"), truths, strict=True)


def _things(rules: RuleFile, everything: bool) -> Iterator[_Thing]:
    """What has a condition or could have one; of a second person only what is asked and said matters."""
    yield from ((f"question {one.id}", one.when) for one in rules.questions)
    yield from ((f"guidance {one.id}", one.when) for one in rules.guidance)
    if everything:
        yield from ((f"referral {one.id}", one.when) for one in rules.referrals)
        yield from ((f"promise {one.id}", one.when) for one in rules.invariants)
        yield from ((f"answers {one.id}", one.then.answers) for one in rules.invariants if one.then)


def _answer(encoding: Encoding, question: Question) -> Mapping[str, Any]:
    """What an answer to this question is made of, which pieces stand alone, and which leave it open."""
    pieces = [name_of(piece) for piece in encoding.takes(question)]
    return {
        "pieces": pieces,
        "alone": [piece for piece in pieces if _alone(question, piece)],
        "open": list(question.reserved),
        "limited": _limited(question),
    }


def _limited(question: Question) -> bool:
    return question.type == "many" and question.limits != (None, None)


def _alone(question: Question, piece: str) -> bool:
    return question.type != "many" or piece in question.reserved or question.options[piece].exclusive


def _table(encoding: Encoding) -> Iterator[Rows]:
    for question in encoding.rules.questions:
        if _limited(question):
            yield fitting(f"limits {question.id}", question)
    for what, when in _things(encoding.rules, everything=True):
        if when is not None:
            yield verdicts(what, when, encoding)


def _words(rules: RuleFile, encoding: Encoding) -> Mapping[str, str]:
    """What the names of the first person stand for, in plain words."""
    words = {ALWAYS: "holds whatever is answered"}
    for question in rules.questions:
        words[f"given {question.id}"] = "answered with a value"
        for piece in encoding.takes(question):
            words[f"{question.id}={name_of(piece)}"] = _answered(question, piece)
    for what, when in _things(rules, everything=True):
        said = describe(when, Naming(rules)) if when is not None else "whatever is answered"
        words[f"{what} {MAY}"] = said
    return {name: one_line(text) for name, text in words.items()}


def _answered(question: Question, piece: Piece) -> str:
    if question.type == "text" and piece not in question.reserved:
        return f"“{question.ask}” is answered with a text"
    alike = "" if isinstance(piece, str) else ", or a value that no condition tells from it"
    return f"“{question.ask}” is answered “{in_words(question, as_answer(question, [piece]))}”{alike}"
