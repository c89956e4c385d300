"""Lines that exclude each other and come together: what causes it, and mends that end it."""

import json
import re
from pathlib import Path
from typing import Any

from commands import file
from commands import rules as cli
from enumeration import everything
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from proving import fired, no_hurry, replays, silent
from strategies import COIN, Draw, built, raw_rule_files

from screener.authoring.checks.logic import prove
from screener.authoring.checks.remark import Remark
from screener.engine.assess import assess

SKIPPED = re.compile(r"^write `when_unsure: skip` in (.*), or change one of the two conditions$")


def whole(first: Any, second: Any, **more: str) -> dict[str, Any]:
    """Two lines that exclude each other, after questions of which most have no say in them."""
    asked: list[dict[str, Any]] = [
        {"id": f"q{n}", "type": "yes-no", "ask": "Q?", "unsure": "yes", "decline": "yes"} for n in range(6)
    ]
    return {
        "format": 1, "id": "f", "version": "1", "title": "F", "language": "en", "questions": asked,
        "guidance": [
            {"id": "one", "topic": "T", "says": "S.", "when": first, "excludes": ["two"]},
            {"id": "two", "topic": "T", "says": "S.", "when": second, **more},
            {"id": "care", "topic": "T", "says": "S."},
        ],
        "dispositions": [{"id": "d", "title": "D", "says": "D."}], "referral": {"says": "R."},
    }  # fmt: skip


def together(raw: dict[str, Any]) -> list[Remark]:
    """The lines that come together though one excludes the other."""
    return [remark for remark in prove(built(raw), no_hurry, silent).remarks if remark.code == "said-together"]


def skipping(raw: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    """The file with `when_unsure: skip` in these lines."""
    return raw | {
        "guidance": [line | {"when_unsure": "skip"} if line["id"] in ids else line for line in raw["guidance"]]
    }


def mends(remark: Remark) -> list[list[str]]:
    """The lines that the help says to change: any of these lists is to be enough."""
    found = SKIPPED.match(remark.help)
    return [re.findall(r"`(.*?)`", one) for one in found[1].split(" or in ")] if found else []


def test_an_open_answer_that_is_the_cause_is_named() -> None:
    """The message, what the example shows, and the mend in either line, word for word."""
    (remark,) = together(whole({"q4": "yes"}, {"q4": "no"}))

    assert remark.message == (
        "guidance `one` excludes `two`, and can be said together with it, "
        "though only where something is left open (`q4` is `unsure`)"
    )
    assert remark.witness[0].shows == "both `one` and `two` are said, as `q4` is `unsure`"
    assert remark.help == "write `when_unsure: skip` in `one` or in `two`, or change one of the two conditions"


def test_the_line_that_only_may_apply_is_the_one_to_change() -> None:
    """Where only one of the two is ever in doubt, to leave out the other would not help, and it is not named."""
    for other in (["no", "unsure"], ["no", "unsure", "declined"]):
        assert [mends(remark) for remark in together(whole({"q4": "yes"}, {"q4": other}))] == [[["one"]]]


def test_both_are_to_be_changed_where_one_is_not_enough() -> None:
    """Each can be certain while the other is in doubt."""
    doubtful, other = ({"all": [{id: "yes"}, {id: "no"}]} for id in ("q2", "q3"))
    raw = whole({"any": [{"q1": "yes"}, doubtful]}, {"any": [{"q1": "no"}, other]})

    assert [mends(remark) for remark in together(raw)] == [[["one", "two"]]]
    assert [len(together(skipping(raw, ids))) for ids in (["one"], ["two"], ["one", "two"])] == [1, 1, 0]


def test_no_mend_takes_a_line_away_from_everyone() -> None:
    """A line that is never certain would never be said with `when_unsure: skip`, so that is not advised."""
    (remark,) = together(whole({"not": {"q4": ["yes", "no"]}}, {"q4": "no"}))

    assert mends(remark) == [["two"]]


def test_two_that_are_certain_together_are_shown_so() -> None:
    """No open answer is blamed: the example has both for certain, and the conditions are to be changed."""
    raw = whole({"q4": "yes"}, {"q5": "yes"})
    (remark,) = together(raw)
    said = fired(assess(built(raw), dict(remark.witness[0].answers)))

    assert remark.message == "guidance `one` excludes `two`, and can be said together with it"
    assert remark.help == "change one of the two conditions"
    assert (said["one"], said["two"]) == ("certain", "certain")


def test_what_matters_comes_first() -> None:
    """The answers that the two lines hang on, and then the rest, each in the order of asking."""
    for raw in (whole({"q4": "yes"}, {"q4": "no"}), whole({"q5": "yes"}, {"q4": "yes"})):
        (remark,) = together(raw)
        ids = [id for id, _ in remark.witness[0].answers]
        matter = [id for id in ids if id in ("q4", "q5") and id in str([line["when"] for line in raw["guidance"][:2]])]

        assert ids[: len(matter)] == sorted(matter)
        assert ids[len(matter) :] == sorted(set(ids) - set(matter))


def test_only_what_matters_is_listed(tmp_path: Path) -> None:
    """The text names the answers that the two lines hang on, and counts the others; the file has them all."""
    path = file(tmp_path, json.dumps(whole({"q4": "yes"}, {"q4": "no"})))
    _, out, _ = cli("check", path, "--witness", tmp_path / "w")
    shown = out[out.index("for example, both `one` and `two` are said") :].splitlines()[1]
    (written,) = (tmp_path / "w").glob("*said-together*")
    answers = written.read_text("utf-8").splitlines()

    assert shown == "      q4: unsure; and 5 more, which do not matter here"
    assert [line.split(":")[0] for line in answers if line.startswith("q")] == ["q4", "q0", "q1", "q2", "q3", "q5"]


@st.composite
def raw_files_with_exclusions(draw: Draw) -> dict[str, Any]:
    """A small rule file in which lines exclude each other."""
    raw = draw(raw_rule_files(max_questions=3))
    ids = [line["id"] for line in raw["guidance"]]
    for line in raw["guidance"]:
        others = [id for id in ids if id != line["id"]]
        if others and draw(COIN):
            line["excludes"] = [draw(st.sampled_from(others))]
    return raw


@settings(deadline=None, max_examples=250)
@given(raw_files_with_exclusions())
def test_the_mends_end_it(raw: dict[str, Any]) -> None:
    """An open answer is blamed exactly where nobody hears both for certain; each mend that is named ends it, and the
    example has what is blamed.
    """
    rules = built(raw)
    people = everything(rules)
    assume(len(people) < 400)
    heard = [fired(assess(rules, answers)) for answers in people]
    for remark in together(raw):
        pair = remark.message.split("`")[1:4:2]
        certain = any([said.get(id) for id in pair] == ["certain", "certain"] for said in heard)
        answers = dict(remark.witness[0].answers)
        blamed = re.findall(r"`([^`]+)` is `(unsure|declined|skipped)`", remark.message)

        (example,) = remark.witness
        first = {id: answer for id, answer in example.answers if id in example.matter}
        alike = (place for place, given in enumerate(people) if first.items() <= given.items())

        replays(rules, remark)
        assert example.enough
        assert all(heard[place].keys() >= {*pair} for place in alike), "whatever is answered to all others"
        assert bool(blamed) == (not certain)
        assert all(answers[question] == word for question, word in blamed)
        assert mends(remark) == [] or not certain
        for ids in mends(remark):
            again = [other.message.split("`")[1:4:2] for other in together(skipping(raw, ids))]
            assert pair not in again
