"""Text → `RuleFile`, or every problem in it."""

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from screener.ground.problems import Problem, ProblemsFound, in_order
from screener.rulefile.days import SOME_DAY
from screener.rulefile.library import Sources
from screener.rulefile.loader.dates import counted_back, crossing_limits
from screener.rulefile.loader.references import reference_problems
from screener.rulefile.loader.repeating import repeat_problems
from screener.rulefile.loader.shape import checked, parsed_conditions
from screener.rulefile.loader.sources import citation_problems, read_sources
from screener.rulefile.model import RuleFile
from screener.rulefile.repeats import repeated
from screener.rulefile.yamltext import YamlText, read

#: Gives the text of a file that stands beside the rule file, and the name to show for it.
Fetch = Callable[[str], tuple[str, str]]


def load(text: str, file: str = "", fetch: Fetch | None = None, today: date = SOME_DAY) -> RuleFile:
    """The rule file that this text holds, together with the sources file it names.

    `file` is the name that problems carry; `fetch` reads the sources file by the name it has in the rule
    file, and may raise ProblemsFound. Without `fetch` citations are taken as they are. `today` is the day of the
    interview, from which `today` and spans such as `6 months` are counted.
    Raises ProblemsFound with everything that is wrong in both files.
    """
    with _no_collector():
        return _load(text, file, fetch, today)


@contextmanager
def _no_collector() -> Iterator[None]:
    """A file that is read holds no cycles; looking for some while it grows would cost more than reading it."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _load(text: str, file: str, fetch: Fetch | None, today: date) -> RuleFile:
    problems: list[Problem] = []
    source = read(text, file)
    library = _library(source, fetch, problems)
    conditions = parsed_conditions(source, problems, today)
    context = {
        "library": library,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "today": today,
        "counted_back": counted_back(conditions),
        "repeats": bool(repeated(text)),
    }
    sound = checked(RuleFile, conditions.plain, source, problems, context)
    if sound is not None:
        problems += reference_problems(sound, conditions, source)
        problems += repeat_problems(sound, conditions, source)
        problems += crossing_limits(sound, conditions, source, today)
        problems += citation_problems(sound.model, source, fetch is not None)
    if problems or sound is None:
        raise ProblemsFound(in_order(problems, file))
    return sound.model


def _library(source: YamlText, fetch: Fetch | None, problems: list[Problem]) -> Sources | None:
    name = source.plain.get("sources") if isinstance(source.plain, dict) else None
    if fetch is None or not isinstance(name, str) or not name:
        return None
    if name != name.replace("/", "").replace("\\", ""):
        return None  # the shape check says what is wrong with the name
    try:
        return read_sources(*fetch(name))
    except ProblemsFound as found:
        problems += (_named(problem, source) for problem in found.problems)
        return None


def _named(problem: Problem, source: YamlText) -> Problem:
    """A sources file that is not to be had has its place where the rule file names it."""
    if problem.code not in ("not-found", "not-readable"):
        return problem
    return source.problem(problem.code, problem.message, ("sources",), problem.help)


__all__ = ["Fetch", "load", "read_sources"]
