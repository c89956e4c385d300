"""Problems as SARIF 2.1.0, which code hosts and editors show beside the lines."""

import json
from collections.abc import Iterable, Mapping

from screener.problems import Problem
from screener.safetext import one_line, visible

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(problems: Iterable[Problem], pages: Mapping[str, str], version: str) -> str:
    """All problems as one SARIF log. `pages` gives the manual text of each code."""
    listed = list(problems)
    codes = sorted({problem.code for problem in listed})
    rules = [{"id": code, "fullDescription": {"text": pages[code]}, "help": {"text": pages[code]}} for code in codes]
    run = {
        "tool": {"driver": {"name": "screener", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes) for problem in listed],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return visible(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _result(problem: Problem, codes: list[str]) -> dict[str, object]:
    text = one_line(problem.message) + (f" (help: {one_line(problem.help)})" if problem.help else "")
    result: dict[str, object] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.level,
        "message": {"text": text},
        "locations": [_location(problem)],
    }
    if problem.related:
        result["relatedLocations"] = [
            {**_location(other), "message": {"text": one_line(other.message)}} for other in problem.related
        ]
    if problem.witness:
        result["properties"] = {"witness": [{"shows": w.shows, "answers": dict(w.answers)} for w in problem.witness]}
    return result


def _location(problem: Problem) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(problem.file)}}
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": problem.column}
    return {"physicalLocation": place}


def _uri(file: str) -> str:
    from urllib.parse import quote

    return quote(file or "unknown")
