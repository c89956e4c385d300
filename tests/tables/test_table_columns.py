"""Which column answers which question is told by looking, and what is not clear is asked about."""

import pytest

from screener.ground.problems import ProblemsFound
from screener.rulefile.loader import load
from screener.tables.given.columns import MOST_COLUMNS, InMany, InOne, TableMap, head_problems, in_words, looked_at
from screener.tables.given.mapping import as_text, read_map

RULES = load("""\
format: 1
id: visit
version: 1.0.0
title: Visit
language: en
questions:
  - {id: adult, type: yes-no, ask: Are you an adult?}
  - id: skin-now
    type: many
    ask: What is on your skin?
    options: {tan: A tan, cold-sores: Cold sores, none: {label: Nothing, exclusive: yes}}
    unsure: yes
  - {id: skin-now-tan, type: text, ask: Say more}
guidance:
  - {id: a, topic: T, says: S., when: {adult: yes}, disposition: d}
dispositions: [{id: c, title: C, says: S.}, {id: d, title: D, says: S.}]
referral: {says: See a certified professional.}
""")


def found(*names: str) -> TableMap:
    """What is found where nothing is wrong."""
    looked, problems = looked_at(RULES, list(names), "t.csv")
    assert [one for one in problems if one.level == "error"] == []
    return looked


@pytest.mark.parametrize(
    "name", ["adult", "ADULT", " Adult ", "Are you an adult?", "are_you_an_adult", "form/group/adult", "grp/Adult"]
)
def test_one_column_is_known_by_id_or_words(name: str) -> None:
    """Capitals, blanks, signs and the groups of a form do not matter."""
    assert found(name).places["adult"] == InOne(name)


@pytest.mark.parametrize(
    "names",
    [
        ("skin_now___tan", "skin_now___cold_sores", "skin_now___none"),
        ("skin-now/tan", "skin-now/cold-sores", "skin-now/none"),
        ("form/skin-now/tan", "form/skin-now/cold-sores", "form/skin-now/none"),
        ("skin-now[tan]", "skin-now[cold-sores]", "skin-now[none]"),
        ("What is on your skin?/A tan", "What is on your skin?/Cold sores", "What is on your skin?/Nothing"),
        ("is/skin-now/tan", "is/skin-now/cold-sores", "is/skin-now/none"),
    ],
)
def test_a_column_for_each_option_is_known(names: tuple[str, ...]) -> None:
    """As REDCap, ODK and Kobo, and others write them; a question with such an id is no option."""
    looked = found(*names, "form/skin_now_tan", "skin-now")
    assert looked.places["skin-now"] == InMany(dict(zip(("tan", "cold-sores", "none"), names, strict=True)))
    assert looked.places["skin-now-tan"] == InOne("form/skin_now_tan")


def test_what_is_not_clear_is_refused() -> None:
    """Two columns for a question, or for an option: both are named."""
    problems = looked_at(RULES, ["adult", "Adult", "skin-now/tan", "skin_now___tan"], "t.csv")[1]
    assert [one.message for one in problems if one.level == "error"] == [
        "option `tan` of `skin-now` has two columns: `skin-now/tan` and `skin_now___tan`",
        "question `adult` has two columns: `adult` and `Adult`",
    ]
    problems = looked_at(RULES, ["skin-now/tan", "skin-now"], "t.csv")[1]
    assert [one.message for one in problems if one.level == "error"] == [
        "question `skin-now` has two columns: `skin-now` and `skin-now/tan`",
    ]


def test_a_group_may_stand_before_a_hyphen() -> None:
    """As ODK Central exports it; a question whose id is like a group and an option stays one."""
    looked = found("grp-adult", "grp-skin-now", "grp-skin-now-tan")
    assert looked.places == {
        "adult": InOne("grp-adult"),
        "skin-now": InOne("grp-skin-now"),
        "skin-now-tan": InOne("grp-skin-now-tan"),
    }


def test_what_is_left_over_is_said() -> None:
    """A column that nobody asked for, with what may be meant; options without one; what tells people apart is kept."""
    looked, problems = looked_at(RULES, ["record_id", "adlt", "skin-now/tan"], "t.csv")
    assert looked.keep == ("record_id",)
    assert [(one.message, one.help) for one in problems] == [
        ("column `adlt` is not used", "did you mean `adult`?"),
        ("no column is for these options of `skin-now`: cold-sores, none", "they count as not chosen"),
    ]
    assert in_words(looked).splitlines() == [
        "  skin-now: `skin-now/tan` only",
        "  without a column, so not answered: adult, skin-now-tan",
        "  kept as they are: `record_id`",
    ]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "there are no columns"),
        (["a", "b", "a", "a"], "column `a` is there 3 times"),
        (["Report", "", " ", "", ""], "3 columns have no name"),
        ([f"c{n}" for n in range(MOST_COLUMNS + 1)], "there are 20,001 columns, and at most 20,000 are read"),
    ],
    ids=["none", "twice", "title", "many"],
)
def test_a_first_row_is_refused(names: list[str], said: str) -> None:
    """No columns, one that is there twice, a title above the names, or a table of another kind."""
    assert [one.message for one in head_problems(names, "t.csv")] == [said]


NAMES = ["record_id", "a", "s1", "s2", "more"]
MAP = """\
keep: [record_id]
questions:
  adult: {in_column: a, cells_mean: {J: yes, N: no}}
  skin-now: {tan: s1, none: s2}
  skin-now-tan: no column
"""


def test_a_mapping_file_says_it_by_hand() -> None:
    """Other words in cells, a column for some options, no column, what is kept; written again it is the same."""
    read = read_map(MAP, "m.yaml", RULES, NAMES)
    assert read == TableMap(
        {
            "adult": InOne("a", {"J": "yes", "N": "no"}),
            "skin-now": InMany({"tan": "s1", "none": "s2"}),
            "skin-now-tan": None,
        },
        ("record_id",),
    )
    assert read_map(as_text(RULES, read), "m.yaml", RULES, NAMES) == read


def test_everything_wrong_with_a_mapping_file_is_said_at_once() -> None:
    """Each with its place: what is left out, not there, taken twice, no option, no key, or no mapping file at all."""
    wrong = """\
keep: [nothing]
kept: [a]
questions:
  adlt: a
  adult: {in_column: b, cells_mean: {J: maybe}}
  skin-now: {tan: s1, none: s1, tanned: s2}
"""
    with pytest.raises(ProblemsFound) as raised:
        read_map(wrong, "m.yaml", RULES, NAMES)
    assert [(one.line, one.code, one.message) for one in raised.value.problems] == [
        (2, "wrong-map", "`kept` means nothing here"),
        (4, "wrong-map", "there is no question `adlt`"),
        (5, "no-column", "the table has no column `b`"),
        (5, "wrong-map", "question `adult` has no option `maybe`"),
        (6, "two-columns", "column `s1` already answers `skin-now: tan`"),
        (6, "wrong-map", "question `skin-now` has no option `tanned`"),
        (1, "no-column", "the table has no column `nothing`"),
        (4, "left-out-question", "question `skin-now-tan` is left out"),
    ]
    for text in ("", "a", "[1]", "questions: a", "questions: {adult: [a]}"):
        with pytest.raises(ProblemsFound):
            read_map(text, "m.yaml", RULES, NAMES)
