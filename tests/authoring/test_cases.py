"""Worked cases: faults of the file with their places, and one sentence for each thing that came out otherwise."""

import json
from pathlib import Path

import pytest
from commands import SMALL, file, rules
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import GOOD

from screener.authoring.cases import WorkedCase, as_problem, explained, read_cases, run
from screener.authoring.cases import failures as failed
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.find import load_rules
from screener.rulefile.loader import load
from screener.rulefile.yamltext import read

CASES = GOOD
#: Asks itch (may be declined), then much (may be unsure), night and since; says awake or calm.
RULES = load_rules(CASES / "hidden-by-hidden.yaml")
HEAD = "format: 1\nbase: {itch: no}\ncases:\n"


def worked(text: str) -> tuple[WorkedCase, ...]:
    """The cases of a file."""
    return read_cases(text, RULES, "c.yaml")[0]


def failures(expect: str, answers: str = "{}") -> list[str]:
    """What comes out otherwise than expected, for answers laid over a base of `itch: no`."""
    (case,) = worked(f"{HEAD}  - {{id: a, answers: {answers}, expect: {expect}}}")
    return run(RULES, case)


def problems(text: str) -> list[Problem]:
    """What is wrong with a cases file."""
    with pytest.raises(ProblemsFound) as caught:
        read_cases(text, RULES, "c.yaml")
    return list(caught.value.problems)


def places(text: str) -> list[tuple[int, int, str]]:
    """Line, column and code of everything that is wrong with a cases file."""
    return sorted((problem.line, problem.column, problem.code) for problem in problems(text))


def test_a_case_lays_its_answers_over_the_base() -> None:
    """What the case does not answer comes from the base; everything is typed."""
    first, second = worked(
        f"{HEAD}  - {{id: a, expect: {{}}}}\n  - {{id: b, answers: {{itch: yes, much: unsure}}, expect: {{}}}}"
    )

    assert first.answers == {"itch": "no"}
    assert second.answers == {"itch": "yes", "much": "unsure"}


@pytest.mark.parametrize(
    ("expect", "answers"),
    [
        ("{}", "{}"),
        ("{says: [calm], not: [awake], disposition: consult}", "{}"),
        ("{asked: [itch], not_asked: [much, night, since]}", "{}"),
        ("{because: {calm: {itch: no}}}", "{}"),
        ("{possible: [calm], because: {calm: {itch: declined}}}", "{itch: declined, much: no}"),
        ("{says: [calm], nothing_else: yes}", "{}"),
        ("{because: {calm: {itch: no}}, nothing_else: yes}", "{}"),
        ("{possible: [calm], nothing_else: yes}", "{itch: declined, much: no}"),
        ("{says: [calm], not_asked: [much, since], nothing_else: yes}", "{much: yes, since: 2026-01-31}"),
        (
            "{says: [awake], disposition: doctor, nothing_else: yes}",
            "{itch: yes, much: yes, night: yes, since: 2026-01-31}",
        ),
        (
            "{says: [awake], disposition: doctor, because: {awake: {night: yes}}, asked: [since]}",
            "{itch: yes, much: yes, night: yes, since: 2026-01-31}",
        ),
    ],
)
def test_a_case_that_holds_says_nothing(expect: str, answers: str) -> None:
    """Guidance, possible guidance, silence, next step, reasons and questions, as they come out."""
    assert failures(expect, answers) == []


@pytest.mark.parametrize(
    ("expect", "answers", "said"),
    [
        ("{says: [awake]}", "{}", ["`awake` does not come as certain"]),
        ("{possible: [calm]}", "{}", ["`calm` does not come as possible but as certain"]),
        ("{says: [calm]}", "{itch: declined, much: no}", ["`calm` does not come as certain but as possible"]),
        ("{not: [calm]}", "{}", ["`calm` comes and must not"]),
        ("{not: [calm]}", "{itch: declined, much: no}", ["`calm` comes and must not"]),
        ("{disposition: doctor}", "{}", ["the disposition is `consult`, not `doctor`"]),
        ("{asked: [much]}", "{}", ["`much` is not asked"]),
        ("{not_asked: [itch]}", "{}", ["`itch` is asked"]),
        ("{because: {awake: {night: yes}}}", "{}", ["`awake` does not come, so it has no reasons"]),
        (
            "{because: {calm: {itch: yes}}}",
            "{}",
            ["`calm` comes because of {itch: no}, not because of {itch: yes}"],
        ),
        ("{because: {calm: {}}}", "{}", ["`calm` comes because of {itch: no}, not because of {}"]),
        ("{says: [awake], not: [calm]}", "{}", ["`awake` does not come as certain", "`calm` comes and must not"]),
        ("{}", "{itch: yes, much: yes}", ["these questions have no answer: night"]),
        ("{nothing_else: yes}", "{}", ["`calm` comes, and the case expects nothing else"]),
        ("{not: [calm], nothing_else: yes}", "{}", ["`calm` comes and must not"]),
        ("{says: [calm], nothing_else: yes}", "{much: yes}", ["`much` is answered, and not asked"]),
        ("{says: [calm], asked: [much], nothing_else: yes}", "{much: yes}", ["`much` is not asked"]),
        (
            "{says: [awake], nothing_else: yes}",
            "{itch: yes, much: yes, night: yes}",
            [
                "the disposition is `doctor`, and the case names none",
                "`since` is asked, and the case does not answer it",
            ],
        ),
        (
            "{says: [awake], disposition: doctor, not_asked: [since], nothing_else: yes}",
            "{itch: yes, much: yes, night: yes}",
            ["`since` is asked"],
        ),
        ("{nothing_else: yes}", "{itch: yes, much: yes}", ["these questions have no answer: night"]),
    ],
)
def test_a_case_that_fails_says_why(expect: str, answers: str, said: list[str]) -> None:
    """Each difference is one plain sentence, and all of them come at once."""
    assert failures(expect, answers) == said


@pytest.mark.parametrize(
    ("expect", "answers", "at", "behind"),
    [
        ("{says: [calm, awake]}", "{}", "awake", [("when: {night: yes}", "`awake` is said only when this holds")]),
        ("{possible: [calm]}", "{}", "calm", [("{itch: no}", "`calm` is said because of {itch: no}")]),
        ("{not: [awake, calm]}", "{}", "calm", [("{itch: no}", "`calm` is said because of {itch: no}")]),
        ("{disposition: doctor}", "{}", "doctor", [("consult", "`consult` comes where no line calls for another")]),
        (
            "{disposition: consult}",
            "{itch: yes, much: yes, night: yes, since: 2026-01-31}",
            "consult",
            [("doctor", "`awake` calls for `doctor` because of {night: yes}")],
        ),
        ("{because: {calm: {itch: yes}}}", "{}", "calm", [("{itch: no}", "`calm` is said because of {itch: no}")]),
        ("{asked: [itch, much]}", "{}", "much", [("{is: itches}", "`much` is asked when this holds, or may hold")]),
        ("{not_asked: [much, itch]}", "{}", "itch", [("id: itch", "`itch` is asked of everyone")]),
        ("{nothing_else: yes}", "{}", "yes", [("{itch: no}", "`calm` is said because of {itch: no}")]),
    ],
)
def test_a_failure_points_at_what_was_expected_and_at_the_line_behind_it(
    expect: str, answers: str, at: str, behind: list[tuple[str, str]]
) -> None:
    """In the cases file at the very word that does not hold; in the rule file at what it comes from."""
    text = f"{HEAD}  - {{id: a, answers: {answers}, expect: {expect}}}"
    (case,), source = read_cases(text, RULES, "c.yaml")
    (failure,) = failed(RULES, case)
    problem = as_problem(failure, case.case, source)
    lines = explained(problem, failure, read((CASES / "hidden-by-hidden.yaml").read_text("utf-8"), "r.yaml")).related

    assert (problem.file, problem.line) == ("c.yaml", 4)
    assert text.splitlines()[3][problem.column - 1 :].startswith(at)
    assert [(one.file, one.message) for one in lines] == [("r.yaml", words) for _, words in behind]
    for one, (stands, _) in zip(lines, behind, strict=True):
        assert stands in one.excerpt


def test_nothing_else_speaks_of_the_referral_too(tmp_path: Path) -> None:
    """Without a referral that is named, the one for everyone is expected."""
    rules = load(SMALL.partition("referral:")[0] + "referral: [{id: itchy, when: {itch: yes}, says: R.}, {says: S.}]")
    case = "{{id: a, answers: {{itch: {0}}}, expect: {{{1}nothing_else: yes}}}}"
    cases = [("no", "says: [rest], "), ("yes", ""), ("yes", "referral: itchy, ")]
    texts = [f"format: 1\ncases: [{case.format(*one)}]" for one in cases]
    all_said = [run(rules, read_cases(text, rules)[0][0]) for text in texts]

    assert [[one for one in said if "referral" in one] for said in all_said] == [
        [],
        ["the referral is `itchy`, and the case names none"],
        [],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", [(1, 1, "wrong-type")]),
        ("format: 1\ncases: []", [(2, 8, "missing-key")]),
        ("format: 2\ncases: [{id: a, expect: {}}]", [(1, 9, "wrong-value")]),
        (HEAD + "  - {id: a}", [(4, 5, "missing-key")]),
        (HEAD + "  - {id: a, expect: {}, hint: x}", [(4, 25, "unknown-key")]),
        (HEAD + "  - {id: A b, expect: {}}", [(4, 10, "bad-id")]),
        (HEAD + "  - {id: a, expect: {nothing_else: maybe}}", [(4, 36, "wrong-value")]),
        (HEAD + "  - {id: a, expect: {says: calm}}", [(4, 28, "wrong-type")]),
        (HEAD + "  - {id: a, expect: {say: [calm]}}", [(4, 22, "unknown-key")]),
        (HEAD + "  - a text", [(4, 5, "wrong-type")]),
        (HEAD + "  - {id: a, expect: {}}\n  - {id: a, expect: {}}", [(5, 10, "duplicate-id")]),
        (HEAD + "  - {id: a, answers: {ich: no}, expect: {}}", [(4, 23, "unknown-answer")]),
        (HEAD + "  - {id: a, answers: {itch: ja}, expect: {}}", [(4, 29, "unknown-answer")]),
        (HEAD + "  - {id: a, answers: {itch: {b: c}}, expect: {}}", [(4, 29, "wrong-type")]),
        ("format: 1\nbase: {ich: no}\ncases: [{id: a, expect: {}}]", [(2, 8, "unknown-answer")]),
        (
            HEAD + "  - {id: a, expect: {says: [clam], not: [x]}}",
            [(4, 28, "unknown-guidance"), (4, 41, "unknown-guidance")],
        ),
        (HEAD + "  - {id: a, expect: {because: {x: {itch: no}}}}", [(4, 31, "unknown-guidance")]),
        (HEAD + "  - {id: a, expect: {disposition: dr}}", [(4, 35, "unknown-disposition")]),
        (HEAD + "  - {id: a, expect: {asked: [ich]}}", [(4, 30, "unknown-question")]),
    ],
)
def test_faults_of_a_cases_file_are_placed(text: str, expected: list[tuple[int, int, str]]) -> None:
    """Shape, answers and references: all faults of the file, and no others, at their places."""
    assert places(text) == expected


def test_a_wrong_option_in_a_list_is_pointed_at() -> None:
    """In a cases file as in an answers file: at the option, not at the list that it stands in."""
    rules = load_rules(GOOD / "every-feature.yaml")
    with pytest.raises(ProblemsFound) as caught:
        read_cases("format: 1\ncases:\n  - {id: a, answers: {concerns: [spots, moles]}, expect: {}}", rules, "c.yaml")

    assert [(problem.line, problem.column, problem.code) for problem in caught.value.problems] == [
        (3, 41, "unknown-answer")
    ]


def test_no_message_names_a_type_of_ours() -> None:
    """Where an answer has the wrong shape, the message speaks of the answer."""
    for raw in ("{b: c}", "[[b]]"):
        for problem in problems(HEAD + f"  - {{id: a, answers: {{itch: {raw}}}, expect: {{}}}}"):
            assert "str" not in problem.message
            assert "`0`" not in problem.message


def test_a_misspelt_name_is_offered_rightly() -> None:
    """Near misses in answers and expectations come with the name that was meant."""
    helps = [
        problems(HEAD + case)[0].help
        for case in (
            "  - {id: a, answers: {ich: no}, expect: {}}",
            "  - {id: a, expect: {says: [clam]}}",
            "  - {id: a, expect: {disposition: docter}}",
            "  - {id: a, expect: {not_asked: [nigt]}}",
        )
    ]

    assert helps == [f"did you mean `{name}`?" for name in ("itch", "calm", "doctor", "night")]


VALUES = st.recursive(
    st.sampled_from(["", "itch", "yes", "calm", "doctor", "a", "x"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["itch", "calm", "says", "id"]), inner, max_size=2)
    ),
    max_leaves=4,
)
KEYS = st.sampled_from(["id", "about", "answers", "expect", "says", "because", "asked", "x"])


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": VALUES, "expect": st.dictionaries(KEYS, VALUES, max_size=3)}, optional={"answers": VALUES}
        )
        | VALUES,
        max_size=3,
    ),
    VALUES,
)
def test_any_cases_are_run_or_refused(cases: list[object], base: object) -> None:
    """Whatever shape the cases have, they are run or refused with places."""
    try:
        found = worked(json.dumps({"format": "1", "base": base, "cases": cases}))
    except ProblemsFound as refused:
        if not all(problem.line for problem in refused.problems):
            pytest.fail(str(refused))
        return
    assert all(isinstance(failure, str) for case in found for failure in run(RULES, case))


@settings(deadline=None)
@given(st.text())
def test_any_text_is_cases_or_refused(text: str) -> None:
    """No text brings anything but cases or problems."""
    for tried in (text, HEAD + text):
        try:
            worked(tried)
        except ProblemsFound as refused:
            if not refused.problems:
                pytest.fail("refused without a problem")


def test_worked_cases_are_run(tmp_path: Path) -> None:
    """Beside the rule file or from a named file: what holds is counted, what fails is shown with its place."""
    path = file(tmp_path, SMALL)
    case = "format: 1\nbase: {itch: no}\ncases:\n  - {id: holds, expect: {says: [rest]}}\n"
    file(tmp_path, case, "rules.cases.yaml")
    assert rules("test", path) == (0, "1 case passed, 0 failed\n", "")

    other = file(tmp_path, case + "  - {id: fails, about: Why., expect: {not: [rest], asked: [itch]}}\n", "other.yaml")
    code, out, err = rules("test", path, "--cases", other)
    assert (code, err) == (1, "")
    assert f"{other}:5:45: error[case-failed] case `fails`: `rest` comes and must not" in out
    assert f"  {path}:15:5: `rest` is said to everyone\n" in out
    assert "help: Why." in out
    assert out.endswith("1 case passed, 1 failed\n")


def test_cases_that_can_not_run_are_problems(tmp_path: Path) -> None:
    """No cases file, or a wrong one: exit code 1 and its problems on standard error."""
    path = file(tmp_path, SMALL)
    code, out, err = rules("test", path)
    assert (code, out, "rules.cases.yaml" in err) == (1, "", True)

    file(tmp_path, "format: 1\ncases:\n  - {id: a, expect: {says: [rset]}}\n", "rules.cases.yaml")
    code, out, err = rules("test", path)
    assert (code, out) == (1, "")
    assert "error[unknown-guidance]" in err
    assert "did you mean `rest`?" in err


def test_failed_cases_are_counted_as_cases(tmp_path: Path) -> None:
    """Two failing cases on one line, each with two failures, are two failed cases."""
    expect = "expect: {not: [rest], not_asked: [itch]}"
    cases = f"format: 1\nbase: {{itch: no}}\ncases: [{{id: a, {expect}}}, {{id: b, {expect}}}]\n"
    file(tmp_path, cases, "rules.cases.yaml")

    assert rules("test", file(tmp_path, SMALL))[1].endswith("0 cases passed, 2 failed\n")
