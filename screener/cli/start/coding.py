"""The answers as a code on the person's summary: on the screen or in a file, open or sealed for a clinic."""

import sys

from screener.cli import streams
from screener.page.code.letters import Sent, written
from screener.page.code.packing import packed
from screener.page.code.picture import Ink, Picture, drawn, picture
from screener.rulefile.model import Answers, RuleFile
from screener.summary import wording as w
from screener.summary.sheet import CodeOnPage


def pictured(rules: RuleFile, given: Answers, seal: bytes | None) -> Picture:
    """The answers as a code, sealed with the public key `seal`. Raises ProblemsFound if they are too long for one."""
    body = packed(rules, given)
    if seal is None:
        return picture(written(Sent(False, body)))
    from screener.page.code.sealing import sealed

    return picture(written(Sent(True, sealed(seal, body))))


def on_page(code: Picture, is_sealed: bool, in_file: bool) -> CodeOnPage:
    """The code as it stands on a summary in a file, or on standard output."""
    says = (w.CODE_HOLDS, w.CODE_IS_SEALED if is_sealed else w.CODE_IS_OPEN)
    on_terminal = not in_file and streams.is_terminal(sys.stdout)
    fits = not on_terminal or code.width <= streams.page_width()
    return CodeOnPage(says, drawn(code, _ink(on_terminal)) if fits else "", code.width, code.path)


def _ink(on_terminal: bool) -> Ink:
    """How it is drawn: as on paper in a file; on a terminal in its own colours, or else as on a dark one, like most."""
    if not on_terminal:
        return "dark"
    return "colours" if streams.wants_color(sys.stdout) else "light"
