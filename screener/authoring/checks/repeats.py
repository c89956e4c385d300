"""What stands twice: labels, questions and lines with the same words, and topics spelt in two ways."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Related, Remark, Route
from screener.rulefile.model import Guidance, RuleFile

SAME_LABEL = Page(
    "same-label",
    "warning",
    "Two options of one question have the same label. Nobody can tell them apart, on the screen or in the summary.",
    bad=Example("questions:\n  - {id: itch, type: one, ask: Does your skin itch?, options: {yes: Often, no: often}}"),
    good=Example("questions:\n  - {id: itch, type: one, ask: Does your skin itch?, options: {yes: Often, no: Rarely}}"),
)
ASKED_TWICE = Page(
    "asked-twice",
    "warning",
    "Two questions ask the same, word for word. People wonder if they answered wrongly, and in the summary the answers "
    "can't be told apart. Ask once, or say in each what it is about.",
    bad=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: itch-now, type: yes-no, ask: Does your skin itch?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {any: [{itch: yes}, {itch-now: yes}]}, says: Say since when it itches.}
"""),
    good=Example("""
questions:
  - {id: itch, type: yes-no, ask: Did your skin itch last week?}
  - {id: itch-now, type: yes-no, ask: Does your skin itch today?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {any: [{itch: yes}, {itch-now: yes}]}, says: Say since when it itches.}
"""),
)
SAME_TEXT = Page(
    "same-text",
    "warning",
    "Two lines of guidance have the same words in all their texts. Whoever gets both reads it twice, and a change of "
    "one is easily forgotten in the other. Join their conditions with `any`, or say in each what is different.",
    bad=Example("""
guidance:
  - {id: itchy, topic: Care, when: {itch: yes}, says: Keep the skin cool.}
  - {id: calm, topic: Care, when: {itch: no}, says: Keep the skin cool.}
"""),
    good=Example("""
guidance:
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
  - {id: calm, topic: Care, when: {itch: no}, says: Keep the skin cool.}
"""),
)
TOPIC_IN_TWO_WAYS = Page(
    "topic-in-two-ways",
    "warning",
    "Two topics, or two sections, differ only in large and small letters or in blanks. They become two headings where "
    "one was meant.",
    bad=Example("""
guidance:
  - {id: care, topic: Skin care, says: Keep the skin cool.}
  - {id: itchy, topic: Skin Care, when: {itch: yes}, says: Say since when it itches.}
"""),
    good=Example("""
guidance:
  - {id: care, topic: Skin care, says: Keep the skin cool.}
  - {id: itchy, topic: Skin care, when: {itch: yes}, says: Say since when it itches.}
"""),
)
PAGES = (SAME_LABEL, ASKED_TWICE, SAME_TEXT, TOPIC_IN_TWO_WAYS)


class _Said(NamedTuple):
    """A text with the id of what it belongs to and its place."""

    id: str
    text: str
    route: Route


def repeats(rules: RuleFile) -> Iterator[Remark]:
    """Labels, questions and lines that can't be told apart, and topics that are meant to be one."""
    for question in rules.questions:
        route: Route = ("questions", question.id, "options")
        labels = [_Said(id, option.label, (*route, id)) for id, option in question.options.items()]
        for first, again in _twice(labels):
            message = f"options `{first.id}` and `{again.id}` of question `{question.id}` have the same label"
            yield _remark(SAME_LABEL, message, first, again, "give each a label of its own, or delete one")
    asked = [_Said(one.id, one.ask, ("questions", one.id, "ask")) for one in rules.questions]
    for first, again in _twice(asked):
        message = f"questions `{first.id}` and `{again.id}` ask the same"
        yield _remark(ASKED_TWICE, message, first, again, "ask once, or say in each what it is about")
    lines = [_Said(line.id, _all_of(line), ("guidance", line.id, "says")) for line in rules.guidance]
    for first, again in _twice(lines):
        message = f"guidance `{first.id}` and `{again.id}` say the same"
        yield _remark(SAME_TEXT, message, first, again, "join their conditions with `any`, or say what is different")
    topics = [_Said(line.id, line.topic, ("guidance", line.id, "topic")) for line in rules.guidance]
    yield from _spelt_in_two_ways("topics", topics)
    sections = [_Said(one.id, one.section or "", ("questions", one.id, "section")) for one in rules.questions]
    yield from _spelt_in_two_ways("sections", sections)


def _all_of(line: Guidance) -> str:
    """All that a line says to anyone; the ends of its texts are seen, so that none runs over into the next."""
    return " | ".join(text or "" for text in (line.title, line.says, line.more, line.short, line.ask))


def _spelt_in_two_ways(what: str, texts: Iterable[_Said]) -> Iterator[Remark]:
    first_of_each = {said.text: said for said in reversed(list(texts)) if said.text}
    for first, again in _twice(reversed(first_of_each.values())):
        message = f"the {what} `{first.text}` and `{again.text}` differ only in letters or blanks"
        yield _remark(TOPIC_IN_TWO_WAYS, message, first, again, "write it in one way")


def _twice(texts: Iterable[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Each text whose words stand already, with the first of them."""
    seen: dict[str, _Said] = {}
    for said in texts:
        words = " ".join(said.text.split()).casefold()
        if words in seen:
            yield seen[words], said
        seen.setdefault(words, said)


def _remark(page: Page, message: str, first: _Said, again: _Said, help: str) -> Remark:
    return page.remark(message, again.route, help).showing((Related(first.route, "the first stands here"),))
