"""What tests share: the path to the helpers, the real rule file, a browser, a database server, stores, a desk."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent / "helpers"))

import browser as browsers
import intakes
import scanning
import scripts
import second_engine
import servers
import traces

from screener import RuleFile, load_rules

if TYPE_CHECKING:
    import stores
    from playwright.sync_api import Browser, Page
    from pyspark.sql import SparkSession

    from screener.records.store.opening import Store


# What lands must not hang on luck: there the examples are the same in every run. Everybody else goes on searching.
settings.register_profile("landing", derandomize=True, database=None)


def pytest_configure() -> None:
    """No day ends while the tests run, neither here nor in the commands and the processes that tests start."""
    os.environ["TZ"] = os.environ.setdefault("SCREENER_TESTS_ZONE", _away_from_midnight())
    time.tzset()


def _away_from_midnight() -> str:
    """A time zone in which it is between four and five in the morning."""
    east = (4 - time.gmtime().tm_hour + 12) % 24 - 12
    return f"Etc/GMT{-east:+d}"  # the names of these zones count westwards


@pytest.fixture(scope="session")
def pico() -> RuleFile:
    """The pico-laser questionnaire that comes with the tool."""
    return load_rules("pico-laser")


@pytest.fixture(scope="session")
def web() -> None:
    """What `tests/web/install` brings. Without it tests are skipped, or fail where SCREENER_BROWSER is `required`."""
    _needed(browsers.missing())


def _needed(lacking: str) -> None:
    if lacking and os.environ.get("SCREENER_BROWSER") == "required":
        pytest.fail(lacking)
    if lacking:
        pytest.skip(lacking)


@pytest.fixture(scope="session")
def page() -> Iterator[second_engine.Realm]:
    """The engine of the page in Node. Without it tests are skipped, or fail where SCREENER_BROWSER is `required`."""
    if lacking := second_engine.missing():
        if os.environ.get("SCREENER_BROWSER") == "required":
            pytest.fail(lacking)
        pytest.skip(lacking)
    with second_engine.realm() as asked:
        yield asked


# Not for the whole session: while it is open, no other event loop can run in this thread, and prompts have their own.
@pytest.fixture(scope="module")
def chromium(web: None) -> "Iterator[Browser]":
    """A browser without a window and without a network."""
    with browsers.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def forms(chromium: "Browser") -> "Iterator[Page]":
    """A page that shows FHIR forms, one after the other."""
    with browsers.blank(chromium) as page:
        yield page


@pytest.fixture
def artefacts(tmp_path: Path) -> Path:
    """Where pictures are kept for people to look at."""
    folder = Path(os.environ.get("SCREENER_ARTEFACTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def node() -> None:
    """Node, which runs the scripts of the page. Without it tests are skipped, or fail like those of `web`."""
    _needed(scripts.missing())


@pytest.fixture(scope="session")
def scanner() -> None:
    """What reads codes in pictures. Without it tests are skipped, or fail like those of `web`."""
    _needed(scanning.missing())


@pytest.fixture(scope="session")
def _server() -> Iterator[servers.Postgres]:
    if lacking := servers.missing():
        if os.environ.get("SCREENER_POSTGRES") == "required":
            pytest.fail(lacking)
        pytest.skip(lacking)
    with servers.server() as postgres:
        yield postgres


@pytest.fixture
def postgres(_server: servers.Postgres) -> servers.Postgres:
    """A PostgreSQL server that runs: the same for the whole session, also after a test that stopped it.

    Without what `tests/records/install` brings tests are skipped, or fail where SCREENER_POSTGRES is `required`.
    """
    _server.start()
    return _server


@pytest.fixture(params=["embedded", "server"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[stores.Room]":
    """A place for a store of records; each test that uses it holds for files and for a server."""
    import stores

    if request.param == "embedded":
        with closing(stores.Room(tmp_path / "store")) as made:
            yield made
        return
    free: list[str] = request.getfixturevalue("_free_databases")
    postgres: servers.Postgres = request.getfixturevalue("postgres")
    with closing(stores.Room(tmp_path / "store", free.pop() if free else postgres.database())) as made:
        yield made
    made.empty()
    free.append(made.url)


@pytest.fixture(scope="session")
def _free_databases() -> list[str]:
    """Databases that are empty again: making one takes longer than most tests."""
    return []


@pytest.fixture
def files(tmp_path: Path) -> "Iterator[stores.Room]":
    """A place for a store of files, for what only concerns these."""
    import stores

    with closing(stores.Room(tmp_path / "store")) as made:
        yield made


@pytest.fixture
def store(room: "stores.Room") -> "Store":
    """A new store of records."""
    return room.make()


@pytest.fixture(scope="session")
def _no_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return intakes.made(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def _one_record(_no_records: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = shutil.copytree(_no_records, tmp_path_factory.mktemp("desk"), dirs_exist_ok=True)
    return folder, intakes.taken(folder / "store")


@pytest.fixture
def new_store(_no_records: Path, tmp_path: Path) -> Path:
    """The folder of a store without records; beside it lies `rules.yaml`."""
    return Path(shutil.copytree(_no_records, tmp_path, dirs_exist_ok=True), "store")


@pytest.fixture
def one_record(_one_record: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """The folder of a store with a complete record of the reference R-1, and its id."""
    folder, id = _one_record
    return Path(shutil.copytree(folder, tmp_path, dirs_exist_ok=True), "store"), id


@pytest.fixture(scope="session")
def spark() -> "Iterator[SparkSession]":
    """Spark on two cores of this machine. Without it tests are skipped, or fail where SCREENER_SPARK is `required`."""
    import sparks

    if lacking := sparks.missing():
        if os.environ.get("SCREENER_SPARK") == "required":
            pytest.fail(lacking)
        pytest.skip(lacking)
    with sparks.session() as running:
        yield running


@pytest.fixture(scope="session")
def strace() -> None:
    """What looks at the calls of programs. Without it tests are skipped, or fail as those of PostgreSQL do."""
    if lacking := traces.missing():
        if os.environ.get("SCREENER_POSTGRES") == "required":
            pytest.fail(lacking)
        pytest.skip(lacking)
