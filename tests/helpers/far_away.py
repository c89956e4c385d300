"""A place on this machine from which the rest of it is reached through a network that can be cut."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class FarAway(NamedTuple):
    """A network of two: programs run `there`, and reach `here` under an address."""

    name: str
    here: str

    @property
    def there(self) -> list[str]:
        """What a command begins with that is to run there."""
        return ["netns", "exec", self.name]

    def cut(self) -> None:
        """Let nothing through any more; nobody is told."""
        _ip("link", "set", self.name, "down")


def missing() -> str:
    """What is missing for it, as a sentence; empty when all is there."""
    if os.geteuid() or not shutil.which("ip"):
        return "Only root, with the program `ip`, can make a network."
    try:
        with far_away():
            return ""
    except subprocess.CalledProcessError:
        return "No network can be made here."


@contextmanager
def far_away() -> Iterator[FarAway]:
    """A new place."""
    name, net = f"screener{secrets.token_hex(3)}", secrets.randbelow(200)
    made = FarAway(name, f"10.213.{net}.1")
    _ip("netns", "add", name)
    try:
        _ip("link", "add", name, "type", "veth", "peer", "name", "far", "netns", name)
        _ip("address", "add", f"{made.here}/30", "dev", name)
        _ip("link", "set", name, "up")
        _ip("-n", name, "address", "add", f"10.213.{net}.2/30", "dev", "far")
        _ip("-n", name, "link", "set", "far", "up")
        yield made
    finally:
        _ip("netns", "delete", name)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], capture_output=True, check=True)
