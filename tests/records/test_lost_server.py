"""A server that goes away in the middle of an interview, and comes back or not: nobody answers for nothing."""

import json
from pathlib import Path
from typing import Any

import desks
import pytest
import servers
from interviews import KEPT, Person, first
from terminals import ANSWERS, ENTER, Terminal

from screener import RuleFile

GONE, ONWARDS = "the database can't be reached", "Your answers are kept here for now"


class Shared:
    """A store on a server, and commands at it in terminals."""

    def __init__(self, folder: Path, server: servers.Postgres) -> None:
        self.server, self.url = server, server.database()
        self.store = desks.made(folder / "store", SCREENER_DATABASE_URL=self.url)

    def terminal(self, *arguments: str) -> Terminal:
        """A command of the desk in a terminal."""
        here = {"SCREENER_STORE": str(self.store), "SCREENER_DATABASE_URL": self.url}
        return Terminal("intake", *arguments, "--plain", **here)

    def kept(self) -> list[Any]:
        """The answers of every record."""
        with desks.desk(self.store) as here:
            return [one.answers for one in desks.remains(here)]


@pytest.fixture
def shared(tmp_path: Path, postgres: servers.Postgres, monkeypatch: pytest.MonkeyPatch) -> Shared:
    """A new store on a server."""
    found = Shared(tmp_path, postgres)
    monkeypatch.setenv("SCREENER_DATABASE_URL", found.url)
    return found


def said(person: Person) -> str:
    """All that was on the screen."""
    return " ".join("\n".join(person.terminal.everything()).split())


def left_alone(shared: Shared, rules: RuleFile, before: int) -> Person:
    """Somebody who begins an interview, from the middle of which on there is no server."""
    person = Person(shared.terminal("new", "--ref", "F-1", "--consent"), rules).answer(before)
    person.waits()
    shared.server.stop("immediate")
    return person


def told_once(person: Person) -> bool:
    """Whether they were told one sentence, once."""
    return said(person).count(GONE) == said(person).count(ONWARDS) == 1


@pytest.mark.parametrize("before", [0, 1, 6])
def test_answers_wait_for_the_server(shared: Shared, pico: RuleFile, before: int) -> None:
    """One sentence says that it is gone; the interview goes on, and all is written with the next answer."""
    person = left_alone(shared, pico, before)
    person.answer(4).waits()
    assert told_once(person)

    shared.server.start()
    person.answer(1).waits()
    assert shared.kept() == [{0: first(person.known)}]
    person.review().answer(1)
    person.terminal.until(KEPT)
    assert person.terminal.end() == 0
    assert shared.kept() == [{1: ANSWERS}]


def test_a_server_that_comes_back_at_the_end_is_tried_again(shared: Shared, pico: RuleFile) -> None:
    """Who types the word that is offered has the record complete."""
    person = left_alone(shared, pico, 6)
    assert told_once(person.review())
    person.answer(1)
    person.terminal.until("To try again, type again.")
    person.terminal.type("again", ENTER)
    person.terminal.when(lambda: said(person).count("To try again") == 2)

    shared.server.start()
    person.terminal.type("again", ENTER)
    person.terminal.until(KEPT)
    assert person.terminal.end() == 0
    assert shared.kept() == [{1: ANSWERS}]


def test_answers_go_into_a_file_where_there_is_no_server_any_more(
    shared: Shared, pico: RuleFile, tmp_path: Path
) -> None:
    """What was kept before is still there, and somebody goes on with it later, or takes in the file."""
    person = left_alone(shared, pico, 6)
    there = person.known
    assert told_once(person.review())
    person.answer(1)
    file = tmp_path / "answers.json"
    for words, typed in (("To try again, type again.", ""), ("Your answers are not stored.", str(file))):
        person.terminal.until(words)
        person.terminal.type(typed, ENTER)
    assert person.terminal.end() == 1
    assert json.loads(file.read_text("utf-8"))["answers"] == ANSWERS

    shared.server.start()
    assert shared.kept() == [{0: first(there)}]
    code, listed, _ = desks.intake(shared.store, "resume", SCREENER_DATABASE_URL=shared.url)
    assert (code, "F-1" in listed) == (0, True)
    person = Person(shared.terminal("resume", listed.split()[0]), pico, there).review().answer(1)
    person.terminal.until(KEPT)
    assert person.terminal.end() == 0
    assert shared.kept() == [{1: ANSWERS}]
