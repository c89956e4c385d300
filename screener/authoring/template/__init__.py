"""What a new author begins with: small files with comments that belong together and pass the check."""

import re
from pathlib import Path
from typing import get_args

from screener.ground.files import read_text
from screener.rulefile.spellings import MOST_OF_AN_ID, FileName

#: What the files are called in the texts, which stand beside this module.
_NAME = "my-clinic"
#: What belongs to a sources file stands on lines of its own.
_OF_SOURCES = re.compile("^ *(from|sources): .*\n", re.MULTILINE)


def rule_file(name: str) -> str:
    """A rule file for a file of this name, with an id made of it."""
    return _OF_SOURCES.sub("", _text("rules.yaml", name))


def sourced_rule_file(name: str) -> str:
    """The same, citing `sources_file`."""
    return _text("rules.yaml", name).replace(f"sources: {id_of(name)}.", f"sources: {sources_name(name)}.")


def sources_file(name: str) -> str:
    """The sources file that belongs to it."""
    return _text("sources.yaml", name)


def cases_file(name: str) -> str:
    """Worked cases that belong to it, which notice every change."""
    return _text("cases.yaml", name)


def sources_name(name: str) -> str:
    """What the name of the sources file begins with: as the rule file is called, where `sources:` can hold that."""
    return name if re.fullmatch(get_args(FileName)[1].pattern, name) else id_of(name)


def id_of(name: str) -> str:
    """An id made from the name of a file."""
    id = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:MOST_OF_AN_ID].strip("-")
    return id or "my-questionnaire"


def _text(file: str, name: str) -> str:
    return read_text(Path(__file__).with_name(file)).replace(_NAME, id_of(name))
