"""What may be answered, how it is refused, and that what is saved can be read again."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from screener.engine.answers import Refused, as_plain, in_words, offered, read_answer, read_answers, stands_alone
from screener.ground.problems import ProblemsFound
from screener.ground.safetext import UNSAFE
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load

RULES = load("""
format: 1
id: skin
version: 1.0.0
title: Skin
language: en
questions:
  - {id: itch, type: yes-no, ask: A, unsure: yes}
  - {id: size, type: number, ask: A, unit: cm}
  - {id: age, type: number, ask: A, min: 18, max: 99.5}
  - {id: since, type: date, ask: A, min: 2000-01-01}
  - {id: notes, type: text, ask: A}
  - {id: secret, type: text, ask: A, decline: yes}
  - {id: place, type: one, ask: A, options: {face: Face, arm: Arm, both: Left and right}}
  - id: marks
    type: many
    ask: A
    options: {dry: Dry, red: Red, dark: Rather dark, none: {label: None, exclusive: yes}}
    decline: yes
    max: 2
  - {id: signs, type: many, ask: A, options: {dry: Dry, red: Red, none: {label: None, exclusive: yes}}, min: 2}
guidance: [{id: rest, topic: T, says: S}]
dispositions: [{id: consult, title: T, says: S}]
referral: {says: S}
""")


def answer(id: str, raw: object) -> Answer:
    """The answer to a question."""
    return read_answer(RULES.by_question[id], raw)


def answers(text: str) -> dict[str, Answer]:
    """The answers of a file."""
    return dict(read_answers(text, RULES, "answers.yaml").answers)


def problems(text: str) -> list[tuple[int, int, str]]:
    """Line, column and code of everything that is wrong with an answers file."""
    with pytest.raises(ProblemsFound) as caught:
        read_answers(text, RULES, "answers.yaml")
    return [(problem.line, problem.column, problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("id", "raw", "expected"),
    [
        ("itch", "yes", "yes"),
        ("itch", "No", "no"),
        ("itch", "true", "yes"),
        ("itch", "False", "no"),
        ("itch", "unsure", "unsure"),
        ("size", " -0.5 ", Decimal("-0.5")),
        ("size", "99999999999.1234", Decimal("99999999999.1234")),
        ("age", "18", Decimal(18)),
        ("size", "1e3", Decimal(1000)),
        ("size", "-2.50E-1", Decimal("-0.25")),
        ("age", "99.5", Decimal("99.5")),
        ("since", "2000-01-01", date(2000, 1, 1)),
        ("notes", "  red\n\tand dry ", "red\n\tand dry"),
        ("notes", "unsure", "unsure"),
        ("secret", "declined", "declined"),
        ("place", "arm", "arm"),
        ("marks", "dry", ("dry",)),
        ("marks", ["dark", "dry"], ("dry", "dark")),
        ("marks", ["none"], ("none",)),
        ("marks", "declined", "declined"),
    ],
)
def test_what_may_be_answered(id: str, raw: object, expected: Answer) -> None:
    """Texts become the answer that the type of the question has; options come in the order of the file."""
    assert answer(id, raw) == expected


@pytest.mark.parametrize(
    ("id", "raw", "code"),
    [
        ("itch", "ja", "unknown-answer"),
        ("itch", "declined", "unknown-answer"),
        ("itch", ["yes"], "wrong-answer"),
        ("itch", {"a": "b"}, "wrong-answer"),
        ("size", "1,5", "wrong-answer"),
        ("size", "1e30", "wrong-answer"),
        ("size", "10000000000000000000.00000000000000000001e-19", "wrong-answer"),
        ("size", "1e-5", "wrong-answer"),
        ("size", "1e999999999", "wrong-answer"),
        ("size", "٣", "wrong-answer"),
        ("size", "1_0", "wrong-answer"),
        ("size", "--1", "wrong-answer"),
        ("size", "0.12345", "wrong-answer"),
        ("size", "1" * 12, "wrong-answer"),
        ("size", "1" * 100_000, "wrong-answer"),
        ("age", "17.999999999", "wrong-answer"),
        ("age", "99.51", "wrong-answer"),
        ("since", "1999-12-31", "wrong-answer"),
        ("since", "2026-02-30", "wrong-answer"),
        ("since", "31.01.2026", "wrong-answer"),
        ("since", "2026-01-31T10:00", "wrong-answer"),
        ("notes", " \n ", "wrong-answer"),
        ("notes", "x" * 2001, "wrong-answer"),
        ("notes", "a\x1b[2J", "unsafe-character"),
        ("notes", "a\u202eb", "unsafe-character"),
        ("notes", "a\uffffb", "unsafe-character"),
        ("place", "leg", "unknown-answer"),
        ("marks", [], "wrong-answer"),
        ("marks", ["dry", "dry"], "wrong-answer"),
        ("marks", ["dry", "red", "dark"], "wrong-answer"),
        ("marks", ["dry", "none"], "exclusive-option"),
        ("marks", ["dry", "declined"], "exclusive-option"),
        ("marks", ["dry", ["red"]], "wrong-answer"),
        ("marks", {"dry": "yes"}, "wrong-answer"),
        ("marks", ["dry", "wet"], "unknown-answer"),
    ],
)
def test_what_may_not_be_answered(id: str, raw: object, code: str) -> None:
    """Everything else is refused with a reason that is one short sentence."""
    with pytest.raises(Refused) as caught:
        answer(id, raw)

    assert caught.value.code == code
    assert len(caught.value.sentence) < 200
    assert caught.value.sentence.endswith(".")


@pytest.mark.parametrize("raw", ["Unsure", "UNSURE"])
def test_a_refusal_does_not_offer_what_it_refuses(raw: str) -> None:
    """`Unsure` counts as `unsure`, as `Yes` counts as `yes`; at least it is not refused and offered in one breath."""
    try:
        assert answer("itch", raw) == "unsure"
    except Refused as refused:
        pytest.fail(refused.sentence)


@pytest.mark.parametrize(
    ("id", "raw", "said"),
    [
        ("itch", ["yes"], "One answer is needed here, not several."),
        ("place", "fac", "There is no option `fac`. Did you mean `face`?"),
        ("place", "leg", "There is no option `leg`. It has: face, arm, both."),
        ("place", "x" * 61, f"There is no option `{'x' * 60}`. It has: face, arm, both."),
        ("marks", {"dry": "yes"}, "A list of options is needed here."),
        ("marks", [], "At least one option is needed. It has: dry, red, dark, none, declined."),
        ("marks", ["dry", ["red"]], "A list of options is needed here."),
        ("marks", ["dry", "declined"], "`declined` stands alone, not in a list."),
        ("marks", ["red", "red"], "`red` stands twice."),
        ("marks", ["dry", "none"], "“None” can't be chosen together with others."),
        ("marks", ["dry", "red", "dark"], "Please choose at most 2."),
        ("signs", ["dry"], "Please choose at least 2."),
        ("size", "few", "This is not a number. Write a number such as 18 or 7.5, with at most 4 digits after the "
         "point."),
        ("since", "May", "This is not a date. Write a date such as 2026-01-31."),
        ("age", "17.5", "The smallest possible is 18."),
        ("age", "99.51", "The largest possible is 99.5."),
        ("since", "1999-12-31", "The smallest possible is 2000-01-01."),
        ("notes", " ", "The text is empty."),
        ("notes", "x" * 2001, "The text is longer than 2000 characters."),
        ("notes", "a\x1b[2J", "The text holds characters that are not allowed. Type it again."),
    ],
)  # fmt: skip
def test_a_refusal_is_said_in_sentences(id: str, raw: object, said: str) -> None:
    """Reason and help, word for word, each with a capital and an end."""
    with pytest.raises(Refused) as caught:
        answer(id, raw)

    assert caught.value.sentence == said


def test_limits_themselves_may_be_answered() -> None:
    """As many options as asked for, and one alone that excludes the others; the longest text; the last day."""
    assert answer("signs", ["red", "dry"]) == ("dry", "red")
    assert answer("signs", ["none"]) == ("none",)
    assert answer("marks", ["dry", "red"]) == ("dry", "red")
    assert answer("notes", "x" * 2000) == "x" * 2000


def test_dates_are_written_one_way() -> None:
    """Only year-month-day is a date, so that no number and no week is taken for one."""
    for raw in ("20260131", "2026-W05-6", "2026W056"):
        with pytest.raises(Refused):
            answer("since", raw)


def test_a_file_may_hold_answers_alone_or_beneath_a_header() -> None:
    """A mapping, or the same under `answers:`, with the rule file they were given to."""
    saved = read_answers(
        '{"schema": "screener/answers/1", "rules": {"id": "skin", "n": [1]}, "answers": {"itch": "no"}}', RULES
    )

    assert (
        answers("place: arm\nitch: yes")
        == {"itch": "yes", "place": "arm"}
        == answers("answers: {itch: yes, place: arm}")
    )
    assert (saved.answers, saved.rules) == ({"itch": "no"}, {"id": "skin"})
    assert list(answers("place: arm\nitch: yes")) == ["itch", "place"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, 0, "empty")]),
        ("- itch", [(1, 1, "wrong-type")]),
        ("schema: screener/answers/2\nanswers: {}", [(1, 9, "wrong-value")]),
        ("rules: {id: hair}\nanswers: {}", [(1, 13, "other-rules")]),
        ("itch: yes\nich: no\nplace: leg", [(2, 1, "unknown-answer"), (3, 8, "unknown-answer")]),
        ("answers:\n  marks:\n    - dry\n    - wet", [(4, 7, "unknown-answer")]),
        ("marks: [dry, dry]", [(1, 14, "wrong-answer")]),
        ("marks: [dry, [red]]", [(1, 14, "wrong-answer")]),
        ("marks: [dry, declined]", [(1, 14, "exclusive-option")]),
        ("marks: [dry, none]", [(1, 8, "exclusive-option")]),
        ("itch: yes\nitch: no", [(2, 1, "duplicate-key")]),
        ("itch:", [(1, 6, "unknown-answer")]),
        ("answers: {itch: maybe}\nrules: {id: skin}", [(1, 17, "unknown-answer")]),
        ('{"itch": "yes",\n "notes": "\\u001b"}', [(2, 11, "unsafe-character")]),
        ('{"notes": "\\ud83d"}', [(1, 14, "not-yaml")]),
    ],
)
def test_faults_of_an_answers_file_are_placed(text: str, expected: list[tuple[int, int, str]]) -> None:
    """All faults at once, each at the answer or the unknown question."""
    assert problems(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("- itch", "an answers file has a question, a colon and the answer on each line", "write it as in `itch: yes`"),
        (
            "schema: screener/answers/2\nanswers: {}",
            "this is not a file of answers",
            "the file must say screener/answers/1 or screener/summary/1",
        ),
        (
            "rules: {id: hair}\nanswers: {}",
            "these answers were given to another questionnaire, not to `skin`",
            "name that one with RULES",
        ),
        ("ich: no", "there is no question `ich`", "did you mean `itch`?"),
        ("place: leg", "question `place`: there is no option `leg`", "it has: face, arm, both"),
    ],
)
def test_faults_of_an_answers_file_are_said_with_a_way_out(text: str, message: str, help: str) -> None:
    """What is wrong, word for word, and what to do about it."""
    with pytest.raises(ProblemsFound) as caught:
        read_answers(text, RULES, "answers.yaml")

    assert [(problem.message, problem.help, problem.file) for problem in caught.value.problems] == [
        (message, help, "answers.yaml")
    ]


def test_what_is_offered_and_how_answers_read() -> None:
    """Options and reserved answers with their labels; answers in the words that were chosen."""
    marks = RULES.by_question["marks"]

    assert offered(RULES.by_question["itch"]) == (("yes", "Yes"), ("no", "No"), ("unsure", "Not sure"))
    assert [id for id, _ in offered(marks)] == ["dry", "red", "dark", "none", "declined"]
    assert [id for id, _ in offered(marks) if stands_alone(marks, id)] == ["none", "declined"]
    assert in_words(marks, ("dry", "dark")) == "Dry; Rather dark"
    assert in_words(marks, "declined") == "I would rather tell the professional in person"
    assert in_words(RULES.by_question["size"], Decimal("1.50")) == "1.5 cm"
    assert in_words(RULES.by_question["since"], date(2026, 1, 31)) == "2026-01-31"
    assert in_words(RULES.by_question["itch"], "no") == "No"


def read_back(id: str, given: Answer, ascii: bool, indent: int | str | None) -> Answer:
    """The answer after it was saved as JSON and read again."""
    text = json.dumps({"answers": {id: as_plain(given)}}, ensure_ascii=ascii, indent=indent)
    return answers(text)[id]


LAYOUTS = st.tuples(st.booleans(), st.sampled_from([None, 2, "\t"]))


@settings(deadline=None)
@given(st.text(min_size=1), LAYOUTS)
@example("\u2029", (False, 2))
@example("😀\U0010ffff", (True, 2))
@example("\\ud83d\\ude00", (True, None))
@example("\uffff", (False, None))
@example("# *a &b !c 'd' \"e\": - {f} %", (False, 2))
def test_any_text_that_may_be_answered_is_read_back(text: str, layout: tuple[bool, Any]) -> None:
    """Whatever characters an accepted answer holds, saving it as JSON and reading it gives the same."""
    try:
        given = answer("notes", text)
    except Refused:
        assert not text.strip() or UNSAFE.search(text) or "\uffff" in text or "\ufffe" in text
        return

    assert read_back("notes", given, *layout) == given


@settings(deadline=None)
@given(
    st.decimals(-(10**11) + 1, 10**11 - 1, places=4) | st.decimals(-1, 1, places=4) | st.integers(-9, 9).map(Decimal)
)
@example(Decimal("0.0001"))
@example(Decimal("12345678901.2345"))
@example(Decimal("-0"))
def test_any_number_is_read_back(number: Decimal) -> None:
    """Numbers keep every digit, however small or long they are."""
    given = answer("size", f"{number:f}")

    assert read_back("size", given, True, None) == given


@settings(deadline=None)
@given(
    st.dates(date(2000, 1, 1)) | st.lists(st.sampled_from(["dry", "red", "dark"]), min_size=1, max_size=2, unique=True)
)
def test_dates_and_choices_are_read_back(given: date | list[str]) -> None:
    """Dates and lists of options stay what they are."""
    id = "marks" if isinstance(given, list) else "since"
    typed = answer(id, given if isinstance(given, list) else given.isoformat())

    assert read_back(id, typed, True, 2) == typed


@settings(deadline=None, max_examples=200)
@given(
    st.text()
    | st.text().map(json.dumps)
    | st.dictionaries(st.sampled_from([*RULES.by_question, "x"]), st.text()).map(str)
)
@example("[" * 100_000)
@example("{itch: " * 50_000)
@example('{"notes": "' + "\\ud83d" * 1000 + '"}')
@example("answers: {answers: {answers: {}}}")
@example("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]")
def test_any_text_is_answers_or_refused(text: str) -> None:
    """No text brings anything but answers or problems."""
    try:
        assert isinstance(answers(text), dict)
    except ProblemsFound as refused:
        assert str(refused)  # noqa: PT017


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
@settings(deadline=None)
def test_any_value_is_an_answer_or_refused(raw: object) -> None:
    """Whatever value stands where an answer belongs, it is typed or refused in plain words."""
    for question in RULES.questions:
        try:
            assert read_answer(question, raw) not in ("", ())
        except Refused as refused:
            assert refused.sentence[0].upper() == refused.sentence[0]  # noqa: PT017


@pytest.mark.parametrize(
    ("id", "raw", "help"),
    [
        ("itch", "not sure", "Write `unsure`."),
        ("itch", "Don't know", "Write `unsure`."),
        ("marks", "prefer not to say", "Write `declined`."),
        ("age", "not sure", "Write a number such as 18 or 7.5, with at most 4 digits after the point."),
        ("place", "not sure", "It has: "),
        ("place", "Left and right", "Write `both`."),
        ("place", "“face”", "Write `face`."),
        ("marks", ["Rather dark"], "Write `dark`."),
        ("since", "2 months", "Write `2 months ago`."),
        ("since", "a month ago", "Write `1 month ago`."),
        ("since", "Now", "Write `today`."),
        ("since", "2026-02-30", "There is no such day; look at the month and the day."),
        (
            "itch",
            "declined",
            "This question does not offer `declined`. It has: yes, no, unsure; with `decline: yes`",
        ),
        ("age", "unsure", "This question does not offer `unsure`. Write a number such as 18 or 7.5, with at most"),
        ("marks", "skipped", "with `optional: yes` in the rule file it would be offered."),
    ],
)
def test_what_is_written_is_offered_for_other_words(id: str, raw: object, help: str) -> None:
    """Ids for labels, days counted back, and reserved answers where the question offers them; none is guessed."""
    with pytest.raises(Refused) as refused:
        answer(id, raw)

    assert help in refused.value.sentence
