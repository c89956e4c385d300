"""The evidence: equal to the engine and to the checks, and accepted by checkers that share nothing with the solver."""

import csv
import html
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import dratify
import pytest
from evidence import CERTAIN_ONLY, PROMISED, checked, evidence_of, sealed, texts_of, written
from hypothesis import given, settings
from proving import no_hurry, silent
from strategies import built, raw_files_with_promises, raw_rule_files

from screener.authoring.checks.logic import prove
from screener.authoring.evidence import check
from screener.authoring.evidence.meaning import Rules
from screener.authoring.evidence.spelling import differs
from screener.authoring.evidence.table import Verdicts
from screener.ground.files import read_text
from screener.ground.problems import ProblemsFound
from screener.proof.hints import explained
from screener.proof.refutation import refutation
from screener.rulefile.find import find_rules, load_rules
from screener.rulefile.loader import load
from screener.rulefile.yamltext import read

Clauses = list[list[int]]


def shipped() -> dict[str, str]:
    """The evidence for what comes with the tool."""
    rules, path = load_rules("pico-laser"), find_rules("pico-laser")
    names = (path.name, str(rules.sources))
    return texts_of(rules, {name: path.with_name(name).read_text(encoding="utf-8") for name in names})


@pytest.fixture(scope="module")
def pico() -> dict[str, str]:
    """The evidence for pico-laser."""
    return shipped()


@pytest.fixture(scope="module")
def plain(pico: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The clauses without the lines that say what numbers stand for, as the page says how to take them away."""
    place = written(pico, tmp_path_factory.mktemp("evidence") / "made")
    command = re.search("<code>(grep [^<]+)</code>", pico["index.html"])
    assert command is not None
    subprocess.run(html.unescape(command[1]), shell=True, cwd=place, check=True, timeout=60)
    return (place.parent / "plain.cnf").read_text(encoding="utf-8")


def accepted(cnf: str, proof: str) -> bool:
    """Whether the checker in plain Python accepts a proof."""
    return bool(dratify.check_proof(dratify.parse_dimacs(cnf), proof, check_rat=False))


def test_a_checker_in_python_accepts_the_proof_and_no_part_of_it(pico: dict[str, str], plain: str) -> None:
    """`dratify` takes pico-laser's proof; without its end, or from fewer clauses, it is none."""
    cnf, proof = plain, pico["promises.drup"]
    assert accepted(cnf, proof)
    assert not accepted(cnf, "".join(proof.splitlines(keepends=True)[: len(proof.splitlines()) // 2]))
    head, *clauses = cnf.splitlines()
    assert not accepted("\n".join([head, *clauses[len(clauses) // 2 :], ""]), proof)


@pytest.mark.skipif(sys.version_info[:2] != (3, 11) or sys.platform != "linux", reason="drup has no wheel for this")
def test_a_verified_checker_accepts_the_proof_and_no_part_of_it(pico: dict[str, str], plain: str) -> None:
    """`drup`, whose code was proved, takes pico-laser's proof as well, and not without half of its clauses."""
    drup = pytest.importorskip("drup")
    cnf, proof = plain, pico["promises.drup"]
    assert drup.check_proof_from_strings(cnf, proof).outcome.name == "VALID"
    head, *clauses = cnf.splitlines()
    less = "\n".join([head, *clauses[: len(clauses) // 2], ""])
    assert drup.check_proof_from_strings(less, proof).outcome.name != "VALID"


def test_it_is_small_and_the_same_each_time(pico: dict[str, str]) -> None:
    """At most 2 MB, and not a byte is different the second time."""
    assert sum(len(text.encode()) for text in pico.values()) < 2_000_000
    assert shipped() == pico


def unsettled(raw: dict[str, Any]) -> dict[str, Any]:
    """The same file with no promise settled by `open`."""
    promises = [{key: value for key, value in one.items() if key != "open"} for one in raw["invariants"]]
    return {**raw, "invariants": promises}


def broken(raw: dict[str, Any], included: bool) -> bool:
    """Whether the clauses leave room for a broken promise, in this reading."""
    only = () if included else [one["id"] for one in raw["invariants"]]
    return refutation(check.claimed(Rules(read(json.dumps(raw)).plain, only)), no_hurry) is None


@settings(deadline=None, max_examples=120)
@given(raw_files_with_promises())
def test_the_clauses_leave_room_exactly_where_the_check_finds_a_breach(raw: dict[str, Any]) -> None:
    """For promises of every key and in both readings the clauses for others say what `rules check` says."""
    raw = unsettled(raw)
    codes = {remark.code for remark in prove(built(raw), no_hurry, silent).remarks}
    sure = bool(codes & {"broken-promise", "less-urgent"})
    assert broken(raw, included=False) == sure
    if "empty-promise" not in codes:  # of a promise about nobody the check says no more
        assert broken(raw, included=True) == (sure or "certain-only" in codes)


def rows_of(text: str) -> tuple[Rules, list[list[str]]]:
    """The rule file as the checker reads it, and the table that the engine makes for it."""
    source = read(text)
    meaning = Rules(source.plain)
    return meaning, list(Verdicts(load(text), source, meaning, no_hurry).rows())


@settings(deadline=None, max_examples=80)
@given(raw_rule_files())
def test_the_checker_works_out_what_the_engine_says(raw: dict[str, Any]) -> None:
    """On every combination of answers to every condition: so no verdict in the table is refused, and each other is."""
    meaning, rows = rows_of(json.dumps(raw))
    head = ["what", "answers", "verdict"]
    assert check.agrees(meaning, [head, *rows])
    what, answers, verdict = rows[len(rows) // 2]
    wrong = {"yes": "open", "no": "yes", "open": "no"}[verdict]
    spoilt = [[what, answers, wrong] if one == [what, answers, verdict] else one for one in rows]
    assert not check.agrees(meaning, [head, *spoilt])


def possible(clauses: Clauses, variables: int) -> bool:
    """Whether these clauses can hold together, by trying."""
    return any(
        all(any(signs[abs(one) - 1] == (one > 0) for one in clause) for clause in clauses)
        for signs in itertools.product([False, True], repeat=variables)
    )


def follows(clauses: Clauses, clause: Sequence[int], hints: Sequence[int]) -> bool:
    """Whether the clauses that are named leave no room for the opposite, one literal at a time."""
    false = set(clause)
    for hint in hints:
        left = [one for one in clauses[hint - 1] if one not in false]
        if not left:
            return True
        if len(left) > 1:
            return False
        false.add(-left[0])
    return False


def test_every_proof_is_explained_step_by_step() -> None:
    """Each step of a solver's proof of random clauses follows from the clauses named beside it, to the empty one."""
    dice, met = Random(7), 0
    for _ in range(300):
        sets = (dice.sample(range(1, 7), dice.randint(1, 3)) for _ in range(24))
        clauses = [[dice.choice((-1, 1)) * one for one in some] for some in sets]
        proof = refutation(clauses, no_hurry)
        assert (proof is None) == possible(clauses, 6)
        if proof is None:
            continue
        met += 1
        kept, steps = explained(clauses, proof, no_hurry)
        known = [list(clause) for clause in kept]
        assert all(clause in clauses for clause in known)
        for step in steps:
            assert step.number == len(known) + 1
            assert follows(known, step.clause, step.hints)
            known.append(list(step.clause))
        assert known[-1] == []
    assert met > 100


def test_a_step_that_does_not_follow_is_no_proof() -> None:
    """A false step, and steps that end before the empty clause, are refused."""
    with pytest.raises(ValueError, match="does not follow"):
        explained([[1, 2], [-1, 2]], [[1], []], no_hurry)
    with pytest.raises(ValueError, match="the empty clause"):
        explained([[1, 2], [-1, 2]], [[2]], no_hurry)


def test_the_page_says_what_holds_for_certain_answers_only() -> None:
    """A promise that some who left it open do not get is not said to be for them."""
    page = evidence_of(PROMISED)["index.html"]
    article = page[page.index(f"<code>{CERTAIN_ONLY}</code>") :]
    article = article[: article.index("</article>")]
    assert "Proved for certain answers only" in article
    assert "Also where that is left open" not in article
    assert page.count("Proved for certain answers only") == 1


def file_with(questions: str, when: str) -> str:
    """A small rule file with these questions and one condition."""
    return f"""\
format: 1
id: small
version: 1.0.0
title: Small
language: en
questions:
{questions}
guidance:
  - {{id: rest, topic: Care, says: Rest.}}
  - {{id: more, topic: Care, when: {when}, says: Show it.}}
dispositions: [{{id: talk, title: Talk, says: Talk.}}]
referral: {{says: See a professional.}}
"""


def many(id: str, count: int) -> str:
    """A question with so many options."""
    options = ", ".join(f"o{n}: Option {n}" for n in range(count))
    return f"  - {{id: {id}, type: many, ask: 'Which {id}?', unsure: yes, options: {{{options}}}}}"


SAMPLED = file_with(many("marks", 14), "{marks: {count: {at_least: 3}}}")


def verdicts(texts: dict[str, str], what: str) -> set[str]:
    """The verdicts that the table has on this condition."""
    return {verdict for of, _, verdict in csv.reader(texts["local.csv"].splitlines()) if of == what}


def test_what_is_only_sampled_is_said(tmp_path: Path) -> None:
    """A count over more combinations than are listed is named on the page and by the checker; each verdict is seen."""
    texts = evidence_of(SAMPLED)
    assert "only some were <strong>sampled</strong>: <code>guidance more</code>." in texts["index.html"]
    done = checked(written(texts, tmp_path / "made"))
    assert done.code == 0
    assert "all on 0 conditions; only SAMPLED, as they have no parts: guidance more: yes." in done.said
    assert verdicts(texts, "guidance more") == {"yes", "no", "open"}
    assert "The author made no promises." in texts["index.html"]


def test_a_large_condition_is_looked_at_in_its_parts(tmp_path: Path) -> None:
    """With two lists of seven options no combination is left out: the parts have all theirs, and the whole has some."""
    lists = ", ".join(f"o{n}" for n in range(7))
    when = f"{{a: {{none: [{lists}]}}, b: [{lists}]}}"
    texts = evidence_of(file_with(f"{many('a', 8)}\n{many('b', 8)}", when))
    done = checked(written(texts, tmp_path / "made"))
    assert done.code == 0
    assert "all on 2 conditions and parts; some on 1 that have such parts: guidance more: yes." in done.said
    assert "SAMPLED" not in done.said
    assert verdicts(texts, f"{{a: {{none: [{lists}]}}}}") == {"yes", "no", "open"}
    assert verdicts(texts, "guidance more") == {"yes", "no", "open"}
    place = next(one for one in texts["local.csv"].splitlines() if one.startswith("guidance more,a="))
    twice = place.replace("a=", "a=o0 a=", 1)
    spoilt = sealed({**texts, "local.csv": texts["local.csv"].replace(place, twice)})
    assert checked(written(spoilt, tmp_path / "spoilt")).code == 1


def test_nothing_of_pico_laser_is_sampled(pico: dict[str, str], tmp_path: Path) -> None:
    """Each guard that is too large for a table is looked at in its parts, and comes out in each way that it can."""
    done = checked(written(pico, tmp_path / "made"))
    assert done.code == 0
    assert "SAMPLED" not in done.said
    assert "sampled" not in pico["index.html"]
    for guard in ("nothing-to-tell-means-a-consultation", "the-pill-alone-is-no-reason-to-hurry"):
        assert verdicts(pico, f"promise {guard}") == {"yes", "no", "open"}


@pytest.mark.parametrize("name", ["pico", "promised"])
def test_each_number_of_the_clauses_is_told_in_words_once(name: str, pico: dict[str, str]) -> None:
    """Every number that a clause has, no other, and nothing without words."""
    cnf = (pico if name == "pico" else evidence_of(PROMISED))["promises.cnf"].splitlines()
    told = [one.split(" ", 2)[1:] for one in cnf if one.startswith("c ")]
    used = {abs(int(one)) for line in cnf if line[0] not in "cp" for one in line.split()[:-1]}
    assert sorted(int(number) for number, _ in told) == sorted(used)
    assert all(words.strip() for _, words in told)


def same(text: str, one: str, other: str) -> bool:
    """Whether two conditions come out alike, whatever is answered."""
    rules = Rules(read(text).plain, today="2024-08-31")
    first, second = (read(f"when: {when}").plain["when"] for when in (one, other))
    ways = list(check.combined(rules, first))
    return [*map(check.verdicts_on(rules, first), ways)] == [*map(check.verdicts_on(rules, second), ways)]


def test_a_limit_among_options_in_order_names_those_on_its_side() -> None:
    """As `ordered: yes` has it, `{pain: {at_least: mild}}` is `{pain: [mild, strong]}`."""
    options = "{none: No, mild: Mild, strong: Strong}"
    pain = f"  - {{id: pain, type: one, ask: Pain?, ordered: yes, unsure: yes, options: {options}}}"
    small = file_with(pain, "{pain: mild}")
    assert same(small, "{pain: {at_least: mild}}", "{pain: [mild, strong]}")
    assert same(small, "{pain: {above: none}}", "{pain: [mild, strong]}")
    assert same(small, "{pain: {below: strong}}", "{pain: [none, mild]}")
    assert same(small, "{pain: {at_most: none}}", "{pain: none}")


@pytest.mark.parametrize(
    ("span", "first"),
    [("6 months", "2024-02-29"), ("1 year", "2023-08-31"), ("2 weeks", "2024-08-17"), ("1 day", "2024-08-30")],
)
def test_a_date_within_a_span_is_one_up_to_today(span: str, first: str) -> None:
    """`within` counts back from the day of the interview; a month that is too short ends with its last day."""
    text = file_with("  - {id: since, type: date, ask: Since when?}", f"{{since: {{within: {span}}}}}")
    assert same(text, f"{{since: {{within: {span}}}}}", f"{{since: {{at_least: {first}, at_most: 2024-08-31}}}}")
    assert not same(text, f"{{since: {{within: {span}}}}}", f"{{since: {{above: {first}, at_most: 2024-08-31}}}}")


def test_a_promise_is_told_in_words_and_a_long_list_is_folded(pico: dict[str, str]) -> None:
    """Titles before ids, the first few of a long list, and the others folded away; no empty counts."""
    page = pico["index.html"]
    assert re.search(r"<p dir=.auto.>Said: “[^”]+” \[<code>medicines-unsure</code>\]\.</p>", page)
    article = page[page.index("<h3><code>under-18-gets-no-treatment-guidance</code>") :]
    article = article[: article.index("</article>")]
    lines = next(one for one in read(pico["pico-laser.yaml"]).plain["invariants"] if len(str(one)) > 1500)
    rest = len(lines["then"]["no_guidance"]) - 5
    assert f", and {rest} more:</p>" in article
    assert f"<details><summary>The other {rest}</summary>" in article
    assert "Promised: said" not in page
    assert not re.search(r",(<code>|“)", page)
    assert "answered rather told" not in page
    assert not re.search(r"\b0 (worked cases|statements)\b", page)


def test_the_page_counts_what_is_for_certain_answers_only(pico: dict[str, str]) -> None:
    """As many as leave out who left their condition open."""
    promises = read(pico["pico-laser.yaml"]).plain["invariants"]
    certain = sum("Whenever it is certain that" in one for one in pico["index.html"].split("<article>"))
    assert 0 < certain < len(promises)
    assert (
        f"{len(promises) - certain} for every possible set of answers, and {certain} for every set"
        in pico["index.html"]
    )


SPELLINGS = sorted(Path("tests/cases/good").glob("*.yaml"))


@pytest.mark.parametrize("path", SPELLINGS, ids=lambda path: path.name)
def test_the_checker_reads_a_rule_file_as_the_reader_does(path: Path) -> None:
    """However it is spelt; and with small changes, by lot, it sees each that is read otherwise."""
    text = read_text(path)
    plain = read(text).plain
    assert differs(plain, text) is None
    dice = Random(3)
    for _ in range(150):
        place, length = dice.randrange(len(text)), dice.choice((0, 0, 1, 1, 2, 5))
        sign = dice.choice(
            (" ", "\n", "  ", "- ", ": ", " #", "{", "}", "[", "]", ", ", "'", '"', "|", ">", "\u00a0", "a", "", "")
        )
        changed = text[:place] + sign + text[place + length :]
        if differs(plain, changed) is None:
            try:
                assert in_words(read(changed).plain) == in_words(plain), changed[place - 40 : place + 40]
            except ProblemsFound:
                continue  # no rule file


def in_words(plain: Any) -> Any:
    """Plain values with every text as its words."""
    if isinstance(plain, dict):
        return [(key, in_words(value)) for key, value in plain.items()]
    return [in_words(one) for one in plain] if isinstance(plain, list) else re.findall(r"[^ \t\r\n]+", plain)


def test_a_way_of_writing_that_the_checker_does_not_know_is_named_with_its_place() -> None:
    """No folder is written then: it would be refused."""
    text = PROMISED.replace("They asked.", '"They \\x61sked."')
    with pytest.raises(ProblemsFound) as found:
        texts_of(load(text), {"rules.yaml": text})
    (problem,) = found.value.problems
    place = text.index('"They')
    assert (problem.code, problem.line) == ("not-comparable", text.count("\n", 0, place) + 1)
    assert text.splitlines()[problem.line - 1][problem.column - 1 :].startswith('"They')


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        ({"x": ["a - b"]}, "x:\n- a\n- b\n"),
        ({"x": "a b: c"}, "x: a\nb: c\n"),
        ({"x": "a"}, "x: >\n  a\n  # b\n"),
        ({"x": "a"}, "x: a\n  b\n"),
        ({"x": "a # b"}, "x: a # b\n"),
        ({"x": "5"}, "x: -5\n"),
        ({"x": "'a'"}, "x: 'a'\n"),
        ({"x": {"a": "b"}, "c": "d"}, "x: {a: b, c: d}\n"),
        ({"x": [["a"], ["b"]]}, "x: [[a, b]]\n"),
        ({"x": [{"a": "b"}]}, "x: [a: b]\n"),
        ({"a": "b"}, "{a:b}\n"),
        ({"a": "b"}, "a:\u00a0b\n"),
        ({"a ": "b"}, "a: b\n"),
        ({"a": "b"}, "a: b\na: c\n"),
        ({"a": "b"}, "a: b\n---\na: c\n"),
        ({"a": {}}, "a:\n"),
    ],
)
def test_a_text_that_says_something_else_is_seen(plain: Any, text: str) -> None:
    """Also where the letters are the same: by brackets, by how far a line is set in, by a sign that has a meaning."""
    assert differs(plain, text) is not None


MORE = [
    ("{id: marks, type: many, ask: A?, max: 2, options: {a: A, b: B, c: C}}", "{marks: {count: {at_least: 3}}}"),
    ("{id: marks, type: many, ask: A?, min: 2, options: {a: A, b: B, c: C}}", "{marks: {count: {at_most: 1}}}"),
    ("{id: age, type: number, ask: A?, min: 18, max: 20.5}", "{any: [{age: {below: 18}}, {age: {above: 20.5}}]}"),
    ("{id: age, type: whole, ask: A?, max: 18}", "{age: {above: 17, below: 18}}"),
    ("{id: since, type: date, ask: A?, max: 2024-02-29}", "{since: {at_least: 2024-03-01}}"),
    ("{id: skin, type: one, ask: A?, options: {a: A, b: B}}", "{all: [{skin: a}, {skin: b}]}"),
]


@pytest.mark.parametrize(("question", "when"), MORE)
def test_what_no_answer_can_be_is_left_out(question: str, when: str) -> None:
    """Limits of a question, numbers between whole ones, two options of one: the proof may count on it."""
    promise = "invariants:\n  - {id: never, because: It can't be., then: {no_guidance: [more]}}\n"
    rules = Rules(read(file_with(f"  - {question}", when) + promise).plain)
    assert refutation(check.claimed(rules), no_hurry) is not None
    wider = re.sub(r"(min|max): [0-9.-]+, ?|, (min|max): [0-9.-]+|whole", "", question).replace(
        "type: ,", "type: number,"
    )
    if wider != question:
        rules = Rules(read(file_with(f"  - {wider}", when) + promise).plain)
        assert refutation(check.claimed(rules), no_hurry) is None


def test_a_second_person_answers_alike_wherever_both_are_asked() -> None:
    """Also to a question that hangs on the one which they answer otherwise."""
    questions = (
        "  - {id: a, type: yes-no, ask: A?, unsure: yes}\n  - {id: b, type: yes-no, ask: B?, when: {not: {a: unsure}}}"
    )
    text = file_with(questions, "{b: yes}").replace("says: Show it.", "says: Show it., disposition: soon")
    text = text.replace("says: Talk.}]", "says: Talk.}, {id: soon, title: Soon, says: Soon.}]")
    more = "invariants:\n  - {id: more, because: It adds up., never_less_urgent: [{a: [no, yes]}]}\n"
    rules = Rules(read(text + more).plain)
    (opened,) = [one for one, words in enumerate(rules.words) if words.startswith("second for a: a=unsure")]
    assert refutation([*check.claimed(rules), [-opened]], no_hurry) is not None


def test_a_promise_of_a_kind_that_is_unknown_is_not_passed_over() -> None:
    """A key that is misspelt would else promise nothing."""
    plain = read(PROMISED.replace("no_guidance: [care]", "no_guidence: [care]")).plain
    with pytest.raises(ValueError, match="unknown here"):
        Rules(plain)


BETWEEN = [
    ("{id: age, type: number, ask: A?, min: 17, max: 20}", "{age: {above: 17, below: 20}}"),
    ("{id: age, type: number, ask: A?, min: 0, max: 99}", "{not: {any: [{age: {below: 18}}, {age: {above: 65}}]}}"),
    ("{id: age, type: number, ask: A?, min: 17, max: 17.0002}", "{age: {above: 17, below: 17.0002}}"),
    ("{id: age, type: whole, ask: A?, min: 17, max: 19}", "{age: {above: 17, below: 19}}"),
    ("{id: since, type: date, ask: A?}", "{since: {above: 2024-02-28, below: 2024-03-01}}"),
]


@pytest.mark.parametrize(("question", "when"), BETWEEN)
def test_an_answer_between_two_limits_is_not_forgotten(question: str, when: str) -> None:
    """Nothing is proved that one number or date, neither a limit nor an end, would break."""
    promise = "invariants:\n  - {id: never, because: It can't be., then: {no_guidance: [more]}}\n"
    rules = Rules(read(file_with(f"  - {question}", when) + promise).plain)
    assert refutation(check.claimed(rules), no_hurry) is None
