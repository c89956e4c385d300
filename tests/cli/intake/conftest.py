"""A store of its own for each test, made once and copied."""

import shutil
from pathlib import Path

import pytest
from commands import file
from intakes import RULES, intake, taken


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    assert intake(folder / "store", "init", "--key", "file")[0] == 0
    file(folder, RULES)
    return folder


@pytest.fixture(scope="session")
def _taken(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("taken")
    shutil.copytree(_made, folder, dirs_exist_ok=True)
    return folder, taken(folder / "store")


@pytest.fixture
def store(_made: Path, tmp_path: Path) -> Path:
    """An empty store; beside it lies `rules.yaml`."""
    shutil.copytree(_made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


@pytest.fixture
def one(_taken: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A store with a complete record of the reference R-1, and its id."""
    folder, id = _taken
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store", id
