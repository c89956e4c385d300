"""What comes of a matter for one set of answers to its questions, in both files."""

from typing import Literal, NamedTuple

from screener.engine.addressed import addressed
from screener.engine.assess import Summary, assess, view_of
from screener.ground.marks import Mark
from screener.ground.shapes import Shape, changed
from screener.records.impact.matters import TEXTS_OF_LINE, TEXTS_OF_STEP, Matter
from screener.records.impact.questions import Files
from screener.rulefile.conditions.tree import View
from screener.rulefile.model import Answers, Question, RuleFile

#: What can come of a line, of a question, of a next step (`step`: it is reworded) and of the referral.
Comes = Literal["added", "taken", "surer", "vaguer", "reworded", "gone", "asks", "may_ask", "step", "referral"]
#: What comes, and the id of what it comes of.
Came = tuple[Comes, str]


class Partial(NamedTuple):
    """What of an effect comes from one matter, with ids.

    `ranks` are the places of the next steps that it calls for, in the old file and in the new one. It `counts` if
    something comes of it, or may together with what other lines call for.
    """

    ranks: tuple[int, int]
    comes: tuple[Came, ...]
    counts: bool


class _Side(NamedTuple):
    """One of the files, and what comes out of it for some answers."""

    rules: RuleFile
    answers: Answers
    view: View
    summary: Summary

    def place(self) -> int:
        """How urgent the next step is."""
        return self.rules.urgency[self.summary.disposition.id]

    def words(self, step: str | None) -> tuple[str | None, ...]:
        """The texts of a next step, as they are said to someone with these answers."""
        spoken = addressed(self.rules, self.summary.answers).dispositions
        return next(_texts(one, TEXTS_OF_STEP) for one in spoken if one.id == step)


def narrowed(files: Files, matter: Matter) -> Files:
    """The files with no other lines and referrals than those that a matter is about."""
    sides = ((files.old, matter.old), (files.new, matter.new))
    return Files(*(_narrowed(rules, matter.kind, id) for rules, id in sides))


def _narrowed(rules: RuleFile, kind: str, id: str | None) -> RuleFile:
    lines = tuple(line for line in rules.guidance if kind == "line" and line.id == id)
    return changed(rules, guidance=lines, referrals=rules.referrals if kind == "referral" else (rules.referral,))


def decide(matter: Matter, files: Files, answers: tuple[Answers, Answers]) -> Partial:
    """What comes of a matter for these answers, as each of the files reads them; the files are narrowed to it."""
    old, new = (_Side(rules, *_seen(rules, given)) for rules, given in zip(files, answers, strict=True))
    comes = tuple(_OF[matter.kind](matter, old, new))
    ranks = old.place(), new.place()
    return Partial(ranks, comes, bool(comes) or ranks[0] != ranks[1])


def _seen(rules: RuleFile, answers: Answers) -> tuple[Answers, View, Summary]:
    return answers, view_of(rules, answers), assess(rules, answers)


def _texts(one: Shape, keys: tuple[str, ...]) -> tuple[str | None, ...]:
    return tuple(getattr(one, key) for key in keys)


def _of_line(_: Matter, old: _Side, new: _Side) -> list[Came]:
    """How a line is said otherwise."""
    before, now = (next(iter(side.summary.findings), None) for side in (old, new))
    if before is None:
        return [] if now is None else [("added", now.guidance.id)]
    if now is None:
        return [("taken", before.guidance.id)]
    came: list[Came] = []
    if before.certainty != now.certainty:
        came.append(("surer" if now.certainty == "certain" else "vaguer", now.guidance.id))
    if _texts(before.guidance, TEXTS_OF_LINE) != _texts(now.guidance, TEXTS_OF_LINE):
        came.append(("reworded", now.guidance.id))
    return came


def _of_question(matter: Matter, old: _Side, new: _Side) -> list[Came]:
    """Whether a question is open that was not, and whether the answer to it counts no longer."""
    came: list[Came] = []
    id = str(matter.new or matter.old)
    if id in old.summary.answers and (id not in new.answers or new.view[id] is Mark.HIDDEN):
        came.append(("gone", id))
    if _is_open(new, id) and not _is_open(old, id):
        came.append(("asks" if _is_sure(new.rules.by_question[id], new.view) else "may_ask", id))
    return came


def _is_open(side: _Side, id: str) -> bool:
    """Whether a question is or may still be asked, and has no answer that can be read."""
    return side.view.get(id) is Mark.OPEN and id not in side.answers


def _is_sure(question: Question, view: View) -> bool:
    """Whether a question is asked whatever is answered to those that are open."""
    return question.when is None or question.when.leaning(view, True) is True


def _of_step(matter: Matter, old: _Side, new: _Side) -> list[Came]:
    """Whether a next step has other words."""
    return [("step", str(matter.new))] if old.words(matter.old) != new.words(matter.new) else []


def _of_referral(_: Matter, old: _Side, new: _Side) -> list[Came]:
    """Whether another referral is said, or the same in other words."""
    before, now = old.summary.referral, new.summary.referral
    return [("referral", now.id)] if before.says != now.says else []


_OF = {"line": _of_line, "question": _of_question, "step": _of_step, "referral": _of_referral}
