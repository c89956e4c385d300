"""Clauses as FHIR has conditions: levels of `enableWhen`, one in another, which must all hold."""

from decimal import Decimal

from screener.engine.answers import as_plain
from screener.exchange.fhir import names as n
from screener.exchange.fhir.export.visibility import Clause, Clauses, Test, TooLarge
from screener.exchange.fhir.names import Resource
from screener.rulefile.model import RuleFile

#: Groups of a form are rarely nested deeper than a few levels; some readers give up soon after.
MOST_LEVELS = 16


def levels(rules: RuleFile, system: str, clauses: Clauses) -> list[Resource]:
    """The clauses as levels that must all hold: one for all single tests, one for each choice among tests.

    `system` is the address of the codes of options. Raises TooLarge where groups would have to be nested deeper
    than others can read.
    """
    ordered = sorted((_in_order(rules, clause) for clause in clauses), key=lambda tests: [str(test) for test in tests])
    if [] in ordered:
        return [_never(rules, system)]
    singles = [tests[0] for tests in ordered if len(tests) == 1]
    made = [_level(rules, system, "all", singles)] if singles else []
    made += [_level(rules, system, "any", tests) for tests in ordered if len(tests) > 1]
    if len(made) > MOST_LEVELS:
        raise TooLarge
    return made


def _in_order(rules: RuleFile, clause: Clause) -> list[Test]:
    """The tests in the order of the rule file: questions, then what is said of them."""

    def place(test: Test) -> tuple[int, str, int, str]:
        question = rules.by_question[test.question]
        offered = [*question.choices, *question.reserved]
        value = str(test.value)
        return rules.position[test.question], test.operator, offered.index(value) if value in offered else 0, value

    return sorted(clause, key=place)


def _never(rules: RuleFile, system: str) -> Resource:
    """A condition that nothing fulfils, for a question that can't be asked."""
    first = rules.questions[0].id
    return _level(rules, system, "all", [Test(first, "exists", first, True), Test(first, "exists", first, False)])


def _level(rules: RuleFile, system: str, behavior: str, tests: list[Test]) -> Resource:
    level: Resource = {"enableWhen": [_enable_when(rules, system, test) for test in tests]}
    return {**level, "enableBehavior": behavior} if len(tests) > 1 else level


def _enable_when(rules: RuleFile, system: str, test: Test) -> Resource:
    made: Resource = {"question": test.item, "operator": test.operator}
    question = rules.by_question[test.question]
    if isinstance(test.value, bool):
        return {**made, "answerBoolean": test.value}
    if isinstance(test.value, Decimal):
        key = "answerInteger" if question.type == "whole" else "answerDecimal"
        return {**made, key: as_plain(test.value)}
    if not isinstance(test.value, str):
        return {**made, "answerDate": as_plain(test.value)}
    if test.item == question.id and not n.has_options(question):
        return {**made, "answerBoolean": test.value == "yes"}
    return {**made, "answerCoding": n.coding(system, question, test.value)}
