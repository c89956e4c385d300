"""What `rules diff` says of two files is what trying all answers on both shows."""

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from enumeration import everything, possible
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from paths import RULES
from proving import UNNAMED, fired, no_hurry, silent
from strategies import COIN, Draw, built, raw_conditions, raw_questions, raw_rule_files

from screener.authoring.diff.changes import Comparison
from screener.authoring.diff.compare import compare
from screener.authoring.diff.listing import as_json, as_text
from screener.engine.answers import read_answers
from screener.engine.assess import assess, state_of
from screener.ground.marks import Mark
from screener.ground.wrapping import Look
from screener.proof.gates import Undecided
from screener.rulefile.conditions.tree import Answer, State
from screener.rulefile.loader import load
from screener.rulefile.model import Answers, Question, RuleFile

COMMAND = str(Path(sys.executable).parent / "screener")


@st.composite
def raw_edits(draw: Draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """A small rule file, and the same after an edit or two."""
    old = draw(raw_rule_files(max_questions=2))
    for question in old["questions"]:
        if draw(COIN) and question["type"] in ("many", "number"):
            question[draw(st.sampled_from(["min", "max"]))] = "2"
    new = copy.deepcopy(old)
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        edited(draw, new)
    return old, new


def edited(draw: Draw, raw: dict[str, Any]) -> None:
    """Change one thing of a raw rule file, in a way that keeps it sound."""
    questions, line = raw["questions"], draw(st.sampled_from(raw["guidance"]))
    kinds = [
        "when",
        "when",
        "disposition",
        "unsure",
        "gone",
        "option",
        "question",
        "visibility",
        "type",
        "limits",
        "alone",
    ]
    kind = draw(st.sampled_from(kinds))
    if kind == "disposition":
        line["disposition"] = draw(st.sampled_from(["d0", "d1", "d2"]))
    elif kind == "unsure":
        line["when_unsure"] = draw(st.sampled_from(["say", "skip"]))
    elif kind == "gone" and len(raw["guidance"]) > 1:
        raw["guidance"].remove(line)
    else:
        edited_question(draw, kind, questions)
        line["when"] = draw(raw_conditions(questions, depth=1))


def edited_question(draw: Draw, kind: str, questions: list[dict[str, Any]]) -> None:
    """Add a question, or change one: its options, when it is shown, its type, its limits."""
    last = questions[-1]
    if kind == "question":
        questions.append(draw(raw_questions(len(questions), questions)))
    elif kind == "option" and "options" in last:
        last["options"]["new"] = "NEW"
    elif kind == "visibility" and len(questions) > 1:
        last["when"] = draw(raw_conditions(questions[:-1], depth=1))
    elif kind == "type" and last["type"] == "one":
        last["type"] = "many"
    elif kind == "alone" and last["type"] == "many":
        last["options"]["a"] = {"label": "A", "exclusive": "yes"}
        for limit in ("min", "max") if together(last) < 2 else ():
            last.pop(limit, None)
    elif kind == "limits" and (last["type"] == "number" or together(last) >= 2):
        last[draw(st.sampled_from(["min", "max"]))] = "2"


def together(question: dict[str, Any]) -> int:
    """How many options a question takes at once; a file that asks for more than these is not sound."""
    if question["type"] != "many":
        return 0
    return sum(not isinstance(option, dict) for option in question["options"].values())


@pytest.mark.no_cover  # trying everything takes long enough without being watched
@settings(deadline=None, max_examples=300)
@given(raw_edits())
def test_every_verdict_is_what_trying_everything_on_both_shows(raws: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """For each question, line and next step: the same, more, fewer or other answers; and each example replays."""
    old, new = (built(raw) for raw in raws)
    people = everything(new), everything(old)
    assume(max(map(len, people)) < 300)
    comparison = compare(old, new, no_hurry, silent)
    forth, back = only_here(new, old, people[0]), only_here(old, new, people[1])

    found = {
        (change.kind, change.id, shift.direction, shift.surely)
        for change in comparison.changes
        for shift in change.shifts
    }
    assert found == {(*key, "more", sure) for *key, sure in forth} | {(*key, "fewer", sure) for *key, sure in back}
    for change in comparison.changes:
        for shift in change.shifts:
            rules = new if shift.direction == "more" else old
            summary = assess(rules, shift.answers)
            assert summary.complete
            assert dict(summary.answers) == dict(shift.answers)
            assert (change.kind, change.id, shift.surely) in comes(rules, shift.answers)


def comes(rules: RuleFile, answers: Answers) -> set[tuple[str, str, bool]]:
    """What comes for these answers, and (a second time, with True) what comes for certain."""
    view: dict[str, State] = {}
    for question in rules.questions:
        view[question.id] = state_of(question, answers, view)
    return outcome(rules, view)


def outcome(rules: RuleFile, view: dict[str, State]) -> set[tuple[str, str, bool]]:
    """The same, of a view."""
    found = {("question", id, sure) for id, state in view.items() if state is not Mark.HIDDEN for sure in (False, True)}
    rank = 0
    for line in rules.guidance:
        truth = True if line.when is None else line.when.holds(view)
        if truth is True or (truth is None and line.when_unsure == "say"):
            found |= {("guidance", line.id, False)} | ({("guidance", line.id, True)} if truth else set())
            rank = max(rank, rules.urgency[line.disposition] if line.disposition else 0)
    referral = next(one.id for one in rules.referrals if one.when is None or one.when.holds(view))
    ends = (("disposition", rules.dispositions[rank].id), ("referral", referral))
    return found | {(kind, id, sure) for kind, id in ends for sure in (False, True)}


def only_here(here: RuleFile, there: RuleFile, people: list[Answers]) -> set[tuple[str, str, bool]]:
    """What comes here for someone for whom it does not come there; with True, comes less surely there."""
    found = set()
    for answers in people:
        mine = comes(here, answers)
        for view in seen(there, answers):
            theirs = outcome(there, view)
            found |= {(kind, id, False) for kind, id, _ in mine if (kind, id, False) not in theirs}
            found |= {(k, i, True) for k, i, sure in mine - theirs if sure and (k, i, False) in theirs}
    return found


def seen(rules: RuleFile, answers: Answers) -> Iterator[dict[str, State]]:
    """How a file sees answers given to another one: what it asks besides may be answered in any way."""
    yield from _seen(rules, answers, {})


def _seen(rules: RuleFile, answers: Answers, view: dict[str, State]) -> Iterator[dict[str, State]]:
    if len(view) == len(rules.questions):
        yield view
        return
    question = rules.questions[len(view)]
    if question.when is not None and question.when.holds(view) is False:
        yield from _seen(rules, answers, {**view, question.id: Mark.HIDDEN})
        return
    options = [known(question, answers[question.id])] if question.id in answers else list(possible(question))
    for option in options:
        always = question.model_copy(update={"when": None})
        state = option if option == UNNAMED else state_of(always, {question.id: option}, {})
        yield from _seen(rules, answers, {**view, question.id: state})


def known(question: Question, answer: Answer) -> Answer:
    """The answer with what the question does not know, or would not take, as something that no condition names."""
    if isinstance(answer, str) and answer in question.reserved:
        return answer
    if not question.choices:
        return answer if within(question, answer) else UNNAMED
    chosen = answer if isinstance(answer, tuple) else (str(answer),)
    kept = tuple(option for option in chosen if option in question.choices)
    whole = kept + (UNNAMED,) * (len(kept) < len(chosen))
    if not takes(question, whole):
        kept = ()
    if question.type == "many":
        return kept or (UNNAMED,)
    return kept[0] if kept else UNNAMED


def within(question: Question, answer: Answer) -> bool:
    """Whether a number is between the limits of the question; any text is."""
    low, high = question.limits
    return question.type == "text" or ((low is None or low <= answer) and (high is None or answer <= high))  # type: ignore[operator]


def takes(question: Question, chosen: tuple[str, ...]) -> bool:
    """Whether so many options may be chosen together."""
    if question.type != "many":
        return len(chosen) == 1
    low, high = question.limits
    alone = any(option in question.options and question.options[option].exclusive for option in chosen)
    enough = alone or low is None or len(chosen) >= low  # type: ignore[operator]
    return enough and not (alone and len(chosen) > 1) and (high is None or len(chosen) <= high)  # type: ignore[operator]


PICO = (RULES / "pico-laser.yaml").read_text(encoding="utf-8")


def edit(tmp_path: Path, *changes: tuple[str, str]) -> tuple[RuleFile, RuleFile]:
    """The rule file that comes with the tool, and the same after these replacements."""
    from screener.rulefile.find import load_rules

    text = PICO
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    sources = RULES / "pico-laser.sources.yaml"
    (tmp_path / sources.name).write_bytes(sources.read_bytes())
    return load_rules(RULES / "pico-laser.yaml"), load_rules(tmp_path / "new.yaml")


def compared(tmp_path: Path, *changes: tuple[str, str]) -> Comparison:
    """The comparison of the file that comes with the tool with an edited one."""
    return compare(*edit(tmp_path, *changes), no_hurry, silent)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 2.0.0", "version: 2.0.1"),
        ("# ----", "# ===="),
        ("when: {medicines: gold}", "when:\n      medicines: [gold]"),
        ("        - all: [{medicines: isotretinoin}, {is: health-open}]\n"
         "        - all: [{is: pregnant-or-trying}, {is: medicines-open}]",
         "        - all: [{is: pregnant-or-trying}, {is: medicines-open}]\n"
         "        - all: [{medicines: isotretinoin}, {is: health-open}]"),
        ("skin-type: [type-4, type-5, type-6]}", "skin-type: [type-6, type-5, type-4]}"),
        ("when: {is: adults}", "when: {not: {adult: no}}"),
        ("when: {changing-mark: [yes, unsure]}", "when: {any: [{changing-mark: unsure}, {changing-mark: yes}]}"),
        ("when: {health: pregnant}", "when: {adult: yes, health: pregnant}"),
    ],
)  # fmt: skip
def test_what_only_looks_different_is_the_same_meaning(tmp_path: Path, old: str, new: str) -> None:
    """Layout, version, the order inside an `any`, names of conditions and other words for the same logic."""
    comparison = compared(tmp_path, (old, new))

    assert comparison.same
    assert "same meaning" in as_text(comparison, Look())


def test_a_wider_condition_comes_for_more_answers(tmp_path: Path) -> None:
    """One option more: the line comes for more answers, nothing else has changed, and an example shows it."""
    comparison = compared(
        tmp_path,
        (
            "    when: {medicines: gold}\n    when_unsure",
            "    when: {medicines: [gold, photodynamic]}\n    when_unsure",
        ),
    )
    (change,) = comparison.changes

    assert (change.kind, change.id, change.comes, change.edits) == ("guidance", "gold", "more", ())
    (shift,) = change.shifts
    assert "gold" not in str(shift.answers["medicines"])
    assert "photodynamic" in str(shift.answers["medicines"])
    assert "gold" in fired(assess(comparison.new, shift.answers))
    assert "gold" not in fired(assess(comparison.old, shift.answers))


def test_an_option_that_is_added_and_used_is_more(tmp_path: Path) -> None:
    """A new option is an edit of the question; a line that names it comes for more answers, so does its next step."""
    comparison = compared(
        tmp_path,
        ("      gold: Gold treatment", "      lithium: Lithium\n      gold: Gold treatment"),
        ("    when: {medicines: gold}\n    when_unsure", "    when: {medicines: [gold, lithium]}\n    when_unsure"),
    )

    assert [(c.kind, c.id, c.comes) for c in comparison.changes] == [
        ("question", "medicines", "same"),
        ("guidance", "gold", "more"),
        ("disposition", "tell-first", "more"),
    ]
    (edit_,) = comparison.changes[0].edits
    assert (edit_.key, edit_.old, edit_.new) == ("options.lithium", None, "Lithium")


def test_an_option_that_is_added_counts_only_where_it_is_known(tmp_path: Path) -> None:
    """Two concerns of which the old file knows one are one to it: the line on several comes for more answers."""
    comparison = compared(tmp_path, ("      wrinkles: Wrinkles", "      wrinkles: Wrinkles\n      veins: Veins"))
    (shift,) = next(change.shifts for change in comparison.changes if change.id == "several-concerns")

    assert shift.direction == "more"
    assert "veins" in shift.answers["concerns"]  # type: ignore[operator]


def test_a_next_step_that_moves_is_shown_from_both_sides(tmp_path: Path) -> None:
    """A disposition lowered: one step comes for fewer answers, another for more, with an example each."""
    comparison = compared(tmp_path, ("    when: {changing-mark: [yes, unsure]}\n    disposition: doctor-first",
                                     "    when: {changing-mark: [yes, unsure]}\n    disposition: tell-first"))  # fmt: skip  # noqa: E501

    steps = {change.id: change.comes for change in comparison.changes if change.kind == "disposition"}
    assert steps == {"tell-first": "more", "doctor-first": "fewer"}
    text = as_text(comparison, Look())
    assert "disposition: “doctor-first” → “tell-first”" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_words_that_change_are_shown_with_both_texts(tmp_path: Path) -> None:
    """A reworded text is an edit, with what it was and what it is; for which answers it comes is the same."""
    comparison = compared(tmp_path, ("ask: Are you 18 or older?", "ask: Are you at least 18?"))
    (change,) = comparison.changes

    assert (change.kind, change.id, change.comes) == ("question", "adult", "same")
    assert "ask: “Are you 18 or older?” → “Are you at least 18?”" in as_text(comparison, Look())


def test_the_json_holds_every_example_as_an_answers_file(tmp_path: Path) -> None:
    """Each example is answers that the right one of the two files takes, complete."""
    comparison = compared(tmp_path, ("when: {health: pregnant}", "when: {health: [pregnant, keloid]}"),
                          ("when: {health: keloid}", "when: {health: {all: [keloid, vitiligo]}}"))  # fmt: skip
    found = json.loads(as_json(comparison))

    assert (found["schema"], found["same_meaning"]) == ("screener/diff/1", False)
    assert {change["id"]: change["comes"] for change in found["changes"] if change["kind"] == "guidance"} == {
        "pregnant": "more", "keloid": "fewer"}  # fmt: skip
    for change in found["changes"]:
        for example in change["examples"]:
            rules = comparison.new if example["direction"] == "more" else comparison.old
            assert assess(rules, read_answers(json.dumps(example["answers"]), rules).answers).complete


def diff(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of `screener rules diff`."""
    done = subprocess.run(
        [COMMAND, "rules", "diff", *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=60
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "inside screener" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository in which the rule file was edited twice: committed once, and not committed."""
    folder = tmp_path / "clinic" / "rules"
    folder.mkdir(parents=True)
    git = ["git", "-C", str(tmp_path / "clinic"), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for name in ("pico-laser.yaml", "pico-laser.sources.yaml"):
        (folder / name).write_bytes((RULES / name).read_bytes())
    subprocess.run([*git[:3], "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "Begin"], check=True)
    (folder / "pico-laser.yaml").write_text(PICO.replace("18 or older", "18 or over", 1), encoding="utf-8")
    subprocess.run([*git, "commit", "-qam", "Reword"], check=True)
    (folder / "pico-laser.yaml").write_text(PICO.replace("18 or older", "18 by now", 1), encoding="utf-8")
    return tmp_path / "clinic"


def test_a_revision_works_as_either_side(repository: Path) -> None:
    """From the top of the repository by its path, from the folder with `./`; the sources come from the revision too."""
    name = "rules/pico-laser.yaml"
    code, out, err = diff(f"HEAD~1:{name}", f"HEAD:{name}", cwd=repository)
    assert (code, err) == (0, "")
    assert "“Are you 18 or older?” → “Are you 18 or over?”" in out

    code, out, err = diff("HEAD:./pico-laser.yaml", "pico-laser.yaml", cwd=repository / "rules")
    assert (code, err) == (0, "")
    assert "“Are you 18 or over?” → “Are you 18 by now?”" in out
    assert "“Are you 18 by now?” → “Are you 18 or older?”" in diff(name, f"HEAD~1:{name}", cwd=repository)[1]


@pytest.mark.parametrize(
    "spec",
    ["HEAD~9:rules/pico-laser.yaml", "HEAD:nothing.yaml", "--help:x.yaml", "nobranch:a", ":x", "HEAD:", "HEAD:rules"],
)
def test_a_revision_that_is_not_there_is_a_problem(repository: Path, spec: str) -> None:
    """Said in one line with help, exit code 1, nothing on standard output; nothing of it reaches git as an option."""
    code, out, err = diff("--", spec, "rules/pico-laser.yaml", cwd=repository)

    assert (code, out) == (1, "")
    assert "error[not-" in err


def test_outside_a_repository_a_revision_is_a_problem(tmp_path: Path) -> None:
    """Git says so, and we pass it on."""
    code, out, err = diff("HEAD:a.yaml", "pico-laser", cwd=tmp_path)

    assert (code, out) == (1, "")
    assert "error[not-found]" in err


def test_a_file_with_problems_is_not_compared(tmp_path: Path) -> None:
    """The problems of either side are listed, and nothing is claimed."""
    (tmp_path / "bad.yaml").write_text(PICO.replace("type: yes-no", "type: yesno", 1), encoding="utf-8")
    for sides in (("bad.yaml", "pico-laser"), ("pico-laser", "bad.yaml")):
        code, out, err = diff(*sides, cwd=tmp_path)
        assert (code, out) == (1, "")
        assert "error[wrong-value]" in err


def test_no_time_means_not_decided(tmp_path: Path) -> None:
    """With no time left it is said that nothing is known, never that the files are the same."""
    edited = PICO.replace("when: {adult: yes}", "when: {adult: no}", 1)
    (tmp_path / "edited.yaml").write_text(edited, encoding="utf-8")
    (tmp_path / "pico-laser.sources.yaml").write_bytes((RULES / "pico-laser.sources.yaml").read_bytes())
    code, out, err = diff("pico-laser", "edited.yaml", "--limit", "0", cwd=tmp_path)

    assert (code, out) == (1, "")
    assert "error[not-decided]" in err


@settings(deadline=None, max_examples=100)
@given(raw_rule_files(max_questions=3), st.data())
def test_a_file_has_the_same_meaning_as_itself_reordered(raw: dict[str, Any], data: st.DataObject) -> None:
    """Every `any`, `all` and list of options in another order: nothing has changed."""
    other = data.draw(st.randoms(use_true_random=False))

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            items = [(key, shuffled(part)) for key, part in value.items()]
            other.shuffle(items)
            return dict(items)
        if isinstance(value, list):
            return other.sample([shuffled(part) for part in value], len(value))
        return value

    new = copy.deepcopy(raw)
    for owner in (*new["questions"], *new["guidance"]):
        if "when" in owner:
            owner["when"] = shuffled(owner["when"])

    assert compare(built(raw), built(new), no_hurry, silent).same


def test_files_that_are_written_alike_need_no_proof() -> None:
    """Nothing is decided about two files that differ in layout and version only, however large they are."""

    def not_looked_at(_what: str, _number: int, _of: int) -> None:
        raise Undecided("something is looked at")

    text = json.dumps(SMALL_FILE)
    old, new = load(text), load(json.dumps({**SMALL_FILE, "version": "2"}, indent=4))

    assert compare(old, new, no_hurry, not_looked_at).same
    with pytest.raises(Undecided):
        compare(old, load(text.replace("S.", "T.")), no_hurry, not_looked_at)


SMALL_FILE: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "version": "1",
    "title": "X",
    "language": "en",
    "questions": [{"id": "q", "type": "yes-no", "ask": "Q?"}],
    "guidance": [{"id": "g", "topic": "T", "says": "S.", "when": {"q": "yes"}}],
    "dispositions": [{"id": "d", "title": "D", "says": "D."}],
    "referral": {"says": "R."},
}
