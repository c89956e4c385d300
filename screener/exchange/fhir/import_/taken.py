"""A form as the text of a rule file, with a report of what was changed or left out."""

import re
from typing import Any, NamedTuple, get_args

from screener.exchange.fhir import names as n
from screener.exchange.fhir.import_.form import Form
from screener.exchange.fhir.import_.outline import DISPLAY, GROUP, outline
from screener.exchange.fhir.import_.report import Report, listed
from screener.exchange.fhir.import_.source import FormText
from screener.exchange.fhir.import_.text import read_form
from screener.exchange.fhir.import_.walk import YOUR_VISIT, Walk
from screener.exchange.ids import Ids
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.loader import load
from screener.rulefile.model import Status
from screener.rulefile.yamltext import Inline, written

_HEADER = """\
A rule file made from a FHIR Questionnaire. What is said for which answers is still to be written:
FHIR holds the questions, and only texts that the form shows on a condition became guidance.
"""
_LANGUAGE, _VERSION = "en", "0.1.0"
_NEXT_STEP = {
    "id": "consult",
    "title": "Talk to a professional",
    "says": "They look at your answers and decide with you.",
}
_BRING = {"id": "bring-along", "topic": YOUR_VISIT, "says": "Bring these answers along to your visit."}
_REFERRAL = "Please see a certified professional. They look at your answers and decide with you."
_MOST_TOLD = 20
#: Keys of a form that say nothing to the person who answers, or to the clinic that asks.
_SILENT = ("meta", "text", "status", "date", "subjectType", "identifier", "experimental", "versionAlgorithmString")


class Taken(NamedTuple):
    """The text of the rule file, and what of the form is not in it."""

    text: str
    lost: tuple[Problem, ...]


def take(text: str, file: str = "") -> Taken:
    """A rule file with the questions of this form, which the loader reads.

    Raises ProblemsFound with all that keeps it from being taken.
    """
    source = FormText(text, file)
    form, changed = read_form(text, source)
    report = Report(source)
    nodes = outline(form, report)
    if not report.wrong and all(node.item.type in (GROUP, DISPLAY) for node in nodes):
        report.refuse("empty", None, "the form asks nothing")
    if report.wrong:
        raise ProblemsFound(report.wrong)
    for link_id in changed:
        report.lose(link_id or None, "characters that can't be seen are left out of its texts")
    walk = Walk(form, nodes, report)
    for node in nodes:
        walk.take(node)
    walk.finish()
    if not walk.questions:
        raise ProblemsFound([source.problem("empty", None, "no item of the form can be asked"), *report.lost])
    _lose_keys(form, report)
    made = written(_rule_file(form, walk, report), _HEADER)
    _check(made, report)
    return Taken(made, tuple(dict.fromkeys(report.lost)))


def _check(made: str, report: Report) -> None:
    """Hold what was made against the loader: a form can be right and still too much for a rule file."""
    try:
        load(made)
    except ProblemsFound as found:
        for problem in found.problems[:_MOST_TOLD]:
            report.refuse("not-taken", None, f"a rule file made of it would not hold together: {problem.message}")
        raise ProblemsFound(report.wrong) from None


def _rule_file(form: Form, walk: Walk, report: Report) -> dict[str, Any]:
    """The whole rule file as plain values, in the order in which an author reads it."""
    conditions = {name: Inline(one) for name, one in walk.conditions.items()}
    return {
        "format": "1",
        "id": Ids().made(_name(form), "form"),
        "version": _version(form, report),
        "title": form.title or form.name or "A questionnaire",
        "language": _language(form, report),
        **_status(form, report),
        **({"intro": form.description} if form.description else {}),
        **({"conditions": conditions} if conditions else {}),
        "questions": [_tidy(question) for question in walk.questions],
        "guidance": [_tidy(line) for line in walk.guidance] or [_BRING],
        "dispositions": [_NEXT_STEP],
        "referral": {"says": walk.referral or _REFERRAL},
    }


def _lose_keys(form: Form, report: Report) -> None:
    """What the form says of itself that has no place."""
    named = [key for key in form.model_extra or () if key not in _SILENT]
    named += ["extension"] if any(one.url != n.VERSION_ALGORITHM for one in form.extension) else []
    named += ["url"] if form.url and not form.is_ours else []
    if named:
        report.lose(None, f"of the form itself these are not kept: {', '.join(listed(named))}")


def _name(form: Form) -> str:
    """What the id is made of; a form that we exported has it in its address."""
    if form.url and form.is_ours:
        return form.url.removeprefix(n.OURS).rpartition("/")[2]
    return form.id or form.name or form.title or ""


def _version(form: Form, report: Report) -> str:
    if form.version and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,31}", form.version):
        return form.version
    report.lose(None, f"the form has no version that can be kept; it is {_VERSION} now")
    return _VERSION


def _language(form: Form, report: Report) -> str:
    if form.language and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", form.language):
        return form.language
    report.lose(None, f"the form does not say its language; `{_LANGUAGE}` is taken")
    return _LANGUAGE


def _status(form: Form, report: Report) -> dict[str, str]:
    """How far the form has come, where that is to be said; one that does not say so may not pass for finished."""
    status = (form.model_extra or {}).get("status")
    if status in get_args(Status):
        return {} if status == "active" else {"status": str(status)}
    report.lose(None, "the form does not say whether it is ready to be used; it is a draft now")
    return {"status": "draft"}


_ORDER = (
    *("id", "section", "topic", "type", "ask", "help", "why", "options"),
    *("unsure", "decline", "optional", "min", "max", "unit", "when", "says"),
)


def _tidy(entry: dict[str, Any]) -> dict[str, Any]:
    """The keys as authors order them; conditions, and options with more than a label, on one line each."""
    made = {key: entry[key] for key in _ORDER if key in entry}
    if "when" in made:
        made["when"] = Inline(made["when"])
    if "options" in made:
        options = made["options"].items()
        made["options"] = {id: Inline(one) if isinstance(one, dict) else one for id, one in options}
    return made
