"""What promises speak of: ids that the file has, and orders of risk that fit their questions."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from screener.ground.problems import Hints, Problem, names
from screener.rulefile.model import Question
from screener.rulefile.promises import DIRECTIONS, Invariant, Promise, Risk
from screener.rulefile.yamltext import Route, YamlText

#: Problems for the names that the file does not have, of a kind of thing that stands under a key, used at a place.
Known = Callable[[str, str, Iterable[str | None], Route], Iterator[Problem]]
_DISPOSITIONS = ("disposition", "disposition_at_least", "disposition_at_most")


class Promises:
    """Looks at the promises of one file; `questions` are those that are sound."""

    def __init__(self, source: YamlText, questions: Mapping[str, Question], known: Known, hints: Hints) -> None:
        self._source, self._questions, self._known, self._hints = source, questions, known, hints

    def problems(self, invariant: Invariant, route: Route) -> Iterator[Problem]:
        """Everything that is wrong with what this invariant, which stands at this place, names."""
        written = self._source.plain["invariants"][route[1]].get("then")
        promises = invariant.then is not None and (any(value for _, value in invariant.then) or "answers" in written)
        if promises == bool(invariant.never_less_urgent):
            message = f"invariant `{invariant.id}` needs either `then` with a promise, or `never_less_urgent`"
            empty = invariant.then is not None and not promises and not invariant.never_less_urgent
            yield self._source.problem("missing-key", message, (*route, "then") if empty else route)
        for index, risk in enumerate(invariant.never_less_urgent):
            yield from self._risk(risk, (*route, "never_less_urgent", index))
        if invariant.then:
            yield from self._promised(invariant.then, (*route, "then"))

    def _promised(self, then: Promise, route: Route) -> Iterator[Problem]:
        for key in _DISPOSITIONS:
            yield from self._known("disposition", "dispositions", [getattr(then, key)], (*route, key))
        for key in ("guidance", "no_guidance"):
            yield from self._known("guidance", "guidance", getattr(then, key), (*route, key))
        for key in ("asked", "not_asked"):
            yield from self._known("question", "questions", getattr(then, key), (*route, key))
        yield from self._known("referral", "referral", [then.referral], (*route, "referral"))

    def _risk(self, risk: Risk, route: Route) -> Iterator[Problem]:
        plain = risk.more is None and risk.order is None
        named = route if plain else (*route, f"key:{risk.question}")
        yield from self._known("question", "questions", [risk.question], named)
        question = self._questions.get(risk.question)
        if plain or question is None:
            return
        if risk.order is not None and question.type in ("one", "yes-no"):
            yield from self._options(risk.order, question, (*route, question.id))
        elif risk.more not in DIRECTIONS.get(question.type, ()):
            said = f"can't have the order `{risk.more[:64]}`" if risk.more else "can't have a list as order"
            said = "has no order after the colon" if risk.more == "" else said
            message = f"question `{question.id}` of type {question.type} {said}"
            yield self._source.problem("wrong-order", message, (*route, question.id), _HELP[question.type])

    def _options(self, order: tuple[str, ...], question: Question, route: Route) -> Iterator[Problem]:
        if len(order) < 2:
            message = f"an order of `{question.id}` needs at least two options"
            yield self._source.problem("wrong-order", message, route, _HELP[question.type])
        for index, option in enumerate(order):
            if option in order[:index]:
                message = f"`{option[:64]}` stands twice in one order"
                problem = self._source.problem("duplicate-option", message, (*route, index), "keep one")
                yield self._source.twice(problem, (*route, order.index(option)))
            elif option not in question.choices:
                message = f"question `{question.id}` has no option `{option[:64]}`"
                help = (self._hints.near(option, question.choices), f"it has: {names(question.choices)}")
                yield self._source.problem("unknown-option", message, (*route, index), " ".join(filter(None, help)))


_LISTED = "list its options from the least risk to the most, as in `{skin: [light, dark]}`"
#: What an order can be, by the type of the question.
_HELP = {
    "one": _LISTED,
    "yes-no": _LISTED,
    "many": "name the question alone: more options are more risk",
    "text": "a text has no order; leave it out",
    **{kind: f"write `{one}` or `{other}`" for kind, (one, other) in DIRECTIONS.items()},
}
