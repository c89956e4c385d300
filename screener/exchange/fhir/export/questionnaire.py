"""A rule file as a FHIR R4 Questionnaire, http://hl7.org/fhir/R4/questionnaire.html."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from screener.engine.addressed import in_general
from screener.exchange.fhir import names as n
from screener.exchange.fhir.export.items import items
from screener.exchange.fhir.export.levels import levels
from screener.exchange.fhir.export.visibility import NotInFhir, shown_when
from screener.exchange.fhir.names import Resource
from screener.ground.problems import Problem
from screener.rulefile.days import TODAY
from screener.rulefile.measures import NUMBERS
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.repeats import repeated


class Exported(NamedTuple):
    """A resource, and what of the rule file it can't carry."""

    resource: Resource
    lost: tuple[Problem, ...]


def questionnaire(rules: RuleFile, base_url: str = "") -> Exported:
    """The questions with their conditions; shown are, for every complete set of answers, those that we ask.

    The linkId of a question is its id. The referral stands at the end, as on every summary. `base_url` is where the
    questionnaire and its codes are published, if they are.
    """
    system = n.codes_url(rules, base_url)
    lost = [_kept_back(rules), *_lost_texts(rules)]
    rules = in_general(rules)
    asked: list[Resource] = []
    sections = groupby(rules.questions, lambda question: question.section)
    for number, (section, questions) in enumerate(sections, 1):
        found = [item for question in questions for item in _shown_items(rules, system, question, lost)]
        asked += [_section(number, section, found)] if section else found
    referral = {
        "linkId": "referral.says",
        "extension": [n.role(n.REFERRAL)],
        "text": rules.referral.says,
        "type": "display",
    }
    return Exported({**_head(rules, base_url), "item": [*asked, referral]}, tuple(lost))


def _head(rules: RuleFile, base_url: str) -> Resource:
    """What the form says of itself, by http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire."""
    algorithm = {"system": n.VERSION_ALGORITHMS, "code": "semver" if _is_semantic(rules.version) else "natural"}
    head: Resource = {
        "resourceType": "Questionnaire",
        "meta": {"profile": [n.SDC_QUESTIONNAIRE]},
        "language": rules.language,
        "extension": [{"url": n.VERSION_ALGORITHM, "valueCoding": algorithm}],
        "url": n.url(rules, base_url),
        "identifier": [{"system": n.FINGERPRINT, "value": rules.sha256}],
        "version": rules.version,
        "name": "".join(word.capitalize() for word in f"q-{rules.id}".split("-")),
        "title": rules.title,
        "status": rules.status,
        "subjectType": ["Patient"],
    }
    return {**head, "description": rules.intro} if rules.intro else head


def _is_semantic(version: str) -> bool:
    """Whether versions such as this one are compared as https://semver.org says."""
    number = "(0|[1-9][0-9]*)"
    return re.fullmatch(rf"{number}\.{number}\.{number}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?", version) is not None


def _section(number: int, section: str, found: list[Resource]) -> Resource:
    link_id = f"section.{number}"
    return {"linkId": link_id, "extension": [n.role(n.SECTION)], "text": section, "type": "group", "item": found}


def _shown_items(rules: RuleFile, system: str, question: Question, lost: list[Problem]) -> list[Resource]:
    """The items of a question, in groups of their own where one level of conditions is not enough."""
    if question.when is None:
        return items(system, question)
    try:
        needed = levels(rules, system, shown_when(rules, question.when))
    except NotInFhir as lacks:
        needed = []
        lost.append(_loss(f"question `{question.id}`: {lacks.why}, so it is always shown"))
    *outer, inner = needed or [{}]
    made = [{**item, **inner} for item in items(system, question)]
    for number, level in reversed(list(enumerate(outer, 1))):
        link_id = n.part(question.id, n.SHOWN_WHEN, number)
        made = [{"linkId": link_id, "extension": [n.role(n.SHOWN_WHEN)], "type": "group", **level, "item": made}]
    return made


def _kept_back(rules: RuleFile) -> Problem:
    held = {
        "guidance": rules.guidance,
        "next steps": rules.dispositions,
        "promises": rules.invariants,
        "words explained": rules.glossary,
        "named conditions": rules.conditions,
        "referrals with a condition": rules.referrals[:-1],
        "what is not covered": (rules.not_covered,) * (rules.not_covered is not None),
    }
    counted = ", ".join(f"{name} ({len(things)})" for name, things in held.items() if things)
    sources = ", and all sources" if rules.library else ""
    return _loss(f"a Questionnaire holds questions only; these stay in the rule file: {counted}{sources}")


def _lost_texts(rules: RuleFile) -> Iterator[Problem]:
    for question in rules.questions:
        yield from (_loss(f"question `{question.id}`: {said}") for said in _lost_of(question))


def _lost_of(question: Question) -> Iterator[str]:
    """What of a question has no place in FHIR, or has one elsewhere."""
    yield from (
        f"the help of option `{id}` has no place in FHIR R4" for id, one in question.options.items() if one.help
    )
    if question.unit and question.type not in NUMBERS:
        yield "FHIR has a unit only for numbers"
    for key in ("min", "max"):
        if getattr(question, key) == TODAY:
            yield f"FHIR R4 knows no `{key}: today`, so that limit is left out"
    if question.ordered:
        yield "FHIR R4 has no word for options that go from the least to the most"
    if question.carry_over:
        yield f"FHIR R4 can't say that an answer may be taken over for {question.carry_over}"
    if repeated(question.ask):
        yield "FHIR R4 can't repeat an answer, so the text names its question"
    if n.open_apart(question):
        apart = n.part(question.id, n.INSTEAD)
        yield f"“not sure” and the like are asked in an item of their own, `{apart}`, so it is not required"


def _loss(message: str) -> Problem:
    return Problem("not-in-fhir", message, level="warning")
