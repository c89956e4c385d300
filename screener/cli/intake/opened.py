"""The open store, and who works with it: by name, at this computer, now."""

import socket
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import typer

from screener.cli import streams
from screener.cli.intake.place import find_place, key_giver, server_address
from screener.ground.safetext import UNSAFE, one_line
from screener.records.keys.place import StorePlace
from screener.records.record import By

if TYPE_CHECKING:
    from screener.records.store.opening import Store

#: A clock may be so much behind the one of another desk, in seconds.
_BEHIND = 120
_LONGEST = 40


class Desk(NamedTuple):
    """A store that is open, and who works with it where."""

    store: "Store"
    staff: str
    host: str

    @property
    def by(self) -> By:
        """Who does something now."""
        return By(self.staff, self.host, datetime.now().astimezone())


def staff_name(named: str | None) -> str:
    """Who works here: as named, or the user of the system. Raises typer.BadParameter for what is no name."""
    name = (_user() if named is None else named).strip()
    if not name or len(name) > _LONGEST or UNSAFE.search(name) or "\n" in name:
        raise typer.BadParameter(f"--staff must be a name of at most {_LONGEST} characters.")
    return name


def _user() -> str:
    """The user of the system, whatever the environment says."""
    try:
        import os
        from pwd import getpwuid

        return getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        from getpass import getuser  # slow to import

        return getuser()


def open_desk(named: Path | None, staff: str | None) -> Desk:
    """Open the store and finish what was left half done. Raises ProblemsFound."""
    name = staff_name(staff)
    place = find_place(named)
    return opened(name, opener(place)())


def opener(place: StorePlace) -> "Callable[[], Store]":
    """What opens this store, with all that had to be typed for it. Raises ProblemsFound, as does what it gives."""
    return store_at(place, key_giver(place))


def store_at(place: StorePlace, key: Callable[[], bytes]) -> "Callable[[], Store]":
    """What opens this store with a key that is known, or got only then. Raises ProblemsFound, as does what it gives."""
    if place.server:
        return partial(_on_server, server_address(place), place.id, key)
    return partial(_embedded, place, key)


def _on_server(address: str, id: str, key: Callable[[], bytes]) -> "Store":
    from screener.records.store.opening import open_on_server

    return open_on_server(address, id, key())


def _embedded(place: StorePlace, key: Callable[[], bytes]) -> "Store":
    from screener.records.store.opening import open_embedded

    return open_embedded(place.records, place.record_keys, place.id, key())


def opened(staff: str, store: "Store") -> Desk:
    """The desk; what another run left half erased is finished, and a clock that is wrong is told."""
    from screener.records.erasing import finish_erasing

    desk = Desk(store, staff, one_line(socket.gethostname())[:_LONGEST])
    finish_erasing(store)
    _look_at_clock(desk)
    return desk


def _look_at_clock(desk: Desk) -> None:
    from screener.records.log import last_time
    from screener.records.store.opening import reading
    from screener.records.times import as_micros, moment

    with reading(desk.store.records) as connection:
        last = last_time(connection)
    if as_micros(desk.by.at) < last - _BEHIND * 1_000_000:
        shown = moment(last).astimezone().strftime("%Y-%m-%d %H:%M")
        streams.talk(
            f"Note: the clock of this computer is behind; the last entry of the log is of {shown}. Please set it. "
            "Nothing is lost: entries are numbered.\n"
        )


class Opening:
    """A store that is opened while a person reads the first question, as that takes longer than to draw it."""

    def __init__(self, staff: str, place: StorePlace) -> None:
        self._staff, self._open = staff, opener(place)
        self._found: Store | Exception | None = None
        self._desk: Desk | None = None
        self._thread = Thread(target=self._run, daemon=True)

    def begin(self) -> None:
        """Begin to open it, if that was not begun."""
        if not self._thread.ident:
            self._thread.start()

    def desk(self) -> Desk:
        """The open store. Raises ProblemsFound; then it is opened anew the next time."""
        self.begin()
        self._thread.join()
        if self._desk is None:
            found, self._found = self._found, None
            if isinstance(found, Exception):
                raise found
            self._desk = opened(self._staff, found or self._open())
        return self._desk

    def _run(self) -> None:
        try:
            self._found = self._open()
        except Exception as error:
            self._found = error
