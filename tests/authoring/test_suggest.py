"""The sets of answers that `screener rules cases --suggest` finds: complete, showing everything, and none too many."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pytest
import typer
from enumeration import everything
from hypothesis import assume, given, settings
from large import raw_large_file
from paths import GOOD, ROOT
from proving import no_hurry, silent
from strategies import DATED, built, raw_rule_files

from screener.authoring.cases import read_cases, run
from screener.authoring.suggest.listing import about, as_cases, cases
from screener.authoring.suggest.search import Suggested, Target, suggest
from screener.cli.rules import cases as command
from screener.engine.answers import read_answers
from screener.engine.assess import Summary, assess
from screener.ground.problems import ProblemsFound
from screener.proof.gates import Undecided
from screener.rulefile.find import load_rules
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

HEAD = "format: 1\nid: x\nversion: 1.0.0\ntitle: X\nlanguage: en\n"
TAIL = "dispositions: [{id: d, title: D, says: D.}]\nreferral: {says: R.}\n"
Targets = frozenset[Target]


def targets(summary: Summary) -> Targets:
    """What a set of answers shows, as the engine says."""
    said = {Target("guidance", finding.guidance.id) for finding in summary.findings}
    asked = {Target("question", id) for id in summary.answers}
    return frozenset(said | asked | {Target("disposition", summary.disposition.id)})


def everything_of(rules: RuleFile) -> Targets:
    """Every line, question and next step of the file."""
    lines = [Target("guidance", line.id) for line in rules.guidance]
    questions = [Target("question", question.id) for question in rules.questions]
    return frozenset([*lines, *questions, *(Target("disposition", step.id) for step in rules.dispositions)])


def union(sets: Iterable[Targets]) -> Targets:
    """What all of these show together."""
    return frozenset(itertools.chain.from_iterable(sets))


def checked(rules: RuleFile, found: Suggested) -> list[Targets]:
    """What each set shows in the engine, once it is sure that each is complete, as described, and needed."""
    shown = []
    for one in found.sets:
        summary = assess(rules, one.answers)
        assert summary.complete
        assert dict(summary.answers) == dict(one.answers)
        assert targets(summary) == frozenset(one.targets)
        shown.append(frozenset(one.targets))
    for index in range(len(shown)):
        assert union(shown[:index] + shown[index + 1 :]) != union(shown), "this set could be dropped"
    return shown


def choice(*options: str) -> RuleFile:
    """One question with these options; a line for each letter in them, said where an option has the letter."""
    letters = sorted(set("".join(options)))
    ids = {option: f"o-{option}" for option in options}
    asked = ", ".join(f"{id}: {id}" for id in ids.values())
    whens = {letter: ", ".join(ids[option] for option in options if letter in option) for letter in letters}
    lines = [f"  - {{id: {id}, topic: T, says: S., when: {{q: [{when}]}}}}\n" for id, when in whens.items()]
    question = f"questions: [{{id: q, type: one, ask: Q?, options: {{{asked}}}}}]\n"
    return load(f"{HEAD}{question}guidance:\n{''.join(lines)}{TAIL}")


@settings(deadline=None, max_examples=200)
@given(raw_rule_files(max_questions=3) | raw_rule_files(max_questions=2, types=DATED))
def test_the_sets_show_all_that_trying_everything_shows(raw: dict[str, Any]) -> None:
    """All that some answers show is shown, the rest is named, no set is idle; and `fewest` is what it says."""
    rules = built(raw)
    people = {targets(assess(rules, answers)) for answers in everything(rules)}
    found = suggest(rules, no_hurry, silent)
    shown = checked(rules, found)

    assert union(shown) == union(people)
    assert frozenset(found.never) == everything_of(rules) - union(people)
    assert len(found.never) == len(set(found.never))
    assert found.fewest
    largest = [one for one in people if not any(one < other for other in people)]
    assume(len(largest) ** (len(shown) - 1) < 1_000_000)
    assert not enough(largest, len(shown) - 1)


def enough(people: Collection[Targets], count: int) -> bool:
    """Whether so many of these show all that they show together."""
    return any(union(some) == union(people) for some in itertools.combinations(people, count))


@settings(deadline=None, max_examples=100)
@given(raw_rule_files(max_questions=3) | raw_rule_files(max_questions=2, types=DATED))
def test_without_patience_there_are_more_sets_but_none_is_idle(raw: dict[str, Any]) -> None:
    """When no time is taken to look for fewer sets, all is shown all the same, and no set could be dropped."""
    rules = built(raw)
    shown = checked(rules, suggest(rules, no_hurry, silent, patience=0))

    assert union(shown) == union(targets(assess(rules, answers)) for answers in everything(rules))


@pytest.mark.parametrize("options", list(itertools.permutations(("ab", "ac", "bd", "q"))))
def test_a_set_that_others_make_idle_is_dropped(options: tuple[str, ...]) -> None:
    """Who begins with `ab` needs two more sets for c and d, which show a and b too."""
    rules = choice(*options)

    assert len(checked(rules, suggest(rules, no_hurry, silent, patience=0))) == 3


def test_without_patience_nothing_is_proved(pico: RuleFile) -> None:
    """Sets are grown as large as they get, so there are few; and they are said to be the fewest where that is sure."""
    ring = suggest(choice("ab", "bc", "cd", "de", "ea"), no_hurry, silent, patience=0)
    found = suggest(pico, no_hurry, silent, patience=0)

    assert not ring.fewest
    assert about(ring)[0].endswith("Fewer may do; none were found.")
    assert len(found.sets) == 6


@settings(deadline=None, max_examples=100)
@given(raw_rule_files())
def test_the_suggested_cases_pass(raw: dict[str, Any]) -> None:
    """The cases file can be read again, holds the same answers, passes, and expects all that is said."""
    rules = built(raw)
    found = suggest(rules, no_hurry, silent)
    worked, _ = read_cases(as_cases(rules, found), rules)

    assert [dict(one.answers) for one in worked] == [dict(one.answers) for one in found.sets]
    for one, shown in zip(worked, found.sets, strict=True):
        expect = one.case.expect
        lines = {Target("guidance", id) for id in (*expect.says, *expect.possible)}
        assert run(rules, one) == []
        assert lines | {Target("disposition", str(expect.disposition))} == {
            target for target in shown.targets if target.kind != "question"
        }


class Impatient:
    """A tick that ends the work after so many calls."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Undecided("the time was over")


def test_six_people_show_all_of_pico_laser(pico: RuleFile) -> None:
    """Six sets, proved to be the fewest, with as little work as takes a hundredth of a second."""
    found = suggest(pico, Impatient(1_000), silent)

    assert (len(found.sets), found.never, found.fewest) == (6, (), True)
    assert union(checked(pico, found)) == everything_of(pico)


def test_the_largest_set_comes_first(pico: RuleFile) -> None:
    """An author sees most at once; each set names what none before it shows, and nothing twice."""
    found = suggest(pico, no_hurry, silent)
    sizes = [len(one.targets) for one in found.sets]
    new = [target for case in cases(found) for target in case.new]

    assert sizes == sorted(sizes, reverse=True)
    assert all(case.new for case in cases(found))
    assert "  # The first of these sets to show\n  # guidance: under-18\n  - id: suggested-6\n" in as_cases(pico, found)
    assert len(new) == len(set(new)) == len(everything_of(pico))


def test_fewer_is_proved_where_pairs_do_not_show_it() -> None:
    """Five lines in a ring, each said with its neighbours only: no three exclude each other, yet three sets it is."""
    found = suggest(choice("ab", "bc", "cd", "de", "ea"), no_hurry, silent)

    assert (len(found.sets), found.fewest) == (3, True)


@pytest.mark.parametrize(
    "options",
    [
        ("ab", "ce", "df", "acd", "bef"),
        ("abc", "def", "ad", "be", "cf"),
        ("abcd", "efgh", "aei", "bfi", "cgi", "dhi", "i"),
    ],
)
def test_a_short_way_is_found_beside_long_ones(options: tuple[str, ...]) -> None:
    """Options that tempt to begin in the middle: as few sets as trying all combinations finds."""
    rules = choice(*options)
    found = suggest(rules, no_hurry, silent)
    people = {targets(assess(rules, answers)) for answers in everything(rules)}

    assert found.fewest
    assert enough(people, len(checked(rules, found)))
    assert not enough(people, len(found.sets) - 1)


def test_what_can_never_be_shown_is_named() -> None:
    """A line, a question and a next step out of reach: the others are shown, and the file says which are not."""
    rules = load(
        f"{HEAD}questions: [{{id: q, type: yes-no, ask: Q?}}, "
        "{id: r, type: text, ask: R?, when: {all: [{q: yes}, {q: no}]}}]\n"
        "guidance: [{id: g, topic: T, says: S.}, {id: h, topic: T, says: S., when: {r: answered}}]\n"
        "dispositions: [{id: d, title: D, says: D.}, {id: e, title: E, says: E.}]\nreferral: {says: R.}\n"
    )
    found = suggest(rules, no_hurry, silent)

    assert found.never == (Target("question", "r"), Target("guidance", "h"), Target("disposition", "e"))
    assert len(found.sets) == 1
    assert about(found) == [
        "1 set of answers shows everything that can be shown: every question, line of guidance and next step at least "
        "once. No fewer would do.",
        "No answers at all show these, and `screener rules check` says why:",
        "questions: r",
        "guidance: h",
        "next steps: e",
    ]


def test_stopped_at_any_moment_it_claims_nothing_too_much() -> None:
    """Either nothing was found, or all is shown; `fewest` is said only by those who went to the end."""
    rules = choice("ab", "bc", "cd", "de", "ea")
    whole = suggest(rules, no_hurry, silent)
    ends = []
    for calls in range(60):
        try:
            found = suggest(rules, Impatient(calls), silent)
        except Undecided:
            ends.append("nothing")
        else:
            assert union(checked(rules, found)) == everything_of(rules)
            assert found.sets == whole.sets
            ends.append("fewest" if found.fewest else "some")

    assert list(dict.fromkeys(ends)) == ["nothing", "some", "fewest"]


@pytest.mark.slow
def test_a_file_of_500_lines_takes_seconds() -> None:
    """Sixty questions and 500 lines: all that can be is shown, by fewer sets than are grown first."""
    rules = built(raw_large_file(60, 500))
    patience = Impatient(6_000)  # what takes a few seconds on a machine with nothing else to do
    found = suggest(rules, patience, silent)

    assert patience.left > 0
    assert union(checked(rules, found)) == everything_of(rules) - set(found.never)
    assert found.never == (Target("guidance", "g265"),)  # it wants two answers to one question
    assert len(found.sets) < 10  # six, with the solver at hand; ten before fewer are looked for


@pytest.mark.parametrize(("lines", "spared"), [(7, True), (8, False)])
def test_eight_lines_are_tried_before_fewer_sets_are_looked_for(lines: int, spared: bool) -> None:
    """Where the eighth rarest line is one of as many as there are sets, no two said together, there is no search.

    The ninth is not tried: each costs questions to the solver. The search is made then, and finds nothing better.
    """
    told: list[str] = []
    rules = built(raw_misleading_file(lines))
    found = suggest(rules, no_hurry, lambda what, _number, _of: told.append(what))

    assert (len(checked(rules, found)), found.fewest) == (4, True)
    assert ("fewer sets of answers" not in told) is spared


def raw_misleading_file(count: int) -> dict[str, Any]:
    """Of the lines `c` no two are said together. So many lines `r` are rarer, but are said with `c0` and with `c1`.

    With `c1` each is said only to someone whose other answers are of both kinds, just so; what is grown meets nobody
    like that.
    """
    options = {id: id for id in ("a", "b", "c", "d", "e", "f")}
    choice = {"id": "choice", "type": "one", "ask": "Q?", "options": options}
    others = [{"id": f"p{n}", "type": "yes-no", "ask": "Q?"} for n in range(7)]
    whens: dict[str, Any] = {"c0": {"choice": "a"}}
    whens |= {f"often{n}": {"any": [{"choice": ["c", "d", "e"]}, {"choice": "f", **mixed(n)}]} for n in range(20)}
    whens |= {"c1": {"choice": ["b", "c"]}, "c2": {"choice": "d"}, "c3": {"choice": "e"}}
    whens |= {"with-c1": {"any": [{"choice": "c"}, {"choice": "b", "p0": "yes", "p1": "no"}]}}
    whens |= {f"r{n}": {"any": [{"choice": "a"}, {"choice": "b", **mixed(n)}]} for n in range(count)}
    guidance = [{"id": id, "topic": "T", "says": "S.", "when": when} for id, when in whens.items()]
    raw = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en", "questions": [choice, *others]}
    steps = [{"id": "d", "title": "D", "says": "D."}]
    return {**raw, "guidance": guidance, "dispositions": steps, "referral": {"says": "R."}}


def mixed(number: int) -> dict[str, str]:
    """Answers to the other questions, of both kinds and others for each number."""
    return {"p0": "yes", "p1": "no"} | {f"p{n}": "yes" if number >> (n - 2) & 1 else "no" for n in range(2, 7)}


def test_the_same_file_gives_the_same_sets(tmp_path: Path) -> None:
    """Whatever order sets of texts have in a process, the output is the same, byte for byte."""
    path = tmp_path / "large.yaml"
    path.write_text(json.dumps(raw_large_file(7, 40)), encoding="utf-8")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from screener.cli.rules import cases\ncases.cases(sys.argv[2], suggest=True)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(ROOT), str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }

    assert len(runs) == 1
    assert runs != {b""}


@pytest.mark.parametrize("path", [None, *sorted(GOOD.glob("*.yaml"))], ids=lambda path: path.stem if path else "pico")
def test_the_command_prints_a_cases_file(path: Path | None, capfd: pytest.CaptureFixture[str]) -> None:
    """For every good file: `screener rules test` would take what is printed, and it passes; lines are short."""
    if path is not None and path.name.endswith((".sources.yaml", ".cases.yaml")):
        return
    name = str(path or "pico-laser")
    rules = load_rules(name)
    command.cases(name, suggest=True)
    out = capfd.readouterr().out
    worked, _ = read_cases(out, rules)

    assert [failure for one in worked for failure in run(rules, one)] == []
    assert max(map(len, out.splitlines())) <= 80


def test_output_writes_one_answers_file_for_each_set(
    pico: RuleFile, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each can be given to `screener start --answers`, and says in comments what it is there to show."""
    command.cases("pico-laser", suggest=True, output=tmp_path / "sets")
    out, err = capfd.readouterr()
    found = suggest(pico, no_hurry, silent)
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "sets").iterdir())]

    assert out == ""
    assert "6 sets of answers show everything" in err
    assert str(tmp_path.name) in err
    assert [dict(read_answers(text, pico).answers) for text in texts] == [dict(one.answers) for one in found.sets]
    assert texts[-1] == "# The first of these sets to show\n# guidance: under-18\nadult: no\n"
    assert max(len(line) for text in texts for line in text.splitlines() if line.startswith("#")) <= 80


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    """One file that is there already: none is written; with --force all are."""
    taken = tmp_path / "suggested-3.yaml"
    taken.write_text("mine", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        command.cases("pico-laser", suggest=True, output=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["suggested-3.yaml"]

    command.cases("pico-laser", suggest=True, output=tmp_path, force=True)
    assert len(list(tmp_path.iterdir())) == 6
    assert taken.read_text(encoding="utf-8") != "mine"


def test_output_alone_is_a_wrong_use(tmp_path: Path) -> None:
    """Listing cases writes no files."""
    with pytest.raises(typer.BadParameter):
        command.cases("pico-laser", output=tmp_path)


def test_no_time_is_said_in_plain_words() -> None:
    """With no time at all nothing is found, and the help says what to do."""
    with pytest.raises(ProblemsFound) as caught:
        command.cases("pico-laser", suggest=True, limit=0)
    (problem,) = caught.value.problems

    assert problem.code == "not-decided"
    assert "--limit" in problem.help


def test_without_suggest_the_cases_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    """One line each: its id, the next step, and how many lines are said."""
    command.cases("pico-laser")
    lines = capfd.readouterr().out.splitlines()

    assert lines[0] == "nothing-to-tell  consult  14 lines said"
    assert lines[1] == "under-age  doctor-first  1 line said"


def test_cases_that_are_not_there_are_said() -> None:
    """A list of a file without worked cases is a plain problem, not an empty list."""
    with pytest.raises(ProblemsFound) as caught:
        command.cases(str(GOOD / "small.yaml"))

    assert [problem.code for problem in caught.value.problems] == ["not-found"]
