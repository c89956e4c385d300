"""Interviews in a terminal of prompt_toolkit that tests type into."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from screener.engine.progress import Progress
from screener.interview.loop import Step, step
from screener.interview.terminal.asker import TerminalAsker
from screener.rulefile.loader import load
from screener.rulefile.model import Answers, Question, RuleFile

QUESTIONS: dict[str, dict[str, Any]] = {
    "one": {
        "type": "one",
        "options": {"a": "First", "b": "Second"},
        "unsure": True,
        "decline": True,
        "why": "Because.",
    },
    "many": {
        "type": "many",
        "options": {"a": "First", "b": "Second", "c": "Third", "none": {"label": "None", "exclusive": True}},
        "unsure": True,
        "max": 2,
    },
    "yes-no": {"type": "yes-no", "decline": True},
    "number": {"type": "number", "min": "1", "max": "9", "unit": "weeks", "unsure": True},
    "date": {"type": "date"},
    "text": {"type": "text", "why": "To know."},
}


def rules_with(*questions: str, **more: Any) -> RuleFile:
    """A rule file that asks these questions."""
    listed = [{"id": id, "ask": f"The {id} question?", **QUESTIONS[id], **more} for id in questions]
    return load(
        json.dumps(
            {
                "format": 1,
                "id": "x",
                "version": "1",
                "title": "X",
                "language": "en",
                "questions": listed,
                "guidance": [{"id": "g", "topic": "T", "says": "S."}],
                "dispositions": [{"id": "d", "title": "D", "says": "D."}],
                "referral": {"says": "See someone."},
            }
        )
    )


def step_of(rules: RuleFile, given: Answers, question: Question) -> Step:
    """The question as it is asked with these answers."""
    return step(Progress(rules, dict(given)), question)


@contextmanager
def face(keys: str, asks_first: Callable[[], bool] = lambda: False) -> Iterator[tuple[TerminalAsker, list[str]]]:
    """A terminal in which these keys were typed, and what was printed beside the prompts."""
    said: list[str] = []
    pipe: PipeInput
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        yield TerminalAsker(said.append, DummyOutput(), pipe, asks_first=asks_first), said
