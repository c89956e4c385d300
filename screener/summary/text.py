"""A sheet as text for a terminal or a printer, laid out by rich."""

import io

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from screener.ground.safetext import one_line
from screener.ground.wrapping import Look
from screener.summary import wording as w
from screener.summary.sheet import Part, Place, Said, Sheet, Told, Word


def render(sheet: Sheet, look: Look) -> str:
    """The sheet in lines of at most `look.width` cells; the referral comes last."""
    page = _Printout(look)
    page.write(sheet.title, "bold")
    if sheet.about:
        page.write(sheet.about)
    page.heading(f"{w.NEXT_STEP.upper()}: {sheet.step}")
    _said(page, sheet.told)
    for part in sheet.parts:
        _part(page, part)
    page.blank()
    page.write(sheet.made_with, "dim", indent=2)
    page.rule()
    page.write(sheet.referral.text, "bold", ids=sheet.referral.sources)
    return page.text()


def _part(page: "_Printout", part: Part) -> None:
    page.heading(part.heading)
    for number, row in enumerate(part.rows, 1):
        if isinstance(row, Said):
            if number > 1:
                page.blank()
            _said(page, row)
        elif isinstance(row, Told):
            _told(page, row)
        elif isinstance(row, Word):
            page.write(f"{row.word}: {row.meaning}", indent=2)
        elif isinstance(row, Place):
            page.write(f"{' · '.join(row.ids)}  {row.where}", "dim", indent=2)
        else:
            page.write(row, indent=2, lead=f"{number}. " if part.kind == "asks" else "- ")


def _said(page: "_Printout", line: Said) -> None:
    possible = f"{w.POSSIBLE} " if line.possible else ""
    page.write(possible + line.text, indent=2, ids=line.sources)
    for reason in line.because:
        page.write(reason, "dim", indent=2)


def _told(page: "_Printout", row: Told) -> None:
    page.write(row.ask, indent=2)
    page.write(row.answer, "bold", indent=4, lead="› ")
    if row.note:
        page.write(row.note, "dim", indent=4)


class _Printout:
    """Lines of a fixed width; every text is taken as it is, never as markup."""

    def __init__(self, look: Look) -> None:
        self._file = io.StringIO()
        self._console = Console(
            file=self._file,
            width=look.width,
            force_terminal=look.color,
            color_system="standard" if look.color else None,
            no_color=not look.color,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )

    def heading(self, text: str) -> None:
        self.blank()
        self.write(text, "bold")

    def write(self, text: str, style: str = "", indent: int = 0, lead: str = "", ids: tuple[str, ...] = ()) -> None:
        line = Text(one_line(text), style=style)
        if ids:
            line.append(f"  [{' · '.join(ids)}]", "dim")
        if lead:
            self._lead(line, lead, indent, style)
        else:
            self._console.print(Padding(line, (0, 0, 0, indent)))

    def _lead(self, line: Text, lead: str, indent: int, style: str) -> None:
        """Put a mark before the first line and set the others in."""
        width = self._console.width - indent - len(lead)
        for index, part in enumerate(line.wrap(self._console, width)):
            start = lead if not index else " " * len(lead)
            self._console.print(Text(" " * indent + start, style=style) + part, soft_wrap=True)

    def blank(self) -> None:
        self._console.print()

    def rule(self) -> None:
        self.blank()
        self._console.print(Text("-" * self._console.width, style="dim"))

    def text(self) -> str:
        return "".join(line.rstrip(" ") + "\n" for line in self._file.getvalue().splitlines())
