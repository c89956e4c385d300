"""`screener intake` with the records on a PostgreSQL server: two desks, TLS, and what each is told when it can't."""

import json
import subprocess
from pathlib import Path

import pytest
from commands import COMMAND, file
from servers import Postgres, server

ANSWERS = json.dumps({"adult": "no"})


class DeskAt:
    """One desk: a folder of its own and the address of the server; what each command gives."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self._address = address

    def does(self, *arguments: str | Path) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of `screener intake`."""
        keep = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder.parent), "COLUMNS": "80", "TZ": "UTC"}
        done = subprocess.run(
            [COMMAND, "intake", *map(str, arguments)],
            env=keep | {"SCREENER_STORE": str(self.folder), "SCREENER_DATABASE_URL": self._address},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr
        assert "inside screener" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    def keeps(self, reference: str, folder: Path) -> str:
        """Take in a record for this reference; its id."""
        answers = file(folder, ANSWERS, "answers.json")
        code, _, said = self.does("receive", answers, "--ref", reference, "--consent", "--yes")
        assert code == 0, said
        return said.rpartition("kept as ")[2].strip(" .\n")


@pytest.fixture
def two(postgres: Postgres, tmp_path: Path) -> tuple[DeskAt, DeskAt]:
    """Two desks on one database; the second has joined with the key of the first."""
    address = postgres.database()
    first, second = DeskAt(tmp_path / "first", address), DeskAt(tmp_path / "second", address)
    code, _, said = first.does("init", "--key", "file")
    assert code == 0, said
    assert "A store was made." in said
    code, _, said = second.does("init", "--key-file", first.folder / "store-key")
    assert code == 0, said
    assert "joined the store of the server" in said
    return first, second


def test_what_one_desk_keeps_the_other_finds(two: tuple[DeskAt, DeskAt], tmp_path: Path) -> None:
    """Listed, shown byte for byte, amended, erased; and the log holds together for both."""
    first, second = two
    id = first.keeps("F-17", tmp_path)

    assert "F-17" in second.does("list")[1]
    shown = first.does("show", id)
    assert shown[0] == 0
    assert second.does("show", id)[:2] == shown[:2]
    assert json.loads(second.does("export", "--format", "json")[1])["records"][0]["record"]["reference"] == "F-17"
    assert second.does("erase", id, "--yes")[0] == 0
    code, _, said = first.does("show", id)
    assert code == 1
    assert said.startswith("error[erased]")
    assert first.does("audit", "--closing")[0] == 0


def test_nobody_joins_without_the_key(two: tuple[DeskAt, DeskAt], tmp_path: Path) -> None:
    """A third desk without the key, or with another, is told so, and makes nothing."""
    first, _ = two
    third = DeskAt(tmp_path / "third", first._address)
    code, _, said = third.does("init", "--key", "file")
    assert (code, third.folder.exists()) == (1, False)
    assert said.startswith("error[no-key]")
    (tmp_path / "other-key").write_text("ab" * 32 + "\n", "utf-8")
    (tmp_path / "other-key").chmod(0o600)
    code, _, said = third.does("init", "--key-file", tmp_path / "other-key")
    assert code == 1
    assert said.startswith("error[store-closed]")
    assert not (third.folder / "store.json").exists()


def test_a_copy_of_the_records_comes_back_on_the_server(two: tuple[DeskAt, DeskAt], tmp_path: Path) -> None:
    """Copied into files, brought back from them; who was erased in between stays erased, the others are whole."""
    first, second = two
    stays, goes = first.keeps("F-1", tmp_path), first.keeps("F-2", tmp_path)
    before = first.does("show", stays)[1]
    assert first.does("backup", tmp_path / "copies")[0] == 0
    assert second.does("erase", goes, "--yes")[0] == 0
    copy = next((tmp_path / "copies").iterdir())
    code, _, said = first.does("restore", copy, "--yes")

    assert code == 0, said
    assert "One record that was erased since" in " ".join(said.split())
    listed = json.loads(second.does("list", "--format", "json")[1])["records"]
    assert {one["reference"]: one["status"] for one in listed} == {"F-1": "complete", "": "erased"}
    assert second.does("show", stays)[1] == before
    assert second.does("audit")[0] == 0


def test_the_server_sees_no_answer_and_no_reference(
    two: tuple[DeskAt, DeskAt], postgres: Postgres, tmp_path: Path
) -> None:
    """Nothing of either stands in any table in words."""
    first, _ = two
    first.keeps("SECRET-REFERENCE", tmp_path)
    import psycopg

    with psycopg.connect(first._address) as connection:
        for schema in ("screener", "screener_keys"):
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)).fetchall()
            assert tables
            for (table,) in tables:
                if table == "editions":
                    continue
                found = connection.execute(f'SELECT * FROM {schema}."{table}"').fetchall()
                for text in ("SECRET-REFERENCE", "secret-reference", '"adult"'):
                    assert text not in str(found)
                    assert text.encode().hex() not in str(found)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("sqlite:///x", "bad-address"),
        ("postgresql", "bad-address"),
        ("postgresql://nobody:hidden@127.0.0.1:1/none", "store-unreachable"),
    ],
)
def test_a_wrong_address_is_one_sentence(address: str, code: str, tmp_path: Path) -> None:
    """It repeats no password."""
    status, _, said = DeskAt(tmp_path / "store", address).does("init", "--key", "file")

    assert status == 1
    assert said.startswith(f"error[{code}]")
    assert said.count("error[") == 1
    assert "hidden" not in said
    assert not (tmp_path / "store" / "store.json").exists()


def test_what_the_address_says_of_tls_is_passed_on(tmp_path: Path) -> None:
    """With the right certificate the desk works; with another, or without TLS, nothing is sent."""
    with server(["localhost", "127.0.0.1"]) as secure:
        plain = secure.database()
        apart = "&" if "?" in plain else "?"
        trusted = f"{plain}{apart}sslmode=verify-full&sslrootcert={secure.certificate}"
        assert DeskAt(tmp_path / "right", trusted).does("init", "--key", "file")[0] == 0
        with server(["localhost"]) as stranger:
            wrong = f"{secure.database()}{apart}sslmode=verify-full&sslrootcert={stranger.certificate}"
            code, _, said = DeskAt(tmp_path / "wrong", wrong).does("init", "--key", "file")
        assert code == 1
        assert said.startswith("error[store-unreachable]")
        refused = f"{secure.database()}{apart}sslmode=disable"
        assert DeskAt(tmp_path / "none", refused).does("init", "--key", "file")[0] == 1


def test_without_the_package_the_install_line_is_said(tmp_path: Path) -> None:
    """Records on a server need the extra `postgres`."""
    from commands import without

    hidden = without("psycopg", tmp_path)
    done = subprocess.run(
        [COMMAND, "intake", "init", "--key", "file", "--store", tmp_path / "store"],
        env={"PATH": "/usr/bin:/bin", "SCREENER_DATABASE_URL": "postgresql://a@127.0.0.1/b", **hidden},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("error[no-postgres]")
    assert "pip install 'screener[intake,postgres]'" in done.stderr
