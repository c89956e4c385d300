"""Answers as the text of a code, and back: nothing is lost, and what nobody packed is refused."""

import hashlib
import random
from datetime import date
from decimal import Decimal

import limited
import pytest
from hypothesis import given, settings
from paths import RULES

from screener.authoring.cases import WorkedCase, read_cases
from screener.engine.assess import assess
from screener.ground.problems import ProblemsFound
from screener.page.code.bits import Misfit, bits
from screener.page.code.letters import BEGINS, LETTERS, Sent, read, written
from screener.page.code.packing import day_of, named_by, packed, unpacked
from screener.page.code.texts import GROUPS, taken_text, text_bits
from screener.rulefile.loader import load
from screener.rulefile.model import Answers, RuleFile


@pytest.fixture(scope="module")
def worked(pico: RuleFile) -> tuple[WorkedCase, ...]:
    """The worked cases of pico-laser."""
    return read_cases((RULES / "pico-laser.cases.yaml").read_text("utf-8"), pico)[0]


def refused(text: str) -> str:
    """The code of the problem that this text is refused with."""
    with pytest.raises(ProblemsFound) as found:
        read(text)
    (problem,) = found.value.problems
    return problem.code


def there_and_back(rules: RuleFile, answers: Answers) -> Answers:
    """The answers as the text of a code, and out of it again."""
    sent = read(written(Sent(False, packed(rules, answers))))
    assert not sent.sealed
    return unpacked(sent.body, rules)


def test_every_worked_case_comes_back(pico: RuleFile, worked: tuple[WorkedCase, ...]) -> None:
    """The answers that count come back as they were given, and with them the whole summary."""
    for case in worked:
        summary = assess(pico, case.answers)

        assert there_and_back(pico, case.answers) == summary.answers
        assert assess(pico, there_and_back(pico, case.answers)) == summary


@settings(deadline=None, max_examples=500)
@given(limited.interviews())
def test_any_interview_comes_back(interview: tuple[RuleFile, Answers]) -> None:
    """Of any rule file, finished or not: every answer that counts comes back, of its own type."""
    rules, answers = interview
    told = assess(rules, answers).answers

    assert {id: (type(one), one) for id, one in there_and_back(rules, answers).items()} == {
        id: (type(one), one) for id, one in told.items()
    }


def test_what_is_not_asked_takes_no_room(pico: RuleFile) -> None:
    """Somebody under 18 is asked one question: eight bytes that name the rule file, and one for the answer."""
    assert len(packed(pico, {"adult": "no"})) == 9


def test_the_text_has_letters_only_that_every_keyboard_has_in_the_same_place() -> None:
    """No digit or sign, and none of the letters that change places on German and French keys."""
    keys = {"de": str.maketrans("YZyz", "ZYzy"), "fr": str.maketrans("AQWZMaqwzm", "QAZW?qazw,")}

    assert len(set(LETTERS)) == 16
    assert all((BEGINS + LETTERS).translate(table) == BEGINS + LETTERS for table in keys.values())
    assert (BEGINS + LETTERS).isalpha()
    assert (BEGINS + LETTERS).isupper()


@pytest.mark.parametrize(
    "typed", [str.lower, str.swapcase, "\r\n{}\r\n".format, " ".join], ids=["lower", "swapped", "lines", "gaps"]
)
def test_how_a_scanner_types_it_does_not_matter(typed: object, pico: RuleFile) -> None:
    """Capitals lock, line ends and blanks in between change nothing."""
    text = written(Sent(False, packed(pico, {"adult": "no"})))
    assert callable(typed)

    assert read(typed(text)) == read(text)


DATED = """
format: 1
id: dated
version: 1.0.0
title: Dated
language: en
questions:
  - {id: since, type: date, ask: Since when?, max: today}
guidance:
  - {id: recent, topic: T, says: S., when: {since: {within: 6 months}}}
dispositions: [{id: d, title: D, says: D.}]
referral: {says: See a professional.}
"""


def test_the_day_goes_along_where_something_is_counted_back_from_it() -> None:
    """The same answers are told on a later day as they were on the day of the interview."""
    then, now = (load(DATED, today=day) for day in (date(2026, 3, 1), date(2027, 3, 1)))
    body = packed(then, {"since": date(2026, 1, 31)})

    assert day_of(body, now) == date(2026, 3, 1)
    assert unpacked(body, then) == {"since": date(2026, 1, 31)}


def test_a_code_names_its_rule_file_and_no_other(pico: RuleFile) -> None:
    """One letter that is another makes another rule file."""
    text = (RULES / "pico-laser.yaml").read_text("utf-8")
    body = packed(pico, {"adult": "no"})

    assert hashlib.sha256(text.encode()).digest().startswith(body[:8])
    assert named_by(body, text)
    assert not named_by(body, text + "\n")


def test_an_answer_that_the_question_does_not_allow_is_never_packed() -> None:
    """A program that gives what no interview would is told, and makes no code of something else."""
    text = DATED.replace("type: date", "type: whole").replace("today", "5").replace("within: 6 months", "above: 3")
    rules = load(text)
    with pytest.raises(ValueError, match="1000000005"):
        packed(rules, {"since": Decimal(6)})


def mutated(text: str, other: str, chance: random.Random) -> str:
    """The text of a code with something wrong in it, as by a bad scan, a torn page or a hand that means no good."""
    kind, at, to = chance.randrange(8), chance.randrange(len(text)), chance.randrange(len(text))
    signs = list(text)
    if kind == 0:  # a letter is another
        signs[at] = chance.choice([one for one in LETTERS if one != signs[at]])
    elif kind == 1:  # several are
        for place in chance.sample(range(len(text)), 5):
            signs[place] = chance.choice([one for one in LETTERS if one != signs[place]])
    elif kind == 2:  # two change places
        signs[at], signs[to] = signs[to], signs[at]
    elif kind == 3:  # cut off
        del signs[at:]
    elif kind == 4:  # a part is missing
        del signs[at : at + chance.randrange(1, 12)]
    elif kind == 5:  # a part comes twice
        signs[at:at] = signs[at : at + chance.randrange(1, 12)]
    elif kind == 6:  # the beginning of one, and the end of another
        signs[at:] = other[at:]
    else:  # two codes, one after the other
        signs += other
    return "".join(signs)


def test_ten_thousand_spoilt_codes_are_refused(pico: RuleFile, worked: tuple[WorkedCase, ...]) -> None:
    """Whatever is wrong with a code, one sentence says that it can't be read, and no answer comes of it."""
    whole = [written(Sent(False, packed(pico, case.answers))) for case in worked]
    chance, tried = random.Random(20261130), 0
    while tried < 10_000:
        text = mutated(chance.choice(whole), chance.choice(whole), chance)
        if text in whole:
            continue
        tried += 1
        assert refused(text) in ("bad-code", "code-newer"), text


def test_bytes_that_nobody_packed_are_refused(pico: RuleFile, worked: tuple[WorkedCase, ...]) -> None:
    """Also where the check value was made to fit: whatever is read would be packed in the same way."""
    chance, read_as_answers = random.Random(20261130), 0
    for case in worked:
        body = packed(pico, case.answers)
        for _ in range(50):
            spoilt = bytearray(body)
            spoilt[chance.randrange(8, len(body))] ^= 1 << chance.randrange(8)
            try:
                answers = unpacked(bytes(spoilt), pico)
            except Misfit:
                continue
            read_as_answers += 1
            assert packed(pico, answers).rstrip(b"\0") == bytes(spoilt).rstrip(b"\0")
        for size in range(len(body)):
            with pytest.raises(Misfit):
                unpacked(body[:size], pico)
    assert read_as_answers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad-code"),
        ("https://example.org/a", "bad-code"),
        ("SCREENER", "bad-code"),
        ("SCREENERBC", "bad-code"),
        ("ЫСКУУТУК", "bad-code"),
        ("SCREENER" + "Z" * 40, "bad-code"),
        ("SCREENERBCC", "bad-code"),
    ],
)
def test_what_is_no_code_is_refused(text: str, code: str) -> None:
    """A web address, a word, half a code, and what a keyboard with other letters makes of one."""
    assert refused(text) == code


def test_a_newer_code_says_so() -> None:
    """A code of a later format is whole, and asks for a newer version; a version that never was is no code."""
    from zlib import crc32

    def code(first: int) -> str:
        data = bytes([first]) + b"some bytes"
        return BEGINS + "".join(LETTERS[int(digit, 16)] for digit in (data + crc32(data).to_bytes(4)).hex())

    assert refused(code(0x20)) == "code-newer"
    assert refused(code(0x00)) == "bad-code"
    assert refused(code(0x12)) == "bad-code"


def test_numbers_take_as_few_bits_as_they_need() -> None:
    """One of three takes two bits, one of two takes one, the only one takes none; there is no other."""
    assert [bits(2, 3), bits(1, 2), bits(0, 1), bits(0, 5)] == ["10", "1", "", "000"]
    with pytest.raises(ValueError, match="3"):
        bits(3, 3)


def test_texts_take_less_room_than_their_bytes() -> None:
    """A sentence takes some five bits a letter, and one in another script no more than its bytes."""
    sentence = "I had a laser treatment in 2023, and my skin stayed red for two weeks."
    cyrillic = "Мазь с третиноином, вечером"

    assert len(text_bits(sentence)) < 0.68 * 8 * len(sentence)
    assert len(text_bits(cyrillic)) == 1 + 8 * (len(cyrillic.encode()) + 1)
    assert [taken_text(iter(text_bits(text))) for text in (sentence, cyrillic)] == [sentence, cyrillic]
    assert [len(group) for group in GROUPS] == [8, 16, 32, 32]
    assert len(set("".join(GROUPS))) == 88
