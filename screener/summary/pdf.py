"""A sheet as PDF: tagged, PDF/UA-1, with language and title. The only door to typst.

Importing this room raises ProblemsFound where typst is not installed, so that it is known before anything is asked.
"""

import json
import re
from pathlib import Path
from typing import Any

from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import one_line
from screener.ground.wrapping import Look
from screener.summary import wording as w
from screener.summary.sheet import Sheet

try:
    import typst
except ImportError:
    _MESSAGE, _HELP = "PDF needs an extra package that is not installed", "install it with: pip install 'typst>=0.15'"
    raise ProblemsFound([Problem("no-pdf", _MESSAGE, _HELP)]) from None

_LAYOUT = Path(__file__).with_name("pages") / "summary.typ"
#: How the text of what could not be shown is quoted in the words of typst.
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_MOST_NAMED = 20
#: A sheet with more characters than this fits on its pages in no size of letters, so none is looked for.
_LONG = 60_000


def render(sheet: Sheet, look: Look) -> bytes:
    """The sheet as a PDF file, the same bytes for the same sheet and fonts; `look` has no meaning here.

    Raises ProblemsFound with every character of the texts that no font here has.
    """
    code = sheet.code and sheet.code._replace(drawing="")
    written = _written(sheet._replace(code=code))
    inputs = {
        "sheet": written,
        "words": json.dumps(w.ON_PAGES),
        "language": json.dumps(_tongue(sheet.language)),
        "long": json.dumps(len(_written(sheet._replace(details=(), code=None))) > _LONG),
    }
    missing: list[str] = []
    while len(missing) <= _MOST_NAMED:
        try:
            made: bytes = typst.compile(str(_LAYOUT), sys_inputs=inputs, pdf_standards="ua-1")
        except typst.TypstError as error:
            if not (found := _NO_GLYPH.search(str(error))):
                raise
            missing.append(text := _unquoted(found[1]))
            inputs = {**inputs, "sheet": inputs["sheet"].replace(json.dumps(text, ensure_ascii=False)[1:-1], "?")}
        else:
            if not missing:
                return made
            break
    raise ProblemsFound([_without_font(text) for text in missing])


_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def _unquoted(quoted: str) -> str:
    """What typst quotes, without its escapes."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], quoted)


def _without_font(text: str) -> Problem:
    code = " ".join(f"U+{ord(letter):04X}" for letter in text)
    message = f"no font on this computer has the character `{one_line(text)}` ({code})"
    return Problem("no-font", message, "install a font that has it, or choose --format html")


def _written(sheet: Sheet) -> str:
    """The sheet as JSON, its texts on one line each and without characters that could turn what is read."""
    return json.dumps(_plain(sheet), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value)
    if hasattr(value, "_asdict"):
        return {key: _plain(part) for key, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _tongue(language: str) -> dict[str, str | None]:
    """`en-GB` as language and region."""
    lang, *more = language.split("-")
    return {"lang": lang.lower(), "region": next((part.upper() for part in more if len(part) == 2), None)}
