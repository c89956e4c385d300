"""The questionnaire as one HTML page, laid out by the browser: a map of it, then every question with what follows."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from screener.authoring.picture.labels import Names, sentence
from screener.authoring.picture.steps import Run, Stage, chart
from screener.authoring.picture.tones import TONES, NextStep, next_steps
from screener.engine.addressed import in_general
from screener.engine.answers import RESERVED_WORDS
from screener.ground import pages
from screener.ground.files import read_text
from screener.rulefile.model import RuleFile
from screener.rulefile.naming import source_line

_KINDS = {"one": "Choose one", "many": "Choose any", "yes-no": "Choose one", "whole": "Answer with a whole number"}
_TEMPLATE, _STYLE = Path(__file__).with_name("page.html"), Path(__file__).with_name("page.css")


def page(rules: RuleFile) -> str:
    """The whole page; the file needs nothing beside it. No script, and no request of any kind."""
    rules = in_general(rules)
    (runs, everyone), ways = chart(rules, Names(rules)), next_steps(rules)
    facts = {"rules": rules, "sections": list(_sections(runs)), "everyone": everyone, "places": _places(rules)}
    words = {"kinds": _KINDS, "reserved": RESERVED_WORDS, "ways": ways, "tones": TONES, "leads": _leads}
    words["only"] = lambda when: f"Only when {sentence(when, Names(rules))}"
    return pages.page(read_text(_TEMPLATE), read_text(_STYLE), **facts, **words)


def _sections(runs: tuple[Run, ...]) -> Iterator[tuple[str | None, list[tuple[Run, list[Stage]]]]]:
    """Each heading, or None where the rule file gives none, with the runs under it and their steps that stand here."""
    pairs = ((run, step) for run in runs for step in run.steps)
    for title, inside in groupby(pairs, key=lambda pair: pair[1].question.section):
        yield title, [(run, [step for _, step in members]) for run, members in groupby(inside, itemgetter(0))]


def _leads(step: Stage, ways: dict[str, NextStep]) -> list[NextStep]:
    """The next steps that the guidance beside a question asks for, from the least to the most urgent."""
    ids = {line.guidance.disposition for branch in step.branches for line in branch.lines if line.guidance.disposition}
    return sorted((ways[id] for id in ids), key=lambda way: way.rank)


def _places(rules: RuleFile) -> dict[str, tuple[str, str]]:
    """Every statement that the rule file cites: what it says, and where it stands."""
    parts: tuple[Any, ...] = (*rules.questions, *rules.guidance, *rules.dispositions, *rules.referrals)
    cited = {id for part in parts for id in part.sources}
    statements = rules.library.statements if rules.library else ()
    return {one.id: (one.says, source_line(rules, one.id)) for one in statements if one.id in cited}
