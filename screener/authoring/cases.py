"""Worked cases: answers, and what must and must not come out of them, with the reasons."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from screener.engine.answers import as_plain, typed
from screener.engine.assess import Summary, assess, shown
from screener.ground.problems import Problem, ProblemsFound, did_you_mean
from screener.ground.shapes import BeforeValidator, Field, Shape, Text, WithJsonSchema, unfit
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader.shape import Sound, checked
from screener.rulefile.model import RuleFile, Switch
from screener.rulefile.spellings import Format, Id
from screener.rulefile.yamltext import Plain, YamlText, read

_RAW_SCHEMA = {"anyOf": [{"type": ["string", "boolean", "number"]}, {"type": "array", "items": {"type": "string"}}]}


def _raw(value: object) -> object:
    if isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        return value
    raise unfit("answer")


Raw = Annotated[Any, BeforeValidator(_raw), WithJsonSchema(_RAW_SCHEMA)]


class Expected(Shape):
    """What a case must bring: `says` for certain, `possible` as possibly applying, `not` in no way.

    With `nothing_else` it brings what is named and no more: no other line; no question but those that the case answers,
    without those that are `not_asked`; and where none is named, the least urgent next step and the last referral.
    """

    disposition: Id | None = None
    says: tuple[Id, ...] = ()
    possible: tuple[Id, ...] = ()
    silent: tuple[Id, ...] = Field(default=(), alias="not")
    because: dict[Id, dict[Id, Raw]] = Field(default_factory=dict)
    asked: tuple[Id, ...] = ()
    not_asked: tuple[Id, ...] = ()
    referral: Id | None = None
    nothing_else: Switch = False


class Case(Shape):
    """One worked example; its answers are laid over those of `base`."""

    id: Id
    about: Text | None = None
    answers: dict[Id, Raw] = Field(default_factory=dict)
    expect: Expected


class CasesFile(Shape):
    """All worked cases of a rule file."""

    format: Format
    base: dict[Id, Raw] = Field(default_factory=dict)
    cases: tuple[Case, ...] = Field(min_length=1)


class WorkedCase(NamedTuple):
    """A case with its answers typed."""

    case: Case
    answers: Mapping[str, Answer]


def read_cases(text: str, rules: RuleFile, file: str = "") -> tuple[tuple[WorkedCase, ...], YamlText]:
    """The cases of this text, and the text for placing what fails. Raises ProblemsFound."""
    source = read(text, file)
    problems: list[Problem] = []
    if not isinstance(source.plain, dict):
        raise ProblemsFound([source.problem("wrong-type", "a cases file begins with `format: 1`, then `cases:`", ())])
    found = checked(CasesFile, source.plain, source, problems)
    if found is None or problems:
        raise ProblemsFound(problems)
    problems += _twice(found, source)
    base = typed(found.model.base, ("base",), rules, source, problems)
    worked = []
    for case in found.model.cases:
        own = typed(case.answers, ("cases", case.id, "answers"), rules, source, problems)
        problems += _unknown(case, rules, source)
        worked.append(WorkedCase(case, {**base, **own}))
    if problems:
        raise ProblemsFound(problems)
    return tuple(worked), source


def _twice(found: Sound[CasesFile], source: YamlText) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, case in zip(found.kept["cases"], found.model.cases, strict=True):
        if case.id in seen:
            problem = source.problem("duplicate-id", f"the id `{case.id}` stands twice", ("cases", place, "id"))
            yield source.twice(problem, ("cases", seen[case.id], "id"))
        seen.setdefault(case.id, place)


def _unknown(case: Case, rules: RuleFile, source: YamlText) -> Iterator[Problem]:
    guidance = {line.id for line in rules.guidance}
    expect, route = case.expect, ("cases", case.id, "expect")
    named = {"says": expect.says, "possible": expect.possible, "not": expect.silent, "because": tuple(expect.because)}
    for key, ids in named.items():
        for id in ids:
            if id not in guidance:
                message = f"case `{case.id}`: there is no guidance `{id}`"
                yield source.problem("unknown-guidance", message, (*route, key), did_you_mean(id, guidance))
    if expect.disposition is not None and expect.disposition not in rules.urgency:
        message = f"case `{case.id}`: there is no disposition `{expect.disposition}`"
        help = did_you_mean(expect.disposition, rules.urgency)
        yield source.problem("unknown-disposition", message, (*route, "disposition"), help)
    yield from _unknown_referral(case, rules, source)
    for id in (*expect.asked, *expect.not_asked):
        if id not in rules.by_question:
            message = f"case `{case.id}`: there is no question `{id}`"
            yield source.problem("unknown-question", message, route, did_you_mean(id, rules.by_question))


def _unknown_referral(case: Case, rules: RuleFile, source: YamlText) -> Iterator[Problem]:
    wanted, known = case.expect.referral, [one.id for one in rules.referrals]
    if wanted is not None and wanted not in known:
        message, route = f"case `{case.id}`: there is no referral `{wanted}`", ("cases", case.id, "expect", "referral")
        yield source.problem("unknown-referral", message, route, did_you_mean(wanted, known))


def run(rules: RuleFile, worked: WorkedCase) -> list[str]:
    """What came out otherwise than expected, one plain sentence each; nothing when the case holds."""
    summary, expect = assess(rules, worked.answers), worked.case.expect
    failures = list(_wrong_findings(summary, worked.case))
    if expect.disposition is not None and summary.disposition.id != expect.disposition:
        failures.append(f"the disposition is `{summary.disposition.id}`, not `{expect.disposition}`")
    if expect.referral is not None and summary.referral.id != expect.referral:
        failures.append(f"the referral is `{summary.referral.id}`, not `{expect.referral}`")
    failures += _wrong_reasons(summary, worked.case)
    asked = set(shown(rules, worked.answers))
    failures += [f"`{id}` is not asked" for id in expect.asked if id not in asked]
    failures += [f"`{id}` is asked" for id in expect.not_asked if id in asked]
    if expect.nothing_else:
        failures += _something_else(rules, summary, worked)
    if summary.open:
        failures.append(f"these questions have no answer: {', '.join(summary.open)}")
    return failures


def _something_else(rules: RuleFile, summary: Summary, worked: WorkedCase) -> Iterator[str]:
    """What comes beside all that is named: a line, a question, a next step or a referral."""
    expect = worked.case.expect
    named = {*expect.says, *expect.possible, *expect.silent, *expect.because}
    lines = (finding.guidance.id for finding in summary.findings)
    yield from (f"`{id}` comes, and the case expects nothing else" for id in lines if id not in named)
    if expect.disposition is None and summary.disposition != rules.dispositions[0]:
        yield f"the disposition is `{summary.disposition.id}`, and the case names none"
    if expect.referral is None and summary.referral != rules.referral:
        yield f"the referral is `{summary.referral.id}`, and the case names none"
    asked = shown(rules, worked.answers)
    answered = {*worked.answers, *expect.not_asked}
    if not summary.open:  # until those have an answer, some are only perhaps asked
        yield from (f"`{id}` is asked, and the case does not answer it" for id in asked if id not in answered)
    elsewhere = {*asked, *expect.asked, *expect.not_asked}
    yield from (f"`{id}` is answered, and not asked" for id in worked.answers if id not in elsewhere)


def _wrong_findings(summary: Summary, case: Case) -> Iterator[str]:
    certainty = {finding.guidance.id: finding.certainty for finding in summary.findings}
    for wanted, ids in (("certain", case.expect.says), ("possible", case.expect.possible)):
        for id in ids:
            if certainty.get(id) != wanted:
                yield f"`{id}` does not come as {wanted}" + (f" but as {certainty[id]}" if id in certainty else "")
    yield from (f"`{id}` comes and must not" for id in case.expect.silent if id in certainty)


def _wrong_reasons(summary: Summary, case: Case) -> Iterator[str]:
    found = {
        finding.guidance.id: {reason.question: as_plain(reason.answer) for reason in finding.because}
        for finding in summary.findings
    }
    for id, wanted in case.expect.because.items():
        if id not in found:
            yield f"`{id}` does not come, so it has no reasons"
        elif _comparable(found[id]) != _comparable(wanted):
            yield f"`{id}` comes because of {_shown(found[id])}, not because of {_shown(wanted)}"


def _comparable(reasons: Mapping[str, Plain]) -> dict[str, tuple[str, ...]]:
    return {id: tuple(sorted(value if isinstance(value, list) else [str(value)])) for id, value in reasons.items()}


def _shown(reasons: Mapping[str, Plain]) -> str:
    shown = (f"{id}: {', '.join(v) if isinstance(v, list) else v}" for id, v in reasons.items())
    return "{" + "; ".join(shown) + "}"
