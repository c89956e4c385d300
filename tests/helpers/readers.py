"""Summaries as their readers see them: the real questionnaire, words and letters of a page."""

import re
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from strategies import built

from screener.authoring.cases import read_cases
from screener.engine.assess import assess
from screener.ground.safetext import one_line
from screener.ground.wrapping import Look
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.find import load_rules, rules_folder
from screener.rulefile.model import RuleFile
from screener.summary import wording as w
from screener.summary.formats import renderer

#: So wide that no line is ever broken.
WIDE = Look(10_000)
#: The free texts of the real questionnaire, which are handed on to the professional.
WHICH = ("concerns-other", "goals-other", "health-which", "medicines-which", "earlier-which")


@cache
def real() -> dict[str, dict[str, Answer]]:
    """What people may answer to the real questionnaire: a little, much, everything, and being under age."""
    rules = load_rules("pico-laser")
    every = {
        id: tuple(option for option, one in rules.by_question[id].options.items() if not one.exclusive)
        for id in ("concerns", "goals", "skin-now", "health", "medicines", "earlier")
    }
    everything: dict[str, Answer] = {
        **every,
        "adult": "yes",
        "changing-mark": "yes",
        "extent": "unsure",
        "skin-type": "declined",
        "pain": "yes",
        "aftercare": "no",
        "provider": "looking",
        **dict.fromkeys(WHICH, "A few words of my own"),
        "distress": "yes",
    }
    much: dict[str, Answer] = {
        **everything,
        "concerns": ("melasma", "sunspots"),
        "changing-mark": "unsure",
        "skin-now": ("tan",),
        "health": "declined",
        "medicines": ("none",),
        "earlier": ("none",),
        "distress": "no",
        "goals": ("clearer",),
    }
    plain: dict[str, Answer] = {**much, "changing-mark": "no", "health": ("none",), "skin-now": ("none",)}
    return {"a-little": plain, "much": much, "everything": everything, "under-age": {"adult": "no"}}


@cache
def cases() -> dict[str, dict[str, Answer]]:
    """The answers of every worked case of the real questionnaire."""
    worked, _ = read_cases((Path(rules_folder()) / "pico-laser.cases.yaml").read_text("utf-8"), load_rules())
    return {one.case.id: dict(one.answers) for one in worked}


def letters(text: str) -> str:
    """The letters and digits of a text, in order: what is left when lines and pages are broken elsewhere."""
    return "".join(re.findall(r"[^\W_]", text.casefold()))


def words(text: str) -> list[str]:
    """The words of a text, in order, without marks."""
    return re.findall(r"[^\W_]+", text.casefold())


def without_sources(text: str) -> str:
    """The text without ids of sources in brackets, and without the line that names them."""
    flat = " ".join(text.split())
    bare = re.sub(r"\[\s*[A-Z]\w+(\s*·\s*[A-Z]\w+)*\s*\]", "", flat)
    return re.sub(rf"{w.STANDS_ON}.*?\. (?=Made with)", "", bare)


def text_of(rules: RuleFile, answers: dict[str, Answer], reader: str) -> str:
    """The summary with its details as text, no line broken, the referral only where it ends the short form."""
    summary = assess(rules, answers)
    page, referral = renderer("text", reader, details=True)(rules, summary, WIDE), one_line(summary.referral.says)
    assert isinstance(page, str)
    return page.replace(f"  {referral}\n", "", 1)


def text_rules() -> RuleFile:
    """A rule file that asks for free text."""
    return built(
        {
            "format": 1,
            "id": "x",
            "version": "1",
            "title": "X [b]y[/b]",
            "language": "en",
            "questions": [{"id": "q", "type": "text", "ask": "What *else*?"}],
            "guidance": [{"id": "g", "topic": "T", "says": "You wrote <it>.", "when": {"q": "answered"}}],
            "dispositions": [{"id": "d", "title": "Talk", "says": "Talk."}],
            "referral": {"says": "See someone certified."},
        }
    )


def letter_sizes(pdf: bytes) -> dict[float, int]:
    """The sizes of the letters of a PDF in points, each with how many letters have it."""
    found: Counter[float] = Counter()

    def count(text: str, page: list[float], line: list[float], _font: object, size: float) -> None:
        found[round(abs(size * line[3] * page[3]), 2)] += len(text.strip())

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=count)
    return {size: letters for size, letters in found.items() if letters}
