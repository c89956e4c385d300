"""The two parsers of YAML: libyaml, which is fast, and PyYAML's own for where it is missing. Both take the same texts.

PyYAML's own is stricter with tabs and question marks, and laxer with tabs that set in a block of text. Whether a rule
file is refused must not depend on the machine, so what differs is scanned here as libyaml scans it.
"""

from typing import Any

import yaml
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken

_BLANKS, _BREAKS = " \t", "\r\n"
_ENDS = "\0" + _BLANKS + _BREAKS
_BLOCK, _PLAIN = "while scanning a block scalar", "while scanning a plain scalar"


class Pure(yaml.BaseLoader):
    """PyYAML's own parser, taking and refusing what libyaml does."""

    def scan_to_next_token(self) -> None:
        """Skip tabs too, but not where they would set in a line."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_directive_name(self, start_mark: Any) -> str:
        """The word behind `%` at the beginning of a line; there are two."""
        plain: Any = super()
        name: str = plain.scan_directive_name(start_mark)
        if name not in ("YAML", "TAG"):
            raise ScannerError(
                "while scanning a directive", start_mark, "found unknown directive name", self.get_mark()
            )
        return name

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """How a block keeps its last line end, and how far it is set in; what follows these two signs is not read."""
        keep = increment = None
        for _ in range(2):
            if (sign := self.peek()) in "+-" and keep is None:
                keep = sign == "+"
            elif sign in "123456789" and increment is None:
                increment = int(sign)
            else:
                break
            self.forward()
        return keep, increment

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        """The rest of the line above a block: blanks, tabs too, and a comment, also right behind the signs."""
        while self.peek() in _BLANKS:
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """How far a block is set in by its first line, which can't be with a tab."""
        found: tuple[list[str], int, Any] = super().scan_block_scalar_indentation()
        self._no_tab(_BLOCK, "found a tab character where an indentation space is expected")
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Any]:
        """The line ends and the indentation before the next line of a block."""
        found: tuple[list[str], Any] = super().scan_block_scalar_breaks(indent)
        if self.column < indent:
            self._no_tab(_BLOCK, "found a tab character where an indentation space is expected")
        return found

    def scan_plain(self) -> ScalarToken:
        """A text without quotes; tabs and, between brackets, question marks are part of it."""
        start = end = self.get_mark()
        pieces: list[str] = []
        between: list[str] = []
        while self.peek() != "#" and (length := self._plain_length()):
            self.allow_simple_key = False
            pieces += [*between, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            between = self.scan_plain_spaces(self.indent + 1, start)
            if not between or (not self.flow_level and self.column <= self.indent):
                break
        return ScalarToken("".join(pieces), True, start, end)

    def _plain_length(self) -> int:
        """How many characters from here belong to a text without quotes, up to a blank."""
        length = 0
        while (sign := self.peek(length)) not in _ENDS and not (self.flow_level and sign in ",[]{}"):
            after = self.peek(length + 1)
            if sign == ":" and self.flow_level and after in ",?[]{}":
                raise ScannerError(_PLAIN, None, "found unexpected ':'", self.get_mark())
            if sign == ":" and after in _ENDS:
                break
            length += 1
        return length

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str]:
        """What stands between two words of a text without quotes; nothing where the text ends here."""
        length = 0
        while self.peek(length) in _BLANKS:
            length += 1
        blanks = self.prefix(length)
        self.forward(length)
        if self.peek() not in _BREAKS:
            return [blanks] if blanks else []
        breaks: list[str] = []
        while self.peek() in _BLANKS + _BREAKS:
            if self.peek() in _BREAKS:
                breaks.append(self.scan_line_break())
                continue
            if self.column < indent:
                self._no_tab(_PLAIN, "found a tab character that violates indentation")
            self.forward()
        self.allow_simple_key = True
        ended = self.check_document_start() or self.check_document_end()
        return [] if ended else breaks[1:] or [" "]

    def _no_tab(self, context: str, problem: str) -> None:
        if self.peek() == "\t":
            raise ScannerError(context, None, problem, self.get_mark())


#: The parser to use where it makes no difference: it never does but for speed.
FASTEST: Any = getattr(yaml, "CBaseLoader", Pure)
