"""Texts that repeat answers: of questions that the file has, and only where they are filled in."""

from collections.abc import Iterator
from typing import Any

from screener.ground.problems import Hints, Problem
from screener.rulefile.loader.shape import Parsed, Sound
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.repeats import REPEATING, Speaker, repeated, repeats, speaking
from screener.rulefile.yamltext import Route, YamlText

_HELD = "conditions", "when", "answers"


def repeat_problems(sound: Sound[RuleFile], parsed: Parsed, source: YamlText) -> Iterator[Problem]:
    """Answers that a text repeats and that nobody could have given, or where they would be shown in braces."""
    if not sound.model.repeats_answers:
        return
    hints, filled = Hints(), set[Route]()
    for one, route in _placed(sound, source):
        for key, ids in repeats(one).items():
            filled.add((*route, key))
            for id in ids:
                for code, message, help in _wrong(sound.model, parsed.ids["questions"], one, id, hints):
                    yield source.problem(code, message, (*route, key), help)
    for route, text in _texts(source.plain, ()):
        if route not in filled and repeated(text):
            known = ", ".join(sorted({key for keys in REPEATING.values() for key in keys}))
            message = "no answer is filled in here, so people would read the braces"
            yield source.problem("no-repeat", message, route, f"an answer can be repeated in: {known}")


def _placed(sound: Sound[RuleFile], source: YamlText) -> Iterator[tuple[Speaker, Route]]:
    places = {key: iter(kept) for key, kept in sound.kept.items()}
    for key, one in speaking(sound.model):
        if key == "referral" and not isinstance(source.plain.get("referral"), list):
            yield one, ("referral",)
        elif (place := next(places.get(key, iter(())), None)) is not None:
            yield one, (key, place)


def _wrong(
    rules: RuleFile, meant: frozenset[str], one: Speaker, id: str, hints: Hints
) -> Iterator[tuple[str, str, str]]:
    """Code, message and help of what is wrong with an answer that this repeats; `meant` are all ids, good or bad."""
    if id not in meant:
        message = f"there is no question `{id[:64]}` whose answer could be repeated"
        yield "unknown-question", message, hints.near(id, meant)
    elif id in rules.by_question and isinstance(one, Question) and rules.position[id] >= rules.position[one.id]:
        message = f"`{id}` is asked later, or is this question itself, so there is no answer to repeat yet"
        yield "forward-reference", message, "repeat answers to earlier questions only"


def _texts(plain: Any, route: Route) -> Iterator[tuple[Route, str]]:
    """Every text of a file with its place, those of conditions left out."""
    if isinstance(plain, str):
        yield route, plain
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, inner in items:
        if key not in _HELD:
            yield from _texts(inner, (*route, key))
