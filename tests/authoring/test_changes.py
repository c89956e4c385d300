"""Small changes of a rule file: which of them make a difference, and which the worked cases notice."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from commands import SMALL, file
from commands import rules as cli
from enumeration import everything
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from large import raw_large_file
from paths import GOOD
from proving import fired, no_hurry, silent
from strategies import DATED, built, raw_conditions, raw_rule_files

from screener.authoring.cases import Case, Expected, WorkedCase, read_cases, run
from screener.authoring.changes.difference import cuts_with_changes, decided
from screener.authoring.changes.mutants import Mutant, applied, mutants
from screener.authoring.changes.noticed import judged
from screener.authoring.suggest.listing import about, as_cases, cases, notes
from screener.authoring.suggest.search import suggest
from screener.authoring.suggest.strong import Strong, strengthened
from screener.engine.assess import assess, shown
from screener.proof.gates import Undecided
from screener.proof.prover import Prover
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.find import load_rules
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

HEAD = "format: 1\nid: x\nversion: 1.0.0\ntitle: X\nlanguage: en\n"
STEPS = "dispositions: [{id: d0, title: D, says: D.}, {id: d1, title: D, says: D.}, {id: d2, title: D, says: D.}]\n"
TAIL = f"{STEPS}referral: {{says: R.}}\n"
Answers = Mapping[str, Answer]


@st.composite
def raw_files_with_names(draw: st.DrawFn) -> dict[str, Any]:
    """A small rule file in which a condition about the first question has a name, and others use it."""
    raw = draw(raw_rule_files(max_questions=2))
    name = draw(raw_conditions(raw["questions"][:1], depth=1))
    other = draw(st.sampled_from([{"not": {"is": "first"}}, {"is": "first"}]))
    raw["conditions"] = {"first": name, "second": other}
    for owner in [*raw["questions"][1:], *raw["guidance"]]:
        use = {"is": draw(st.sampled_from(["first", "second"]))}
        if "when" in owner and draw(st.booleans()):
            owner["when"] = draw(st.sampled_from([use, {"any": [use, owner["when"]]}, {"all": [owner["when"], use]}]))
    return raw


FILES = raw_rule_files(max_questions=2) | raw_rule_files(max_questions=2, types=DATED) | raw_files_with_names()


def outcome(rules: RuleFile, answers: Answers) -> object:
    """All that anyone could see come out: what is said and how surely, what is asked, the next step, the referral."""
    summary = assess(rules, answers)
    return fired(summary), shown(rules, answers), summary.disposition.id, summary.referral.id


def different(rules: RuleFile, change: Mutant, people: list[Answers]) -> bool:
    """Whether the engine has another outcome with this change for anyone."""
    changed = applied(rules, change)
    return any(outcome(rules, answers) != outcome(changed, answers) for answers in people)


def found_different(rules: RuleFile) -> list[Mutant]:
    """The changes that make a difference, as the proof says."""
    with Prover(rules, no_hurry, cuts_with_changes(rules)) as prover:
        found = decided(prover, tuple(mutants(rules)), silent)
    assert found.undecided == ()
    return list(found.differ)


def strong(rules: RuleFile) -> tuple[str, Strong]:
    """The suggested cases as a file, and what is known of the changes."""
    suggested = suggest(rules, no_hurry, silent, cuts=cuts_with_changes(rules))
    found = strengthened(rules, suggested.sets, no_hurry, silent)
    return as_cases(rules, suggested, found), found


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(FILES)
def test_a_change_counts_that_makes_a_difference_to_anyone(raw: dict[str, Any]) -> None:
    """Trying every change on everyone through the engine finds the same changes as the proof, and no others."""
    rules = built(raw)
    people, every = everything(rules), list(mutants(rules))
    assume(len(people) * len(every) < 30_000)
    counted = {id(change) for change in every if different(rules, change, people)}
    with Prover(rules, no_hurry, cuts_with_changes(rules)) as prover:
        found = decided(prover, every, silent)

    assert {id(change) for change in found.differ} == counted


@settings(deadline=None, max_examples=100)
@given(FILES)
def test_some_suggested_case_fails_with_every_change(raw: dict[str, Any]) -> None:
    """The cases hold; with any change that makes a difference at least one of them fails, when it is really run."""
    rules = built(raw)
    text, found = strong(rules)
    worked, _ = read_cases(text, rules)
    differ = found_different(rules)

    assert [failure for one in worked for failure in run(rules, one)] == []
    failing = [{place for place, one in enumerate(worked) if run(applied(rules, change), one)} for change in differ]
    more = range(len(worked) - len(found.more), len(worked))
    assert set() not in failing
    assert (found.noticed_in_all, found.undecided) == (len(differ), ())
    assert all({place} in failing for place in more), "this set could be dropped"
    first = {(change.route, change.words): min(places) for change, places in zip(differ, failing, strict=True)}
    said = {(one.route, one.words): place for place, group in enumerate(found.noticed) for one in group}
    assert said == first


@settings(deadline=None, max_examples=100)
@given(FILES, st.data())
def test_what_cases_notice_is_what_makes_them_fail(raw: dict[str, Any], data: st.DataObject) -> None:
    """For cases that expect some of what comes out: the changes that make one fail, and for the others answers."""
    rules = built(raw)
    worked = [partial(rules, answers, data) for answers in everything(rules)[:: data.draw(st.integers(3, 9))][:6]]
    found = judged(rules, worked, no_hurry, silent)
    differ = found_different(rules)
    missed = [change for change in differ if not any(run(applied(rules, change), one) for one in worked)]

    assert [one.change.words for one in found.unnoticed] == [change.words for change in missed]
    assert (found.in_all, found.noticed) == (len(differ), len(differ) - len(missed))
    for one in found.unnoticed:
        assert assess(rules, one.answers).complete
        assert different(rules, one.change, [one.answers])


def partial(rules: RuleFile, answers: Answers, data: st.DataObject) -> WorkedCase:
    """A case that holds and expects some of what comes out."""

    def some() -> bool:
        return data.draw(st.booleans())

    summary = assess(rules, answers)
    certain = [finding for finding in summary.findings if finding.certainty == "certain" and some()]
    because = {f.guidance.id: {r.question: r.answer for r in f.because} for f in certain if some()}
    raw = {id: {q: list(a) if isinstance(a, tuple) else str(a) for q, a in of.items()} for id, of in because.items()}
    silent_ = [line.id for line in rules.guidance if line.id not in fired(summary) and some()]
    step = summary.disposition.id if some() else None
    expect = Expected(
        disposition=step, says=tuple(one.guidance.id for one in certain), silent=tuple(silent_), because=raw
    )
    return WorkedCase(Case(id="some", expect=expect), answers)


def of_line(when: str, more: str = "") -> list[str]:
    """The words of every change of one line, about questions of every type."""
    rules = load(
        f"{HEAD}conditions: {{young: {{age: {{below: 18}}, kind: a}}}}\n"
        "questions: [{id: age, type: number, ask: Q?}, {id: born, type: date, ask: Q?}, {id: itch, type: yes-no, "
        "ask: Q?, unsure: yes, decline: yes}, {id: kind, type: many, ask: Q?, options: {a: A, b: B, c: C}}]\n"
        f"guidance: [{{id: g, topic: T, says: S., when: {when}{more}}}]\n{TAIL}"
    )
    return [change.words for change in mutants(rules) if change.route[0] == "guidance"]


SAY = "`when_unsure: say` becomes `when_unsure: skip`"
EVERYONE = "it is left out, so that everyone gets the line"
TURNED = "it is turned round with `not`"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{itch: yes}", ["`no` stands in the place of `yes`", TURNED]),
        (
            "{itch: [yes, unsure]}",
            [
                "`yes` is left out",
                "`no` stands in the place of `yes`",
                "`unsure` is left out",
                "`declined` stands in the place of `unsure`",
                TURNED,
            ],
        ),
        ("{itch: unsure}", ["`declined` stands in the place of `unsure`", TURNED]),
        ("{itch: answered}", [TURNED]),
        (
            "{kind: [a, b]}",
            [
                "`a` is left out",
                "`c` stands in the place of `a`",
                "`b` is left out",
                "`c` stands in the place of `b`",
                "all of these answers are needed, not any",
                TURNED,
            ],
        ),
        (
            "{kind: {all: [a, b]}}",
            [
                "`a` is left out",
                "`c` stands in the place of `a`",
                "`b` is left out",
                "`c` stands in the place of `b`",
                "any of these answers would do, not all",
                TURNED,
            ],
        ),
        ("{kind: {none: [a]}}", ["`b` stands in the place of `a`", "`c` stands in the place of `a`", TURNED]),
        (
            "{kind: {count: {at_least: 1, at_most: 2}}}",
            [
                "`at_least: 1` becomes `at_least: 0`",
                "`at_least: 1` becomes `at_least: 2`",
                "`at_most: 2` becomes `at_most: 1`",
                "`at_most: 2` becomes `at_most: 3`",
                TURNED,
            ],
        ),
        (
            "{age: {below: 18}}",
            [
                "`below: 18` becomes `below: 17`",
                "`below: 18` becomes `below: 19`",
                "`below: 18` becomes `at_most: 18`",
                TURNED,
            ],
        ),
        (
            "{born: {above: 2000-02-29}}",
            [
                "`above: 2000-02-29` becomes `above: 2000-02-28`",
                "`above: 2000-02-29` becomes `above: 2000-03-01`",
                TURNED,
            ],
        ),
        ("{not: {itch: yes}}", ["`not` is left out", "`no` stands in the place of `yes`"]),
        ("{is: young}", [TURNED]),
        (
            "{all: [{is: young}, {itch: yes}]}",
            [
                "any of these parts would do, not all",
                TURNED,
                "this part is left out",
                "this part is left out",
                TURNED,
                "`no` stands in the place of `yes`",
                TURNED,
            ],
        ),
        (
            "{any: [{itch: yes}, {itch: no}]}",
            [
                "all of these parts are needed, not any",
                TURNED,
                "this part is left out",
                "this part is left out",
                "`no` stands in the place of `yes`",
                TURNED,
                "`yes` stands in the place of `no`",
                TURNED,
            ],
        ),
    ],
)
def test_the_changes_of_a_condition(when: str, said: list[str]) -> None:
    """One thing at a time, each in a plain sentence; a condition with a name is changed where it is written."""
    assert of_line(when) == [*said, EVERYONE, SAY]


@pytest.mark.parametrize(
    ("step", "others"), [("d0", ["d1"]), ("d1", ["d0", "d2"]), ("d2", ["d1"])], ids=["least", "between", "most"]
)
def test_the_changes_of_a_next_step(step: str, others: list[str]) -> None:
    """It becomes the next less and the next more urgent one, and is left out."""
    said = of_line("{itch: answered}", f", when_unsure: skip, disposition: {step}")

    assert said == [
        TURNED,
        EVERYONE,
        "`when_unsure: skip` becomes `when_unsure: say`",
        *(f"the next step `{other}` stands in the place of `{step}`" for other in others),
        f"the next step `{step}` is left out",
    ]


def test_a_changed_file_is_the_file_with_one_thing_changed() -> None:
    """A condition with a name changes wherever it is used, in another named one too, and nowhere else."""
    rules = load(
        f"{HEAD}conditions: {{a: {{q: yes}}, b: {{all: [{{is: a}}, {{r: yes}}]}}}}\n"
        "questions: [{id: q, type: yes-no, ask: Q?}, {id: r, type: yes-no, ask: Q?, when: {is: a}}]\n"
        "guidance: [{id: g, topic: T, says: S., when: {is: b}}, {id: h, topic: T, says: S., when: {q: yes}}]\n"
        f"{STEPS}referral: [{{id: s, says: S., when: {{is: a}}}}, {{says: R.}}]\n"
    )
    change = next(change for change in mutants(rules) if change.route == ("conditions", "a"))
    changed = applied(rules, change)

    assert change.words == "`no` stands in the place of `yes`"
    assert [owner.id for owner in change.after] == ["r", "g", "s"]
    assert assess(changed, {"q": "no", "r": "yes"}).referral.id == "s"
    assert fired(assess(changed, {"q": "no", "r": "yes"})) == {"g": "certain"}
    assert fired(assess(changed, {"q": "yes"})) == {"h": "certain"}
    assert changed.by_question["r"].when is changed.conditions["a"]
    assert list(rules.conditions["a"].references()) == ["q"]
    assert fired(assess(rules, {"q": "yes", "r": "yes"})) == {"g": "certain", "h": "certain"}


TATTOO_TEXT = (
    f"{HEAD}questions:\n"
    "  - {id: tattoo, type: yes-no, ask: Is there a tattoo?, unsure: yes}\n"
    "  - {id: tattoo-kind, type: one, ask: Which kind?, when: {tattoo: yes}, decline: yes,\n"
    "     options: {drawn: A drawing, cosmetic: Make-up, medical: A medical mark, accident: From an accident}}\n"
    "guidance:\n"
    "  - {id: care, topic: T, says: Keep the skin cool.}\n"
    "  - {id: mark, topic: T, says: Tell who made the mark., when: {tattoo-kind: medical}, disposition: d1}\n"
    "  - {id: grit, topic: T, says: Grit may be in the skin., when: {tattoo-kind: [accident, medical]}}\n"
    f"{TAIL}"
)
TATTOO = load(TATTOO_TEXT)


def test_medical_can_not_become_accident_unseen() -> None:
    """The line about a medical mark, said after an accident instead: two of the suggested cases fail."""
    text, found = strong(TATTOO)
    worked, _ = read_cases(text, TATTOO)
    slip = next(
        change
        for change in mutants(TATTOO)
        if (change.route[1], change.words) == ("mark", "`accident` stands in the place of `medical`")
    )
    failed = [failure for one in worked for failure in run(applied(TATTOO, slip), one)]

    assert "`mark` does not come as certain" in failed
    assert found.undecided == ()


def test_what_comes_only_with_others_is_not_called_for_otherwise() -> None:
    """Someone is sent to d1 by another line each time this one does: its step makes no difference, until it is d2."""
    rules = load(
        f"{HEAD}questions: [{{id: q, type: yes-no, ask: Q?}}]\n"
        "guidance: [{id: g, topic: T, says: S., when: {q: yes}, disposition: d1}, "
        f"{{id: h, topic: T, says: S., disposition: d1}}]\n{TAIL}"
    )
    steps = [(change.route[1], change.words) for change in found_different(rules) if change.route[2] == "disposition"]

    assert ("g", "the next step `d2` stands in the place of `d1`") in steps
    assert ("h", "the next step `d1` is left out") in steps
    assert ("g", "the next step `d1` is left out") not in steps
    assert ("g", "the next step `d0` stands in the place of `d1`") not in steps


def test_a_moved_limit_is_shown_by_answers_beside_it() -> None:
    """Somebody is just on one side of the limit and somebody on the other, by less than one and by a day."""
    rules = load(
        f"{HEAD}questions: [{{id: age, type: number, ask: Q?, min: 0, max: 120}}, "
        "{id: born, type: date, ask: Q?, min: 1990-01-01}]\n"
        "guidance: [{id: g, topic: T, says: S., when: {age: {below: 18}}}, "
        f"{{id: h, topic: T, says: S., when: {{born: {{at_least: 2000-03-01}}}}}}]\n{TAIL}"
    )
    given = [one.answers for one in read_cases(strong(rules)[0], rules)[0]]

    assert {int(str(one["age"]).partition(".")[0]) for one in given} >= {17, 18}
    assert {str(one["born"]) for one in given} >= {"2000-02-29", "2000-03-01"}


class Impatient:
    """A tick that ends the work after so many calls."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Undecided("the time was over")


def test_stopped_at_any_moment_it_says_what_it_does_not_know() -> None:
    """What is noticed and what is not decided are all changes that differ, or may; and what is said to be, is."""
    sets = suggest(TATTOO, no_hurry, silent, cuts=cuts_with_changes(TATTOO)).sets
    differ = {(change.route, change.words) for change in found_different(TATTOO)}
    ends = set()
    for calls in range(0, 400, 3):
        found = strengthened(TATTOO, sets, Impatient(calls), silent)
        noticed = {(change.route, change.words) for group in found.noticed for change in group}
        undecided = {(change.route, change.words) for change in found.undecided}
        assert noticed <= differ <= noticed | undecided
        assert len(found.noticed) == len(sets) + len(found.more)
        ends.add((bool(noticed), bool(undecided)))

    assert ends == {(False, True), (True, True), (True, False)}


def test_everything_of_pico_laser_is_noticed_by_what_is_suggested(pico: RuleFile) -> None:
    """Also what no sample shows and only the solver finds; with time for no more than that, some is not decided."""
    sets = suggest(pico, no_hurry, silent, cuts=cuts_with_changes(pico)).sets
    ticks = Impatient(100_000)
    whole = strengthened(pico, sets, ticks, silent)
    hurried = strengthened(pico, sets, Impatient(100_000 - ticks.left - 1), silent)
    count = len(found_different(pico))

    assert (whole.noticed_in_all, whole.undecided) == (count, ())
    assert len(whole.more) < 70
    assert hurried.undecided
    assert hurried.noticed_in_all + len(hurried.undecided) >= count


@pytest.mark.parametrize(
    "path", [path for path in sorted(GOOD.glob("*.yaml")) if path.suffixes == [".yaml"]], ids=lambda path: path.stem
)
def test_every_good_file_gets_cases_that_notice_all(path: Path) -> None:
    """Whatever a rule file can hold: its suggested cases hold, and leave no change unnoticed."""
    rules = load_rules(path)
    worked, _ = read_cases(strong(rules)[0], rules)

    assert [failure for one in worked for failure in run(rules, one)] == []
    assert judged(rules, worked, no_hurry, silent)[1:] == ((), ())


@pytest.mark.parametrize("lines", [50, 60, 70])
def test_sets_that_later_ones_make_idle_are_dropped(lines: int) -> None:
    """Those that notice most are chosen first, and those after them may notice it all too: then they are not needed."""
    rules = built(raw_large_file(10, lines))
    given = suggest(rules, no_hurry, silent, cuts=cuts_with_changes(rules)).sets
    found = strengthened(rules, given, no_hurry, silent)
    sets = [*given, *found.more]

    for place in range(len(given), len(sets)):
        later = [one.answers for one in sets[place + 1 :]]
        assert any(not different(rules, change, later) for change in found.noticed[place])


def test_what_is_found_too_late_is_not_decided() -> None:
    """The time ends when all is decided, but some answers that were found are not yet looked at."""
    rules = built(raw_large_file(60, 200))
    sets = suggest(rules, no_hurry, silent, cuts=cuts_with_changes(rules)).sets
    ticks = Impatient(100_000)
    whole = strengthened(rules, sets, ticks, silent)
    hurried = strengthened(rules, sets, Impatient(100_000 - ticks.left - 1), silent)

    assert whole.undecided == ()
    assert len(hurried.undecided) > 1
    assert hurried.noticed_in_all + len(hurried.undecided) >= whole.noticed_in_all


def test_cases_judged_without_time_are_not_decided() -> None:
    """Nothing is claimed of a change that there was no time for."""
    ends = [judged(TATTOO, [], Impatient(calls), silent) for calls in range(0, 100, 3)]
    whole = ends[-1]

    assert (whole.noticed, len(whole.unnoticed), whole.undecided) == (0, len(found_different(TATTOO)), ())
    assert len(ends[0].undecided) == len(list(mutants(TATTOO)))
    assert any(end.undecided and end.unnoticed for end in ends)
    assert all(end.in_all >= whole.in_all for end in ends)


def test_the_sets_say_what_they_notice_first() -> None:
    """In comments: how many changes in all, and for each set how many none before it notices, with one of them."""
    suggested = suggest(TATTOO, no_hurry, silent, cuts=cuts_with_changes(TATTOO))
    found = strengthened(TATTOO, suggested.sets, no_hurry, silent)
    named = cases(suggested, found)
    count = len(found_different(TATTOO))

    assert about(suggested, found)[-1].endswith(f" {count} of {count} changes would be noticed.")
    assert sum(len(case.noticed) for case in named) == count
    assert all(case.noticed or case.new for case in named)
    assert all(notes(case)[-1].startswith("The first to notice, in ") for case in named if case.noticed)


def test_the_command_prints_cases_that_notice_every_change(tmp_path: Path) -> None:
    """What `--suggest --strong` prints passes `test --strong`, and the slip of the pen then fails a case."""
    path = file(tmp_path, TATTOO_TEXT)
    code, out, err = cli("cases", path, "--suggest", "--strong")
    assert (code, err) == (0, "")
    file(tmp_path, out, "rules.cases.yaml")
    count = len(found_different(TATTOO))
    said = f"{len(read_cases(out, TATTOO)[0])} cases passed, 0 failed\n{count} of {count} changes would be noticed\n"
    assert cli("test", path, "--strong") == (0, said, "")

    file(tmp_path, TATTOO_TEXT.replace("{tattoo-kind: medical}", "{tattoo-kind: accident}"))
    code, out, err = cli("test", path, "--strong")
    assert (code, err) == (1, "")
    assert "`mark` does not come as certain" in out
    assert out.endswith("Which changes they would notice is looked at once they all pass.\n")
    assert "would be noticed" not in out


def test_the_command_writes_answers_that_notice_every_change(tmp_path: Path) -> None:
    """`--output`: a file of answers for each set, and in words how many changes they notice."""
    path = file(tmp_path, TATTOO_TEXT)
    code, out, err = cli("cases", path, "--suggest", "--strong", "--output", tmp_path / "sets")
    count = len(found_different(TATTOO))

    assert (code, out) == (0, "")
    assert f"{count} of {count} changes would be noticed." in " ".join(err.split())
    assert len(list((tmp_path / "sets").iterdir())) == len(read_cases(strong(TATTOO)[0], TATTOO)[0])


def test_the_command_lists_what_no_case_notices(tmp_path: Path) -> None:
    """Each change with its place in the rule file and answers that show it; exit code 1, and the share last."""
    path = file(tmp_path, TATTOO_TEXT)
    case = "{id: a, answers: {tattoo: yes, tattoo-kind: medical}, expect: {says: [mark]}}"
    file(tmp_path, f"format: 1\ncases: [{case}]\n", "rules.cases.yaml")
    code, out, err = cli("test", path, "--strong")
    lines, written = out.splitlines(), TATTOO_TEXT.splitlines()
    first = next(line for line in lines if "condition of line `grit`: `accident` is left out" in line)
    row = next(number for number, line in enumerate(written, 1) if "id: grit" in line)
    column = written[row - 1].index("{tattoo-kind") + 1

    assert (code, err) == (1, "")
    assert first.startswith(f"{path}:{row}:{column}: error[not-noticed] no case notices these ")
    assert lines[lines.index(first) + 3] == "  for example, something comes out otherwise:"
    assert lines[lines.index(first) + 4] == "      tattoo: yes; tattoo-kind: accident"
    assert not any("line `mark`" in line and "`drawn` stands" in line for line in lines)
    noticed, of = lines[-1].removesuffix(" changes would be noticed").split(" of ")
    assert 0 < int(noticed) < int(of) == len(found_different(TATTOO))


def test_a_condition_that_is_left_out_is_listed(tmp_path: Path) -> None:
    """A whole `when` gone is a slip as well, of a question and of a line; not of a referral or a condition by name."""
    named = "conditions: {old: {tattoo: yes}}\n"
    text = TATTOO_TEXT.replace("questions:", f"{named}questions:", 1)
    text = text.replace("referral: {says: R.}", "referral: [{id: r, when: {is: old}, says: R.}, {says: R.}]")
    path = file(tmp_path, text)
    case = "{id: a, answers: {tattoo: yes, tattoo-kind: medical}, expect: {says: [mark, grit], referral: r}}"
    file(tmp_path, f"format: 1\ncases: [{case}]\n", "rules.cases.yaml")
    _, out, _ = cli("test", path, "--strong")
    found = [line for line in out.splitlines() if "it is left out, so that everyone" in line]

    assert [re.findall("the condition of ([a-z]+ `[a-z-]+`)", line) for line in found] == [
        ["question `tattoo-kind`"],
        ["line `mark`"],
        ["line `grit`"],
    ]
    assert "it is left out, so that everyone is asked" in found[0]
    assert "it is left out, so that everyone gets the line" in found[1]


def test_what_the_commands_are_given_wrongly_is_said(tmp_path: Path) -> None:
    """`--strong` alone, a file without cases, and no time at all: plain words, and nothing is claimed."""
    path = file(tmp_path, TATTOO_TEXT)
    code, out, err = cli("cases", path, "--strong")
    assert (code, out, "--strong needs --suggest" in err) == (2, "", True)

    code, out, err = cli("test", path, "--strong")
    assert (code, out, "error[not-found]" in err) == (1, "", True)

    answers = "{tattoo: yes, tattoo-kind: medical}"
    file(tmp_path, f"format: 1\ncases: [{{id: a, answers: {answers}, expect: {{}}}}]\n", "rules.cases.yaml")
    code, out, err = cli("test", path, "--strong", "--limit", "0")
    count = len(list(mutants(TATTOO)))
    assert (code, err) == (1, "")
    assert f"error[not-decided] of {count} changes it was not decided whether a case notices" in out
    assert "--limit" in out
    assert out.endswith(f"0 of {count} changes would be noticed\n")


def test_more_changes_than_fit_into_memory_are_refused(tmp_path: Path) -> None:
    """One line that names half of 400 options has 40,000 options to swap, and that is said at once."""
    options = ", ".join(f"o{n}: O" for n in range(400))
    named = ", ".join(f"o{n}" for n in range(200))
    text = (
        f"{HEAD}questions: [{{id: q, type: one, ask: Q?, options: {{{options}}}}}]\n"
        f"guidance: [{{id: g, topic: T, says: S., when: {{q: [{named}]}}}}]\n{TAIL}"
    )
    path = file(tmp_path, text)
    file(tmp_path, "format: 1\ncases: [{id: a, answers: {q: o1}, expect: {}}]\n", "rules.cases.yaml")

    for command in (("test", path, "--strong"), ("cases", path, "--suggest", "--strong")):
        code, _, err = cli(*command)
        assert code == 1
        assert "error[not-decided]" in err
        assert "more small changes can be made to it than can be looked at" in err


def test_a_file_that_decides_nothing_has_nothing_to_notice(tmp_path: Path) -> None:
    """No condition, no next step that could be another: nothing is counted, and that is said."""
    path = file(tmp_path, SMALL)
    file(tmp_path, "format: 1\ncases: [{id: a, answers: {itch: no}, expect: {}}]\n", "rules.cases.yaml")

    assert cli("test", path, "--strong") == (0, "1 case passed, 0 failed\nno change makes a difference\n", "")
    assert "No more sets are needed: no change makes a difference." in cli("cases", path, "--suggest", "--strong")[1]
