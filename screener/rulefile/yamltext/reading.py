"""YAML text → plain strings, and the place (line and column) of everything in it.

Everything is read as a string, so `yes`, `1.10` and dates stay what was typed. What could hide meaning
is refused with its place: duplicate keys, anchors and aliases, tags, several documents, deep nesting,
control characters.

Values are built from the events of the C parser, without recursion: composing first would overflow the stack on
deeply nested text. Nodes, which know where everything stands, are composed only when a place is asked for.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any, NoReturn

import yaml

from screener.ground.files import MAX_BYTES
from screener.ground.problems import MOST_LISTED, Level, Problem, ProblemsFound, and_more
from screener.ground.safetext import UNSAFE, visible
from screener.rulefile.yamltext.comments import Commented, comment_at, commented
from screener.rulefile.yamltext.parsers import FASTEST
from screener.rulefile.yamltext.source import Source, syntax_problem

MAX_DEPTH = 32
#: The most keys, texts, lists and mappings in a file, and in one of its lists or mappings; no questionnaire that
#: people fill in has a tenth of it, and what it costs to tell what is wrong grows with them.
MAX_VALUES, MAX_ENTRIES = 300_000, 20_000

#: What a file holds once read: strings, lists and mappings with string keys, nothing else.
Plain = Any
Route = tuple[str | int, ...]

#: The last step to the comment behind a text.
COMMENT = "#"
#: What is said of the first, where something stands twice.
FIRST = "the first stands here"
_TOO_MANY = "is this the right file? a questionnaire that people answer is far smaller"
_OPENING = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
_CLOSING = frozenset([yaml.MappingEndEvent, yaml.SequenceEndEvent])
_NODES = frozenset([*_OPENING, yaml.ScalarEvent, yaml.AliasEvent])


class YamlText:
    """A file that was read: its `plain` value, and where each part of it stands."""

    def __init__(self, text: str, plain: Plain, source: Source, parser: Any) -> None:
        self.plain = plain
        self._text, self._source, self._parser = text, source, parser
        self._known: dict[int, dict[str | int, Any]] = {}

    def problem(self, code: str, message: str, route: Route, help: str = "", level: Level = "error") -> Problem:
        """A problem placed at the value the route leads to; a step that is not there stops at its parent.

        A step into a list is an index, or the `id` of one of its mappings; a last step `"key:" + name`
        points at the key instead of the value, and `COMMENT` at what stands behind a text.
        """
        node = self._root
        for step in route:
            index = self._steps(node)
            if step not in index:
                break
            node = index[step]
        behind = comment_at(node, self._source.lines) if route[-1:] == (COMMENT,) else None
        line, column = behind or (node.start_mark.line, node.start_mark.column)
        return self._source.place(line, column, code, message, help)._replace(level=level)

    def commented(self) -> Iterator[Commented]:
        """Every text without quotes that a comment follows on the same line."""
        return commented(self._root, self._source.lines) if " #" in self._text or "\t#" in self._text else iter(())

    def twice(self, problem: Problem, first: Route) -> Problem:
        """The problem of something that stands twice, with the place of the first."""
        return problem._replace(related=(self.problem(problem.code, FIRST, first),))

    @cached_property
    def _root(self) -> Any:
        return yaml.compose(self._text, Loader=self._parser)

    def _steps(self, node: Any) -> dict[str | int, Any]:
        """Where each step from this node leads; looked up once, as a file can have many problems."""
        if id(node) not in self._known:
            self._known[id(node)] = dict(_steps(node))
        return self._known[id(node)]


def read(text: str, file: str = "", parser: Any = FASTEST) -> YamlText:
    """Read one YAML document. Raises ProblemsFound with everything that is wrong with it."""
    source = Source(file, text.splitlines() or [""])
    _stop_at(_first(_refused_characters(text, source), text))
    builder = _Builder(source)
    if (error := _taken(builder, text, parser)) is not None:
        _stop_at(_too_deep_before(error, text, source, parser) or [*builder.problems, syntax_problem(error, source)])
    _stop_at(builder.problems)
    if not builder.top:
        _stop_at([Problem("empty", "the file holds nothing", file=file)])
    return YamlText(text, builder.top[0], source, parser)


def _taken(builder: "_Builder", text: str, parser: Any) -> yaml.YAMLError | None:
    """Let the builder take every event of the text; the error where the parser gives up, if it does."""
    try:
        for event in yaml.parse(text, Loader=parser):
            builder.take(event)
    except yaml.YAMLError as error:
        return error
    except _Enough:
        pass  # what is wrong is noted already
    return None


def _too_deep_before(error: yaml.YAMLError, text: str, source: "Source", parser: Any) -> list[Problem]:
    """What is wrong before the place at which the parser gave up, if the text nests too deep there.

    A parser reads ahead, since each of `[[[[` may turn out to be the beginning of a key: it can give up, at a limit of
    its own for one, before it has told of the brackets. Without what comes then, it tells.
    """
    marks = (getattr(error, "context_mark", None), getattr(error, "problem_mark", None))
    shorter = _Builder(source)
    _taken(shorter, text[: min((mark.index for mark in marks if mark is not None), default=0)], parser)
    return shorter.problems if any(problem.code == "too-deep" for problem in shorter.problems) else []


def _first(refused: Iterator[Problem], text: str) -> list[Problem]:
    """The first refused characters, and how many more there are; a file that is no text can hold millions."""
    listed = list(islice(refused, MOST_LISTED))
    rest = len(UNSAFE.findall(text.replace("\r\n", "\n"))) - len(listed) if len(listed) == MOST_LISTED else 0
    return [*listed, and_more(rest)] if rest > 0 else listed


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise ProblemsFound(problems)


def _refused_characters(text: str, source: Source) -> Iterator[Problem]:
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        yield Problem("too-large", "the file is larger than 5 MiB", file=source.file)
        return
    if not UNSAFE.search(text := text.replace("\r\n", "\n")):
        return
    numbered = Source(source.file, text.split("\n"))
    for number, line in enumerate(numbered.lines):
        for match in UNSAFE.finditer(line):
            message = f"the character U+{ord(match[0]):04X} is not allowed"
            yield numbered.place(number, match.start(), "unsafe-character", message, "delete it")


class _Enough(Exception):
    """There is no use in reading on."""


class _Builder:
    """Plain values from parser events, one by one; `top` ends up holding the document."""

    def __init__(self, source: Source) -> None:
        self.top: list[Plain] = []
        self._listed: list[Problem] = []
        self._unlisted = 0
        self._source = source
        self._open: list[Plain] = [self.top]
        self._keys: list[str | None] = [None]  # for each open mapping the key whose value comes next
        self._marks: list[dict[str, Any]] = [{}]  # for each open mapping where its keys stand
        self._documents = 0
        self._values = 0

    @property
    def problems(self) -> list[Problem]:
        """What is wrong so far: the first of them, and how many there are besides."""
        return [*self._listed, and_more(self._unlisted)] if self._unlisted else self._listed

    def take(self, event: Any) -> None:
        """Take the next event. Raises _Enough where nesting or size passes its limit."""
        kind = event.__class__
        if kind is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            if event.style == '"' and UNSAFE.search(event.value):
                self._refuse(event, "unsafe-character", "an escape stands for a character that is not allowed")
            self._place(event.value, event)
        elif kind in _CLOSING:
            self._open.pop()
            self._keys.pop()
            self._marks.pop()
        elif kind in _NODES:
            self._refuse_marks(event)
            self._place(value := _OPENING.get(kind, str)(), event)
            if kind in _OPENING:
                self._refuse_key_in_list(event)
                self._enter(value, event)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                help = "keep one document, without a line `---` in the middle"
                self._refuse(event, "several-documents", "a second document starts here", help)

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(
                event, "anchor", "anchors and aliases are not allowed", "write it out, or put the text in quotes"
            )
        elif getattr(event, "tag", None) is not None:
            self._refuse(
                event,
                "tag",
                f"the tag `{visible(event.tag)}` is not allowed",
                "put the text in quotes, or delete the tag",
            )

    def _refuse_key_in_list(self, event: Any) -> None:
        """Refuse `[? a: b]`, a mapping without braces in a list: parsers do not agree on what it says."""
        if (
            event.__class__ is yaml.MappingStartEvent
            and event.flow_style
            and self._source.sign(event.start_mark) == "?"
        ):
            self._refuse(event, "complex-key", "in a list, `?` would begin a key", "put the text in quotes")

    def _enter(self, value: Plain, event: Any) -> None:
        self._open.append(value)
        self._keys.append(None)
        self._marks.append({})
        if len(self._open) > MAX_DEPTH + 1:
            self._stop(event, "too-deep", f"nested deeper than {MAX_DEPTH} levels")

    def _place(self, value: Plain, event: Any) -> None:
        """Put a value where it belongs: into the open list, or as key or value into the open mapping."""
        parent = self._open[-1]
        self._values += 1
        if self._values > MAX_VALUES:
            self._stop(event, "too-many", f"the file holds more than {MAX_VALUES:,} values", _TOO_MANY)
        if len(parent) >= MAX_ENTRIES:
            self._stop(event, "too-many", f"more than {MAX_ENTRIES:,} entries stand in one list", _TOO_MANY)
        if parent.__class__ is list:
            parent.append(value)
            return
        key = self._keys[-1]
        if key is not None:
            parent[key] = value
            self._keys[-1] = None
            return
        if value.__class__ is not str:
            self._refuse(event, "complex-key", "what stands before a colon must be a text", "put the text in quotes")
        elif value in parent:
            self._refuse_twice(event, value)
        self._keys[-1] = key = str(value)
        self._marks[-1].setdefault(key, event.start_mark)

    def _refuse_twice(self, event: Any, key: str) -> None:
        self._refuse(event, "duplicate-key", f"`{visible(key)}` stands twice here", "keep one")
        if not self._unlisted:
            first = self._source.at(self._marks[-1][key], "duplicate-key", FIRST)
            self._listed[-1] = self._listed[-1]._replace(related=(first,))

    def _refuse(self, event: Any, code: str, message: str, help: str = "") -> None:
        if len(self._listed) < MOST_LISTED:
            self._listed.append(self._source.at(event.start_mark, code, message, help))
        else:
            self._unlisted += 1

    def _stop(self, event: Any, code: str, message: str, help: str = "") -> NoReturn:
        """Refuse the file for what it is as a whole, whatever else is wrong with it."""
        self._unlisted += len(self._listed[MOST_LISTED - 1 :])
        self._listed[MOST_LISTED - 1 :] = [self._source.at(event.start_mark, code, message, help)]
        raise _Enough


def _steps(node: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, yaml.SequenceNode):
        for index, item in reversed(list(enumerate(node.value))):  # of two with the same id the first counts
            yield index, item
            if isinstance(item, yaml.MappingNode):
                yield from (
                    (value.value, item)
                    for key, value in item.value
                    if key.value == "id" and isinstance(value, yaml.ScalarNode)
                )
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, value
            yield f"key:{key.value}", key
