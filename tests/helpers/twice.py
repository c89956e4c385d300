"""The impact of an edit in the plain way: every person assessed in full, once with each file."""

from collections.abc import Callable
from typing import NamedTuple

from screener.authoring.diff.renames import followed
from screener.authoring.diff.steps import Steps
from screener.engine.addressed import addressed
from screener.engine.answers import Refused, read_answer
from screener.engine.assess import Summary, assess, view_of
from screener.ground.marks import Mark
from screener.records.impact.effect import Effect, Visit, Way
from screener.rulefile.conditions.tree import Answer, State
from screener.rulefile.model import Guidance, RuleFile


class Seen(NamedTuple):
    """What one file makes of someone."""

    rules: RuleFile
    answers: dict[str, Answer]
    view: dict[str, State]
    summary: Summary

    def is_open(self, id: str) -> bool:
        return self.view.get(id) is Mark.OPEN and id not in self.answers

    def is_asked(self, id: str) -> bool:
        when = self.rules.by_question[id].when
        return when is None or when.leaning(self.view, True) is True

    def step(self) -> tuple[str, str]:
        spoken = addressed(self.rules, self.summary.answers).dispositions
        return next((one.title, one.says) for one in spoken if one.id == self.summary.disposition.id)


def seen(rules: RuleFile, visit: Visit) -> Seen:
    """What a file makes of someone's answers, as far as it can read them."""
    answers: dict[str, Answer] = {}
    for id, value in visit.answers.items():
        if id in rules.by_question:
            try:
                answers[id] = read_answer(rules.by_question[id], value if isinstance(value, list) else str(value))
            except Refused:
                continue
    return Seen(rules, answers, view_of(rules, answers), assess(rules, answers))


def twice(old: RuleFile, new: RuleFile) -> Callable[[Visit], Effect | None]:
    """What the edit changes for someone, None if nothing."""
    ids = followed(old, new)[1].ids
    lines, steps = ids["guidance"], ids["disposition"]
    order = Steps([steps.get(one.id, one.id) for one in old.dispositions], [one.id for one in new.dispositions])

    def way(before: str, now: str) -> Way:
        if before == now:
            return "same"
        return "more" if order.as_urgent(before, now) else "less" if order.as_calm(before, now) else "other"

    def effect(visit: Visit) -> Effect | None:
        before, now = seen(old, visit), seen(new, visit)
        was = {lines.get(one.guidance.id, one.guidance.id): one for one in before.summary.findings}
        said = {one.guidance.id: one for one in now.summary.findings}
        both = [id for id in said if id in was]
        sure = {id: (was[id].certainty, said[id].certainty) for id in both}
        step, other = before.summary.disposition.id, now.summary.disposition.id
        asked = [id for id in new.by_question if now.is_open(id) and not before.is_open(id)]
        found = Effect(
            before=step,
            now=other,
            way=way(steps.get(step, step), other),
            added=tuple(id for id in said if id not in was),
            taken=tuple(one.guidance.id for id, one in was.items() if id not in said),
            surer=tuple(id for id in both if sure[id] == ("possible", "certain")),
            vaguer=tuple(id for id in both if sure[id] == ("certain", "possible")),
            reworded=tuple(id for id in both if _texts(was[id].guidance) != _texts(said[id].guidance)),
            referral_reworded=before.summary.referral.says != now.summary.referral.says,
            gone=tuple(id for id in before.summary.answers if _is_gone(now, id)),
            asks=tuple(id for id in asked if now.is_asked(id)),
            may_ask=tuple(id for id in asked if not now.is_asked(id)),
        )
        found = found._replace(step_reworded=found.way == "same" and before.step() != now.step())
        return None if found == Effect(step, other, "same") else found

    return effect


def _texts(line: Guidance) -> tuple[str | None, ...]:
    return line.topic, line.title, line.says, line.more, line.ask


def _is_gone(now: Seen, id: str) -> bool:
    return id not in now.answers or now.view[id] is Mark.HIDDEN
