"""What is written and means nothing."""

from collections.abc import Iterator

from screener.authoring.checks.names import unused_names
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark
from screener.rulefile.measures import NUMBERS
from screener.rulefile.model import RuleFile

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
    "A key stands where it means nothing: `exclusive` on an option of a question that takes one answer anyway, `unit` "
    "on a question that takes no number, `short` on a line that calls for no next step, `ordered` where no one "
    "option is chosen, or `when` beside `never_less_urgent`, which is promised to everyone.",
    bad=Example("questions:\n  - {id: itch, type: yes-no, ask: Does your skin itch?, unit: days}"),
    good=Example("questions:\n  - {id: itch, type: yes-no, ask: Does your skin itch?}"),
)
UNUSED_CONDITION = Page(
    "unused-condition",
    "warning",
    "A condition has a name under `conditions:`, and nothing uses it with `is:`. Use it, or delete it.",
    bad=Example("conditions:\n  itching: {itch: yes}"),
    good=Example("""
conditions:
  itching: {itch: yes}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {is: itching}, says: Say since when it itches.}
"""),
)
NONE_WITH_OTHERS = Page(
    "none-with-others",
    "warning",
    "An option called `none` can be chosen together with others, so an answer can say `none` and `something` at once. "
    "Write `exclusive: yes` to make it stand alone.",
    bad=Example("""
questions:
  - {id: creams, type: many, ask: What do you use?, options: {mild: A mild cream, none: Nothing}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: mild, topic: Care, when: {creams: mild}, says: Bring the cream along.}
  - {id: bare, topic: Care, when: {creams: none}, says: Ask for a mild cream.}
"""),
    good=Example("""
questions:
  - {id: creams, type: many, ask: What do you use?,
     options: {mild: A mild cream, none: {label: Nothing, exclusive: yes}}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: mild, topic: Care, when: {creams: mild}, says: Bring the cream along.}
  - {id: bare, topic: Care, when: {creams: none}, says: Ask for a mild cream.}
"""),
)
NO_LIMITS = Page(
    "no-limits",
    "warning",
    "A question takes a number and has neither `min` nor `max`, so that an age of 340, or of -4, is taken as it is.",
    bad=Example("""
questions:
  - {id: age, type: number, ask: How old are you?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: young, topic: Care, when: {age: {below: 18}}, says: Bring a parent along.}
"""),
    good=Example("""
questions:
  - {id: age, type: number, ask: How old are you?, min: 0, max: 120}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: young, topic: Care, when: {age: {below: 18}}, says: Bring a parent along.}
"""),
)
PAGES = (EXCLUDES_ITSELF, WITHOUT_MEANING, NONE_WITH_OTHERS, UNUSED_CONDITION, NO_LIMITS)


#: The types of question that take a number.
_NUMBERS = ("number", "whole")


def oddities(rules: RuleFile) -> Iterator[Remark]:
    """Lines that exclude themselves, keys without meaning, names that nobody uses, numbers without limits."""
    yield from _unused(rules)
    yield from _order_of_nothing(rules)
    yield from _short_for_nobody(rules)
    yield from _unlimited(rules)
    for line in rules.guidance:
        if line.id in line.excludes:
            message = f"guidance `{line.id}` excludes itself"
            yield EXCLUDES_ITSELF.remark(message, ("guidance", line.id, "excludes"), "name the other line")
    for question in rules.questions:
        place = ("questions", question.id)
        if question.unit is not None and question.type not in NUMBERS:
            message = f"question `{question.id}` has a `unit`, and takes no number"
            yield WITHOUT_MEANING.remark(message, (*place, "key:unit"), "delete it")
        if question.type == "many" and "none" in question.options and not question.options["none"].exclusive:
            message = f"option `none` of `{question.id}` can be chosen together with others"
            yield NONE_WITH_OTHERS.remark(message, (*place, "options", "key:none"), "write `exclusive: yes` for it")
        for id, option in question.options.items() if question.type == "one" else ():
            if option.exclusive:
                message = f"option `{id}` of `{question.id}` is `exclusive`, though only one can be chosen anyway"
                yield WITHOUT_MEANING.remark(message, (*place, "options", id, "key:exclusive"), "delete it")
    for invariant in rules.invariants:
        if invariant.never_less_urgent and invariant.when is not None:
            message = f"invariant `{invariant.id}` has a `when`, and what it promises of more risk is for everyone"
            yield WITHOUT_MEANING.remark(message, ("invariants", invariant.id, "key:when"), "delete it")


def _short_for_nobody(rules: RuleFile) -> Iterator[Remark]:
    """What a professional would read of a line that does not come to their page."""
    for line in rules.guidance:
        if line.short is not None and line.disposition is None:
            message = f"guidance `{line.id}` has a `short` and calls for no next step, so no professional reads it"
            yield WITHOUT_MEANING.remark(
                message, ("guidance", line.id, "key:short"), "name the next step with `disposition:`, or delete it"
            )


def _order_of_nothing(rules: RuleFile) -> Iterator[Remark]:
    for question in rules.questions:
        if question.ordered and question.type != "one":
            message = f"question `{question.id}` is `ordered`, and no one option of it is chosen"
            yield WITHOUT_MEANING.remark(message, ("questions", question.id, "key:ordered"), "delete it")


def _unused(rules: RuleFile) -> Iterator[Remark]:
    for name in unused_names(rules):
        message = f"nothing uses the condition `{name}`"
        yield UNUSED_CONDITION.remark(message, ("conditions", f"key:{name}"), "use it with `is:`, or delete it")


def _unlimited(rules: RuleFile) -> Iterator[Remark]:
    for question in rules.questions:
        if question.type in _NUMBERS and question.min is None and question.max is None:
            message = f"question `{question.id}` takes any number, however small or large"
            help = "add the smallest and the largest that can be, as `min:` and `max:`"
            yield NO_LIMITS.remark(message, ("questions", question.id), help)
