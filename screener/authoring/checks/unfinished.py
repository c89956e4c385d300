"""Texts that wait to be written: notes of the author's, and places for something to be filled in."""

import re
from collections.abc import Iterator

from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark, Route
from screener.authoring.checks.wording import phrases
from screener.rulefile.model import RuleFile

UNFINISHED = Page(
    "unfinished",
    "warning",
    "A text holds a note of its author's (`TODO`, `FIXME`, `TBD`, `XXX`), a text that stands in for another (lorem "
    "ipsum), or a place that nothing fills (`{{name}}`, or a question as in `{scars}`). People would read it as it "
    "stands.",
    bad=Example('referral: {says: "Please see {{name}}."}'),
    good=Example("referral: {says: Please see a certified professional.}"),
)
PAGES = (UNFINISHED,)
_NOTE = re.compile(r"\{\{.{0,40}?\}\}|\b(?:TODO|FIXME|XXX|TBD|TBC)\b|\b(?i:lorem ipsum)\b")
#: What is meant to repeat an answer, and is not written as `{answer: scars}`.
_AN_ANSWER = re.compile(r"(?<!\{)\{ ?([a-z0-9-]+) ?\}|[\[(<] ?answer: ?([a-z0-9-]+) ?[\])>]")


def unfinished(rules: RuleFile) -> Iterator[Remark]:
    """Notes and places to be filled in, once for each text they stand in, and answers that are not repeated."""
    for in_sources, route, text in _all_texts(rules):
        if found := _NOTE.search(text):
            said = "nothing is filled in for" if found[0].startswith("{{") else "this text still has the note"
            help = "write what people are to read"
            yield UNFINISHED.remark(f"{said} `{found[0]}`", route, help, in_sources=in_sources)
        for place in _AN_ANSWER.finditer(text):
            if (id := next(filter(None, place.groups()))) in rules.by_question:
                message = f"no answer is filled in for `{place[0]}`, so people would read it as it stands"
                yield UNFINISHED.remark(message, route, f"write `{{answer: {id}}}`", in_sources=in_sources)


def _all_texts(rules: RuleFile) -> Iterator[tuple[bool, Route, str]]:
    """What people read, the glossary entry by entry, and the reasons for promises."""
    yield from (item for item in phrases(rules) if item[1] != ("glossary",))
    for word, meaning in rules.glossary.items():
        yield False, ("glossary", word), meaning
    for invariant in rules.invariants:
        yield False, ("invariants", invariant.id, "because"), invariant.because
    for statement in rules.library.statements if rules.library else ():
        if statement.left_out:
            yield True, ("statements", statement.id, "left_out"), statement.left_out
