"""A server that goes away in the middle of an interview, and comes back or not: nobody answers for nothing."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import desks
import far_away
import pytest
import servers
from interviews import KEPT, Person, as_answer, first
from sqlalchemy import make_url
from terminals import ANSWERS, COMMAND, ENTER, Terminal
from wires import wire

from screener import RuleFile
from screener.cli.intake.editions import read_edition
from screener.cli.intake.keeper import Keeper, Kept, agreed_now
from screener.ground.problems import ProblemsFound
from screener.rulefile.conditions.tree import Answer

GONE, ONWARDS = "the database can't be reached", "It is kept here. Please go on;"


class Shared:
    """A store on a server, and commands at it in terminals."""

    def __init__(self, folder: Path, server: servers.Postgres) -> None:
        self.server, self.url = server, server.database()
        self.store = desks.made(folder / "store", SCREENER_DATABASE_URL=self.url)

    def terminal(self, *arguments: str) -> Terminal:
        """A command of the desk in a terminal."""
        store = str(self.store)
        return Terminal("intake", *arguments, "--plain", SCREENER_STORE=store, SCREENER_DATABASE_URL=self.url)

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
    assert told_once(person), said(person)

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


@pytest.mark.slow
def test_a_network_that_is_cut_holds_nobody_up(shared: Shared, pico: RuleFile) -> None:
    """Where nothing comes back, not even that the server is gone, the interview goes on as well."""
    if lacking := far_away.missing():
        pytest.skip(lacking)
    address = make_url(shared.url)
    with far_away.far_away() as far, wire(address.port or 0, far.here) as between:
        url = address.set(host=far.here, port=between.port).render_as_string(False)
        command = [*far.there, COMMAND, "intake", "new", "--ref", "F-1", "--consent", "--plain"]
        terminal = Terminal(
            *command, program=shutil.which("ip") or "", SCREENER_STORE=str(shared.store), SCREENER_DATABASE_URL=url
        )
        person = Person(terminal, pico).answer(2)
        person.waits()
        far.cut()

        person.terminal.patience = 60
        person.answer(1).waits()
        assert told_once(person)
        person.terminal.kill()
    assert shared.kept() == [{0: first(2)}]


@pytest.mark.parametrize("time", [1, 2, 3, 4])
@pytest.mark.parametrize("before", [0, 1, len(ANSWERS) - 1, len(ANSWERS)])
def test_what_was_kept_though_nobody_said_so_is_kept_once(
    shared: Shared, before: int, time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that fails when the server did as it was told: no second record, and nobody overtakes herself.

    A new record takes two writes, of its key and of itself.
    """
    address = make_url(shared.url)
    with wire(address.port or 0) as between, monkeypatch.context() as through:
        through.setenv("SCREENER_DATABASE_URL", address.set(port=between.port).render_as_string(False))
        with desks.desk(shared.store) as here:
            rules, edition = read_edition("pico-laser", date.today())
            keeper = Keeper(lambda: here, Kept(rules, edition, "F-1", agreed_now("Agreed?")))
            for count in range(1, len(ANSWERS) + 1):
                if count == before + 1:
                    between.cut_after(b"COMMIT", time)
                keeper.keep(answers(count))
                assert keeper.problem is None or count in (before + 1, before + 2)
            if before == len(ANSWERS):
                between.cut_after(b"COMMIT", time)
            try:
                keeper.complete(answers(count), answers(count), "completed")
            except ProblemsFound:
                keeper.complete(answers(count), answers(count), "completed")
    assert shared.kept() == [{1: ANSWERS}]


def answers(count: int) -> dict[str, Answer]:
    """The first answers, as the interview has them."""
    return {id: as_answer(plain) for id, plain in first(count).items()}
