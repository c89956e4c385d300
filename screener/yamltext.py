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
from screener.safetext import UNSAFE, one_line, visible

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 32

#: What a file holds once read: strings, lists and mappings with string keys, nothing else.
Plain = Any
Route = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OPENING = frozenset([yaml.MappingStartEvent, yaml.SequenceStartEvent])
_CLOSING = frozenset([yaml.MappingEndEvent, yaml.SequenceEndEvent])
_NODES = _OPENING | {yaml.ScalarEvent, yaml.AliasEvent}


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a file by lines, for pointing into it."""

    file: str
    lines: list[str]

    def at(self, mark: Any, code: str, message: str, help: str = "") -> Problem:
        """A problem at a mark of the YAML reader."""
        return self.place(mark.line, mark.column, code, message, help)

    def place(self, line: int, column: int, code: str, message: str, help: str = "") -> Problem:
        """A problem at a line and column that count from 0."""
        excerpt = visible(self.lines[line]) if line < len(self.lines) else ""
        return Problem(code, message, help, self.file, line + 1, column + 1, excerpt)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A file that was read: its `plain` value, and where each part of it stands."""

    plain: Plain
    _source: _Source
    _root: Any

    def problem(self, code: str, message: str, route: Route, help: str = "", level: Level = "error") -> Problem:
        """A problem placed at the value the route leads to; a step that is not there stops at its parent.

        A step into a list is an index, or the `id` of one of its mappings; a last step `"key:" + name`
        points at the key instead of the value.
        """
        return replace(self._source.at(_find(self._root, route).start_mark, code, message, help), level=level)


def read(text: str, file: str = "") -> YamlText:
    """Read one YAML document. Raises ProblemsFound with everything that is wrong with it."""
    source = _Source(file, text.splitlines() or [""])
    _stop_at(list(_refused_characters(text, source)))
    try:
        _stop_at(list(_refused_events(text, source)))
        root: Any = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise ProblemsFound([_syntax(error, source)]) from None
    except yaml.YAMLError as error:
        raise ProblemsFound([Problem("not-yaml", one_line(str(error)), file=file)]) from None
    problems: list[Problem] = []
    plain = _plain(root, problems, source)
    _stop_at(problems)
    return YamlText(plain, source, root)


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise ProblemsFound(problems)


def _refused_characters(text: str, source: _Source) -> Iterator[Problem]:
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        yield Problem("too-large", "the file is larger than 5 MiB", file=source.file)
        return
    if not UNSAFE.search(text := text.replace("\r\n", "\n")):
        return
    numbered = _Source(source.file, text.split("\n"))
    for number, line in enumerate(numbered.lines):
        for match in UNSAFE.finditer(line):
            message = f"the character U+{ord(match[0]):04X} is not allowed"
            yield numbered.place(number, match.start(), "unsafe-character", message, "delete it")


def _refused_events(text: str, source: _Source) -> Iterator[Problem]:
    """Walk the events once, without recursion, before anything is built from them."""
    depth = documents = content = 0
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        kind = event.__class__
        if kind in _NODES:
            content += 1
            if event.anchor is not None:
                yield source.at(event.start_mark, "anchor", "anchors and aliases are not allowed", "write it out")
            elif kind is not yaml.AliasEvent and event.tag is not None:
                message = f"the tag `{visible(event.tag)}` is not allowed"
                yield source.at(event.start_mark, "tag", message, "delete the tag")
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if depth > MAX_DEPTH:
            yield source.at(event.start_mark, "too-deep", f"nested deeper than {MAX_DEPTH} levels")
            return
        documents += kind is yaml.DocumentStartEvent
        if kind is yaml.DocumentStartEvent and documents > 1:
            help = "keep one document, without a line `---` in the middle"
            yield source.at(event.start_mark, "several-documents", "a second document starts here", help)
    if not content:
        yield Problem("empty", "the file holds nothing", file=source.file)


def _plain(node: Any, problems: list[Problem], source: _Source) -> Plain:
    kind = type(node)
    if kind is yaml.ScalarNode:
        if node.style == '"' and UNSAFE.search(node.value):
            message = "an escape stands for a character that is not allowed"
            problems.append(source.at(node.start_mark, "unsafe-character", message))
        return node.value
    if kind is yaml.SequenceNode:
        return [_plain(item, problems, source) for item in node.value]
    plain = {}
    for key, value in node.value:
        if type(key) is not yaml.ScalarNode:
            problems.append(source.at(key.start_mark, "complex-key", "a key must be text"))
            continue
        name = _plain(key, problems, source)
        if name in plain:
            message = f"the key `{visible(name)}` stands twice"
            problems.append(source.at(key.start_mark, "duplicate-key", message, "keep one"))
        plain[name] = _plain(value, problems, source)
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


def _syntax(error: yaml.MarkedYAMLError, source: _Source) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = visible(" ".join(part for part in (error.problem, error.context) if part) or "it can't be read")
    if mark is None:
        return Problem("not-yaml", f"this is not YAML: {said}", file=source.file)
    line = source.lines[mark.line] if mark.line < len(source.lines) else ""
    return source.at(mark, "not-yaml", f"this is not YAML: {said}", _syntax_help(line, said))


def _syntax_help(line: str, said: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    if "mapping values" in said:
        return "a text with a colon in it must stand in quotes, or on a line of its own under `>-`"
    return "look at this line and the one above: a colon, a quote or the indentation"
