"""Text → rule file with its sources, or every problem in both files, in order, said once, in plain words."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commands import file, rules
from hypothesis import given, settings
from hypothesis import strategies as st
from loading import RULES, beside, loaded, mutations
from paths import GOOD
from work import calls_made

from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.find import load_rules
from screener.rulefile.loader import load, read_sources
from screener.rulefile.loader.conditions import part_route

SMALL = (GOOD / "small.yaml").read_text(encoding="utf-8")
FEATURES = (GOOD / "every-feature.yaml").read_text(encoding="utf-8")
SOURCES = (GOOD / "every-feature.sources.yaml").read_text(encoding="utf-8")


def found(text: str, sources: str | None = None) -> list[Problem]:
    """The problems of a rule file, and of the sources file beside it."""
    with pytest.raises(ProblemsFound) as caught:
        load(text, "rules.yaml", None if sources is None else lambda name: (sources, name))
    return list(caught.value.problems)


def source_problems(text: str) -> list[tuple[int, int, str]]:
    """The places and codes of what is wrong with a sources file."""
    with pytest.raises(ProblemsFound) as caught:
        read_sources(text, "s.yaml")
    return [(problem.line, problem.column, problem.code) for problem in caught.value.problems]


def test_without_fetch_citations_are_taken_as_they_are() -> None:
    """A text alone loads without its sources file, and with it when it can be fetched; its fingerprint is its own."""
    assert load(FEATURES).library is None
    assert load(FEATURES, "f", beside).library is not None
    assert load(SMALL).sha256 == load(SMALL).sha256 != load(SMALL + "\n").sha256


def test_a_sources_file_that_is_missing_is_one_problem() -> None:
    """What the fetch refuses is passed on, beside the problems of the rule file itself."""

    def missing(name: str) -> tuple[str, str]:
        raise ProblemsFound([Problem("not-found", f"there is no file `{name}`")])

    with pytest.raises(ProblemsFound) as caught:
        load(FEATURES.replace("type: date", "type: day"), "rules.yaml", missing)
    codes = [problem.code for problem in caught.value.problems]
    assert sorted(codes) == ["not-found", "wrong-value"]


def test_a_sources_file_that_is_missing_is_shown_where_it_is_named(tmp_path: Path) -> None:
    """At the line `sources:`, with the file beside it that is nearly called so, if there is one."""
    rules = tmp_path / "tattoo.yaml"
    rules.write_text(SMALL.replace("language: en", "language: en\nsources: tatoo.sources.yaml"), encoding="utf-8")

    for help in ("check the name and the folder", "did you mean `tattoo.sources.yaml`?"):
        with pytest.raises(ProblemsFound) as caught:
            load_rules(rules)
        (problem,) = caught.value.problems
        assert (problem.file, problem.excerpt, problem.help) == (str(rules), "sources: tatoo.sources.yaml", help)
        (tmp_path / "tattoo.sources.yaml").write_text(SOURCES, encoding="utf-8")


@pytest.mark.parametrize("name", ["../secret.yaml", "/etc/passwd", "a/b.yaml", "..\\secret.yaml", ".hidden"])
def test_only_files_beside_the_rule_file_are_sources(name: str) -> None:
    """A sources name that could lead out of the folder is refused before anything is fetched."""
    asked: list[str] = []

    def fetch(wanted: str) -> tuple[str, str]:
        asked.append(wanted)
        return SOURCES, wanted

    with pytest.raises(ProblemsFound) as caught:
        load(SMALL.replace("language: en", f"language: en\nsources: '{name}'"), "rules.yaml", fetch)
    assert [problem.code for problem in caught.value.problems] == ["wrong-value"]
    assert [n for n in asked if "/" in n or "\\" in n] == []


def test_problems_of_both_files_are_listed_the_rule_file_first() -> None:
    """One run shows everything; each problem carries its own file."""
    problems = found(
        FEATURES.replace("place: [face]", "place: [chin]"), SOURCES.replace("confidence: B", "confidence: D")
    )

    assert [(problem.file, problem.code) for problem in problems] == [
        ("rules.yaml", "unknown-option"),
        ("every-feature.sources.yaml", "wrong-value"),
    ]


def test_what_is_missing_at_the_top_hides_no_fault_below() -> None:
    """A file without a title, and with a condition on a question that it does not have: both are told at once."""
    untitled = SMALL.replace("title: Small\n", "").replace("topic: Care", "topic: Care\n    when: {itches: yes}")

    assert [problem.code for problem in found(untitled)] == ["missing-key", "unknown-question"]


def test_broken_sources_do_not_make_every_citation_unknown() -> None:
    """When the sources file can't be read, its own problem is enough."""
    assert [problem.code for problem in found(FEATURES, "documents: {")] == ["not-yaml"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", [(1, 1, "wrong-type")]),
        ("format: 1\ndocuments: {}\n", [(1, 1, "missing-key")]),
        (SOURCES + "  - {id: C1, document: leaflet, says: Again.}\n", [(18, 5, "duplicate-id")]),
        (SOURCES + "  - {id: C4, document: leaflets, says: X.}\n", [(18, 5, "unknown-document")]),
        (SOURCES + "  - {id: C4, documents: [leaflet, book], says: X.}\n", [(18, 5, "unknown-document")]),
        (SOURCES + "  - {id: C4, document: leaflet, section: cure, says: X.}\n", [(18, 42, "unknown-document")]),
        (SOURCES + "  - {id: C4, document: leaflet, says: X., balance: [B9]}\n", [(18, 52, "unknown-statement")]),
        (SOURCES + "  - {id: C4, document: leaflet, says: X., standing: bad}\n", [(18, 53, "wrong-value")]),
        (SOURCES + "  - {id: 'C 4', document: leaflet, says: X.}\n", [(18, 10, "bad-id")]),
        (SOURCES + "  - a text\n", [(18, 5, "wrong-type")]),
        (SOURCES + "  - [a list]\n", [(18, 5, "wrong-type")]),
        (SOURCES + "  - {id: [C4], document: leaflet, says: X.}\n", [(18, 10, "wrong-type")]),
        (SOURCES + "  - {id: {C: 4}, document: leaflet, says: X.}\n", [(18, 10, "wrong-type")]),
        (SOURCES.replace("https://example", "javascript:example"), [(11, 10, "wrong-value")]),
        (SOURCES.replace("    short: Leaflet", "    sha256: abc"), [(5, 13, "wrong-value")]),
    ],
    ids=map(str, range(15)),
)
def test_faults_of_a_sources_file_are_placed(text: str, expected: list[tuple[int, int, str]]) -> None:
    """Every kind of fault in a sources file, with its line and column."""
    assert source_problems(text) == expected


@pytest.mark.parametrize(
    ("line", "message", "help"),
    [
        ("{id: C1, document: leaflet, says: X.}", "the statement `C1` stands twice", ""),
        (
            "{id: C4, document: leaflt, says: X.}",
            "statement `C4`: there is no document `leaflt`",
            "did you mean `leaflet`?",
        ),
        ("{id: C4, document: book, says: X.}", "statement `C4`: there is no document `book`", ""),
        (
            "{id: C4, document: leaflet, section: crae, says: X.}",
            "statement `C4`: document `leaflet` has no section `crae`",
            "did you mean `care`?",
        ),
        (
            "{id: C4, document: leaflet, says: X., balance: [B9]}",
            "statement `C4`: there is no balance note `B9`",
            "",
        ),
    ],
    ids=["twice", "near", "far", "section", "balance"],
)
def test_faults_of_a_sources_file_are_said(line: str, message: str, help: str) -> None:
    """What is wrong, named by the statement, and what may have been meant."""
    with pytest.raises(ProblemsFound) as caught:
        read_sources(f"{SOURCES}  - {line}\n", "s.yaml")

    assert [(problem.message, problem.help, problem.file) for problem in caught.value.problems] == [
        (message, help, "s.yaml")
    ]


def test_a_sources_file_of_another_shape_is_said_to_be_one() -> None:
    """A list, or a text, is no sources file."""
    with pytest.raises(ProblemsFound) as caught:
        read_sources("[]", "s.yaml")
    (problem,) = caught.value.problems

    assert (problem.code, problem.message) == (
        "wrong-type",
        "a sources file begins with `format: 1`, then `documents:`",
    )


NESTED = {"all": [{"p": "yes"}, {"not": {"any": [{"q": "yes"}, {"p": "no", "q": "no"}]}}]}
COUNTED = {"p": "yes", "m": {"all": ["a"], "none": ["b"]}}


@pytest.mark.parametrize(
    ("written", "path", "route"),
    [
        (NESTED, (), ("all",)),
        (NESTED, (0,), ("all", 0, "p")),
        (NESTED, (1,), ("all", 1, "not")),
        (NESTED, (1, 0), ("all", 1, "not", "any")),
        (NESTED, (1, 0, 0), ("all", 1, "not", "any", 0, "q")),
        (NESTED, (1, 0, 1), ("all", 1, "not", "any", 1)),
        (NESTED, (1, 0, 1, 1), ("all", 1, "not", "any", 1, "q")),
        (COUNTED, (), ()),
        (COUNTED, (0,), ("p",)),
        (COUNTED, (1,), ("m",)),
        (COUNTED, (1, 1), ("m", "none")),
        ({"is": "itchy"}, (0,), ("is",)),
        ({}, (0,), ()),
        ("text", (), ()),
    ],
    ids=map(str, range(14)),
)
def test_each_part_has_a_place(written: Any, path: tuple[int, ...], route: tuple[str | int, ...]) -> None:
    """The way through the parts of the tree leads to the key under which the part is written."""
    assert part_route(written, path) == route


def test_the_same_problems_come_in_the_same_order() -> None:
    """Two runs list the problems of one line alike, whatever the hash seed of the interpreter."""
    path = GOOD.parent / "bad" / "several-faults-on-one-line.yaml"
    code = "import sys; from screener.cli import run; sys.exit(run())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, "rules", "check", str(path)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=False,
        ).stdout
        for seed in range(6)
    }

    assert len(runs) == 1


def test_each_fault_is_said_with_a_way_out() -> None:
    """A near miss is offered; otherwise what is known is listed."""
    helps = {
        problem.code: problem.help
        for text in (
            SMALL.replace("ask:", "aks:"),
            SMALL.replace("yes-no", "yesno"),
            SMALL.replace("id: rest", "id: Rest It"),
        )
        for problem in found(text)
    }

    assert helps["unknown-key"] == "did you mean `ask`?"
    assert helps["wrong-value"] == "did you mean `yes-no`?"
    assert helps["bad-id"] == "use small letters, digits and hyphens, such as `rest-it`"


def test_a_hundred_near_misses_are_offered_and_no_more() -> None:
    """Looking for what was meant is slow: after a hundred unknown options the rest only list what there is."""
    line = "  - {{id: g{n}, topic: T, says: S., when: {{itch: [yess]}}}}\n"
    many = SMALL.replace("guidance:\n", "guidance:\n" + "".join(line.format(n=n) for n in range(102)))
    helps = [problem.help for problem in found(many) if problem.code == "unknown-option"]

    assert helps == ["did you mean `yes`? it has: yes, no"] * 100 + ["it has: yes, no"] * 2


def test_a_problem_names_its_owner_by_id() -> None:
    """No entry is called by a number, and citations speak of things as other messages do."""
    (problem,) = found(SMALL.replace("type: yes-no", "type: yes-no\n    hint: x"))
    (cited,) = found(FEATURES.replace("from: [C2, B1]", "from: [C7]"), SOURCES)

    assert problem.message == "question `itch`: `hint` is not a known key"
    assert cited.message == "guidance `everyone`: there is no statement `C7`"


def test_an_id_that_is_too_long_is_told_so() -> None:
    """The help speaks of what is wrong: the length, not the letters."""
    (problem,) = found(SMALL.replace("id: rest", f"id: {'r' * 65}"))

    assert "64" in problem.help


@pytest.mark.parametrize("key", ["version", "language", "sources"])
def test_a_refused_header_says_what_to_write(key: str) -> None:
    """A clinician has no schema at hand: the help shows an example or the allowed characters."""
    header = {"version": "1.0.0", "language": "en", "sources": "x.yaml"}
    lines = SMALL.replace("version: 1.0.0\n", "").replace("language: en\n", "").splitlines()
    lines += [f"{name}: '?'" if name == key else f"{name}: {value}" for name, value in header.items()]
    (problem,) = found("\n".join(lines))

    assert problem.code == "wrong-value"
    assert "schema" not in problem.help
    assert problem.help


def misspelt(number: int) -> str:
    """A rule file with so many questions, each of which asks about another by a wrong name."""
    line = "  - {{id: question-{0}, type: yes-no, ask: A, when: {{quastion-{0}: yes}}}}\n"
    return SMALL.replace("questions:\n", "questions:\n" + "".join(map(line.format, range(number))))


def test_many_misspellings_take_no_long_time() -> None:
    """Names are offered for the first ones only: twice as many misspellings are twice the work, not four times."""
    half, whole = misspelt(200), misspelt(400)
    found(half)  # what is done only once is done before anything is counted

    assert calls_made(lambda: found(whole)) < 2.5 * calls_made(lambda: found(half))
    assert len(found(half)) > 50


def test_named_conditions_can_not_grow_without_end(tmp_path: Path) -> None:
    """Forty names that each say the one before twice are loaded or refused at once: no billion laughs by `is:`."""
    names = "".join(f"  c{n}: {{all: [{{is: c{n - 1}}}, {{is: c{n - 1}}}]}}\n" for n in range(1, 40))
    text = SMALL.replace("questions:", f"conditions:\n  c0: {{itch: yes}}\n{names}questions:")

    assert rules("check", file(tmp_path, text.replace("topic: Care", "topic: Care\n    when: {is: c39}")))[0] in (0, 1)


LIBRARY: dict[str, Any] = {
    "format": "1",
    "documents": {"d": {"title": "T", "sections": {"s": {"heading": "H"}}}},
    "statements": [
        {"id": "C1", "document": "d", "section": "s", "says": "S", "balance": ["B1"]},
        {"id": "B1", "says": "S"},
    ],
}


def test_the_files_that_are_mutated_are_sound() -> None:
    """Without a mutation there is no problem."""
    assert loaded(json.dumps(RULES), json.dumps(LIBRARY)) == ()


@settings(deadline=None, max_examples=300)
@given(mutations(RULES), st.just(json.dumps(LIBRARY)) | mutations(LIBRARY))
def test_any_mutation_is_loaded_or_refused(rules: str, library: str) -> None:
    """Whatever becomes of a sound file, it loads, or every problem has a known code, a file and a line."""
    for problem in loaded(rules, library):
        assert problem.code != "none"
        assert problem.line
        assert problem.file


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_is_loaded_or_refused(text: str) -> None:
    """No text brings anything but a rule file or problems; as a sources file neither."""
    for tried in (text, SMALL + text, text + SMALL):
        loaded(tried, text)


def heaped(conditions: dict[str, Any], when: dict[str, Any]) -> list[str]:
    """What is said of a small file with these named conditions and a line that is said when."""
    raw = {**RULES, "conditions": conditions, "guidance": [{"id": "g", "topic": "T", "says": "S.", "when": when}]}
    return [
        problem.message
        for problem in loaded(json.dumps({**raw, "invariants": []}), "")
        if "grows" in problem.message or "deeper" in problem.message
    ]


def test_named_conditions_nest_64_levels_and_no_deeper() -> None:
    """A level is counted for the question itself and for each `not`, wherever it is written."""
    chain: dict[str, Any] = {"n1": {"itch": "yes"}}
    for level in range(2, 65):
        chain[f"n{level}"] = {"not": {"is": f"n{level - 1}"}}

    assert heaped(chain, {"is": "n64"}) == []
    assert heaped(chain, {"not": {"is": "n64"}}) == [
        "with the conditions it names, this one is nested deeper than 64 levels"
    ]


def test_a_condition_has_1000_parts_and_no_more() -> None:
    """With everything it names: 999 questions and the list that joins them are 1,000 parts."""
    atom = {"itch": "yes"}

    assert heaped({"many": {"any": [atom] * 998}}, {"is": "many"}) == []
    assert heaped({"many": {"any": [atom] * 999}}, {"is": "many"}) == []
    assert heaped({"many": {"any": [atom] * 999}}, {"not": {"is": "many"}}) == [
        "with the conditions it names, this one grows to more than 1000 parts"
    ]
