"""The questionnaire as a picture: everything is in it, in words and in its place."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer
from drawings import DRAWINGS, lines, rule_file, steps, tree, words
from strategies import built
from typer.testing import CliRunner

from screener import RuleFile
from screener.authoring.picture.flowchart import mermaid
from screener.authoring.picture.labels import Names
from screener.authoring.picture.steps import chart
from screener.authoring.picture.tones import TONES, next_steps
from screener.authoring.picture.webpage import page
from screener.cli.rules.graph import graph
from screener.ground.problems import ProblemsFound


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_everything_is_in_it(drawing: str, pico: RuleFile) -> None:
    """Every question, guidance line and next step is in every drawing by its id, and each question as it is asked."""
    text = words(DRAWINGS[drawing](pico))
    found = set(re.findall(r"[a-z0-9-]+", text))
    ids = [*pico.by_question, *(line.id for line in pico.guidance), *pico.urgency]

    assert [id for id in ids if id not in found] == []
    assert all(section in text for section in {question.section for question in pico.questions if question.section})


def test_the_page_has_every_text_in_full(pico: RuleFile) -> None:
    """The page has questions with their reasons, options, guidance, what to take along, next steps and sources."""
    text = words(page(pico))
    said = [one for question in pico.questions for one in (question.ask, question.why, question.help) if one]
    said += [option.label for question in pico.questions for option in question.choices.values()]
    said += [
        text for line in pico.guidance for text in (line.title, line.says, line.more, line.short, line.ask) if text
    ]
    said += [one for way in pico.dispositions for one in (way.title, way.says)]
    said += [passage.says for passage in (*pico.referrals, pico.not_covered) if passage]
    cited = {id for line in pico.guidance for id in line.sources}
    said += [one.says for one in pico.library.statements if one.id in cited] if pico.library else []

    assert [one for one in said if " ".join(one.split()) not in text] == []


def branch(rules: RuleFile, guidance: str, longest: int | None = None) -> str:
    """The label of the branch that leads to a guidance line."""
    runs, _ = chart(rules, Names(rules, longest))
    branches = (branch for run in runs for step in run.steps for branch in step.branches)
    return next(branch.label for branch in branches if any(line.guidance.id == guidance for line in branch.lines))


def test_branches_are_labelled_in_words(pico: RuleFile) -> None:
    """A branch says the answer alone where it leaves its question, and names every question where there are several."""
    assert branch(pico, "changing-mark") == "“Yes” or not sure"
    assert branch(pico, "several-concerns") == "At least 2 options"
    assert branch(pico, "skin-types") == "In any way"
    assert branch(pico, "health-declined") == "Rather told in person"
    assert branch(pico, "creams-first").startswith("“Which of these would you like help with?” is answered “Dark marks")
    assert "What does your skin do after an hour of strong sun" in branch(pico, "creams-first")


def test_long_questions_go_by_number_and_id_where_room_is_short(pico: RuleFile) -> None:
    """On the arrows of Mermaid a long question is named by its number and id; a short one is quoted."""
    assert branch(pico, "creams-first", 34).startswith("“2 concerns” is answered “Dark marks")
    assert "“8 skin-type” is answered" in branch(pico, "creams-first", 34)
    assert "“Are you 18 or older?” is answered" in words(mermaid(pico))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_labels_are_drawn(drawing: str, pico: RuleFile) -> None:
    """The words of the branches are in the drawings."""
    text = words(DRAWINGS[drawing](pico))

    assert all(label in text for label in ("“Yes” or not sure", "“Breastfeeding”", "Rather told in person"))


@pytest.mark.parametrize(
    ("type", "when", "label"),
    [
        ("one", ["a", "b", "c", "d"], "With any option"),
        ("one", ["a", "b", "c"], "With any option but “D”"),
        ("many", ["a", "b", "c"], "“A”, “B” or “C”"),
        ("one", ["a", "b", "c", "d", "unsure"], "In any way"),
        ("one", ["a", "b", "c", "unsure"], "“A”, “B”, “C” or not sure"),
        ("one", {"none": ["a"]}, "With none of “A”"),
    ],
)
def test_short_labels_mean_the_same(type: str, when: Any, label: str) -> None:
    """`Any option but` is said only where the one left out can't come together with one that counts."""
    options = {id: id.upper() for id in "abcd"}
    question = {"id": "q", "type": type, "ask": "Which?", "options": options, "unsure": "yes"}
    if isinstance(when, dict):
        question["type"] = "many"
    line = {"id": "g", "topic": "T", "says": "So.", "when": {"q": when}}

    assert branch(built(rule_file(questions=[question], guidance=[line])), "g") == label


def test_a_shared_condition_is_said_where_it_begins(pico: RuleFile) -> None:
    """`adult: yes` is said in full where its run begins, and again in short on every further section of the page."""
    runs, _ = chart(pico, Names(pico))
    said = "“Are you 18 or older?” is answered “Yes”"
    text = words(page(pico))

    assert [(run.asked, len(run.steps)) for run in runs] == [(None, 1), (f"only when {said}", 18)]
    assert [step.number for run in runs for step in run.steps] == list(range(1, 20))
    assert words(mermaid(pico)).count(said) == 1
    assert text.count(f"Questions 2 to 19 are asked only when {said}. Everyone else goes on to the end.") == 2
    assert text.count(f"Still asked only when {said}.") == 2
    assert runs[1].steps[3].asked == (
        "only when “Which of these would you like help with?” is answered with any option but “None of these”"
    )


def test_a_condition_of_one_question_stays_beside_it() -> None:
    """A condition that nothing shares is said at its question, and the way past it is drawn."""
    second = {"id": "r", "type": "text", "ask": "Where?", "when": {"q": "yes"}}
    rules = built(rule_file(questions=[*rule_file()["questions"], second]))
    said = "hen “Is it red?” is answered “Yes”, or when that is left open"

    assert f'  w2 ==>|"W{said}"| s2' in mermaid(rules).splitlines()
    assert '  w2 -.->|"Otherwise"| last' in mermaid(rules).splitlines()
    assert f"Asked w{said}." in words(page(rules))


def test_conditions_are_kept_whole_when_split() -> None:
    """What a run says and what its question says are together the condition; a run ends where its part ends."""
    asked: list[dict[str, Any]] = [{"id": id, "type": "yes-no", "ask": f"{id}?"} for id in "abcdef"]
    whens = [None, None, {"a": "yes"}, {"a": "yes", "b": "no"}, {"b": "no"}, {"any": [{"a": "yes"}, {"b": "no"}]}]
    asked = [question | ({"when": when} if when else {}) for question, when in zip(asked, whens, strict=True)]
    line = {"id": "g", "topic": "T", "says": "So.", "when": {"a": "yes"}}
    rules = built(rule_file(questions=asked, guidance=[line]))
    a, b = "only when “a?” is answered “Yes”", "only when “b?” is answered “No”"
    found = [(run.asked, [step.asked for step in run.steps]) for run in chart(rules, Names(rules))[0]]

    assert found == [
        (None, [None]),
        (None, [None]),
        (a, [None, b]),
        (None, [b]),
        (None, [f"{a} or {b.removeprefix('only when ')}"]),
    ]


def test_lines_stand_beside_the_last_question_they_depend_on(pico: RuleFile) -> None:
    """Each guidance line is drawn once, beside the last question of its condition."""
    text = page(pico)
    beside = {line.guidance.id: step.number - 1 for step in steps(pico) for b in step.branches for line in b.lines}
    last = {line.id: max(pico.position[id] for id in line.when.references()) for line in pico.guidance if line.when}

    assert beside == last
    assert all(text.count(f"<code>{id}</code> · ") == 1 for id in last)


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_what_everyone_hears_comes_last(drawing: str) -> None:
    """A line without a condition is beside the referral, for everyone."""
    raw = rule_file(guidance=[{"id": "for-all", "topic": "T", "says": "It is."}])
    text = words(DRAWINGS[drawing](built(raw)))

    assert re.search(
        r"See someone certified.*(Whatever is answered.*for-all|for-all.*Whatever is answered)", text, re.S
    )


def test_possible_lines_are_marked(pico: RuleFile) -> None:
    """What an open answer does to a line is said at the line; Mermaid marks one that may then apply with “?”."""
    marked = {line.guidance.id for line in lines(pico) if line.possible}
    said = [element for element in tree(page(pico)).iter("div") if "said" in element.get("class", "").split()]
    noted = {one.findtext(".//code") for one in said if "said as something that may apply" in "".join(one.itertext())}
    skipped = {
        one.findtext(".//code") for one in said if "When that is left open: not said." in "".join(one.itertext())
    }

    assert marked == noted == {"changing-mark", "creams-first"}
    assert "tan" in skipped
    assert skipped.isdisjoint(noted)
    assert re.findall(r'\("(\S+) \? ·', words(mermaid(pico))) == ["changing-mark", "creams-first"]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9])
def test_next_steps_differ_by_more_than_colour(count: int) -> None:
    """Each next step has its own label; up to five have their own sign and border, the last the most urgent tone."""
    dispositions = [{"id": f"d{rank}", "title": f"D{rank}", "says": "Do."} for rank in range(count)]
    rules = built(rule_file(dispositions=dispositions, guidance=[rule_file()["guidance"][0] | {"disposition": "d0"}]))
    ways = list(next_steps(rules).values())

    assert [way.mark[2:] for way in ways] == [f"{rank} of {count}" for rank in range(1, count + 1)]
    assert len({way.mark for way in ways}) == count
    assert len({way.mark[0] for way in ways}) == len({TONES[way.tone].border for way in ways}) == min(count, 5)
    assert count == 1 or ways[-1].tone == "top"
    assert all(way.mark in words(DRAWINGS[drawing](rules)) for way in ways for drawing in DRAWINGS)


def test_the_page_can_be_heard(pico: RuleFile) -> None:
    """Language and title are set, headings go down one by one, and every link and label leads to one place."""
    text = page(pico)
    root = tree(text)
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", element.tag)]
    ids = [element.get("id", "") for element in root.iter() if element.get("id")]
    named = [element.get("href", "")[1:] or element.get("aria-labelledby", "") for element in root.iter()]

    assert text.startswith("<!DOCTYPE html>\n")
    assert root.get("lang") == pico.language
    assert pico.title in (root.findtext("head/title") or "")
    assert levels[0] == 1
    assert all(1 < level <= before + 1 for before, level in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert {*filter(None, named)} <= {*ids}
    assert all(element.get("aria-label") for element in root.iter() if element.get("role") == "img")
    assert not re.search(r"<(p|li|ul|ol|span|section|div|a|dd|details|article)( [^>]*)?/>", text)  # not in HTML


@pytest.mark.parametrize(
    ("question", "when", "label"),
    [
        ({"type": "number", "ask": "How old?", "unit": "years"}, {"q": {"at_least": 18}}, "At least 18"),
        ({"type": "date", "ask": "Since when?"}, {"q": {"below": "2020-01-31"}}, "Below 2020-01-31"),
        ({"type": "text", "ask": "What else?"}, {"q": "answered"}, "With anything"),
    ],
)
def test_other_kinds_of_questions(question: dict[str, Any], when: Any, label: str) -> None:
    """Numbers, dates and texts have branches in words, and the page says what kind of answer is wanted."""
    line = {"id": "g", "topic": "T", "says": "So.", "when": when}
    rules = built(rule_file(questions=[{"id": "q", **question}], guidance=[line]))

    assert label in words(page(rules))
    assert label in mermaid(rules)
    assert f"Answer with a {question['type']}" in words(page(rules))


def test_long_ids_stay_whole() -> None:
    """The longest id a rule file may have is in every drawing."""
    id = "a" * 64
    raw = rule_file(
        questions=[{"id": id, "type": "yes-no", "ask": "Why " * 90}],
        guidance=[{"id": id, "topic": "T", "says": "So.", "when": {id: "yes"}, "disposition": id}],
        dispositions=[{"id": id, "title": "Talk", "says": "Talk."}],
    )

    assert {name: words(draw(built(raw))).count(id) >= 3 for name, draw in DRAWINGS.items()} == dict.fromkeys(
        DRAWINGS, True
    )


app = typer.Typer()
app.command()(graph)


def test_command_writes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes], pico: RuleFile) -> None:
    """Without a file the drawing goes to standard output, Mermaid unless another is asked for."""
    graph()
    graph(format="html", output=Path("-"))

    assert capfdbinary.readouterr().out == (mermaid(pico) + page(pico)).encode()


def test_command_writes_a_file_once(tmp_path: Path, pico: RuleFile) -> None:
    """A file is written whole, and replaced only with --force."""
    path = tmp_path / "pico.html"
    arguments = ["pico-laser", "--format", "html", "--output", str(path)]
    first, second = (CliRunner().invoke(app, arguments) for _ in range(2))

    assert (first.exit_code, path.read_text("utf-8")) == (0, page(pico))
    assert isinstance(second.exception, ProblemsFound)
    path.write_text("mine")
    assert CliRunner().invoke(app, [*arguments, "--force"]).exit_code == 0
    assert path.read_text("utf-8") == page(pico)
