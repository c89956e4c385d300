"""Every key and every pair of keys on every kind of prompt: only an answer, a move or an interrupt comes out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest
from faces import QUESTIONS, rules_with, step_of
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.output import DummyOutput

from screener.engine.answers import read_answer
from screener.interview.loop import Given, Move
from screener.interview.terminal.asker import TerminalAsker

ESCAPE, PASTE, PASTED = "\x1b", "\x1b[200~", "\x1b[201~"
#: Escape sequences that no terminal should send: mouse events without a part of themselves, unknown ones, half ones.
BROKEN = [
    "\x1b[M !!",
    "\x1b[Mxyz",
    "\x1b[5M",
    "\x1b[64;85M",
    "\x1b[1;2;3;4m",
    "\x1b[<0;1M",
    "\x1b[9;9R",
    "\x1b[99~",
    "\x1b[",
]
#: One way to type each key, Alt with a key, every ASCII character, and other scripts.
KEYS = [
    *{keys: typed for typed, keys in ANSI_SEQUENCES.items()}.values(),
    *(ESCAPE + key for key in "\r\n\t\x7f0189bBfFlt<>.\x1b"),
    *map(chr, range(32, 127)),
    *BROKEN,
    "\x9b",
    "皮",
    "👩‍⚕️",
]
#: Of the characters that are only text to a prompt, a few are enough where keys come in pairs.
PAIRED = [key for key in KEYS if key in "ai?jkz1 [;~" or not (len(key) == 1 and " " <= key <= "~")]
KINDS = [*QUESTIONS, "review"]
OUTCOMES = {"answer", "move", "interrupt"}


def outcome(kind: str, asker: TerminalAsker) -> str:
    """Ask once: `answer`, `move` or `interrupt`; what is answered is an answer to the question."""
    rules = rules_with(*(QUESTIONS if kind == "review" else [kind]))
    try:
        if kind == "review":
            chosen = asker.review(tuple(Given(question, "Words") for question in rules.questions))
            assert chosen is None or chosen in QUESTIONS
            return "answer"
        answer = asker.ask(step_of(rules, {}, rules.questions[0]))
    except KeyboardInterrupt:
        return "interrupt"
    if isinstance(answer, Move):
        return "move"
    raw = list(answer) if isinstance(answer, tuple) else str(answer)
    assert read_answer(rules.questions[0], raw) == answer
    return "answer"


def type_all(kind: str, typed: Iterable[str | bytes]) -> Counter[str]:
    """Type all this, asking again whenever a prompt ended, until there is nothing more; what came out how often."""
    came_out: Counter[str] = Counter()
    with create_pipe_input() as pipe, typing(pipe, typed), suppress(EOFError):
        asker = TerminalAsker(lambda _: None, DummyOutput(), pipe)
        while True:
            came_out[outcome(kind, asker)] += 1
    return came_out


@contextmanager
def typing(pipe: PipeInput, typed: Iterable[str | bytes]) -> Iterator[None]:
    """Type beside what is read, because a pipe holds only so much; then hang up."""

    def type_in() -> None:
        for text in typed:
            pipe.send_bytes(text if isinstance(text, bytes) else (text + PASTED * text.count(PASTE)).encode())
        pipe.close()

    writer = Thread(target=type_in)
    writer.start()
    yield
    writer.join()


def test_what_is_typed_holds_every_key() -> None:
    """Each key that prompt_toolkit can read from a terminal is among what these tests type."""
    assert {ANSI_SEQUENCES[typed] for typed in KEYS if typed in ANSI_SEQUENCES} == set(ANSI_SEQUENCES.values())


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_after_another(kind: str) -> None:
    """All keys one after the other, and each with Escape before it, which makes it another key."""
    assert type_all(kind, [*KEYS, *(ESCAPE + key for key in KEYS)]).keys() <= OUTCOMES


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", ["\x1b", "\x0f", "\x18", "\x12", "\x11", "\x1b9", PASTE])
def test_keys_that_begin_something_elsewhere(kind: str, first: str) -> None:
    """What begins a command, a count or a search in other programs, before Enter, left and some others."""
    assert type_all(kind, [first + key for key in "\r\n\x04\x07\x08\x15\x18aAxX(e)?u_\x1b"]).keys() <= OUTCOMES


def every_pair(keys: list[str]) -> Iterator[str]:
    """Each key right after each, itself included: a a b a c … b b c …, half as long as writing every pair out."""
    for index, first in enumerate(keys):
        yield first
        for second in keys[index + 1 :]:
            yield first + second


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["one", "many", "text", "review"])
def test_every_pair_of_keys(kind: str) -> None:
    """Every key after every other. Characters that mean nothing to a prompt stand for each other, and so do prompts
    with the same keys: yes-no is a `one`, numbers and dates are typed as texts are."""
    assert type_all(kind, every_pair(PAIRED)).keys() <= OUTCOMES


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(KINDS), st.lists(st.one_of(st.sampled_from(KEYS), st.text(max_size=3)), max_size=60))
def test_any_keys(kind: str, typed: list[str]) -> None:
    """Any keys in any order, hostile text and text cut in the middle of a sequence among them."""
    assert type_all(kind, typed).keys() <= OUTCOMES


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(KINDS), st.binary(max_size=80))
def test_any_bytes(kind: str, typed: bytes) -> None:
    """Any bytes, as from a line with faults or another encoding."""
    assert type_all(kind, [typed]).keys() <= OUTCOMES
