"""Limits of dates: days that are counted back from the interview, and fixed ones, must keep their order."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from screener.ground.problems import Problem
from screener.rulefile.conditions.atoms import Compare, Within
from screener.rulefile.days import TODAY, Span, may_change_places
from screener.rulefile.loader.conditions import questions_of
from screener.rulefile.loader.shape import Parsed, Sound
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.yamltext import Route, YamlText


def counted_back(parsed: Parsed) -> frozenset[str]:
    """The ids of questions with a limit that is counted back from the interview."""
    limited = {str(one.get("id")) for one in questions_of(parsed.plain) if TODAY in (one.get("min"), one.get("max"))}
    return frozenset(limited | {atom.question for atom, _ in parsed.reader.atoms if isinstance(atom, Within)})


def crossing_limits(sound: Sound[RuleFile], parsed: Parsed, source: YamlText, today: date) -> Iterator[Problem]:
    """Limits of one question that change places one day; what is proved with one order would not hold with another."""
    if not counted_back(parsed):
        return
    atoms = sorted(parsed.reader.atoms, key=lambda one: one[0].question)
    about = {id: list(found) for id, found in groupby(atoms, key=lambda one: one[0].question)}
    for place, question in zip(sound.kept["questions"], sound.model.questions, strict=True):
        if question.type == "date" and not _misread(question):
            spans = [(atom.span, route) for atom, route in about.get(question.id, ()) if isinstance(atom, Within)]
            days = [(atom.limit, route) for atom, route in about.get(question.id, ()) if isinstance(atom, Compare)]
            days += [
                (limit, ("questions", place, key))
                for key, limit in zip(("min", "max"), question.limits, strict=True)
                if limit is not None and getattr(question, key) != TODAY
            ]
            fixed = [(day, route) for day, route in days if isinstance(day, date)]
            yield from _spans(spans, source)
            if spans or TODAY in (question.min, question.max):
                first = min((span.before(today) for span, _ in spans), default=today)
                yield from _fixed(question, first, fixed, source)


def _misread(question: Question) -> bool:
    """Whether a limit is no limit, which is said elsewhere."""
    try:
        return question.limits.crossed
    except ValueError:
        return True


def _spans(spans: list[tuple[Span, Route]], source: YamlText) -> Iterator[Problem]:
    for number, (one, route) in enumerate(spans):
        other = next((other for other, _ in spans[:number] if may_change_places(one, other)), None)
        if other is not None:
            message = f"whether `{one.words}` are longer than `{other.words}` depends on the day of the interview"
            yield source.problem("limits-cross", message, route, "count both in the same unit")


def _fixed(question: Question, first: date, fixed: list[tuple[date, Route]], source: YamlText) -> Iterator[Problem]:
    for day, route in fixed:
        if day >= first:
            message = (
                f"`{day}` does not move, and other limits of `{question.id}` are counted back from the interview: "
                "which comes first changes with time"
            )
            help = f"write a day before {first}, or count it back too, as in `within: 6 months`"
            yield source.problem("limits-cross", message, route, help)
