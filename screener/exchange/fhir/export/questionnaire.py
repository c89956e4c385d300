"""A rule file as a FHIR R4 Questionnaire, http://hl7.org/fhir/R4/questionnaire.html."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from screener.engine.answers import as_plain
from screener.exchange.fhir import names as n
from screener.exchange.fhir.export.items import items
from screener.exchange.fhir.export.visibility import Clause, Clauses, Test, TooLarge, shown_when
from screener.exchange.fhir.names import Resource
from screener.ground.problems import Problem
from screener.rulefile.model import Question, RuleFile

#: Groups of a form are rarely nested deeper than a few levels; some readers give up soon after.
MOST_LEVELS = 16


class Exported(NamedTuple):
    """A resource, and what of the rule file it can't carry."""

    resource: Resource
    lost: tuple[Problem, ...]


def questionnaire(rules: RuleFile) -> Exported:
    """The questions with their conditions; shown are, for every complete set of answers, those that we ask.

    The linkId of a question is its id. The referral stands at the end, as on every summary.
    """
    lost = [_kept_back(rules), *_lost_texts(rules)]
    asked: list[Resource] = []
    sections = groupby(rules.questions, lambda question: question.section)
    for number, (section, questions) in enumerate(sections, 1):
        found = [item for question in questions for item in _shown_items(rules, question, lost)]
        asked += [_section(number, section, found)] if section else found
    referral = {
        "linkId": "referral.says",
        "extension": [n.role(n.REFERRAL)],
        "text": rules.referral.says,
        "type": "display",
    }
    return Exported({**_head(rules), "item": [*asked, referral]}, tuple(lost))


def _head(rules: RuleFile) -> Resource:
    head: Resource = {
        "resourceType": "Questionnaire",
        "language": rules.language,
        "url": n.url(rules),
        "identifier": [{"system": f"{n.OURS}sha256", "value": rules.sha256}],
        "version": rules.version,
        "name": "".join(word.capitalize() for word in f"q-{rules.id}".split("-")),
        "title": rules.title,
        "status": "active",
        "subjectType": ["Patient"],
    }
    return {**head, "description": rules.intro} if rules.intro else head


def _section(number: int, section: str, found: list[Resource]) -> Resource:
    link_id = f"section.{number}"
    return {"linkId": link_id, "extension": [n.role(n.SECTION)], "text": section, "type": "group", "item": found}


def _shown_items(rules: RuleFile, question: Question, lost: list[Problem]) -> list[Resource]:
    """The items of a question, in groups of their own where one level of conditions is not enough."""
    if question.when is None:
        return items(rules, question)
    try:
        levels = _levels(rules, shown_when(rules, question.when))
    except TooLarge:
        levels = []
        lost.append(_loss(f"question `{question.id}`: its condition is too large for FHIR, so it is always shown"))
    *outer, inner = levels or [{}]
    made = [{**item, **inner} for item in items(rules, question)]
    for number, level in reversed(list(enumerate(outer, 1))):
        link_id = n.part(question.id, n.SHOWN_WHEN, number)
        made = [{"linkId": link_id, "extension": [n.role(n.SHOWN_WHEN)], "type": "group", **level, "item": made}]
    return made


def _levels(rules: RuleFile, clauses: Clauses) -> list[Resource]:
    """The clauses as levels that must all hold: one for all single tests, one for each choice among tests.

    Raises TooLarge where groups would have to be nested deeper than others can read.
    """
    ordered = sorted((_in_order(rules, clause) for clause in clauses), key=lambda tests: [str(test) for test in tests])
    if [] in ordered:
        return [_never(rules)]
    singles = [tests[0] for tests in ordered if len(tests) == 1]
    levels = [_level(rules, "all", singles)] if singles else []
    levels += [_level(rules, "any", tests) for tests in ordered if len(tests) > 1]
    if len(levels) > MOST_LEVELS:
        raise TooLarge
    return levels


def _in_order(rules: RuleFile, clause: Clause) -> list[Test]:
    """The tests in the order of the rule file: questions, then what is said of them."""

    def place(test: Test) -> tuple[int, str, int, str]:
        question = rules.by_question[test.question]
        offered = [*question.choices, *question.reserved]
        value = str(test.value)
        return rules.position[test.question], test.operator, offered.index(value) if value in offered else 0, value

    return sorted(clause, key=place)


def _never(rules: RuleFile) -> Resource:
    """A condition that nothing fulfils, for a question that can't be asked."""
    first = rules.questions[0].id
    return _level(rules, "all", [Test(first, "exists", first, True), Test(first, "exists", first, False)])


def _level(rules: RuleFile, behavior: str, tests: list[Test]) -> Resource:
    level: Resource = {"enableWhen": [_enable_when(rules, test) for test in tests]}
    return {**level, "enableBehavior": behavior} if len(tests) > 1 else level


def _enable_when(rules: RuleFile, test: Test) -> Resource:
    made: Resource = {"question": test.item, "operator": test.operator}
    question = rules.by_question[test.question]
    if isinstance(test.value, bool):
        return {**made, "answerBoolean": test.value}
    if isinstance(test.value, Decimal):
        return {**made, "answerDecimal": as_plain(test.value)}
    if not isinstance(test.value, str):
        return {**made, "answerDate": as_plain(test.value)}
    if test.item == question.id and not n.has_options(question):
        return {**made, "answerBoolean": test.value == "yes"}
    return {**made, "answerCoding": n.coding(rules, question, test.value)}


def _kept_back(rules: RuleFile) -> Problem:
    held = {
        "guidance": rules.guidance,
        "next steps": rules.dispositions,
        "promises": rules.invariants,
        "words explained": rules.glossary,
        "named conditions": rules.conditions,
        "what is not covered": (rules.not_covered,) * (rules.not_covered is not None),
    }
    counted = ", ".join(f"{name} ({len(things)})" for name, things in held.items() if things)
    sources = ", and all sources" if rules.library else ""
    return _loss(f"a Questionnaire holds questions only; these stay in the rule file: {counted}{sources}")


def _lost_texts(rules: RuleFile) -> Iterator[Problem]:
    for question in rules.questions:
        for id, option in question.options.items():
            if option.help:
                yield _loss(f"question `{question.id}`: the help of option `{id}` has no place in FHIR R4")
        if question.unit and question.type != "number":
            yield _loss(f"question `{question.id}`: FHIR has a unit only for numbers")
        if n.open_apart(question):
            apart = n.part(question.id, n.INSTEAD)
            said = f"“not sure” and the like are asked in an item of their own, `{apart}`, so it is not required"
            yield _loss(f"question `{question.id}`: {said}")


def _loss(message: str) -> Problem:
    return Problem("not-in-fhir", message, level="warning")
