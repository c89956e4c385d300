"""A rule file with other ids: what has a new one gets it wherever it is named."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

from screener.authoring.diff.changes import Kind
from screener.ground.shapes import Shape, changed
from screener.rulefile.conditions.atoms import AllOf, AnyOf, NoneOf
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not
from screener.rulefile.library import Sources, Statement
from screener.rulefile.model import Answers, Disposition, Guidance, Question, Referral, RuleFile
from screener.rulefile.promises import Invariant, Promise, Risk
from screener.rulefile.repeats import filled, repeats

Named = Question | Guidance | Disposition | Referral | Invariant | Statement
AnyNamed = TypeVar("AnyNamed", bound=Named)
AnyShape = TypeVar("AnyShape", bound=Shape)
Spoken = TypeVar("Spoken", Question, Guidance, Disposition, Referral)


class Renames(NamedTuple):
    """Old id → new id, for each kind of thing; those of options under the new id of their question."""

    ids: Mapping[Kind, dict[str, str]]
    options: dict[str, dict[str, str]]

    @property
    def found(self) -> bool:
        """Whether anything has a new id."""
        return any(self.ids.values()) or bool(self.options)

    def of(self, kind: Kind, *ids: str) -> tuple[str, ...]:
        """The new ids of these things."""
        return tuple(self.ids[kind].get(id, id) for id in ids)

    def one(self, kind: Kind, id: str | None) -> str | None:
        """The new id of something, if there is something."""
        return None if id is None else self.ids[kind].get(id, id)


def as_before(answers: Answers, renames: Renames) -> Answers:
    """Answers to the new ids as answers to the old ones."""
    questions = {new: old for old, new in renames.ids["question"].items()}
    found = dict(answers)
    for id in renames.options.keys() & found.keys():
        options = {new: old for old, new in renames.options[id].items()}
        answer = found[id]
        if isinstance(answer, tuple):
            found[id] = tuple(options.get(option, option) for option in answer)
        elif isinstance(answer, str):
            found[id] = options.get(answer, answer)
    return {questions.get(id, id): answer for id, answer in found.items()}


def condition(when: Condition, renames: Renames) -> Condition:
    """The same condition of the same questions and options."""
    if isinstance(when, Not):
        return Not(condition(when.part, renames))
    if isinstance(when, All | AnyPart):
        return type(when)(tuple(condition(part, renames) for part in when.parts))
    if not isinstance(when, Atom):
        raise TypeError(when)
    (question,) = renames.of("question", when.question)
    options = renames.options.get(question, {})
    if isinstance(when, AnyOf | AllOf | NoneOf):
        return replace(when, question=question, options=frozenset(options.get(one, one) for one in when.options))
    return replace(when, question=question)


def logic(thing: AnyShape, renames: Renames) -> AnyShape:
    """Anything with a condition or with sources, these with the new ids; its own id stays."""
    values: dict[str, Any] = {}
    if when := getattr(thing, "when", None):
        values["when"] = condition(when, renames)
    if sources := getattr(thing, "sources", ()):
        values["sources"] = renames.of("statement", *sources)
    return changed(thing, **values) if values else thing


def line(one: Guidance, renames: Renames) -> Guidance:
    """A line with the new ids of what it names, other lines apart."""
    return changed(logic(one, renames), disposition=renames.one("disposition", one.disposition))


def invariant(one: Invariant, renames: Renames) -> Invariant:
    """A promise with the new ids of what it names."""
    risks = tuple(_risk(risk, renames) for risk in one.never_less_urgent)
    return changed(logic(one, renames), then=one.then and _promise(one.then, renames), never_less_urgent=risks)


def _risk(risk: Risk, renames: Renames) -> Risk:
    (question,) = renames.of("question", risk.question)
    options = renames.options.get(question, {})
    return changed(risk, question=question, order=risk.order and tuple(options.get(id, id) for id in risk.order))


def _promise(then: Promise, renames: Renames) -> Promise:
    return changed(
        then,
        disposition=renames.one("disposition", then.disposition),
        disposition_at_least=renames.one("disposition", then.disposition_at_least),
        disposition_at_most=renames.one("disposition", then.disposition_at_most),
        guidance=renames.of("guidance", *then.guidance),
        no_guidance=renames.of("guidance", *then.no_guidance),
        asked=renames.of("question", *then.asked),
        not_asked=renames.of("question", *then.not_asked),
        answers=then.answers and condition(then.answers, renames),
        referral=renames.one("referral", then.referral),
    )


def statement(one: Statement, renames: Renames) -> Statement:
    """A statement with the new ids of its documents, and of the statements that balance it."""
    return changed(
        one,
        document=renames.one("document", one.document),
        documents=renames.of("document", *one.documents),
        balance=renames.of("statement", *one.balance),
    )


def moved(rules: RuleFile, renames: Renames) -> RuleFile:
    """The whole file with the new ids."""
    if not renames.found:
        return rules
    values: dict[str, Any] = {name: getattr(rules, name) for name in RuleFile.model_fields}
    values |= {
        "conditions": {name: condition(when, renames) for name, when in rules.conditions.items()},
        "questions": [_said(_question(one, renames), renames) for one in rules.questions],
        "guidance": [_said(_line(one, renames), renames) for one in rules.guidance],
        "dispositions": [_step(one, renames) for one in rules.dispositions],
        "referrals": [_said(_with_id("referral", logic(one, renames), renames), renames) for one in rules.referrals],
        "invariants": [_with_id("invariant", invariant(one, renames), renames) for one in rules.invariants],
    }
    library = rules.library and _library(rules.library, renames)
    counted_back = frozenset(renames.of("question", *rules.counted_back))
    context: dict[str, Any] = {"library": library, "sha256": rules.sha256, "today": rules.today}
    context |= {"counted_back": counted_back, "repeats": rules.repeats_answers}
    return RuleFile.model_validate(values, context=context)


def _step(one: Disposition, renames: Renames) -> Disposition:
    return _said(_with_id("disposition", logic(one, renames), renames), renames)


def _said(one: Spoken, renames: Renames) -> Spoken:
    """With the new ids of the questions whose answers its texts repeat."""
    texts = {key: filled(getattr(one, key), partial(_answer, renames)) for key in repeats(one)}
    return changed(one, **texts) if texts else one


def _answer(renames: Renames, id: str) -> str:
    return f"{{answer: {renames.ids['question'].get(id, id)}}}"


def _with_id(kind: Kind, thing: AnyNamed, renames: Renames) -> AnyNamed:
    id = thing.id
    return changed(thing, id=renames.ids[kind][id]) if id in renames.ids[kind] else thing


def _question(one: Question, renames: Renames) -> Question:
    found = _with_id("question", logic(one, renames), renames)
    ids = renames.options.get(found.id)
    return found if ids is None else changed(found, options={ids.get(id, id): o for id, o in one.options.items()})


def _line(one: Guidance, renames: Renames) -> Guidance:
    found = _with_id("guidance", line(one, renames), renames)
    return changed(found, excludes=renames.of("guidance", *one.excludes)) if one.excludes else found


def _library(library: Sources, renames: Renames) -> Sources:
    return Sources(
        format=library.format,
        documents={renames.ids["document"].get(id, id): one for id, one in library.documents.items()},
        statements=tuple(_with_id("statement", statement(one, renames), renames) for one in library.statements),
    )
