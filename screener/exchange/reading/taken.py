"""A form as the text of a rule file, with a report of what was changed or left out."""

from typing import Any, NamedTuple

from screener.exchange.fhir import names as n
from screener.exchange.reading.conditions import Target, Written, when
from screener.exchange.reading.form import Form
from screener.exchange.reading.ids import made_id
from screener.exchange.reading.options import OTHER, choices
from screener.exchange.reading.outline import DISPLAY, GROUP, Node, outline
from screener.exchange.reading.questions import Made, asks_for_other, cannot_be_asked, is_choice, made
from screener.exchange.reading.report import Report
from screener.exchange.reading.text import Source, read_form
from screener.problems import Problem, ProblemsFound
from screener.safetext import visible
from screener.yamltext import Inline, written

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
_BRING = {"id": "bring-along", "topic": "Your visit", "says": "Bring these answers along to your visit."}
_REFERRAL = "Please see a certified professional. They look at your answers and decide with you."
_HELP_CONTROLS = ("help", "prompt", "flyover", "lower", "upper", "unit")


class Taken(NamedTuple):
    """The text of the rule file, and what of the form is not in it."""

    text: str
    lost: tuple[Problem, ...]


def take(text: str, file: str = "") -> Taken:
    """A rule file with the questions of this form. Raises ProblemsFound with all that keeps it from being taken."""
    source = Source(text, file)
    form = read_form(text, source)
    report = Report(source)
    nodes = outline(form, report)
    if not report.wrong and all(node.item.type in (GROUP, DISPLAY) for node in nodes):
        report.refuse("empty", None, "the form asks nothing")
    if report.wrong:
        raise ProblemsFound(report.wrong)
    walk = _Walk(form, nodes, report)
    for node in nodes:
        walk.take(node)
    if not walk.questions:
        raise ProblemsFound([source.problem("empty", None, "no item of the form can be asked"), *report.lost])
    return Taken(written(_clean(walk.rule_file()), _HEADER), tuple(report.lost))


class _Walk:
    """Goes through the items in order, so that a condition can only speak of what was asked before."""

    def __init__(self, form: Form, nodes: list[Node], report: Report) -> None:
        self._form, self._report = form, report
        self._known = {node.id: node for node in nodes}
        self._targets: dict[str, Target] = {}
        self._ids: set[str] = set()
        self._lines: set[str] = set()
        self._waiting: list[Node] = []
        self._optional = 0
        self.questions: list[dict[str, Any]] = []
        self.guidance: list[dict[str, Any]] = []
        self.referral = _REFERRAL

    def take(self, node: Node) -> None:
        """One item: a question, a text, or a group that only gives its items a section and a condition."""
        item = node.item
        if item.type == DISPLAY:
            self._display(node)
        elif item.type == GROUP:
            if item.repeats:
                self._report.lose(node.id, "it can be filled in several times; its questions are asked once")
        elif item.is_for(n.INSTEAD):
            self._instead(node)
        elif reason := cannot_be_asked(item):
            self._report.lose(node.id, reason)
        else:
            self._ask(node)

    def _ask(self, node: Node) -> None:
        item = node.item
        id = made_id(node.id, f"q{len(self.questions) + 1}", self._ids)
        self._ids.add(id)
        found = choices(self._form, item, node.id, self._report) if is_choice(item) else None
        if found is not None and not found.options and not found.yes_no:
            found = None
        apart = self._reserved_apart(node)
        question = made(node, id, found, apart, self._report)
        self._optional += question.optional
        if condition := self._condition(node):
            question.question["when"] = condition
        self._place_texts(node, question.question)
        reserved = found.reserved if found else apart
        word = found.word if found else None
        self._targets[node.id] = Target(id, question.question["type"], reserved, word)
        self.questions.append(question.question)
        if asks_for_other(item, found):
            self._ask_for_other(question, condition)

    def _ask_for_other(self, asked: Made, condition: Written | None) -> None:
        """A question for an answer of one's own, after one that lists answers."""
        options = asked.question["options"]
        other = made_id("other", "other", options)
        options[other] = OTHER
        id = made_id(f"{asked.question['id']}-other", "other", self._ids)
        self._ids.add(id)
        section = {"section": asked.question["section"]} if "section" in asked.question else {}
        question = {"id": id, **section, "type": "text", "ask": f"{asked.question['ask']} – {OTHER}, namely:"}
        self.questions.append({**question, "decline": "yes", "when": {asked.question["id"]: other}})

    def _reserved_apart(self, node: Node) -> tuple[str, ...]:
        """The reserved answers to a question that we exported with an item of their own."""
        beside = self._known.get(n.part(node.id, n.INSTEAD))
        if beside is None or not beside.item.is_for(n.INSTEAD):
            return ()
        return choices(self._form, beside.item, beside.id, self._report).reserved

    def _instead(self, node: Node) -> None:
        asked = self._targets.get(node.id.removesuffix(f".{n.INSTEAD}"))
        if asked is None:
            self._report.lose(node.id, "there is no question in whose place it could be answered")
        else:
            words = choices(self._form, node.item, node.id, self._report).word
            self._targets[node.id] = asked._replace(words=words, apart=True)

    def _condition(self, node: Node) -> Written | None:
        condition, dropped = when(node.levels, self._targets)
        for link_id in dropped:
            later = link_id in self._known and link_id not in self._targets
            why = "is asked later, or can't be asked" if later else "compares with what can't be answered there"
            self._report.lose(node.id, f"its condition on `{link_id[:60]}` is not kept, as that item {why}")
        return condition

    def _display(self, node: Node) -> None:
        """A text: the help of a question, the referral of a form of ours, guidance, or help for what comes next."""
        item = node.item
        text = (item.text or "").strip()
        asked = self._targets.get(node.parent.id) if node.parent else None
        if item.is_for(n.REFERRAL) and text:
            self.referral = text
        elif not text:
            self._report.lose(node.id, "it is a text without words, and is left out")
        elif asked is not None and (item.is_for(n.WHY) or self._is_help(node)):
            self._add(asked.question, "why" if item.is_for(n.WHY) else "help", text)
        else:
            self._waiting.append(node)

    def _place_texts(self, node: Node, question: dict[str, Any]) -> None:
        """Texts that stood before a question help with it, if they are shown whenever it is; others are guidance."""
        for one in self._waiting:
            if one.levels == node.levels[: len(one.levels)]:
                self._report.lose(one.id, "it is a text between questions, and became the help of the next one")
                text = str(one.item.text).strip()
                question["help"] = f"{question['help']} {text}" if "help" in question else text
            else:
                self._say(one)
        self._waiting = []

    def _is_help(self, node: Node) -> bool:
        control = node.item.extended(n.ITEM_CONTROL)
        codes = control.concept.coding if control and control.concept else []
        return not node.item.enable_when and (not codes or any(one.code in _HELP_CONTROLS for one in codes))

    def _add(self, id: str, key: str, text: str) -> None:
        question = next(one for one in reversed(self.questions) if one["id"] == id)
        question[key] = f"{question[key]} {text}" if key in question else text

    def _say(self, node: Node) -> None:
        """A text that is only shown for some answers is what a rule file calls guidance."""
        shown = "for some answers only" if node.levels else "after the last question"
        self._report.lose(node.id, f"it is a text that is shown {shown}, and became guidance")
        line: dict[str, Any] = {"id": made_id(node.id, "text", self._lines)}
        self._lines.add(line["id"])
        line["topic"] = node.section or _BRING["topic"]
        condition = self._condition(node)
        self.guidance.append({**line, **({"when": condition} if condition else {}), "says": str(node.item.text)})

    def _lose_titles(self) -> None:
        """A group without a question of its own leaves no section behind."""
        sections = {question.get("section", "") for question in self.questions}
        for node in self._known.values():
            titled = node.item.type == GROUP and node.item.text and not node.item.is_for(n.SHOWN_WHEN)
            if titled and not any(section.startswith(node.section) for section in sections):
                self._report.lose(node.id, "no question stands under this title, and it is left out")

    def rule_file(self) -> dict[str, Any]:
        """The whole rule file as plain values, in the order in which an author reads it."""
        form, report = self._form, self._report
        if self._optional:
            plural = "1 item" if self._optional == 1 else f"{self._optional} items"
            report.lose(None, f"{plural} could be left without an answer; now each can be kept for the professional")
        if numbered := sum(bool(node.item.prefix) for node in self._known.values()):
            report.lose(None, f"the numbers before items ({numbered}) are not kept; questions are counted anew")
        for node in self._waiting:
            self._say(node)
        self._lose_titles()
        return {
            "format": "1",
            "id": made_id((form.url or "").removeprefix(n.OURS) if _is_ours(form) else _name(form), "form", ()),
            "version": _version(form, report),
            "title": form.title or form.name or "A questionnaire",
            "language": _language(form, report),
            **({"intro": form.description} if (form.description or "").strip() else {}),
            "questions": [_tidy(question) for question in self.questions],
            "guidance": [_tidy(line) for line in self.guidance] or [_BRING],
            "dispositions": [_NEXT_STEP],
            "referral": {"says": self.referral},
        }


def _is_ours(form: Form) -> bool:
    return (form.url or "").startswith(n.OURS)


def _name(form: Form) -> str:
    return form.id or form.name or form.title or ""


def _version(form: Form, report: Report) -> str:
    from re import fullmatch

    if form.version and fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,31}", form.version):
        return form.version
    report.lose(None, f"the form has no version that can be kept; it is {_VERSION} now")
    return _VERSION


def _language(form: Form, report: Report) -> str:
    from re import fullmatch

    if form.language and fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", form.language):
        return form.language
    report.lose(None, f"the form does not say its language; `{_LANGUAGE}` is taken")
    return _LANGUAGE


_ORDER = (
    *("id", "section", "topic", "type", "ask", "help", "why", "options"),
    *("unsure", "decline", "min", "max", "unit", "when", "says"),
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


def _clean(value: Any) -> Any:
    """Every text without characters that a rule file may not hold."""
    if isinstance(value, str):
        return visible(value.strip())
    if isinstance(value, dict):
        return type(value)({key: _clean(inner) for key, inner in value.items()})
    return [_clean(inner) for inner in value] if isinstance(value, list) else value
