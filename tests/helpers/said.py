"""What is said of every bad file, word for word. Where words have changed for the better, write it again:

python tests/helpers/said.py > tests/cases/bad/said.txt
"""

from collections.abc import Iterator

from loading import beside
from paths import CASES

from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.loader import load


def said() -> str:
    """Each bad file with its problems: place, code, message, then other places and help where there are some."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    for path in sorted((CASES / "bad").glob("*.yaml")):
        yield path.name
        try:
            load(path.read_bytes().decode("utf-8"), path.name, beside)
        except ProblemsFound as found:
            yield from (line for problem in found.problems for line in _told(problem))


def _told(problem: Problem) -> Iterator[str]:
    yield f"  {problem.line}:{problem.column} {problem.code}: {problem.message}"
    yield from (f"    {other.line}:{other.column} {other.message}" for other in problem.related)
    if problem.help:
        yield f"    {problem.help}"


if __name__ == "__main__":
    print(said(), end="")
