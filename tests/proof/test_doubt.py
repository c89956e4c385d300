"""Whether a condition can stay unknown, and who is said to be asked a question because of it."""

from typing import Any

import pytest
from enumeration import everything
from hypothesis import assume, given, settings
from strategies import DATED, built, raw_rule_files

from screener.authoring.show import render
from screener.engine.assess import view_of
from screener.exchange.codebook import as_csv, as_markdown
from screener.ground.wrapping import Look
from screener.proof.doubt import Doubt

#: Trying everything takes long enough without being watched; other tests reach the same lines.
pytestmark = pytest.mark.no_cover
LEFT_OPEN = ", or when that is left open"


@settings(deadline=None, max_examples=300)
@given(raw_rule_files(max_questions=4) | raw_rule_files(max_questions=2, types=DATED))
def test_a_condition_is_in_doubt_exactly_if_some_answers_leave_it_unknown(raw: dict[str, Any]) -> None:
    """Of questions, of lines and of referrals, as trying all answers shows it."""
    rules = built(raw)
    people = everything(rules)
    assume(len(people) < 600)
    views, doubt = [view_of(rules, answers) for answers in people], Doubt(rules)
    for condition in rules.written_conditions:
        assert doubt.about(condition) == any(condition.holds(view) is None for view in views)


@pytest.mark.parametrize(
    ("when", "more", "said"),
    [
        ({"skin": "gold"}, {"decline": "yes"}, "when “Skin?” is answered “Gold”" + LEFT_OPEN),
        ({"skin": "gold"}, {}, "only when “Skin?” is answered “Gold”"),
        ({"skin": ["gold", "unsure"]}, {"unsure": "yes"}, "only when “Skin?” is answered “Gold” or not sure"),
        (
            {"any": [{"skin": "gold"}, {"skin": ["grey", "unsure"]}]},
            {"unsure": "yes"},
            "only when “Skin?” is answered “Gold” or “Skin?” is answered “Grey” or not sure",
        ),
    ],
)
def test_who_is_asked_is_said_alike_everywhere(when: Any, more: dict[str, str], said: str) -> None:
    """In plain language and in both codebooks; an open answer is spoken of only where it asks the question."""
    skin = {"id": "skin", "type": "one", "ask": "Skin?", "options": {"gold": "Gold", "grey": "Grey"}, **more}
    later = {"id": "later", "type": "yes-no", "ask": "Since when?", "when": when}
    rules = built(
        {
            "format": 1, "id": "f", "version": "1", "title": "F", "language": "en", "questions": [skin, later],
            "guidance": [{"id": "g", "topic": "T", "says": "S."}],
            "dispositions": [{"id": "d", "title": "D", "says": "D."}], "referral": {"says": "R."},
        }
    )  # fmt: skip

    assert f"Asked {said}." in render(rules, Look(300))
    assert f"- Asked: {said}\n" in as_markdown(rules)
    assert said in as_csv(rules)
