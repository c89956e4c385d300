"""What is shown after a save: the same as each command says by itself, whatever was kept from the save before."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from commands import FAULTY, SMALL, file
from commands import rules as command
from comparing import raw_edits
from hypothesis import given, settings
from paths import GOOD, RULES
from proving import no_hurry, silent

from screener.authoring.checks import PAGES
from screener.authoring.checks.logic import PAGES as LOGIC_PAGES
from screener.authoring.checks.logic import prove
from screener.authoring.checks.page import Example, Page, whole, whole_sources
from screener.authoring.watch.alike import WORDS, logic_of
from screener.authoring.watch.listing import stretches
from screener.authoring.watch.look import Bulletin, Watched, look
from screener.authoring.watch.window import fitted
from screener.ground.files import read_text
from screener.ground.listing import as_text
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.shapes import Shape
from screener.ground.wrapping import cells
from screener.proof.gates import Tick, Undecided
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile
from screener.rulefile.promises import Invariant

PATH, CASES, ANSWERS, BESIDE = (Path(name) for name in ("a.yaml", "a.cases.yaml", "a.answers", "example.sources.yaml"))
ITCHY = SMALL.replace(
    "guidance:\n", "guidance:\n  - {id: itchy, topic: Care, says: Say since when., when: {itch: yes}}\n"
)
WORKED = """
format: 1
cases:
  - {id: none, answers: {itch: no}, expect: {says: [rest], not: [itchy]}}
  - {id: some, answers: {itch: yes}, expect: {says: [rest, itchy]}}
"""


def looks(
    texts: dict[Path, str], before: Bulletin | None = None, tick: Tick = no_hurry, at: str = "12:00:00"
) -> list[Bulletin]:
    """All that is said of these files, after what was said before."""

    def read(path: Path) -> str:
        if path not in texts:
            raise ProblemsFound([Problem("not-found", f"there is no file `{path}`")])
        return texts[path]

    answers = ANSWERS if ANSWERS in texts or (before and before.shown and "a.answers" in str(before.shown)) else None
    saved = frozenset(texts) if before else frozenset[Path]()
    return list(look(Watched(PATH, CASES, answers, read, at, saved), before, tick))


def looked(texts: dict[Path, str], before: Bulletin | None = None, at: str = "12:00:00") -> Bulletin:
    """The last word on these files."""
    return looks(texts, before, at=at)[-1]


def lines(report: Bulletin) -> list[str]:
    """All lines of a report, but for the summary's."""
    return [line for one in stretches(report, "a.yaml", "12:01:00", "") for line in (one.title, *one.lines)]


def texts_of(example: Example) -> dict[Path, str]:
    """An example of the manual as files."""
    return {PATH: whole(example), **({BESIDE: whole_sources(example)} if example.sources else {})}


@pytest.mark.parametrize("page", [*PAGES, *LOGIC_PAGES], ids=lambda page: page.code)
def test_what_was_kept_changes_no_finding(page: Page) -> None:
    """From the good example of each check to the bad one, back, and to its words turned round, all is found anew."""
    good, bad = texts_of(page.good), texts_of(page.bad)
    worded = {path: text.replace("skin", "arm") for path, text in bad.items()}
    before: Bulletin | None = None
    for texts in (good, bad, worded, bad, good):
        now = looked(texts, before)

        assert now.problems == looked(texts).problems
        before = now


@settings(deadline=None, max_examples=60)
@given(raw_edits())
def test_after_any_edit_all_is_as_if_looked_at_for_the_first_time(raws: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """What is kept of one file never shows in another one."""
    old, new = ({PATH: json.dumps(raw)} for raw in raws)

    assert looked(new, looked(old)).problems == looked(new).problems


def test_each_finding_is_that_of_the_check(tmp_path: Path) -> None:
    """After several edits of a faulty file the problems are, word for word, what `rules check` prints of it."""
    before = None
    for old, new in (("", ""), ("Wash less", "Never wash"), ("below: 12", "below: 0"), ("itch: yes", "itch: maybe")):
        text = FAULTY.replace(old, new) if old else FAULTY
        file(tmp_path, text, "a.yaml")
        before = looked({PATH: text}, before)
        code, out, _ = command("check", "a.yaml", cwd=tmp_path)

        assert code == 1
        assert before.problems
        assert out.startswith(as_text(before.problems))


@pytest.mark.parametrize(
    "name", ["pico-laser", *sorted(path.name for path in GOOD.glob("*.yaml") if "." not in path.stem)]
)
def test_no_proof_looks_at_what_counts_as_words(name: str) -> None:
    """Other words in each place that counts as one leave the logic alike, and what is proved the same."""
    path = RULES / f"{name}.yaml" if name == "pico-laser" else GOOD / name
    rules = load(read_text(path), name, lambda beside: (read_text(path.parent / beside), beside))
    other = reworded(rules)

    assert other != rules
    assert logic_of(other) == logic_of(rules)
    assert prove(other, no_hurry, silent) == prove(rules, no_hurry, silent)


def reworded(shape: Any) -> Any:
    """The same with other words wherever something counts as words."""
    if isinstance(shape, dict):
        return {key: reworded(value) for key, value in shape.items()}
    if isinstance(shape, tuple):
        return tuple(map(reworded, shape))
    if not isinstance(shape, Shape):
        return shape
    words = WORDS.get(type(shape), frozenset())
    values = {key: getattr(shape, key) for key in type(shape).model_fields}
    changed = {key: other(value) if key in words else reworded(value) for key, value in values.items()}
    return shape.model_copy(update=changed)


def other(value: Any) -> Any:
    """Another value of its kind, where that is a text."""
    return f"{value} 9" if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("when: {itch: yes}", "when: {itch: no}"),
        ("topic: Care, says: Say", "topic: Other, says: Say"),
        ("says: Please see", "says: See"),
        ("type: yes-no", "type: yes-no\n    unsure: yes"),
        ("id: itchy", "id: itching"),
        ("referral:", "conditions: {itches: {itch: yes}}\nreferral:"),
    ],
)
def test_what_proofs_look_at_is_no_mere_word(old: str, new: str) -> None:
    """A condition, a topic, the words of a referral, what can be answered, an id and a name are logic."""
    assert old in ITCHY
    assert logic_of(load(ITCHY.replace(old, new))) != logic_of(load(ITCHY))


def test_a_name_in_the_place_of_a_condition_is_another_logic() -> None:
    """The checks name the place of a named condition, so that they look anew where only that has changed."""
    named = ITCHY.replace("questions:", "conditions: {itches: {itch: yes}}\nquestions:")

    assert logic_of(load(named)) != logic_of(load(named.replace("when: {itch: yes}", "when: {is: itches}")))


def test_where_only_words_change_nothing_is_proved() -> None:
    """Then there is one report and no proof; for another condition there is one without it first."""
    first = looked({PATH: ITCHY})
    words = looks({PATH: ITCHY.replace("since when", "how long")}, first, never)
    logic = looks({PATH: ITCHY.replace("{itch: yes}", "{itch: no}")}, first)

    assert [one.problems is None for one in words] == [False]
    assert [one.problems is None for one in logic] == [True, False]
    assert "looking at every possible set of answers" in lines(logic[0])[0]


def never() -> NoReturn:
    """Called only while something is proved or compared; a comparison of words builds little."""
    raise AssertionError


def test_the_next_save_ends_the_proof_of_the_last() -> None:
    """What is raised while a proof is at work leaves at once."""

    class Saved(Exception):
        pass

    def saved() -> None:
        raise Saved

    with pytest.raises(Saved):
        looks({PATH: FAULTY}, None, saved)


def test_what_was_not_decided_is_looked_at_anew() -> None:
    """A proof without time says so, and is not kept for the next save."""

    def over() -> None:
        raise Undecided("the time was over")

    late = looks({PATH: FAULTY}, None, over)[-1]
    now = looked({PATH: FAULTY}, late)

    assert "not-decided" in {problem.code for problem in late.problems or ()}
    assert now.problems == looked({PATH: FAULTY}).problems


def test_it_says_what_has_changed_and_for_whom() -> None:
    """First nothing, then words, then a condition with an example; compared with the last save that could be read."""
    first = looked({PATH: ITCHY})
    words = looked({PATH: ITCHY.replace("since when", "how long")}, first, "12:00:01")
    broken = looked({PATH: ITCHY.replace("questions:", "questions")}, words, "12:00:02")
    fewer = looked({PATH: ITCHY.replace("{itch: yes}", "{itch: no}")}, broken, "12:00:03")
    same = looked({PATH: ITCHY.replace("{itch: yes}", "{itch: no}") + "# a note\n"}, fewer, "12:00:04")

    assert "CHANGED: nothing yet" in lines(first)
    assert "CHANGED since 12:00:00" in lines(words)
    assert "words only: line `itchy`" in lines(words)
    assert broken.outlook is None
    assert lines(broken)[0] == "12:01:00  a.yaml: 1 error, 0 warnings"
    assert "CHANGED since 12:00:01" in lines(fewer)
    assert "~ line `itchy`: said for other answers, reworded" in lines(fewer)
    assert "    now, for example with itch: no" in lines(fewer)
    assert "CHANGED since 12:00:03: nothing that has a meaning" in lines(same)


def test_it_says_which_cases_fail_and_shows_the_summary_of_one() -> None:
    """All that pass: the first; one that fails: that one, also once it is mended."""
    files = {PATH: ITCHY, CASES: WORKED}
    first = looked(files)
    failing = looked({**files, PATH: ITCHY.replace("{itch: yes}", "{itch: no}")}, first)
    mended = looked(files, failing)

    assert "CASES: 2 passed, 0 failed" in lines(first)
    assert "SUMMARY for the answers of the case `none`, the first one" in lines(first)
    assert "CASES: 0 passed, 2 failed" in lines(failing)
    assert "a.cases.yaml:4: case `none`: `itchy` comes and must not" in lines(failing)
    assert "SUMMARY for the answers of the case `some`, which fails" in lines(failing)
    assert "SUMMARY for the answers of the case `some`, which failed last" in lines(mended)


def test_cases_of_another_file_are_not_kept() -> None:
    """Cases that name what is gone can't be read, and come back with it."""
    files = {PATH: ITCHY, CASES: WORKED}
    gone = looked({**files, PATH: ITCHY.replace("id: itchy", "id: itching")}, looked(files))

    assert "CASES can't be read" in lines(gone)
    assert any("there is no guidance `itchy`" in line for line in lines(gone))
    assert "CASES: 2 passed, 0 failed" in lines(looked(files, gone))
    assert "CASES: none yet" in lines(looked({PATH: ITCHY}, gone))


def test_the_answers_of_a_file_come_before_those_of_cases() -> None:
    """Read anew each time; what is not answered yet, what can't be read, and that it is gone is said."""
    files = {PATH: ITCHY, CASES: WORKED, ANSWERS: "{itch: yes}"}
    first = looked(files)
    wrong = looked({**files, ANSWERS: "{itch: perhaps}"}, first)
    gone = looked({PATH: ITCHY, CASES: WORKED}, wrong)

    assert "SUMMARY for the answers in a.answers" in lines(first)
    assert "not answered yet: itch" in lines(looked({**files, ANSWERS: "{}"}, first))
    assert "SUMMARY for the answers in a.answers, once they can be read" in lines(wrong)
    assert any("a.answers:1:8: error[unknown-answer]" in line for line in lines(wrong))
    assert "SUMMARY comes back with a.answers, which is gone" in lines(gone)


def test_a_file_that_is_gone_is_waited_for() -> None:
    """One sentence, and nothing else; back, it is compared with what it was."""
    first = looked({PATH: ITCHY})
    gone = looked({}, first)

    assert lines(gone) == ["12:01:00  a.yaml is gone; waiting for it to come back"]
    assert "CHANGED since 12:00:00: nothing that has a meaning" in lines(looked({PATH: ITCHY}, gone))


def test_a_sources_file_that_appears_mends_the_file() -> None:
    """Without it there is what `rules check` says; and a change in it alone is seen."""
    files = {PATH: ITCHY.replace("title:", "sources: example.sources.yaml\ntitle:", 1)}
    beside = "format: 1\ndocuments: {a: {title: A}}\nstatements:\n  - {id: C1, document: a, says: It helps.}\n"
    without = looked(files)
    there = looked({**files, BESIDE: beside}, without)
    changed = looked({**files, BESIDE: beside.replace("helps", "helped")}, there)

    assert [problem.code for problem in without.problems or ()] == ["not-found"]
    assert not without.is_gone
    assert {problem.code for problem in there.problems or ()} == {"uncited-line", "unaccounted-statement"}
    assert "words only: statement `C1`" in lines(changed)


def test_many_problems_are_counted() -> None:
    """Five are told in full, errors first."""
    many = "".join(f"  - {{id: q{n}, type: yes-no, ask: A{n}?}}\n" for n in range(9))
    found = lines(looked({PATH: ITCHY.replace("guidance:", many + "guidance:")}))

    assert found[0].endswith("small 1.0.0: 0 errors, 9 warnings")
    assert sum("warning[unused-question]" in line for line in found) == 5
    assert "and 4 more problems; `screener rules check a.yaml` lists them all" in found


def reports() -> Iterator[Bulletin]:
    """A clean file, one with problems, one that can't be read, and one that is gone."""
    clean = looked({PATH: ITCHY, CASES: WORKED})
    yield clean
    yield looked({PATH: ITCHY.replace("{itch: yes}", "{itch: no}"), CASES: WORKED}, clean)
    yield looked({PATH: FAULTY})
    yield looked({PATH: FAULTY.replace("itch: yes}, says", "itch: " + "möglich" * 20 + "}, says")})
    yield looked({PATH: ITCHY.replace("Keep", "\x1b[31mKeep").replace("id: rest", "id: 皮肤")})
    yield looked({})


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
@pytest.mark.parametrize("rows", [1, 3, 10, 20, 24, 60])
def test_it_fits_into_every_window(columns: int, rows: int) -> None:
    """No row is too wide, there are not too many, and what is cut says so; the first row is the verdict."""
    for report in reports():
        parts = stretches(report, "a.yaml", "12:01:00", "A summary.\n" * 30)
        shown = fitted(parts, columns, rows)
        needed = fitted(parts, columns, 1_000)

        assert 0 < len(shown) <= rows
        assert all(cells(row.text) <= columns for row in shown)
        assert not any("\x1b" in row.text for row in shown)
        assert rows < 3 or shown[0].text.startswith("12:01:00")
        assert len(needed) <= rows or any(row.text.startswith("… and") for row in shown) or rows < 20


def test_a_caret_stays_under_its_place() -> None:
    """A narrow window shows the part of the line that the caret points at."""
    long = ITCHY.replace("{itch: yes}", "{any: [{itch: yes}, {itch: no}, {itch: yes}, {itch: unsure}]}")
    shown = [row.text for row in fitted(stretches(looked({PATH: long}), "a.yaml", "12:01:00", ""), 40, 50)]
    under = next(index for index, line in enumerate(shown) if line.strip() == "^")

    assert shown[under - 1][shown[under].index("^") :].startswith("unsure")


def test_every_key_of_words_is_there() -> None:
    """No key is taken for words that no shape has."""
    assert all(keys <= type_.model_fields.keys() for type_, keys in WORDS.items())
    assert {RuleFile, Invariant} <= WORDS.keys()
