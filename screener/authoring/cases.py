"""Worked cases: answers, and what must and must not come out of them, with the reasons."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from screener.engine.answers import as_plain, is_fixed_day, typed
from screener.engine.assess import Finding, Summary, assess, shown
from screener.ground.problems import Problem, ProblemsFound, did_you_mean
from screener.ground.shapes import BeforeValidator, Field, Shape, Text, WithJsonSchema, unfit
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader.shape import Sound, checked
from screener.rulefile.model import RuleFile, Switch
from screener.rulefile.spellings import Format, Id
from screener.rulefile.yamltext import Plain, Route, YamlText, read

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
    problems += _fixed_days(found.model, rules, source)
    if problems:
        raise ProblemsFound(problems)
    return tuple(worked), source


def _fixed_days(cases: CasesFile, rules: RuleFile, source: YamlText) -> Iterator[Problem]:
    """Dates of which other things follow as time goes, so that a case that holds today would fail one day."""
    given = [(("base",), cases.base), *((("cases", one.id, "answers"), one.answers) for one in cases.cases)]
    for route, answers in given:
        for id in rules.counted_back & answers.keys():
            if is_fixed_day(answers[id]):
                message = f"the answer to `{id}` is a fixed day, and what follows from it changes as time goes"
                help = "count it from the interview, such as `3 months ago`"
                yield source.problem("wrong-answer", message, (*route, id), help)


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
    for key, ids in (("asked", expect.asked), ("not_asked", expect.not_asked)):
        for index, id in enumerate(ids):
            if id not in rules.by_question:
                message = f"case `{case.id}`: there is no question `{id}`"
                help = did_you_mean(id, rules.by_question)
                yield source.problem("unknown-question", message, (*route, key, index), help)


def _unknown_referral(case: Case, rules: RuleFile, source: YamlText) -> Iterator[Problem]:
    wanted, known = case.expect.referral, [one.id for one in rules.referrals]
    if wanted is not None and wanted not in known:
        message, route = f"case `{case.id}`: there is no referral `{wanted}`", ("cases", case.id, "expect", "referral")
        yield source.problem("unknown-referral", message, route, did_you_mean(wanted, known))


class Failure(NamedTuple):
    """What came out otherwise than a case expects: one plain sentence, and where in the case the expectation stands.

    `behind` are the lines of the rule file that it comes from, each with what it does.
    """

    said: str
    at: Route
    behind: tuple[tuple[Route, str], ...] = ()


#: So many lines are named behind a failure; with more, a reader would lose the thread.
_MOST_BEHIND = 5


def run(rules: RuleFile, worked: WorkedCase) -> list[str]:
    """What came out otherwise than expected, one plain sentence each; nothing when the case holds."""
    return [failure.said for failure in failures(rules, worked)]


def failures(rules: RuleFile, worked: WorkedCase) -> list[Failure]:
    """What came out otherwise than expected, with the places; nothing when the case holds."""
    summary, expect = assess(rules, worked.answers), worked.case.expect
    found = list(_wrong_findings(rules, summary, worked.case))
    if expect.disposition is not None and summary.disposition.id != expect.disposition:
        said = f"the disposition is `{summary.disposition.id}`, not `{expect.disposition}`"
        found.append(Failure(said, ("disposition",), _calling(summary)))
    if expect.referral is not None and summary.referral.id != expect.referral:
        said = f"the referral is `{summary.referral.id}`, not `{expect.referral}`"
        found.append(Failure(said, ("referral",), _referring(rules, summary)))
    found += _wrong_reasons(rules, summary, worked.case)
    asked = set(shown(rules, worked.answers))
    for key, ids in (("asked", expect.asked), ("not_asked", expect.not_asked)):
        wrong = [(index, id) for index, id in enumerate(ids) if (id in asked) != (key == "asked")]
        said = "is asked" if key == "not_asked" else "is not asked"
        found += [Failure(f"`{id}` {said}", (key, index), _asking(rules, id)) for index, id in wrong]
    if expect.nothing_else:
        found += _something_else(rules, summary, worked)
    if summary.open:
        found.append(Failure(f"these questions have no answer: {', '.join(summary.open)}", ()))
    return found


def as_problem(failure: Failure, case: Case, source: YamlText) -> Problem:
    """A failure at the expectation that it breaks."""
    route = ("cases", case.id, "expect", *failure.at) if failure.at else ("cases", case.id, "answers")
    return source.problem("case-failed", f"case `{case.id}`: {failure.said}", route, case.about or "")


def explained(problem: Problem, failure: Failure, rules: YamlText) -> Problem:
    """The problem of a failure with the lines of the rule file that are behind it."""
    lines = (rules.problem("case-failed", words, route) for route, words in failure.behind)
    return problem._replace(related=tuple(lines))


def _something_else(rules: RuleFile, summary: Summary, worked: WorkedCase) -> Iterator[Failure]:
    """What comes beside all that is named: a line, a question, a next step or a referral."""
    expect, at = worked.case.expect, ("nothing_else",)
    named = {*expect.says, *expect.possible, *expect.silent, *expect.because}
    for finding in summary.findings:
        if (id := finding.guidance.id) not in named:
            yield Failure(f"`{id}` comes, and the case expects nothing else", at, _line(rules, summary, id))
    if expect.disposition is None and summary.disposition.id != rules.dispositions[0].id:
        said = f"the disposition is `{summary.disposition.id}`, and the case names none"
        yield Failure(said, at, _calling(summary))
    if expect.referral is None and summary.referral.id != rules.referral.id:
        said = f"the referral is `{summary.referral.id}`, and the case names none"
        yield Failure(said, at, _referring(rules, summary))
    asked = shown(rules, worked.answers)
    answered = {*worked.answers, *expect.not_asked}
    for id in asked if not summary.open else ():  # until those have an answer, some are only perhaps asked
        if id not in answered:
            yield Failure(f"`{id}` is asked, and the case does not answer it", at, _asking(rules, id))
    elsewhere = {*asked, *expect.asked, *expect.not_asked}
    for id in worked.answers:
        if id not in elsewhere:
            yield Failure(f"`{id}` is answered, and not asked", at, _asking(rules, id))


def _wrong_findings(rules: RuleFile, summary: Summary, case: Case) -> Iterator[Failure]:
    certainty = {finding.guidance.id: finding.certainty for finding in summary.findings}
    expected = (("says", "certain", case.expect.says), ("possible", "possible", case.expect.possible))
    for key, wanted, ids in expected:
        for index, id in enumerate(ids):
            if certainty.get(id) != wanted:
                said = f"`{id}` does not come as {wanted}" + (f" but as {certainty[id]}" if id in certainty else "")
                yield Failure(said, (key, index), _line(rules, summary, id))
    for index, id in enumerate(case.expect.silent):
        if id in certainty:
            yield Failure(f"`{id}` comes and must not", ("not", index), _line(rules, summary, id))


def _wrong_reasons(rules: RuleFile, summary: Summary, case: Case) -> Iterator[Failure]:
    found = {finding.guidance.id: _reasons(finding) for finding in summary.findings}
    for id, wanted in case.expect.because.items():
        at: Route = ("because", f"key:{id}")
        if id not in found:
            yield Failure(f"`{id}` does not come, so it has no reasons", at, _line(rules, summary, id))
        elif _comparable(found[id]) != _comparable(wanted):
            said = f"`{id}` comes because of {_shown(found[id])}, not because of {_shown(wanted)}"
            yield Failure(said, at, _line(rules, summary, id))


def _line(rules: RuleFile, summary: Summary, id: str) -> tuple[tuple[Route, str], ...]:
    """A line of guidance, and why it comes or does not."""
    finding = next((one for one in summary.findings if one.guidance.id == id), None)
    line = next(line for line in rules.guidance if line.id == id)
    if line.when is None:
        return ((("guidance", id), f"`{id}` is said to everyone"),)
    said = f"is said{_because(finding)}" if finding else "is said only when this holds"
    return ((("guidance", id, "when"), f"`{id}` {said}"),)


def _calling(summary: Summary) -> tuple[tuple[Route, str], ...]:
    """The lines that call for the next step, or that step itself where none does."""
    step = summary.disposition.id
    lines = [one for one in summary.findings if one.guidance.id in summary.because][:_MOST_BEHIND]
    if not lines:
        return ((("dispositions", step), f"`{step}` comes where no line calls for another"),)
    calls = ((one.guidance.id, f"calls for `{step}`{_because(one)}") for one in lines)
    return tuple((("guidance", id, "disposition"), f"`{id}` {said}") for id, said in calls)


def _referring(rules: RuleFile, summary: Summary) -> tuple[tuple[Route, str], ...]:
    place = [one.id for one in rules.referrals].index(summary.referral.id)
    said = "is for everyone else" if summary.referral.when is None else "is the first that holds"
    return ((("referral", place), f"`{summary.referral.id}` {said}"),)


def _asking(rules: RuleFile, id: str) -> tuple[tuple[Route, str], ...]:
    if rules.by_question[id].when is None:
        return ((("questions", id), f"`{id}` is asked of everyone"),)
    return ((("questions", id, "when"), f"`{id}` is asked when this holds, or may hold"),)


def _because(finding: Finding) -> str:
    return f" because of {_shown(_reasons(finding))}" if finding.because else ""


def _reasons(finding: Finding) -> dict[str, Plain]:
    return {reason.question: as_plain(reason.answer) for reason in finding.because}


def _comparable(reasons: Mapping[str, Plain]) -> dict[str, tuple[str, ...]]:
    return {id: tuple(sorted(value if isinstance(value, list) else [str(value)])) for id, value in reasons.items()}


def _shown(reasons: Mapping[str, Plain]) -> str:
    shown = (f"{id}: {', '.join(v) if isinstance(v, list) else v}" for id, v in reasons.items())
    return "{" + "; ".join(shown) + "}"
