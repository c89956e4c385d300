"""PostgreSQL servers of the tests' own, on this machine only. `tests/records/install` brings the programs."""

import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import certificates
import psycopg

#: Where Debian and Ubuntu keep the programs of each version.
DEBIAN = Path("/usr/lib/postgresql")
#: Ways to stop: wait for everybody, send everybody away, or drop everything as after a fault.
MODES = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
#: Below the ports that systems hand out by themselves, so that a server that was stopped finds its own free again.
PORTS = range(20_000, 32_000)
#: For one session of tests: small, and as safe as servers are.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "shared_buffers": "16MB",
    "max_connections": "40",
    "password_encryption": "scram-sha-256",
}


class Account(NamedTuple):
    """Whom the server runs as: PostgreSQL refuses to be root. All None where nobody has to change."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


def missing() -> str:
    """What is missing for a server, as a sentence; empty when all is there."""
    return "" if programs() else "Missing: PostgreSQL. `tests/records/install` installs it."


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    named = [Path(path).resolve().parent for path in [shutil.which("postgres")] if path]
    debian = sorted(DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    return next((folder for folder in (*named, *debian) if (folder / "initdb").is_file()), None)


@contextmanager
def server(names: Sequence[str] = ()) -> "Iterator[Postgres]":
    """A new server that runs. With names it talks TLS only, with a certificate of its own for these names."""
    with tempfile.TemporaryDirectory(prefix="screener-", ignore_cleanup_errors=True) as folder:
        postgres = Postgres(Path(folder), names)
        try:
            postgres.start()
            postgres.welcome()
            yield postgres
        finally:
            postgres.stop("immediate")


class Postgres:
    """A server with its folder. `certificate` is what a client trusts, when the server talks TLS.

    `url` is the administrator's. Databases belong to somebody who may do no more than use them, as in a clinic.
    Passwords have letters in them that an address must have escaped.
    """

    def __init__(self, folder: Path, names: Sequence[str] = ()) -> None:
        self.folder, self.certificate = folder, folder / "server.crt"
        self._data, self._log, self._bin = folder / "data", folder / "log", programs() or Path()
        self._account = _account()
        self._passwords = {name: f"{secrets.token_hex(8)}@/:%25 ?" for name in ("postgres", "screener")}
        self._port = _free_port()
        self._databases = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._settings = dict(SETTINGS)
        self._prepare(names)

    @property
    def url(self) -> str:
        """The administrator's way in."""
        return self._url("postgres", "postgres")

    def database(self) -> str:
        """A new, empty database: its URL for the one whom it belongs to."""
        name = f"intake_{next(self._databases)}"
        self._tell(f"CREATE DATABASE {name} OWNER screener")
        return self._url("screener", name)

    def start(self) -> None:
        """Let the server run, if it does not, and wait until it takes connections."""
        if self._process and self._process.poll() is None:
            return
        settings = self._settings | {"port": str(self._port), "unix_socket_directories": str(self.folder)}
        command = [str(self._bin / "postgres"), "-D", str(self._data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        if mortal := shutil.which("setpriv"):  # whatever ends the tests ends the server
            command = [mortal, "--pdeathsig", "QUIT", "--", *command]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._as_somebody())
        until = time.monotonic() + 60
        while not self._is_ready(self._process.pid):
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop("immediate")
                raise RuntimeError(f"PostgreSQL does not start:\n{self.log()}")
            time.sleep(0.01)

    def stop(self, mode: str) -> None:
        """End the server; `immediate` drops what is going on, so that the next start has to recover."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(MODES[mode])
            self._process.wait(60)

    def log(self) -> str:
        """What the server has said until now."""
        return self._log.read_text("utf-8", "replace")

    def welcome(self) -> None:
        """Let in the one whom databases belong to."""
        self._tell(f"CREATE ROLE screener LOGIN PASSWORD '{self._passwords['screener']}'")

    def _prepare(self, names: Sequence[str]) -> None:
        """Make what the server works on. Its texts sort as in a dictionary, as those of most servers do."""
        if self._account.user is not None:
            os.chown(self.folder, self._account.user, self._account.group or 0)
        self._give("password", self._passwords["postgres"].encode())
        options = ["--no-sync", "--no-instructions", "--auth=scram-sha-256", "--username=postgres", "--encoding=UTF8"]
        options += ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"]
        options += [f"--pwfile={self.folder / 'password'}", f"--pgdata={self._data}"]
        made = subprocess.run(
            [str(self._bin / "initdb"), *options], capture_output=True, check=False, **self._as_somebody()
        )
        if made.returncode:
            raise RuntimeError(f"PostgreSQL can't make a cluster:\n{made.stderr.decode('utf-8', 'replace')}")
        kind = "hostssl" if names else "host"
        self._give("data/pg_hba.conf", f"{kind} all all 127.0.0.1/32 scram-sha-256\n".encode())
        if names:
            certificate, key = certificates.self_signed(names)
            self._give("server.crt", certificate)
            self._give("server.key", key)
            files = {"ssl_cert_file": str(self.certificate), "ssl_key_file": str(self.folder / "server.key")}
            self._settings |= {"ssl": "on", **files}

    def _give(self, name: str, content: bytes) -> None:
        """A file that only the server can read."""
        path = self.folder / name
        path.write_bytes(content)
        path.chmod(0o600)
        if self._account.user is not None:
            os.chown(path, self._account.user, self._account.group or 0)

    def _as_somebody(self) -> dict[str, Any]:
        return {**self._account._asdict(), "cwd": self.folder, "stdin": subprocess.DEVNULL}

    def _is_ready(self, pid: int) -> bool:
        """What the server writes down about itself, as pg_ctl reads it."""
        try:
            lines = (self._data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and int(lines[0]) == pid and lines[7].strip() == "ready"

    def _url(self, user: str, database: str) -> str:
        return f"postgresql://{user}:{quote(self._passwords[user], safe='')}@127.0.0.1:{self._port}/{database}"

    def _tell(self, sentence: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sentence.encode())


def _account() -> Account:
    """For root: the account that the package made for this, or the one that may do least."""
    if os.geteuid():
        return Account(None, None, None)
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid, [])
    raise RuntimeError("There is no account `postgres` or `nobody`, and PostgreSQL refuses to run as root")


def _free_port() -> int:
    """A port that nobody listens on; tests that run side by side seldom come upon the same."""
    for port in random.sample(PORTS, 100):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"There is no free port among {PORTS}")
