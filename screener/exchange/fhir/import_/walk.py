"""Item by item through a form: what is asked, what is said, and under which conditions."""

from itertools import count
from typing import Any

from screener.exchange.fhir import names as n
from screener.exchange.fhir.import_.conditions import Counterpart, Written, besides, joined, level_when
from screener.exchange.fhir.import_.form import Form
from screener.exchange.fhir.import_.options import OTHER, choices
from screener.exchange.fhir.import_.outline import DISPLAY, GROUP, Level, Node
from screener.exchange.fhir.import_.questions import (
    Made,
    asks_for_other,
    cannot_be_asked,
    is_choice,
    lose_rest,
    made,
)
from screener.exchange.fhir.import_.report import Report
from screener.exchange.ids import FOR_QUESTIONS, Ids

#: Under which topic what has no section is said.
YOUR_VISIT = "Your visit"
#: More conditions of groups than these are not written out for each item under them.
_MOST_WRITTEN_OUT = 3
_HELP_CONTROLS = ("help", "prompt", "flyover", "lower", "upper", "unit")


class Walk:
    """Goes through the items in order, so that a condition can only speak of what was asked before."""

    def __init__(self, form: Form, nodes: list[Node], report: Report) -> None:
        self._form, self._report = form, report
        self._known = {node.id: node for node in nodes}
        self._targets: dict[str, Counterpart] = {}
        self._ids, self._lines, self._names = Ids(FOR_QUESTIONS), Ids(), Ids()
        #: The condition of each level, made when something first stands under it.
        self._whens: dict[str, Written | None] = {}
        #: The conditions of each group with those around it, as they are written for what stands in it.
        self._arounds: dict[str, tuple[Written, ...]] = {}
        #: Items whose condition could not be kept as a whole.
        self._broken: set[str] = set()
        self._waiting: list[Node] = []
        self._said: list[Node] = []
        self._with_questions: set[str] = set()
        self._optional = 0
        self.conditions: dict[str, Written] = {}
        self.questions: list[dict[str, Any]] = []
        #: Texts beside the questions, by question and key, joined in the end: there may be thousands of them.
        self._beside: dict[tuple[str, str], list[str]] = {}
        self.guidance: list[dict[str, Any]] = []
        self.referral = ""

    def take(self, node: Node) -> None:
        """One item: a question, a text, or a group that only gives its items a section and a condition."""
        item = node.item
        if item.type == DISPLAY:
            self._display(node)
        elif item.type == GROUP:
            lose_rest(node, GROUP, self._report)
            if item.repeats:
                self._report.lose(node.id, "it can be filled in several times; its questions are asked once")
        elif item.is_for(n.INSTEAD):
            self._instead(node)
        elif reason := cannot_be_asked(node):
            self._report.lose(node.id, reason)
        else:
            self._ask(node)

    def _ask(self, node: Node) -> None:
        item = node.item
        id = self._ids.made(node.id, f"q{len(self.questions) + 1}")
        found = choices(self._form, item, node.id, self._report) if is_choice(item) else None
        if found is not None and not found.options and not found.yes_no:
            found = None
        apart = () if found else self._reserved_apart(node)
        question = made(node, id, found, apart, self._report)
        self._optional += question.optional
        if condition := self._condition(node):
            question.question["when"] = condition
        self._place_texts(node, question.question)
        kind, unit = question.question["type"], question.question.get("unit", "")
        own = found.reserved if found else ()
        words = found.meanings.word if found else None
        self._targets[node.id] = Counterpart(id, kind, question.reserved, own, words, unit)
        self.questions.append(question.question)
        self._mark(node)
        if asks_for_other(item, found):
            self._ask_for_other(question)

    def _mark(self, node: Node) -> None:
        """Note that a question stands under all the groups around this item."""
        above = node.parent
        while above is not None and above.id not in self._with_questions:
            self._with_questions.add(above.id)
            above = above.parent

    def _ask_for_other(self, asked: Made) -> None:
        """A question for an answer of one's own, after one that lists answers."""
        id, options = asked.question["id"], asked.question["options"]
        other = next(
            name for number in count(1) if (name := f"other-{number}" if number > 1 else "other") not in options
        )
        options[other] = OTHER
        section = {"section": asked.question["section"]} if "section" in asked.question else {}
        question = {"type": "text", "ask": f"{asked.question['ask']} – {OTHER}, namely:", "optional": "yes"}
        when = besides(id, other, asked.reserved)
        self.questions.append({"id": self._ids.made(f"{id}-other", "other"), **section, **question, "when": when})

    def _reserved_apart(self, node: Node) -> tuple[str, ...]:
        """The reserved answers to a question that we exported with an item of their own."""
        beside = self._known.get(n.part(node.id, n.INSTEAD))
        if beside is None or not beside.item.is_for(n.INSTEAD):
            return ()
        found = choices(self._form, beside.item, beside.id, self._report)
        return () if found.options or found.yes_no else found.reserved

    def _instead(self, node: Node) -> None:
        asked = self._targets.get(node.id.removesuffix(f".{n.INSTEAD}"))
        reserved = self._reserved_apart(self._known[node.id.removesuffix(f".{n.INSTEAD}")]) if asked else ()
        if asked is None or asked.words is not None or not reserved:
            self._report.lose(node.id, "there is no question in whose place it could be answered, and it is left out")
        else:
            words = choices(self._form, node.item, node.id, self._report).meanings.word
            self._targets[node.id] = asked._replace(counted=reserved, words=words, apart=True)

    def _condition(self, node: Node) -> Written | None:
        """What must hold for an item to be shown: its own condition, and those of the groups around it."""
        own = [self._level(node.levels[-1], shared=False)] if node.item.enable_when else []
        return joined(part for part in (*self._around(node.parent), *own) if part is not None)

    def _around(self, group: Node | None) -> tuple[Written, ...]:
        """The conditions of a group and of those around it; of more than a few, a name for all together.

        So a form with thousands of items in nested groups grows with its items, and not with their depth as well.
        """
        if group is None:
            return ()
        if group.id not in self._arounds:
            own = self._level(group.levels[-1], shared=True) if group.item.enable_when else None
            parts = (*self._around(group.parent), *([own] if own is not None else []))
            if len(parts) > _MOST_WRITTEN_OUT and (together := joined(parts)) is not None:
                parts = (self._named(group.id, together),)
            self._arounds[group.id] = parts
        return self._arounds[group.id]

    def _named(self, group: str, condition: Written) -> Written:
        """A condition that items share, by a name under which it is written once."""
        name = self._names.made(group, "group")
        self.conditions[name] = condition
        return {"is": name}

    def _level(self, level: Level, shared: bool) -> Written | None:
        """The condition of one level; one of several tests that a group's items share gets a name."""
        if level.owner not in self._whens:
            condition, dropped = level_when(level, self._targets)
            self._lose_tests(level.owner, dropped)
            if condition is not None and shared and len(level.tests) > 1:
                condition = self._named(level.owner, condition)
            self._whens[level.owner] = condition
        return self._whens[level.owner]

    def _lose_tests(self, owner: str, dropped: list[str]) -> None:
        for link_id in dropped:
            later = link_id not in self._targets
            why = "is asked later, or not at all" if later else "can't have the answer it is compared with"
            self._broken.add(owner)
            about = f"its condition on `{link_id[:60]}` can't be kept, as that item {why}"
            self._report.lose(owner, f"{about}; so what it shows is asked of more people")

    def _display(self, node: Node) -> None:
        """A text: the help of a question, the referral of a form of ours, guidance, or help for what comes next."""
        item = node.item
        asked = self._targets.get(node.parent.id) if node.parent else None
        if item.is_for(n.REFERRAL) and item.text:
            self.referral = item.text
            return
        lose_rest(node, DISPLAY, self._report)
        if not item.text:
            self._report.lose(node.id, "it is a text without words, and is left out")
        elif node.hidden:
            self._report.lose(node.id, "it is a text that is hidden from the person, and is left out")
        elif node.by_rule:
            self._report.lose(node.id, "it is a text that is shown by a rule that can't be kept, and is left out")
        elif asked is not None and (item.is_for(n.WHY) or self._is_help(node)):
            self._add(asked.question, "why" if item.is_for(n.WHY) else "help", item.text)
        else:
            self._waiting.append(node)

    def _place_texts(self, node: Node, question: dict[str, Any]) -> None:
        """Texts that stood before a question help with it, if they are shown just when it is; others are guidance."""
        for one in self._waiting:
            if [level.owner for level in one.levels] == [level.owner for level in node.levels]:
                self._report.lose(one.id, "it is a text between questions, and became the help of the next one")
                self._add(question["id"], "help", str(one.item.text))
            else:
                self._said.append(one)
        self._waiting = []

    def _is_help(self, node: Node) -> bool:
        control = node.item.extended(n.ITEM_CONTROL)
        codes = control.concept.coding if control and control.concept else []
        return not node.item.enable_when and (not codes or any(one.code in _HELP_CONTROLS for one in codes))

    def _add(self, question: str, key: str, text: str) -> None:
        self._beside.setdefault((question, key), []).append(text)

    def _say(self, node: Node) -> None:
        """A text that is only shown for some answers is what a rule file calls guidance.

        It is never said to more people than those whom the form would show it to.
        """
        condition = self._condition(node)
        if any(level.owner in self._broken for level in node.levels):
            self._report.lose(node.id, "it is a text whose condition can't be kept, and is left out")
            return
        shown = "for some answers only" if node.levels else "to everyone"
        self._report.lose(node.id, f"it is a text that is shown {shown}, and became guidance")
        line: dict[str, Any] = {"id": self._lines.made(node.id, "text"), "topic": node.section or YOUR_VISIT}
        self.guidance.append({**line, **({"when": condition} if condition else {}), "says": str(node.item.text)})

    def finish(self) -> None:
        """What is left once every item was met: last texts, and what is told of the form as a whole."""
        for question in self.questions:
            for key in ("help", "why"):
                if texts := self._beside.get((question["id"], key)):
                    question[key] = " ".join(texts)
        for node in (*self._said, *self._waiting):  # said at the end, so they may speak of every question
            self._say(node)
        self._lose_titles()
        if self._optional:
            items = "1 item" if self._optional == 1 else f"{self._optional} items"
            self._report.lose(None, f"{items} may be skipped in the form; here each can be left to tell in person")
        if numbered := sum(bool(node.item.prefix) for node in self._known.values()):
            self._report.lose(None, f"the numbers before items ({numbered}) are not kept; questions are counted anew")

    def _lose_titles(self) -> None:
        """A group without a question of its own leaves no section behind."""
        for node in self._known.values():
            titled = node.item.type == GROUP and node.item.text and not node.item.is_for(n.SHOWN_WHEN)
            if titled and node.id not in self._with_questions:
                self._report.lose(node.id, "no question stands under this title, and it is left out")
