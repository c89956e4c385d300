"""Rows of a table → questions as a rule file has them."""

from collections.abc import Iterable, Mapping
from typing import Any

from screener.exchange.ids import FOR_OPTIONS, FOR_QUESTIONS, Ids
from screener.exchange.table import words
from screener.exchange.table.rows import Row
from screener.exchange.table.words import AnswerKind, Choice
from screener.ground.marks import OFFERED_BY
from screener.ground.problems import Problem, ProblemsFound, did_you_mean
from screener.ground.safetext import one_line
from screener.rulefile.model import QuestionType
from screener.rulefile.yamltext import Inline, read

_TEXTS = ("section", "ask", "help", "why", "min", "max", "unit", "for", "carry_over")
_ORDER = (
    *("id", "section", "type", "ask", "help", "why", "options"),
    *("ordered", "unsure", "decline", "optional", "min", "max", "unit", "when", "for", "carry_over"),
)
_TYPES_HELP = f"write {', '.join(words.TYPES[:-1])} or {words.TYPES[-1]}"
_OFFERED = {key: word for word, key in OFFERED_BY.items()}
_LIKE_THIS = "write it as in a rule file, such as {pain: yes}"


def questions(rows: list[Row], problems: list[Problem]) -> list[dict[str, Any]]:
    """The question of each row; what can't be read, or not kept, is added to the problems."""
    ids = _ids(rows, problems)
    written = {one_line(row.text("id")): id for row, id in zip(rows, ids, strict=True) if row.text("id")}
    return [_question(row, id, written, problems) for row, id in zip(rows, ids, strict=True)]


def _ids(rows: list[Row], problems: list[Problem]) -> list[str]:
    """An id for each row: as it is written, or made of the words of the question."""
    made, given, first = Ids(FOR_QUESTIONS), dict[int, str](), dict[str, int]()
    for place, row in enumerate(rows):
        name = one_line(row.text("id"))
        if name in first:
            message = f"the id `{name[:60]}` stands twice, first in row {rows[first[name]].record.number}"
            problems.append(row.wrong("id", message, "give each question an id of its own", "duplicate-id"))
        elif name:
            first[name] = place
            given[place] = made.made(words.folded(name), "question")
            if given[place] != name:
                message = f"`{name[:60]}` is written as `{given[place]}`, as ids have small letters, digits and hyphens"
                problems.append(row.wrong("id", message, "", "not-in-rules"))
    return [given.get(place) or _made(made, row) for place, row in enumerate(rows)]


def _made(made: Ids, row: Row) -> str:
    return made.made(words.summed_up(row.text("ask")), f"question-{row.record.number}")


def _question(row: Row, id: str, written: Mapping[str, str], problems: list[Problem]) -> dict[str, Any]:
    """The question as plain values, its keys in the order in which authors have them."""
    offered = list(row.choices) if row.choices is not None else words.choices(row.text("options"))
    left_open = {word for choice in offered if (word := words.reserved(choice)) is not None}
    plain = [choice for choice in offered if words.reserved(choice) is None]
    told = _told(row, plain, problems)
    kind, left_open = told.type, left_open | {*told.offers}
    made: dict[str, Any] = {"id": id, "type": kind} | ({"unit": told.unit} if told.unit else {})
    made |= {key: row.text(key) for key in _TEXTS if row.text(key)}
    if not row.text("ask"):
        problems.append(row.wrong("ask", "the question is missing", "write what is asked"))
    if plain and not (kind == "yes-no" and words.are_yes_and_no(plain)):
        made["options"] = _options(plain, kind)
    made |= {
        key: "yes" for key in (*_OFFERED, "ordered") if _switch(row, key, problems) or _OFFERED.get(key) in left_open
    }
    if row.text("when") and (condition := _condition(row, written, problems)):
        made["when"] = Inline(condition)
    return {key: made[key] for key in _ORDER if key in made}


def _told(row: Row, plain: list[Choice], problems: list[Problem]) -> AnswerKind:
    """What the row says of how its question is answered."""
    word = row.text("type")
    found = words.kind(word)
    if word and found is None:
        help = did_you_mean(word.lower(), words.TYPES) or _TYPES_HELP
        problems.append(row.wrong("type", f"there is no type `{one_line(word)[:60]}`", help))
    if rising := words.rising(plain):
        help = f"write `{one_line('; '.join(rising))[:60]}`, and `yes` in a column `ordered`"
        problems.append(row.wrong("options", "with `<` between them, the options are one", help))
    return found or AnswerKind(_guessed(row, plain))


def _guessed(row: Row, plain: list[Choice]) -> QuestionType:
    """The type of a question that names none."""
    if plain:
        if words.are_yes_and_no(plain):
            return "yes-no"
        return "many" if words.several(row.text("ask"), row.text("help")) else "one"
    limits = row.text("min") or row.text("max")
    if limits or row.text("unit"):
        return "date" if limits.count("-") == 2 else "number"
    return "text"


def _options(plain: Iterable[Choice], kind: QuestionType) -> dict[str, Any]:
    ids, made = Ids(FOR_OPTIONS), dict[str, Any]()
    for place, choice in enumerate(plain, 1):
        alone = kind == "many" and words.stands_alone(choice)
        name = choice.id or ("none" if alone else words.summed_up(choice.label))
        more = ({"help": choice.help} if choice.help else {}) | ({"exclusive": "yes"} if alone else {})
        id = ids.made(name, f"option-{place}")
        made[id] = Inline({"label": choice.label, **more}) if more else choice.label
    return made


def _switch(row: Row, key: str, problems: list[Problem]) -> bool:
    said = words.switch(row.text(key))
    if said is None:
        problems.append(row.wrong(key, f"can't be `{one_line(row.text(key))[:60]}`", "write yes or no"))
    return bool(said)


def _condition(row: Row, written: Mapping[str, str], problems: list[Problem]) -> dict[str, Any] | None:
    """The condition as it is written in a rule file; the braces around it may be left out."""
    text = row.text("when")
    try:
        plain = read(text if text.startswith("{") else f"{{{text}}}").plain
    except ProblemsFound:
        plain = None
    if not isinstance(plain, dict) or not plain:
        problems.append(row.wrong("when", "this is not a condition", _LIKE_THIS, "wrong-condition"))
        return None
    renamed: dict[str, Any] = _renamed(plain, written)
    return renamed


def _renamed(plain: Any, written: Mapping[str, str]) -> Any:
    """The condition with the ids of questions as they are now."""
    if isinstance(plain, dict):
        return {written.get(key, key): _renamed(inner, written) for key, inner in plain.items()}
    return [_renamed(item, written) for item in plain] if isinstance(plain, list) else plain
