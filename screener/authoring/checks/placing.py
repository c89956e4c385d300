"""Remarks → problems: every route looked up in the text of its file."""

from collections.abc import Callable, Iterable, Mapping

from screener.authoring.checks.remark import Remark, Route, Witness
from screener.engine.answers import as_plain
from screener.ground.problems import ExampleAnswers, Problem
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader.conditions import part_route
from screener.rulefile.yamltext import Plain, YamlText

#: Gives the text of the rule file, or of its sources file.
Texts = Callable[[bool], YamlText]
#: Sets of answers as JSON has them, each made once, by the `id()` of what witnesses share.
_Plain = Mapping[int, tuple[tuple[str, object], ...]]


def placed(remarks: Iterable[Remark], texts: Texts) -> list[Problem]:
    """Each remark as a problem with its place, in the order of the files."""
    kept = list(remarks)
    shared = {id(one.given): one.given for remark in kept for one in remark.witness}
    plain = {key: tuple((id, _fixed(answer)) for id, answer in given.items()) for key, given in shared.items()}
    problems = [_problem(remark, texts(remark.in_sources), plain) for remark in kept]
    return [problem for _, problem in sorted(zip(_order(problems), problems, strict=True), key=lambda pair: pair[0])]


def _order(problems: list[Problem]) -> list[tuple[str, int, int, int]]:
    return [(problem.file, problem.line, problem.column, index) for index, problem in enumerate(problems)]


def _problem(remark: Remark, text: YamlText, plain: _Plain) -> Problem:
    problem = text.problem(remark.code, remark.message, _written(remark.route, text.plain), remark.help, remark.level)
    related = (text.problem(remark.code, one.message, _written(one.route, text.plain)) for one in remark.related)
    return problem._replace(related=tuple(related), witness=tuple(_example(one, plain) for one in remark.witness))


def _example(witness: Witness, plain: _Plain) -> ExampleAnswers:
    return ExampleAnswers(witness.shows, plain[id(witness.given)], frozenset(witness.matter), witness.enough)


def _fixed(answer: Answer) -> object:
    plain = as_plain(answer)
    return tuple(plain) if isinstance(plain, list) else plain


def _written(route: Route, plain: Plain) -> Route:
    """The route as it is written: steps through the parts of a condition become steps through the file."""
    steps = [index for index, step in enumerate(route) if str(step).startswith("part:")]
    if not steps:
        return route
    base, path = route[: steps[0]], tuple(int(str(step)[5:]) for step in route[steps[0] :])
    inner = part_route(_at(plain, base), path)
    if inner and isinstance(inner[-1], str):
        inner = (*inner[:-1], f"key:{inner[-1]}")
    return (*base, *inner)


def _at(plain: Plain, route: Route) -> Plain:
    for step in route:
        if isinstance(plain, list):
            plain = next((item for item in plain if isinstance(item, dict) and item.get("id") == step), None)
        elif isinstance(plain, dict):
            plain = plain.get(str(step))
    return plain
