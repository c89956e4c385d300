"""What tests share: the path to the helpers beside them, and the real rule file."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from screener import RuleFile, load_rules


@pytest.fixture(scope="session")
def pico() -> RuleFile:
    """The pico-laser questionnaire that comes with the tool."""
    return load_rules("pico-laser")
