"""The house as its code says: which room imports from which. A room is a module or a folder right under `screener/`."""

import ast
import io
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from paths import ROOT

PACKAGE = "screener"


BY_STRING = ("import_module", "__import__")


class Source(NamedTuple):
    """One module: where it lies, its lines, and what they say."""

    path: str
    lines: list[str]
    tree: ast.Module

    @property
    def name(self) -> str:
        """As it is imported."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


House = Mapping[str, Source]


def house(revision: str | None = None) -> House:
    """Every module by its name: of a git revision, or of the files as they are."""
    texts = _committed(revision) if revision else _present(ROOT / PACKAGE)
    return {found.name: found for path, text in sorted(texts) for found in [source(path, text)]}


def source(path: str, text: str) -> Source:
    """A module from its text."""
    return Source(path, text.splitlines(), ast.parse(text))


def suite() -> list[Source]:
    """Every module of the tests."""
    return [source(path, text) for path, text in sorted(_present(ROOT / "tests")) if "node_modules" not in path]


def _present(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*.py"):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def _committed(revision: str) -> Iterator[tuple[str, str]]:
    command = ["git", "-C", str(ROOT), "archive", revision, PACKAGE]
    with tarfile.open(fileobj=io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)) as archive:
        for member in archive:
            if member.name.endswith(".py") and (file := archive.extractfile(member)):
                yield member.name, file.read().decode("utf-8")


def room(module: str) -> str:
    """The room a module lies in; the package's own file is a room too."""
    return module.split(".")[1] if "." in module else "__init__"


def rooms(house: House) -> list[str]:
    """Every room by name."""
    return sorted({room(name) for name in house})


def imported(source: Source, house: House) -> set[str]:
    """The modules that one imports, wherever in it: at the top, in a function, for types only, or by a string."""
    names: set[str] = set()
    by_string = any(_last(node) in BY_STRING for node in ast.walk(source.tree))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {_module(node.module, alias.name, house) for alias in node.names}
        elif by_string and isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.add(node.value)
    return names & set(house) - {source.name}


def _last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _module(module: str, name: str, house: House) -> str:
    return inner if (inner := f"{module}.{name}") in house else module


Arrows = Mapping[str, set[str]]


def module_arrows(house: House) -> Arrows:
    """For each module, what it imports."""
    return {name: imported(source, house) for name, source in house.items()}


def room_arrows(house: House) -> Arrows:
    """For each room, the other rooms that something in it imports."""
    arrows: dict[str, set[str]] = {name: set() for name in rooms(house)}
    for name, others in module_arrows(house).items():
        arrows[room(name)] |= {room(other) for other in others} - {room(name)}
    return arrows


def circles(arrows: Arrows) -> set[frozenset[str]]:
    """The groups of names that all lead to each other."""
    leads_to = {name: _reached(name, arrows) for name in arrows}
    found = {frozenset(other for other in leads_to[name] if name in leads_to[other]) for name in arrows}
    return {circle for circle in found if circle}


def _reached(start: str, arrows: Arrows) -> set[str]:
    found: set[str] = set()
    ahead = list(arrows[start])
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += arrows[name]
    return found


def needed(arrows: Arrows) -> Arrows:
    """The arrows without those that a longer way says already. There must be no circle."""
    further = {name: set().union(*(_reached(other, arrows) for other in others)) for name, others in arrows.items()}
    return {name: others - further[name] for name, others in arrows.items()}


class Length(NamedTuple):
    """How many lines something has, and where."""

    lines: int
    where: str


def files(house: House) -> list[Length]:
    """Every file, the longest first."""
    return sorted((Length(len(source.lines), source.path) for source in house.values()), reverse=True)


def functions(house: House) -> list[Length]:
    """Every function and method, the longest first; from `def` to its last line, what is nested included."""
    return sorted(
        (
            Length((node.end_lineno or node.lineno) - node.lineno + 1, f"{source.path}:{node.lineno} {node.name}")
            for source in house.values()
            for node in ast.walk(source.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ),
        reverse=True,
    )


def classes_twice(house: House) -> list[str]:
    """Names that more than one class has."""
    names = Counter(
        node.name for source in house.values() for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)
    )
    return sorted(name for name, times in names.items() if times > 1)


def trade(name: str, house: House) -> str:
    """What a room is for: the first sentence of its docstring."""
    source = house.get(f"{PACKAGE}.{name}") or house[PACKAGE]
    return (ast.get_docstring(source.tree) or "").partition("\n")[0].partition(". ")[0].removesuffix(".")


def picture(house: House) -> str:
    """The rooms and their arrows as a Mermaid flowchart, without the arrows that a longer way says already."""
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'    {name}["<b>{name}</b><br>{trade(name, house)}"]' for name in rooms(house)]
    for name, others in needed(room_arrows(house)).items():
        lines += [f"    {name} --> {other}" for other in sorted(others)]
    return "\n".join([*lines, "```"])


def with_picture(page: str, house: House) -> str:
    """A page with its flowchart drawn anew."""
    before, _, rest = page.partition("```mermaid\n")
    return before + picture(house) + rest.partition("```")[2]
