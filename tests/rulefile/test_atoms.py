"""The laws of what a condition can say of one question, over every small answer: meaning, parts and proofs."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations, product

import pytest

from screener.ground.marks import MARKS, Mark
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Compare, Count, NoneOf
from screener.rulefile.conditions.tree import Atom, PartOfAnswer, Pieces, State, Truth

OPTIONS = "abcde"


def subsets(options: str, least: int) -> Iterator[tuple[str, ...]]:
    """Every choice among the options of so many or more, in order."""
    return (chosen for size in range(least, len(options) + 1) for chosen in combinations(options, size))


ANSWERS = list(subsets(OPTIONS, 1))
NAMED = [frozenset(chosen) for chosen in subsets("abc", 1)]
LIMITS = [(least, most) for least, most in product(range(4), [None, 0, 1, 2, 3]) if most is None or least <= most]
ABOUT_MANY: list[Atom] = [
    *(AnyOf("q", named) for named in NAMED),
    *(AllOf("q", named) for named in NAMED),
    *(NoneOf("q", named) for named in NAMED),
    *(Count("q", least, most) for least, most in LIMITS),
    Answered("q"),
]
#: Names that are the same in every process, as sets when written out are not.
NAMES = [f"{type(atom).__name__}-{number}" for number, atom in enumerate(ABOUT_MANY)]


def meant(atom: Atom, answer: tuple[str, ...]) -> bool:
    """What the words of the format say of the atom and these options."""
    chosen = set(answer)
    if isinstance(atom, AnyOf):
        return bool(chosen & atom.options)
    if isinstance(atom, AllOf):
        return chosen >= atom.options
    if isinstance(atom, NoneOf):
        return not chosen & atom.options
    if isinstance(atom, Count):
        return atom.at_least <= len(chosen) <= (len(OPTIONS) if atom.at_most is None else atom.at_most)
    return True


def glimpsed(pieces: Pieces, answer: tuple[str, ...]) -> State:
    """What is known of the question when only these pieces of its answer are."""
    if ("q", None) in pieces:
        return answer
    return PartOfAnswer(frozenset(option for _, option in pieces if option)) if pieces else Mark.OPEN


def fewer(pieces: Pieces) -> Iterator[Pieces]:
    """The pieces without one of them."""
    return (pieces - {piece} for piece in pieces)


@pytest.mark.parametrize("atom", ABOUT_MANY, ids=NAMES)
def test_an_atom_means_what_is_written(atom: Atom) -> None:
    """Of every choice of options it is true or false, as the words of the format say."""
    assert [atom.holds({"q": answer}) for answer in ANSWERS] == [meant(atom, answer) for answer in ANSWERS]


@pytest.mark.parametrize("atom", ABOUT_MANY, ids=NAMES)
def test_of_a_part_is_known_what_every_whole_agrees_on(atom: Atom) -> None:
    """Some options known, the rest open: true or false only if it is so whatever else was chosen."""
    for part in ANSWERS:
        known = {meant(atom, answer) for answer in ANSWERS if set(answer) >= set(part)}
        expected: Truth = known.pop() if len(known) == 1 else None
        if isinstance(atom, Count) and expected and (atom.at_most is not None or len(part) < atom.at_least):
            expected = None  # an atom does not know how many options there are

        assert atom.holds({"q": PartOfAnswer(frozenset(part))}) is expected, part


@pytest.mark.parametrize("atom", ABOUT_MANY, ids=NAMES)
def test_a_proof_is_enough_and_no_piece_of_it_is_idle(atom: Atom) -> None:
    """From the pieces the truth follows, from fewer it does not; the whole answer is named only where no part does."""
    for answer in ANSWERS:
        truth = meant(atom, answer)
        pieces = atom.proof(answer, truth)

        assert pieces <= {("q", None), *(("q", option) for option in answer)}
        assert atom.holds({"q": glimpsed(pieces, answer)}) is truth
        assert not any(atom.holds({"q": glimpsed(some, answer)}) is truth for some in fewer(pieces))
        if ("q", None) in pieces:
            assert len(pieces) == 1
            assert atom.holds({"q": PartOfAnswer(frozenset(answer))}) is not truth


@pytest.mark.parametrize("answer", ["a", "z"])
def test_of_one_option_the_whole_answer_is_the_proof(answer: str) -> None:
    """An answer to a question with one choice has no parts."""
    for atom in ABOUT_MANY:
        if not isinstance(atom, AllOf | Count):
            assert atom.holds({"q": answer}) is meant(atom, (answer,))
        if not isinstance(atom, AllOf):
            assert atom.proof(answer, True) == atom.proof(answer, False) == frozenset([("q", None)])


@pytest.mark.parametrize("side", ["below", "above", "at_least", "at_most"])
@pytest.mark.parametrize(
    ("low", "high"), [(Decimal("1.9999"), Decimal(2)), (date(2026, 1, 30), date(2026, 1, 31))], ids=["number", "date"]
)
def test_limits_are_met_or_missed_by_the_smallest_step(side: str, low: Decimal, high: Decimal) -> None:
    """Below and above leave the limit out, at least and at most count it in; the whole value is the proof."""
    meets = {"below": (True, False), "above": (False, False), "at_least": (False, True), "at_most": (True, True)}
    atom, other = Compare("q", side, high), Compare("q", side, low)

    assert (atom.holds({"q": low}), atom.holds({"q": high})) == meets[side]
    assert other.holds({"q": high}) is (side in ("above", "at_least"))
    assert other.holds({"q": "some text"}) is False
    assert atom.proof(low, True) == frozenset([("q", None)])


MARKED: list[tuple[Atom, dict[Mark, Truth]]] = [
    (AnyOf("q", frozenset("a")), {}),
    (AllOf("q", frozenset("a")), {}),
    (NoneOf("q", frozenset("a")), {}),
    (Count("q", 1), {}),
    (Compare("q", "below", Decimal(1)), {}),
    (Answered("q"), {Mark.UNSURE: False, Mark.DECLINED: False, Mark.SKIPPED: False}),
    (AnyOf("q", frozenset("a"), frozenset([Mark.UNSURE])), {Mark.UNSURE: True}),
    *(
        (AnyOf("q", frozenset(), frozenset(named)), dict[Mark, Truth]((mark, mark in named) for mark in MARKS.values()))
        for size in (1, 2, 3)
        for named in combinations(MARKS.values(), size)
    ),
]


@pytest.mark.parametrize(("atom", "decided"), MARKED, ids=map(str, range(len(MARKED))))
def test_without_a_value_an_atom_is_unknown_unless_it_names_the_state(atom: Atom, decided: dict[Mark, Truth]) -> None:
    """False of a question not asked, unknown of an open one; unsure and declined as the atom says, and may lean."""
    usual: dict[Mark, Truth] = dict.fromkeys(Mark) | {Mark.HIDDEN: False}
    expected = {**usual, **decided}

    assert {mark: atom.holds({"q": mark}) for mark in Mark} == expected
    for mark, want in product(Mark, [True, False]):
        leans = expected[mark] is None and mark in MARKS.values()
        assert atom.leaning({"q": mark}, want) is (want if leans else expected[mark])
