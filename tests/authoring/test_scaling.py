"""That the work of a check grows with the file and not with its square, and that answers are in memory once."""

import json
from typing import Any

import pytest
from proving import no_hurry, silent
from strategies import built
from work import calls_made, steps

from screener.authoring.checks.logic import CHECKS, prove
from screener.authoring.checks.placing import placed
from screener.authoring.checks.remark import Remark
from screener.ground.listing import as_text
from screener.proof.prover import Prover
from screener.proof.spans import Spans
from screener.rulefile import yamltext

SMALL, LARGE = 150, 300


def raw(questions: int) -> dict[str, Any]:
    """For each question two lines that come alike and call for a next step; and a few promises."""
    asked = [{"id": f"q{n}", "type": "yes-no", "ask": f"Q{n}?", "unsure": "yes"} for n in range(questions)]
    said = [
        {"id": f"{letter}{n}", "topic": "T", "says": "S.", "when": {f"q{n}": "yes"}, "disposition": "d1"}
        for n in range(questions)
        for letter in "gh"
    ]
    kept = [
        {"id": f"i{n}", "because": "B.", "when": {f"q{n}": "yes", f"q{n + 1}": "no"}, "then": {"disposition": "d1"}}
        for n in range(5)
    ]
    return {
        "format": 1, "id": "f", "version": "1", "title": "F", "language": "en", "questions": asked, "guidance": said,
        "dispositions": [{"id": f"d{rank}", "title": "D", "says": "D."} for rank in range(2)],
        "referral": {"says": "R."}, "invariants": kept,
    }  # fmt: skip


def found(questions: int) -> list[Remark]:
    """All that the check says of the logic."""
    return list(prove(built(raw(questions)), no_hurry, silent).remarks)


def checking(family: str, questions: int) -> int:
    """The calls that the checks of one family take."""
    rules = built(raw(questions))
    checks = [check for check in CHECKS if check.look.__module__.endswith(f".{family}")]
    with Prover(rules, no_hurry) as prover:
        return calls_made(lambda: [list(check.look(prover, one)) for check in checks for one in check.subjects(rules)])


@pytest.mark.parametrize("family", ["reach", "left_open", "lines", "promises"])
def test_twice_the_file_is_about_twice_the_work(family: str) -> None:
    """Counted in calls: four times would be the square."""
    checking(family, 10)  # what is made once is no part of it

    assert checking(family, LARGE) < 2.6 * checking(family, SMALL)


def test_twice_the_problems_are_about_twice_the_listing() -> None:
    """Each with a set of answers to the whole file, of which the text has only what matters."""

    def listing(questions: int) -> int:
        remarks, source = found(questions), yamltext.read(json.dumps(raw(questions), indent=1), "x.yaml")
        return calls_made(lambda: as_text(placed(remarks, lambda _: source)))

    assert listing(LARGE) < 2.6 * listing(SMALL)


def test_problems_share_their_answers() -> None:
    """As many sets of answers are in memory as are different, not one for each problem."""
    remarks = found(SMALL)
    source = yamltext.read(json.dumps(raw(SMALL)), "x.yaml")
    problems = placed(remarks, lambda _: source)

    assert len(problems) == SMALL + 1  # each pair of lines, and no line for people who say no to all
    for kept in ([one.given for r in remarks for one in r.witness], [one.given for p in problems for one in p.witness]):
        assert len({id(one) for one in kept}) < 20
        assert len(kept) == len(problems)


def test_what_has_no_say_in_each_other_is_found_by_and_by() -> None:
    """Of a thousand things each has to do with one that was met before, and is not compared with all of those."""

    def apart(many: int) -> int:
        spans = Spans()
        for _ in range(many):
            spans.add(spans.group())
        return steps(lambda: spans.apart([*range(2, many + 2), *range(-2, -many - 2, -1)]))

    assert apart(1_000) < 2.2 * apart(500)
