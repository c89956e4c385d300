"""`screener intake desk`: person after person, and nothing of one for the next to see."""

import os
import subprocess
import sys
from datetime import date
from typing import Annotated

import typer

from screener.cli import streams
from screener.cli.intake.onlooker import watched
from screener.cli.intake.opened import Desk, opened, staff_name
from screener.cli.intake.options import Staff, Store
from screener.cli.intake.place import KEY_HANDED_DOWN, find_place, key_giver
from screener.cli.intake.unfinished import name_unfinished
from screener.cli.options import Rules
from screener.cli.start import Plain
from screener.cli.start.saying import say
from screener.ground import stopping
from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.place import StorePlace

Idle = Annotated[
    int, typer.Option("--idle", min=10, metavar="SECONDS", help="Wipe the screen when no key was pressed for so long.")
]
_READY = "\nReady for the next person. Press Enter to begin, or type q and Enter to close the desk."
_LEFT = "\nThe screen was wiped, as no key was pressed for {idle} seconds. An interview that was left is named here."


def desk(
    rules: Rules = "pico-laser", idle: Idle = 180, plain: Plain = False, staff: Staff = None, store: Store = None
) -> int:
    """Take one record after the other; nothing of one person is there for the next."""
    from screener.cli.reading import load

    if not streams.person_at_keys():
        raise ProblemsFound([Problem("no-terminal", "a desk needs a terminal", "take one record: screener intake new")])
    load(rules)  # said now rather than to the first person
    name, place = staff_name(staff), find_place(store)
    key = key_giver(place)()
    here = _opened(name, place, key)
    stopping.kept("What was answered at this desk is kept.")
    said = ""
    while _next(here, said):
        said = _LEFT.format(idle=idle) if _take(_command(rules, name, place, plain), key, idle) else ""
    say("\nThe desk is closed. For the closing sheet: screener intake audit --closing")
    return 0


def _opened(name: str, place: StorePlace, key: bytes) -> Desk:
    from screener.cli.intake.opened import store_at

    return opened(name, store_at(place, lambda: key)())


def _next(here: Desk, said: str) -> bool:
    """Show an empty screen that says what to do; whether another person comes."""
    streams.talk(stopping.WIPE)
    say(f"Intake desk, {here.staff}, {date.today().isoformat()}\n{said}")
    name_unfinished(here)
    here.store.records.dispose()  # nothing is kept open while somebody is asked
    here.store.keys.dispose()
    try:
        say(_READY)
        return streams.read_line("> ").strip().lower() not in ("q", "quit")
    except EOFError:
        return False


def _command(rules: str, name: str, place: StorePlace, plain: bool) -> list[str]:
    """The program that takes one record; no reference and no answer is among its arguments."""
    options = ["--clear", "--staff", name, "--store", str(place.folder), *["--plain"] * plain]
    return [sys.executable, "-m", "screener", "intake", "new", rules, *options]


def _take(command: list[str], key: bytes, idle: int) -> bool:
    """Run the program until it ends, or nobody presses a key for too long; whether that was so."""
    reader, writer = os.pipe()
    os.write(writer, key)
    os.close(writer)
    environment = {**os.environ, KEY_HANDED_DOWN: str(reader)}
    try:
        child = subprocess.Popen(command, env=environment, pass_fds=(reader,))  # noqa: S603 – it is this program
    finally:
        os.close(reader)
    return watched(child, idle)
