"""What tests share: the path to the helpers beside them, the real rule file, a browser and a database server."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent / "helpers"))

import browser as browsers
import second_engine
import servers

from screener import RuleFile, load_rules

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def pico() -> RuleFile:
    """The pico-laser questionnaire that comes with the tool."""
    return load_rules("pico-laser")


@pytest.fixture(scope="session")
def web() -> None:
    """What `tests/web/install` brings. Without it tests are skipped, or fail where SCREENER_BROWSER is `required`."""
    if lacking := browsers.missing():
        if os.environ.get("SCREENER_BROWSER") == "required":
            pytest.fail(lacking)
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
