"""The servers that tests of the intake desk use keep what they promised, and let in nobody they should not."""

import os
from collections.abc import Iterator

import psycopg
import pytest
import servers

TABLE = "CREATE TABLE answers (number integer PRIMARY KEY)"


@pytest.fixture(scope="module")
def secure(_server: servers.Postgres) -> Iterator[servers.Postgres]:
    """A server that talks TLS only."""
    with servers.server(["localhost", "127.0.0.1"]) as postgres:
        yield postgres


def numbers(url: str) -> list[int]:
    """What is in the table."""
    with psycopg.connect(url) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM answers ORDER BY number")]


def test_what_was_committed_is_there_after_a_crash(postgres: servers.Postgres) -> None:
    """A server that was stopped at once comes back with what it had promised to keep, and with nothing else."""
    url = postgres.database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLE)
        connection.execute("INSERT INTO answers VALUES (1), (2)")
        connection.execute("BEGIN")
        connection.execute("INSERT INTO answers VALUES (3)")
        postgres.stop("immediate")
        with pytest.raises(psycopg.OperationalError):
            connection.execute("COMMIT")

    with pytest.raises(psycopg.OperationalError):
        numbers(url)
    postgres.start()
    assert numbers(url) == [1, 2]
    assert "automatic recovery in progress" in postgres.log()


def test_each_database_is_new(postgres: servers.Postgres) -> None:
    """What one test does is not seen by the next, and whom a database belongs to rules nothing else."""
    one, other = postgres.database(), postgres.database()
    with psycopg.connect(one) as connection:
        connection.execute(TABLE)

    with psycopg.connect(other, autocommit=True) as connection:
        connection.execute(TABLE)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE ROLE somebody")
    assert numbers(other) == []


def test_the_server_is_as_safe_as_servers_are(postgres: servers.Postgres) -> None:
    """It writes to the disk what it promises to keep, listens to this machine only, and asks for a password."""
    asked = ("fsync", "full_page_writes", "synchronous_commit", "listen_addresses")
    with psycopg.connect(postgres.url) as connection:
        said = [(connection.execute(f"SHOW {name}".encode()).fetchone() or ("",))[0] for name in asked]

    assert said == ["on", "on", "on", "127.0.0.1"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url, password="guessed")


def test_a_client_can_make_sure_whom_it_talks_to(secure: servers.Postgres) -> None:
    """With the server's certificate at hand, a client that wants everything verified is let in, by name and address."""
    for host in ("localhost", "127.0.0.1"):
        url = secure.database().replace("@127.0.0.1:", f"@{host}:")
        with psycopg.connect(f"{url}?sslmode=verify-full&sslrootcert={secure.certificate}") as connection:
            assert connection.pgconn.ssl_in_use


def test_a_server_with_a_certificate_talks_to_nobody_in_the_clear(secure: servers.Postgres) -> None:
    """A client that does not encrypt is turned away."""
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(f"{secure.url}?sslmode=disable")


def test_a_client_refuses_what_it_cannot_be_sure_of(secure: servers.Postgres, postgres: servers.Postgres) -> None:
    """Another name, another certificate or none at all: a client that wants everything verified does not go on."""
    with servers.server(["elsewhere.test"]) as other:
        for url, trusted, why in (
            (other.url, other, "does not match host name"),
            (secure.url, other, "certificate verify failed"),
            (postgres.url, secure, "does not support SSL"),
        ):
            with pytest.raises(psycopg.OperationalError, match=why):
                psycopg.connect(f"{url}?sslmode=verify-full&sslrootcert={trusted.certificate}")


def test_nothing_is_left_behind(postgres: servers.Postgres) -> None:
    """A server that is no longer needed is gone, with its files; another one goes on."""
    with servers.server() as other, psycopg.connect(other.url) as connection:
        (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
        folder = other.folder
        assert folder.exists()

    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    psycopg.connect(postgres.url).close()
