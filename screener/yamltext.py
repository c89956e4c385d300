"""The only door to YAML: text → plain strings, and the place (line and column) of everything in it.

Everything is read as a string, so `yes`, `1.10` and dates stay what was typed. What could hide meaning
is refused with its place: duplicate keys, anchors and aliases, tags, several documents, deep nesting,
control characters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from screener.problems import Level, Problem, ProblemsFound
from screener.safetext import UNSAFE, visible

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 32

#: What a file holds once read: strings, lists and mappings with string keys, nothing else.
Plain = Any
Route = tuple[str | int, ...]

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OPENING = frozenset([yaml.MappingStartEvent, yaml.SequenceStartEvent])
_CLOSING = frozenset([yaml.MappingEndEvent, yaml.SequenceEndEvent])
_NODES = _OPENING | {yaml.ScalarEvent, yaml.AliasEvent}


@dataclass(frozen=True, slots=True)
class YamlText:
    """A file that was read: its `plain` value, and where each part of it stands."""

    plain: Plain
    file: str
    _lines: list[str]
    _root: yaml.Node

    def problem(self, code: str, message: str, route: Route, help: str = "", level: Level = "error") -> Problem:
        """A problem placed at the value the route leads to; a step that is not there stops at its parent.

        A step into a list is an index, or the `id` of one of its mappings; a last step `"key:" + name`
        points at the key instead of the value.
        """
        mark = _find(self._root, route).start_mark
        placed = _placed(code, message, help, self.file, self._lines, mark.line, mark.column)
        return replace(placed, level=level)


def read(text: str, file: str = "") -> YamlText:
    """Read one YAML document. Raises ProblemsFound with everything that is wrong with it."""
    lines = text.splitlines() or [""]
    problems = list(_refused_characters(text, file, lines))
    if problems:
        raise ProblemsFound(problems)
    try:
        problems = list(_refused_events(text, file, lines))
        if problems:
            raise ProblemsFound(problems)
        root = yaml.compose(text, Loader=_Loader)
        plain = _plain(root, problems, file, lines)
    except yaml.MarkedYAMLError as error:
        raise ProblemsFound([_syntax(error, file, lines)]) from None
    except yaml.YAMLError as error:
        raise ProblemsFound([Problem("not-yaml", visible(str(error).splitlines()[0]), file=file)]) from None
    if problems:
        raise ProblemsFound(problems)
    return YamlText(plain, file, lines, root)


def _placed(code: str, message: str, help: str, file: str, lines: list[str], line: int, column: int) -> Problem:
    excerpt = visible(lines[line]) if line < len(lines) else ""
    return Problem(code, message, help, file, line + 1, column + 1, excerpt)


def _refused_characters(text: str, file: str, lines: list[str]) -> Iterator[Problem]:
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        yield Problem("too-large", "the file is larger than 5 MiB", file=file)
        return
    if not UNSAFE.search(text := text.removeprefix("\ufeff").replace("\r\n", "\n")):
        return
    for number, line in enumerate(text.split("\n")):
        for match in UNSAFE.finditer(line):
            name = f"U+{ord(match[0]):04X}"
            message = f"the character {name} is not allowed"
            yield Problem("unsafe-character", message, "delete it", file, number + 1, match.start() + 1, visible(line))


def _refused_events(text: str, file: str, lines: list[str]) -> Iterator[Problem]:
    """Walk the events once, without recursion, before anything is built from them."""
    depth = documents = content = 0
    for event in yaml.parse(text, Loader=_Loader):
        kind = event.__class__
        if kind in _CLOSING:
            depth -= 1
            continue
        refused = None
        if kind in _NODES:
            content += 1
            if event.anchor is not None:
                refused = "anchor", "anchors and aliases are not allowed"
            elif kind is not yaml.AliasEvent and event.tag is not None:
                refused = "tag", f"the tag `{visible(event.tag)}` is not allowed"
            if kind in _OPENING:
                depth += 1
                if depth > MAX_DEPTH:
                    refused = "too-deep", f"nested deeper than {MAX_DEPTH} levels"
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                refused = "several-documents", "a second document starts here"
        if refused:
            mark = event.start_mark
            yield _placed(*refused, _HELP[refused[0]], file, lines, mark.line, mark.column)
            if depth > MAX_DEPTH:
                return
    if not content:
        yield Problem("empty", "the file holds nothing", file=file)


_HELP = {
    "anchor": "write it out",
    "tag": "delete the tag",
    "too-deep": "name parts of it under `conditions:`",
    "several-documents": "keep one document, without a line `---` in the middle",
}


def _plain(node: yaml.Node, problems: list[Problem], file: str, lines: list[str]) -> Plain:
    kind = type(node)
    if kind is yaml.ScalarNode:
        if node.style == '"' and UNSAFE.search(node.value):
            mark = node.start_mark
            message = "an escape stands for a character that is not allowed"
            problems.append(_placed("unsafe-character", message, "", file, lines, mark.line, mark.column))
        return node.value
    if kind is yaml.SequenceNode:
        return [_plain(item, problems, file, lines) for item in node.value]
    plain = {}
    for key, value in node.value:
        mark = key.start_mark
        if type(key) is not yaml.ScalarNode:
            problems.append(_placed("complex-key", "a key must be text", "", file, lines, mark.line, mark.column))
            continue
        name = _plain(key, problems, file, lines)
        if name in plain:
            message = f"the key `{visible(name)}` stands twice"
            problems.append(_placed("duplicate-key", message, "keep one", file, lines, mark.line, mark.column))
        plain[name] = _plain(value, problems, file, lines)
    return plain


def _find(node: yaml.Node, route: Route) -> yaml.Node:
    for step in route:
        node, found = _step(node, step)
        if not found:
            break
    return node


def _step(node: yaml.Node, step: str | int) -> tuple[yaml.Node, bool]:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], True
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if _step(item, "id")[0].value == step:
                return item, True
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, True
            if isinstance(step, str) and step == f"key:{key.value}":
                return key, True
    return node, False


def _syntax(error: yaml.MarkedYAMLError, file: str, lines: list[str]) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = " ".join(part for part in (error.problem, error.context) if part) or "this is not YAML"
    help = _syntax_help(lines[mark.line] if mark and mark.line < len(lines) else "", said)
    if mark is None:
        return Problem("not-yaml", visible(said), help, file)
    return _placed("not-yaml", f"this is not YAML: {visible(said)}", help, file, lines, mark.line, mark.column)


def _syntax_help(line: str, said: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    if "mapping values" in said:
        return "a text with a colon in it must stand in quotes, or on a line of its own under `>-`"
    return "look at this line and the one above: a colon, a quote or the indentation"
