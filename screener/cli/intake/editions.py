"""Rule files with their texts: read here to be kept word for word, and loaded again as they were kept."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli.reading import read
from screener.ground.files import is_there, shown
from screener.records.record import Edition
from screener.rulefile.find import load_rules
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from screener.records.store.opening import Store


def read_edition(name: str, day: date) -> tuple[RuleFile, Edition]:
    """The rule file with this path or name, for an interview on this day, and its texts. Raises ProblemsFound."""
    texts: dict[Path, str] = {}

    def kept(path: Path) -> str:
        texts[path] = read(path)
        return texts[path]

    rules = load_rules(name, kept, lambda: day)
    first, *others = texts.values()
    sources = others[0] if others else ""
    return rules, Edition(rules.id, rules.version, first, rules.sources or "", sources)


def read_either(name: str) -> Edition:
    """The texts of a rule file with this path or name, or as git has it in a revision. Raises ProblemsFound."""
    from screener.rulefile.revisions import beside, committed, revision_and_path

    revision, path = revision_and_path(name)
    if not revision or is_there(Path(name)):
        return read_edition(name, date.today())[1]
    texts: list[str] = []

    def companion(file: str) -> tuple[str, str]:
        texts.append(committed(revision, beside(path, file)))
        return texts[0], shown(f"{revision}:{file}")

    text = committed(revision, path)
    rules = load(text, shown(name), companion, date.today())
    return Edition(rules.id, rules.version, text, rules.sources or "", "".join(texts))


@lru_cache(maxsize=64)
def rules_of(edition: Edition, day: date) -> RuleFile:
    """The rule file as it was kept, for an interview on this day."""
    name = shown(f"{edition.questionnaire} {edition.version}")
    beside = (lambda _: (edition.sources, edition.sources_name)) if edition.sources_name else None
    return load(edition.rules, name, beside, day)


def kept_edition(store: "Store", sha256: str) -> Edition:
    """The edition that is kept under this SHA-256."""
    from screener.records.editions import edition
    from screener.records.store.opening import reading

    with reading(store.records) as connection:
        return edition(connection, sha256)
