"""Answers of many people as tables of other systems: each question in a way that some system has."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from screener.engine.answers import RESERVED_WORDS, offered
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers, Question, RuleFile

Columns = dict[str, list[Any]]


def written(rules: RuleFile, people: Sequence[Answers], chance: Random) -> Columns:
    """A table of texts, each question written in a way that is drawn."""
    columns: Columns = {"record_id": [f"P{number}" for number in range(len(people))]}
    texts = Counter(question.ask for question in rules.questions)
    for question in rules.questions:
        answers = [given.get(question.id) for given in people]
        ways = _WAYS["many" if question.type == "many" else "one" if question.choices else "value"]
        way = chance.choice(ways)
        columns |= (_by_id if texts[question.ask] > 1 and way is _by_label else way)(question, answers)
    return columns


def as_file(columns: Columns, path: Path) -> Path:
    """The table in a file of this kind."""
    frame = pl.DataFrame(columns, strict=False)
    writers: Mapping[str, Callable[[Path], object]] = {
        ".csv": frame.write_csv,
        ".parquet": frame.write_parquet,
        ".arrow": frame.write_ipc,
        ".ndjson": frame.write_ndjson,
        ".xlsx": frame.write_excel,
    }
    writers[path.suffix](path)
    return path


def _by_id(question: Question, answers: Sequence[Answer | None]) -> Columns:
    return {question.id: [None if one is None else _text(one) for one in answers]}


def _by_label(question: Question, answers: Sequence[Answer | None]) -> Columns:
    labels = {**dict(offered(question)), **RESERVED_WORDS}
    return {question.ask: [None if one is None else labels[str(one)] for one in answers]}


def _listed(question: Question, answers: Sequence[Answer | None]) -> Columns:
    return {f"group/{question.id}": [None if one is None else ";".join(_several(one)) for one in answers]}


def _spaced(question: Question, answers: Sequence[Answer | None]) -> Columns:
    return {question.id.upper(): [None if one is None else " ".join(_several(one)) for one in answers]}


def _redcap(question: Question, answers: Sequence[Answer | None]) -> Columns:
    return dict(_flags(question, answers, "___", ("0", "1")))


def _odk(question: Question, answers: Sequence[Answer | None]) -> Columns:
    return dict(_flags(question, answers, "/", ("False", "True")))


def _flags(
    question: Question, answers: Sequence[Answer | None], between: str, words: tuple[str, str]
) -> Iterator[tuple[str, list[Any]]]:
    for option, _ in offered(question):
        yield f"{question.id}{between}{option}", [words[option in _several(one)] for one in answers]


def _several(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    return answer if isinstance(answer, tuple) else (str(answer),)


def _text(answer: Answer) -> str:
    if isinstance(answer, Decimal):
        return f"{answer:f}"
    return answer.isoformat() if isinstance(answer, date) else str(answer)


_WAYS: Mapping[str, Any] = {
    "many": (_listed, _spaced, _redcap, _odk),
    "one": (_by_id, _by_label),
    "value": (_by_id,),
}
