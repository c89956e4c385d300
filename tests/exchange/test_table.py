"""A table of questions becomes a rule file: guessed kindly, refused with row and column, and never half taken."""

import csv
import io
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from loading import beside
from paths import GOOD

from screener.authoring.checks import remarks
from screener.exchange.codebook import as_csv
from screener.exchange.table import take
from screener.ground.problems import ProblemsFound
from screener.ground.safetext import one_line
from screener.rulefile.find import load_rules
from screener.rulefile.loader import load
from screener.rulefile.model import Question, RuleFile

FILES = [path for path in sorted(GOOD.glob("*.yaml")) if not path.stem.endswith(".sources")]


def rules(text: str) -> RuleFile:
    """The rule file that a table makes."""
    return load(take(text, "q.csv", "my clinic").text)


def only(text: str) -> Question:
    """The one question of a table."""
    (question,) = rules(text).questions
    return question


def refused(text: str) -> list[str]:
    """Place, code and sentence of everything that keeps a table from being taken."""
    with pytest.raises(ProblemsFound) as found:
        take(text, "q.csv", "q")
    problems = found.value.problems
    assert all(re.match(r"[a-z`]", one.message) and not one.message.endswith(".") for one in problems)
    return [f"{one.file}:{one.line}:{one.column}: {one.code}: {one.message}" for one in problems]


def lost(text: str) -> list[str]:
    """Place and sentence of what is left out or changed."""
    return [f"{one.line}:{one.column}: {one.message}" for one in take(text, "q.csv", "q").lost]


def test_a_list_of_questions_is_enough() -> None:
    """Only `ask` is needed: types are texts then, ids are made of words, and the file says what is still missing."""
    taken = take("ask\nWhat do you use on your skin?\nAnything else, or not?\n", "q.csv", "My Clinic")
    made = load(taken.text)

    assert [(one.id, one.type, one.ask) for one in made.questions] == [
        ("use-skin", "text", "What do you use on your skin?"),
        ("anything-else-not", "text", "Anything else, or not?"),
    ]
    assert (made.id, made.status, taken.lost) == ("my-clinic", "draft", ())
    assert "# Still to be written: what is said, and for which answers." in taken.text
    assert [remark for remark in remarks(made) if remark.level == "error"] == []


def test_every_column_is_taken() -> None:
    """Each key of a question has its column, and its cell is read as the rule file has it."""
    made = rules(
        "id,section,type,ask,help,why,options,unsure,decline,min,max,unit,when,for,carry_over\n"
        'skin,Skin,many,Which?,Hint,Reason,"dry: Dry; spots: Red spots; none: None of these",yes,x,1,2,,,,\n'
        "age,,number,How old?,,,,,,0,120,years,{skin: dry},,90 days\n"
        'words,,text,What else?,,,,,,,,,"skin: [dry, spots]",professional,\n'
    )
    skin, age, words = made.questions

    assert (skin.section, skin.help, skin.why, skin.reserved, skin.min, skin.max) == (
        *("Skin", "Hint", "Reason", ("unsure", "declined"), "1", "2"),
    )
    assert {id: (one.label, one.exclusive) for id, one in skin.options.items()} == {
        "dry": ("Dry", False),
        "spots": ("Red spots", False),
        "none": ("None of these", True),
    }
    assert (age.type, age.min, age.max, age.unit) == ("number", "0", "120", "years")
    assert (age.carry_over, skin.carry_over) == ("90 days", None)
    assert age.when is not None
    assert age.when.references() == {"skin"}
    assert words.when is not None
    assert words.reader == "professional"
    assert words.when.references() == {"skin"}


@pytest.mark.parametrize(
    ("row", "type"),
    [
        ('Which?;"Red; Blue"', "one"),
        ('Which? Choose all that apply;"Red; Blue"', "many"),
        ('Which?;"Yes; No"', "yes-no"),
        ("Which?;Yes/No", "yes-no"),
        ('Which?;"Yes; No; Not sure"', "yes-no"),
        ('Which?;"Yes; No; Perhaps"', "one"),
        ("Which?;;0", "number"),
        ("Which?;;1990-01-01", "date"),
        ("Which?", "text"),
    ],
)
def test_a_type_is_guessed(row: str, type: str) -> None:
    """From the options, from words that say that several may be chosen, and from a limit."""
    assert only(f"Question;Choices;Minimum\n{row}\n").type == type


@pytest.mark.parametrize(
    ("word", "type"),
    [
        *((word, "many") for word in ("many", "Checkbox", "multiple choice", "Choose-all")),
        *((word, "one") for word in ("one", "Radio", "single choice", "DROPDOWN", "choice")),
    ],
)
def test_a_type_can_be_called_otherwise(word: str, type: str) -> None:
    """As other programs call it, whatever capital letters, blanks and hyphens are in it."""
    assert only(f'ask,type,options\nWhich?,{word},"Red\nBlue"\n').type == type


@pytest.mark.parametrize(
    ("word", "type", "reserved", "unit"),
    [
        ("whole", "whole", (), None),
        ("integer", "whole", (), None),
        ("number (years)", "number", (), "years"),
        ("Yes/No", "yes-no", (), None),
        ("Yes/No/Unsure", "yes-no", ("unsure",), None),
        ("yes / no / not sure", "yes-no", ("unsure",), None),
        ("text (optional)", "text", ("skipped",), None),
        ("free text", "text", (), None),
    ],
)
def test_a_type_may_say_what_is_offered_and_counted(
    word: str, type: str, reserved: tuple[str, ...], unit: str | None
) -> None:
    """Behind the type, in parentheses or after a slash, as forms on paper have it."""
    question = only(f"ask,type\nWhich?,{word}\n")

    assert (question.type, question.reserved, question.unit) == (type, reserved, unit)


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("black, red, green", ["black", "red", "green"]),
        ("black,red (pale, dark)", ["black", "red (pale, dark)"]),
        ("black|red, dark|green", ["black", "red, dark", "green"]),
        ("black; red, dark", ["black", "red, dark"]),
        ("0,5 cm, 1,5 cm", ["0,5 cm", "1,5 cm"]),
        ("head/neck, arm", ["head/neck, arm"]),
    ],
)
def test_options_in_one_cell_are_told_apart(cell: str, labels: list[str]) -> None:
    """By semicolons or line breaks; else by bars, else by commas, but not by those within an option."""
    assert [one.label for one in only(f'ask,options\nWhich?,"{cell}"\n').options.values()] == labels


def test_a_question_may_be_skipped_and_options_may_have_an_order() -> None:
    """The columns `optional` and `ordered`; the skipping of it may stand among the options, too."""
    made = rules('ask,options,optional,ordered\nPain?,"none; mild; severe",yes,yes\nItch?,"a; b; skipped",,\n')

    assert [(one.reserved, one.ordered) for one in made.questions] == [(("skipped",), True), (("skipped",), False)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["", "sep={}\n"])
def test_commas_semicolons_and_tabs_are_told_apart(delimiter: str, ends: str, before: str) -> None:
    """However a spreadsheet writes it: between cells, at line ends, and with Excel's first line."""
    rows = [["OPTIONS", "Label"], ["Red\nBlue; or green", "Which, of; these?"]]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    text = before.format(delimiter) + file.getvalue()

    question = only(text.replace("\n", ends))
    assert question.ask == "Which, of; these?"
    assert [one.label for one in question.options.values()] == ["Red", "Blue", "or green"]


def test_known_names_tell_what_stands_between_cells() -> None:
    """Not how often a sign comes up: a name may hold more commas than there are columns."""
    assert only("ask;help;What we noted, wrote, heard, or saw\nPain?;Now, or then\n").help == "Now, or then"


def test_a_place_is_found_behind_quotes_and_line_breaks() -> None:
    """Signs and line breaks inside quotes are part of a cell."""
    said = refused('ask,help,type\n"Pain, ""now""?","On\ntwo, lines",txet\n')

    assert said == ["q.csv:3:13: wrong-cell: row 2, column `type`: there is no type `txet`"]


def test_texts_that_a_spreadsheet_would_take_for_formulas_come_back() -> None:
    """The export marks them, so that no spreadsheet runs them; the mark is not part of the text."""
    before = only("ask,help,options\nPain?,+1 or -1?,a: -2 to 0; b: @home\n")
    after = only("ask,help,options\nPain?,'+1 or -1?,a: -2 to 0;'-more\n")

    assert (before.help, before.options["a"].label) == ("+1 or -1?", "-2 to 0")
    assert (after.help, [one.label for one in after.options.values()]) == ("+1 or -1?", ["-2 to 0", "-more"])


def test_options_have_ids_of_their_own_or_of_their_words() -> None:
    """`id: label` is taken apart, other colons are part of the label; no id stands twice or means something else."""
    question = only('ask,options\nWhich?,"a: Apple; Time: late; Time: late; unsure; Été; 日本; answered"\n')

    assert {id: one.label for id, one in question.options.items()} == {
        "a": "Apple",
        "time-late": "Time: late",
        "time-late-2": "Time: late",
        "ete": "Été",
        "option-5": "日本",
        "option-6-answered": "answered",
    }
    assert question.reserved == ("unsure",)


def test_ids_of_other_programs_are_made_to_fit_and_conditions_follow() -> None:
    """`Q_1` becomes `q-1`, which is told, and a condition that names it finds it."""
    text = "id,ask,type,when\nQ_1,Pain?,yes-no,\n2,Where?,text,Q_1: yes\n"
    made = rules(text)

    assert [one.id for one in made.questions] == ["q-1", "2"]
    assert made.questions[1].when is not None
    assert made.questions[1].when.references() == {"q-1"}
    assert lost(text) == [
        "2:1: row 2, column `id`: `Q_1` is written as `q-1`, as ids have small letters, digits and hyphens"
    ]


def test_a_column_that_is_not_known_is_left_aside_and_told() -> None:
    """Notes of the clinic do no harm; a misspelt name is asked about, and nothing is written."""
    assert lost("ask,Notes\nPain?,from Anna\n") == ["1:5: column `Notes` is left aside"]
    assert lost("ask,Notes,\nPain?,,\n") == []
    assert refused("ask,optoins\nPain?,a; b\n") == ["q.csv:1:5: not-a-table: no column is called `optoins`"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["q.csv:0:0: empty: the file holds nothing"]),
        (" \n\n", ["q.csv:0:0: empty: the file holds nothing"]),
        ("ask,type\n", ["q.csv:0:0: empty: the table has no questions"]),
        ("name,kind\npain,text\n", ["q.csv:1:1: not-a-table: no column is called `ask`"]),
        ("ask,Ask\nPain?,x\n", ["q.csv:1:5: not-a-table: two columns have `ask`: `Ask` stands twice"]),
        ("label,ask\nPain?,x\n", ["q.csv:1:7: not-a-table: two columns have `ask`: `label` and `ask`"]),
        ("ask,type\n,text\n", ["q.csv:2:1: wrong-cell: row 2, column `ask`: the question is missing"]),
        ("ask,type\nPain?,txet\n", ["q.csv:2:7: wrong-cell: row 2, column `type`: there is no type `txet`"]),
        ("ask,unsure\nPain?,perhaps\n", ["q.csv:2:7: wrong-cell: row 2, column `unsure`: can't be `perhaps`"]),
        ("ask,help\nPain?,=A1\n", ["q.csv:2:7: wrong-cell: row 2, column `help`: it holds a formula"]),
        (
            "ask,help\nPain?,a\x1b[31mb\n",
            [
                "q.csv:2:7: unsafe-character: row 2, column `help`: it holds a character that can't be seen or turns "
                "the direction of text"
            ],
        ),
        (
            "ask,help\nPain?," + "x" * 10_001,
            ["q.csv:2:7: wrong-cell: row 2, column `help`: it holds more than 10,000 characters"],
        ),
        ("ask,help\nPain?," + "x" * 200_000, ["q.csv:2:1: not-a-table: a cell of row 2 is far too long"]),
        (
            "ask,type\nDo you smoke, or not?,text\n",
            ["q.csv:2:23: wrong-cell: row 2, column 3: there is no such column in the first row"],
        ),
        (
            "ask,options\nPain?,none<mild<severe\n",
            ["q.csv:2:7: wrong-cell: row 2, column `options`: with `<` between them, the options are one"],
        ),
        ('ask,help\n"Pain?,x\n', ["q.csv:2:1: not-a-table: in row 2 a quote opens and never closes"]),
        ('ask,help\n"Pain?" or,x\n', ["q.csv:2:1: not-a-table: in row 2 something stands behind a closing quote"]),
        (
            "id,ask\npain,Pain?\npain,More?\n",
            ["q.csv:3:1: duplicate-id: row 3, column `id`: the id `pain` stands twice, first in row 2"],
        ),
        (
            'ask,when\nPain?,\n"Wh\nere?",itch: yes\n',
            ["q.csv:4:7: unknown-question: row 3, column `when`: there is no question `itch`"],
        ),
        ("ask,when\nPain?,{a: [}\n", ["q.csv:2:7: wrong-condition: row 2, column `when`: this is not a condition"]),
        (
            "ask,when,id\nPain?,since: yes,pain\nSince?,,since\n",
            ["q.csv:2:7: forward-reference: row 2, column `when`: `since` is asked later, or is this question itself"],
        ),
        (
            "ask,min,max,type\nOld?,9,1,number\n",
            ["q.csv:2:6: min-over-max: row 2, column `min`: question `old`: `min` is over `max`"],
        ),
        (
            "ask,min,type\nOld?,31.1.2026,date\n",
            ["q.csv:2:6: bad-limit: row 2, column `min`: question `old`: `min` is no limit"],
        ),
        (
            "ask,options,type\nOld?,a; b,number\n",
            [
                "q.csv:2:6: no-options: row 2, column `options`: question `old` is of type number and can't have "
                "`options`"
            ],
        ),
    ],
    ids=lambda value: str(value)[:30].replace("\n", " ") if isinstance(value, str) else "",
)
def test_what_can_not_be_read_is_told_with_row_and_column(text: str, said: list[str]) -> None:
    """One plain sentence each, at the place in the file."""
    assert refused(text) == said


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """All cells that can't be read are listed from top to bottom, not only the first."""
    text = "ask,type,unsure\nA?,txt,\nB?,date,maybe\n,text,\n"

    assert [line.split(": ")[0] for line in refused(text)] == ["q.csv:2:4", "q.csv:3:9", "q.csv:4:1"]


def test_ten_thousand_rows_are_taken_and_more_are_not() -> None:
    """A table of any size ends in a rule file, or in one sentence."""
    many = "ask,type\n" + "".join(f"Question {number}?,yes-no\n" for number in range(10_000))

    assert len(rules(many).questions) == 10_000
    assert refused(many + "One more?,date\n") == ["q.csv:0:0: too-many: the table has more than 10,000 rows"]


def told(question: Question) -> dict[str, Any]:
    """What a codebook carries of a question: all but its condition, its sources and whom it is for."""
    texts = {key: one_line(getattr(question, key) or "") for key in ("section", "ask", "help", "why", "unit")}
    limits = {"min": question.min, "max": question.max, "carry_over": question.carry_over}
    options = {id: (one_line(o.label), one_line(o.help or ""), o.exclusive) for id, o in question.choices.items()}
    return texts | limits | {"id": question.id, "type": question.type, "options": options, "open": question.reserved}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_codebook_that_was_exported_is_taken_again(path: Any) -> None:
    """Every question comes back as far as the codebook carries it; what it tells only in words is listed."""
    before = load(path.read_text(encoding="utf-8-sig"), path.name, beside)
    taken = take(as_csv(before), "codebook.csv", before.id)
    after = load(taken.text)

    assert [told(question) for question in after.questions] == [told(question) for question in before.questions]
    assert len([one for one in taken.lost if "`shown_when`" in one.message]) == sum(
        question.when is not None for question in before.questions
    )
    assert len([one for one in taken.lost if "`sources`" in one.message]) == sum(
        bool(question.sources) for question in before.questions
    )


def test_the_codebook_of_pico_laser_is_taken_again() -> None:
    """All of its questions, with all their options."""
    before = load_rules("pico-laser")

    after = load(take(as_csv(before), "codebook.csv", "pico").text)
    assert [told(question) for question in after.questions] == [told(question) for question in before.questions]


CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "yes",
        "no",
        "many",
        "a: b; c",
        "{a: b}",
        "is: x",
        "all",
        "=1",
        "'=1",
        '"',
        "1",
        "-1",
        "none",
        "None",
        "not",
        "unsure",
    ]
)
NAMES = st.sampled_from(
    ["ask", "id", "type", "options", "when", "min", "max", "unsure", "Label", "x", "", "question", "code"]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(NAMES, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=4), st.sampled_from(",;\t"))
@example(["ask", "id"], [["A?", "not"], ["B?", "all"]], ",")
@example(["ask", "options"], [["A?", ";;"], ["B?", "answered;declined;none"]], ",")
def test_any_table_is_taken_or_refused(names: list[str], rows: list[list[str]], delimiter: str) -> None:
    """Whatever stands in it: a rule file that loads, or problems in words; nothing else."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows([names, *rows])
    try:
        made = take(file.getvalue(), "q.csv", "q")
    except ProblemsFound:
        return
    assert load(made.text).questions


@settings(deadline=None)
@given(st.text())
@example('"')
@example("sep=")
@example("sep=\n\n")
@example("sep=sep")
@example("ask\x00\n")
def test_any_text_is_taken_or_refused(text: str) -> None:
    """Also what is no table at all."""
    with suppress(ProblemsFound):
        take(text, "q.csv", text)
