"""The codes of a rule file's options as a FHIR R4 CodeSystem, http://hl7.org/fhir/R4/codesystem.html."""

from screener.exchange.fhir import names as n
from screener.exchange.fhir.names import Resource
from screener.rulefile.model import Question, RuleFile


def code_system(rules: RuleFile, base_url: str = "") -> Resource:
    """Every option of every question, under its question. Answers of yes and no have codes of FHIR's own."""
    url = n.codes_url(rules, base_url)
    asked = [question for question in rules.questions if question.type in ("one", "many")]
    concepts = [_concept(url, question) for question in asked]
    return {
        "resourceType": "CodeSystem",
        "language": rules.language,
        "url": url,
        "version": rules.version,
        "name": "".join(word.capitalize() for word in f"codes-{rules.id}".split("-")),
        "title": rules.title,
        "status": rules.status,
        "caseSensitive": True,
        "hierarchyMeaning": "grouped-by",
        "content": "complete",
        "count": sum(1 + len(question.options) for question in asked),
        **({"concept": concepts} if concepts else {}),
    }


def _concept(system: str, question: Question) -> Resource:
    options = [_option(n.coding(system, question, id), option.help) for id, option in question.options.items()]
    return {"code": question.id, "display": question.ask, "concept": options}


def _option(coding: Resource, help: str | None) -> Resource:
    made = {"code": coding["code"], "display": coding["display"]}
    return {**made, "definition": help} if help else made
