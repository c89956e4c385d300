"""What a promise comes to, part by part: together as strong as the promise, and each about one thing."""

from typing import Any

import pytest
from enumeration import everything
from hypothesis import assume, given, settings
from proving import broken_keys, no_hurry
from strategies import built, raw_files_with_promises

from screener.engine.assess import assess, view_of
from screener.proof.obligations import guards, holds_words, obligations
from screener.proof.prover import Prover
from screener.rulefile.promises import Promise

#: Trying everything takes long enough without being watched; other tests reach the same lines.
pytestmark = pytest.mark.no_cover


@settings(deadline=None, max_examples=150)
@given(raw_files_with_promises())
def test_a_promise_is_kept_if_none_of_its_obligations_is_broken(raw: dict[str, Any]) -> None:
    """For both readings: the keys with an obligation that can be broken are those that someone's answers break."""
    rules = built(raw)
    people = everything(rules)
    assume(len(people) < 500)
    with Prover(rules, no_hurry) as prover:
        for invariant in rules.invariants:
            then = invariant.then or Promise()
            readings: tuple[list[bool | None], ...] = ([True], [True, None])
            for guard, meant in zip(guards(prover.encoding, invariant), readings, strict=True):
                broken = {
                    key
                    for answers in people
                    if invariant.when is None or invariant.when.holds(view_of(rules, answers)) in meant
                    for key in broken_keys(rules, then, assess(rules, answers))
                }
                owed = list(obligations(prover.encoding, invariant, guard))
                assert {one.key for one in owed if prover.can(*one.parts)} == broken
                assert all(one.promise == invariant.id and one.parts[0] == guard for one in owed)
                assert {one.key for one in owed} <= {key for key, value in then if value}


def test_each_obligation_is_about_one_thing() -> None:
    """One for each line that is too urgent, one for all lines that are urgent enough, one for each referral."""
    lines = [
        {"id": f"g{n}", "topic": "T", "says": "S.", "when": {"q": "yes"}, "disposition": f"d{n}"} for n in range(4)
    ]
    raw = {
        "format": 1, "id": "f", "version": "1", "title": "F", "language": "en",
        "questions": [{"id": "q", "type": "yes-no", "ask": "A?"}, {"id": "r", "type": "yes-no", "ask": "A?"}],
        "guidance": lines, "dispositions": [{"id": f"d{n}", "title": "D", "says": "D."} for n in range(4)],
        "referral": [{"id": f"r{n}", "when": {"q": word}, "says": "R."} for n, word in enumerate(["yes", "no"])]
        + [{"says": "See one."}],
        "invariants": [{"id": "i", "because": "B.", "when": {"r": "yes"}, "then": {
            "disposition": "d1", "disposition_at_least": "d0", "disposition_at_most": "d2", "guidance": ["g0", "g1"],
            "no_guidance": ["g2"], "asked": ["q", "q"], "not_asked": ["r"], "answers": {"q": "yes"}, "referral": "r1",
            "referral_says": "see"}}],
    }  # fmt: skip
    rules = built(raw)
    with Prover(rules, no_hurry) as prover:
        (invariant,) = rules.invariants
        guard, _ = guards(prover.encoding, invariant)
        owed = [(one.key, one.id, len(one.parts)) for one in obligations(prover.encoding, invariant, guard)]

    assert owed == [
        ("disposition", "d1", 4),
        ("disposition", "d1", 2),
        ("disposition", "d1", 2),
        ("disposition_at_most", "d2", 2),
        ("guidance", "g0", 2),
        ("guidance", "g1", 2),
        ("no_guidance", "g2", 2),
        ("asked", "q", 2),
        ("not_asked", "r", 2),
        ("answers", "", 2),
        ("referral", "r1", 2),
        ("referral", "r1", 2),
        ("referral_says", "see", 2),
        ("referral_says", "see", 3),
    ]


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("See a certified\nprofessional.", "CERTIFIED professional", True),
        ("See a certified professional.", "  certified   professional ", True),
        ("Straße", "STRASSE", True),
        ("See a certified professional.", "professional certified", False),
    ],
)
def test_words_are_held_whatever_their_capitals_and_lines(text: str, words: str, held: bool) -> None:
    """The words stand one after the other; how the text is broken into lines does not matter."""
    assert holds_words(text, words) is held
