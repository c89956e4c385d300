"""Walking through an interview in a terminal, whatever the rule file asks."""

from collections.abc import Callable, Iterator

from terminals import CTRL_C, ENTER, Terminal

from screener.engine.answers import offered
from screener.engine.progress import Progress
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question, RuleFile

#: What stands at the end of every prompt.
DRAWN = "ctrl-c leave"
TEXT = "Some words"


def walked(terminal: Terminal, rules: RuleFile, certain: Callable[[], object] = lambda: None) -> Iterator[Question]:
    """Each question once it is on the screen; who goes on has it answered, with the first that is offered.

    `certain` is called when the screen says which next step is certain.
    """
    progress, told = Progress(rules, {}), False
    while (question := progress.next_question()) is not None:
        if progress.certain is not None and not told:
            terminal.until("Finish here, with a summary of what is known")
            terminal.until(DRAWN)
            certain()
            terminal.type(ENTER)
            told = True
        terminal.until(f"question {progress.number(question.id)} of")
        terminal.until(question.ask)
        terminal.until(DRAWN)
        yield question
        terminal.type({"many": " ", "text": TEXT}.get(question.type, ""), ENTER)
        progress.answer(question.id, first_of(question))


def first_of(question: Question) -> Answer:
    """The answer that is given here: the first that is offered, or some words."""
    if question.type == "text":
        return TEXT
    return (offered(question)[0][0],) if question.type == "many" else offered(question)[0][0]


def reviewed(terminal: Terminal, rules: RuleFile) -> list[Question]:
    """Answer everything; then the review is on the screen. The questions that were asked."""
    asked = list(walked(terminal, rules))
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    return asked


def left(terminal: Terminal) -> int:
    """Leave, after several answers; the exit code."""
    terminal.type(CTRL_C)
    terminal.until("Press Ctrl-C again to leave")
    terminal.until(DRAWN)
    terminal.type(CTRL_C)
    return terminal.end()
