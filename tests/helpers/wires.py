"""A wire to a server that can be cut at the worst moment: when the server did as it was told, and before it says so."""

import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread


class Wire:
    """Passes everything on to a port of this machine, both ways, until it is to be cut."""

    def __init__(self, port: int, host: str) -> None:
        self._port, self._awaited, self._left = port, b"", 0
        self._listening = socket.create_server((host, 0))
        self.port: int = self._listening.getsockname()[1]
        Thread(target=self._listen, daemon=True).start()

    def cut_after(self, words: bytes, time: int) -> None:
        """Who sends these words for that time gets no answer, although the server heard them and has answered."""
        self._awaited, self._left = words, time

    def close(self) -> None:
        """Take no more calls."""
        self._listening.close()

    def _listen(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                Thread(target=self._pass_on, args=[self._listening.accept()[0]], daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self._port)) as server, selectors.DefaultSelector() as any:
            others = {client: server, server: client}
            for one in others:
                any.register(one, selectors.EVENT_READ)
            while all(self._carry(one.fileobj, others, client) for one, _ in any.select()):  # type: ignore[arg-type]
                pass

    def _carry(self, source: socket.socket, others: dict[socket.socket, socket.socket], client: socket.socket) -> bool:
        """Pass on what came from one side; whether there is more to come."""
        data = source.recv(65_536)
        others[source].sendall(data)
        server = others[client]
        if source is client and self._awaited in data:
            self._left -= 1
            if self._left == 0:
                server.recv(65_536)
                return False
        return bool(data)


@contextmanager
def wire(port: int, host: str = "127.0.0.1") -> Iterator[Wire]:
    """A new wire to this port; it begins at this address of this machine."""
    made = Wire(port, host)
    try:
        yield made
    finally:
        made.close()
