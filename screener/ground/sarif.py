"""Problems as SARIF 2.1.0, which code hosts and editors show beside the lines."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from screener.ground.jsontext import as_json_text
from screener.ground.problems import Problem
from screener.ground.safetext import one_line

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(
    problems: Iterable[Problem], pages: Mapping[str, str], version: str, paths: Mapping[str, Path] | None = None
) -> str:
    """All problems as one SARIF log. `pages` gives the manual text of each code, `paths` the file of each shown name.

    A name is shown on one line and without control characters, so it alone may not lead to its file.
    """
    listed = [_addressed(problem, paths or {}) for problem in problems]
    codes = sorted({problem.code for problem in listed})
    rules = [{"id": code, "fullDescription": {"text": pages[code]}, "help": {"text": pages[code]}} for code in codes]
    run = {
        "tool": {"driver": {"name": "screener", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes) for problem in listed],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_json_text(log)


def _addressed(problem: Problem, paths: Mapping[str, Path]) -> Problem:
    """The same with addresses in place of file names, here and in what is related."""
    related = tuple(_addressed(other, paths) for other in problem.related)
    return problem._replace(file=_address(paths.get(problem.file, Path(problem.file))), related=related)


def _address(path: Path) -> str:
    """A URI, or a reference relative to the folder where the command ran; empty for what is no file."""
    if path.is_absolute():
        return path.as_uri()
    return "" if path == Path() else quote(os.fsencode(path.as_posix()))


def _result(problem: Problem, codes: list[str]) -> dict[str, object]:
    text = problem.message + (f" (help: {problem.help})" if problem.help else "")
    result: dict[str, object] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.level,
        "message": _message(text),
    }
    if problem.file:
        result["locations"] = [_location(problem)]
    if problem.related:
        result["relatedLocations"] = [
            {**_location(other), "message": _message(other.message)} for other in problem.related
        ]
    if problem.witness:
        result["properties"] = {"witness": [{"shows": w.shows, "answers": dict(w.answers)} for w in problem.witness]}
    return result


def _message(text: str) -> dict[str, str]:
    """A message as SARIF has it: braces would stand for arguments, so they are doubled."""
    return {"text": one_line(text).replace("{", "{{").replace("}", "}}")}


def _location(problem: Problem) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": problem.file}}
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": problem.column}
    return {"physicalLocation": place}
