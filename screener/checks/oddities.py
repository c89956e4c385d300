"""What is written and means nothing."""

from collections.abc import Iterator

from screener.checks.page import Example, Page
from screener.checks.remark import Remark
from screener.model import RuleFile

EXCLUDES_ITSELF = Page(
    "excludes-itself",
    "error",
    "A line names itself under `excludes:`. It can't be said without itself; another line was meant.",
    bad=Example("""
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches., excludes: [itchy]}
"""),
    good=Example("""
guidance:
  - {id: calm, topic: Care, when: {itch: no}, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches., excludes: [calm]}
"""),
)
WITHOUT_MEANING = Page(
    "without-meaning",
    "warning",
    "A key stands where it means nothing: `exclusive` on an option of a question that takes one answer anyway, or "
    "`unit` on a question that takes no number.",
    bad=Example("questions:\n  - {id: itch, type: yes-no, ask: Does your skin itch?, unit: days}"),
    good=Example("questions:\n  - {id: itch, type: yes-no, ask: Does your skin itch?}"),
)
PAGES = (EXCLUDES_ITSELF, WITHOUT_MEANING)


def oddities(rules: RuleFile) -> Iterator[Remark]:
    """Lines that exclude themselves, and keys without meaning."""
    for line in rules.guidance:
        if line.id in line.excludes:
            message = f"guidance `{line.id}` excludes itself"
            yield EXCLUDES_ITSELF.remark(message, ("guidance", line.id, "excludes"), "name the other line")
    for question in rules.questions:
        place = ("questions", question.id)
        if question.unit is not None and question.type != "number":
            message = f"question `{question.id}` has a `unit`, and takes no number"
            yield WITHOUT_MEANING.remark(message, (*place, "key:unit"), "delete it")
        for id, option in question.options.items() if question.type == "one" else ():
            if option.exclusive:
                message = f"option `{id}` of `{question.id}` is `exclusive`, though only one can be chosen anyway"
                yield WITHOUT_MEANING.remark(message, (*place, "options", id, "key:exclusive"), "delete it")
