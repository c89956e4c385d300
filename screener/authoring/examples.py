"""Sets of answers as files that `screener start --answers` takes."""

from collections.abc import Iterable

from screener.ground.problems import ExampleAnswers, Problem
from screener.ground.safetext import one_line
from screener.rulefile.yamltext.writing import written


def example_files(problems: Iterable[Problem]) -> dict[str, str]:
    """A file name and a text for every example that the problems carry, numbered in their order."""
    files: dict[str, str] = {}
    for number, problem in enumerate((problem for problem in problems if problem.witness), 1):
        for index, example in enumerate(problem.witness, 1):
            part = f"-{index}" if len(problem.witness) > 1 else ""
            about = [f"{problem.level}[{problem.code}] {problem.message}", f"For example, {example.shows}."]
            files[f"{number:02}-{problem.code}{part}.yaml"] = as_file(example, about)
    return files


def as_file(example: ExampleAnswers, about: Iterable[str]) -> str:
    """One set of answers, with comments above it."""
    answers = {id: list(value) if isinstance(value, list | tuple) else str(value) for id, value in example.answers}
    return written(answers, "\n".join(map(one_line, about)))
