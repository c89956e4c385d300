"""The codes of a rule file's options as a FHIR R4 CodeSystem, http://hl7.org/fhir/R4/codesystem.html."""

from screener.exchange.fhir import names as n
from screener.exchange.fhir.names import Resource
from screener.model import Question, RuleFile


def code_system(rules: RuleFile) -> Resource:
    """Every option of every question, under its question. Answers of yes and no have codes of FHIR's own."""
    asked = [question for question in rules.questions if question.type in ("one", "many")]
    concepts = [_concept(rules, question) for question in asked]
    return {
        "resourceType": "CodeSystem",
        "language": rules.language,
        "url": n.url(rules),
        "version": rules.version,
        "name": "".join(word.capitalize() for word in f"codes-{rules.id}".split("-")),
        "title": rules.title,
        "status": "active",
        "caseSensitive": True,
        "hierarchyMeaning": "grouped-by",
        "content": "complete",
        "count": sum(1 + len(question.options) for question in asked),
        **({"concept": concepts} if concepts else {}),
    }


def _concept(rules: RuleFile, question: Question) -> Resource:
    codings = [n.coding(rules, question, option) for option in question.options]
    options = [{"code": coding["code"], "display": coding["display"]} for coding in codings]
    for option, made in zip(question.options.values(), options, strict=True):
        made |= {"definition": option.help} if option.help else {}
    return {"code": question.id, "display": question.ask, "concept": options}
