"""Every file in cases/good loads, and its first lines say what must come out of it for which answers."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from paths import GOOD

from screener.authoring.show import render
from screener.engine.answers import read_answers
from screener.engine.assess import assess
from screener.ground.files import read_text
from screener.ground.problems import ProblemsFound
from screener.ground.wrapping import Look
from screener.rulefile.conditions.atoms import Compare
from screener.rulefile.find import load_rules

FILES = sorted(path for path in GOOD.glob("*.yaml") if not path.stem.endswith(".sources"))
STEP = re.compile(r"^# (given|says|next|refused): ?(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """Answers, and what must come out: guidance (`?id` for possible ones) and next step, or refusals."""

    file: Path
    given: str
    says: tuple[str, ...] = ()
    next: str = ""
    refused: tuple[str, ...] = ()


def examples(path: Path) -> list[Example]:
    """The examples that the comments of a good file hold."""
    found: list[dict[str, str]] = []
    for key, value in STEP.findall(read_text(path)):
        if key == "given":
            found.append({})
        found[-1][key] = value.strip()
    return [
        Example(
            file=path,
            given=example["given"],
            says=tuple(example.get("says", "").split()),
            next=example.get("next", ""),
            refused=tuple(example.get("refused", "").split()),
        )
        for example in found
    ]


ALL = [example for path in FILES for example in examples(path)]


def test_there_are_good_files() -> None:
    """The folder is found and every file in it has an example, so that nothing passes by looking at nothing."""
    assert len(FILES) >= 9
    assert {example.file for example in ALL} == set(FILES)


@pytest.mark.parametrize("example", ALL, ids=lambda e: f"{e.file.stem}-{e.given[:40]}")
def test_answers_bring_what_the_file_says(example: Example) -> None:
    """The guidance in the order of the file, possible ones marked, and the next step; or the refusals."""
    rules = load_rules(example.file)
    if example.refused:
        with pytest.raises(ProblemsFound) as caught:
            read_answers(example.given, rules)
        assert tuple(problem.code for problem in caught.value.problems) == example.refused
        return

    summary = assess(rules, read_answers(example.given, rules).answers)

    said = [f"{'?' * (finding.certainty == 'possible')}{finding.guidance.id}" for finding in summary.findings]
    assert sorted(said) == sorted(example.says)
    assert summary.disposition.id == example.next


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_can_be_shown_in_plain_language(path: Path) -> None:
    """Every question and line is on the page, and each condition as a sentence."""
    rules = load_rules(path)

    page = render(rules, Look(200))

    ids = [question.id for question in rules.questions] + [line.id for line in rules.guidance]
    assert [id for id in ids if f"[{id}]" not in page] == []
    asked = page.count("Asked only when ") + page.count("Asked when ")
    assert asked == sum(question.when is not None for question in rules.questions)
    assert page.count("Said when ") == sum(line.when is not None for line in rules.guidance)
    assert page.count("Said to everyone.") == sum(line.when is None for line in rules.guidance)


def test_windows_line_ends_change_nothing_but_the_fingerprint() -> None:
    """A file saved with CR LF holds the same texts, without a trace of them."""
    raw = (GOOD / "windows-lines.yaml").read_bytes()
    rules, unix = load_rules(GOOD / "windows-lines.yaml"), load_rules(GOOD / "small.yaml")

    assert raw.count(b"\r\n") == raw.count(b"\n") > 20
    assert rules.referral == unix.referral
    assert rules.questions == unix.questions
    assert rules.sha256 != unix.sha256


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """The mark that some editors put first is taken off."""
    path = GOOD / "byte-order-mark.yaml"

    assert path.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert read_text(path).startswith("#")
    assert load_rules(path).id == "byte-order-mark"


def test_plain_words_stay_what_was_typed() -> None:
    """No word is turned into a truth value, a number, a date or nothing."""
    rules = load_rules(GOOD / "plain-words.yaml")

    assert (rules.id, rules.version, rules.title, rules.language, rules.intro) == ("1e3", "1.10", "no", "no", "~")
    assert [q.ask for q in rules.questions] == ["null", "12:30:00", "0o17"]
    assert [o.label for q in rules.questions for o in q.options.values()] == ["on", "off", "1_000", "0755", ".inf"]
    assert [(g.id, g.topic, g.says) for g in rules.guidance] == [("no", "=", "2026-01-31"), ("null", "true", "<<")]


def test_every_script_is_kept() -> None:
    """Texts from the right and joined characters arrive as they were written."""
    rules = load_rules(GOOD / "scripts.yaml")

    assert rules.title == "أسئلة عن البشرة – שאלות על העור"
    assert rules.guidance[4].topic == "👩🏾‍⚕️ é ﷽"
    assert "\u200c" in rules.guidance[4].says
    assert rules.glossary["メラニン"] == "色素"


def test_every_feature_arrives_in_the_model() -> None:
    """What the file with every feature says is what the model holds."""
    rules = load_rules(GOOD / "every-feature.yaml")

    assert rules.intro == "This text stands on two lines."
    assert [q.type for q in rules.questions] == ["many", "one", "yes-no", "yes-no", "number", "date", "text"]
    assert rules.by_question["concerns"].reserved == ("declined",)
    assert rules.by_question["itch"].reserved == ("unsure", "declined")
    assert [id for id, option in rules.by_question["concerns"].options.items() if option.exclusive] == ["none"]
    assert rules.guidance[1].excludes == ("nothing",)
    assert rules.guidance[6].when_unsure == "skip"
    assert rules.urgency == {"consult": 0, "doctor": 1}
    assert rules.library is not None
    assert rules.library.by_id["C2"].balance == ("B1",)
    first, second, third = rules.invariants
    assert (first.id, first.open) == ("itching-goes-to-a-doctor", "left-out")
    assert (second.open, second.then and second.then.referral) == ("included", "child")
    assert second.then is not None
    assert second.then.answers == Compare("age", "at_most", Decimal("17.5"))
    assert second.then.referral_says == "A DOCTOR with"
    assert second.then.not_asked == ("much",)
    assert [str(risk) for risk in third.never_less_urgent] == [
        "itch",
        "concerns",
        "age: larger",
        "since: earlier",
        "place: leg, face",
    ]
