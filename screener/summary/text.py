"""A sheet as text for a terminal or a printer, laid out by rich."""

import io

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from screener.ground.safetext import one_line
from screener.ground.wrapping import Look
from screener.summary import wording as w
from screener.summary.sheet import CodeOnPage, Part, Place, Said, Sheet, Told, Word

#: A screen of a terminal: what is most important is to stand on the first.
_SCREEN = 24


def render(sheet: Sheet, look: Look) -> str:
    """The sheet in lines of at most `look.width` cells: the short form, which ends in the referral, then the details.

    Where the short form of a person is longer than a screen, the referral stands below the next step too.
    """
    short = _page(sheet._replace(details=(), code=None), look, ())
    is_long = sheet.reader == "person" and short.count("\n") > _SCREEN
    return _page(sheet, look, (sheet.referral,) if is_long else ())


def _page(sheet: Sheet, look: Look, early: tuple[Said, ...]) -> str:
    page = _Printout(look)
    page.write(sheet.title, "bold")
    if sheet.about:
        page.write(sheet.about)
    for field in w.to_fill_in(*sheet.label) if sheet.label else ():
        page.write(field, indent=2)
    page.heading(f"{w.NEXT_STEP.upper()}: {sheet.step}")
    for line in (sheet.told, *early):
        _said(page, line, ids=sheet.reader == "professional")
    if sheet.note:
        page.write(sheet.note, indent=2)
    for part in sheet.parts:
        _part(page, part)
    page.blank()
    if sheet.names:
        page.write(sheet.names, "dim", indent=2)
    page.write(sheet.made_with, "dim", indent=2)
    page.rule()
    page.write(sheet.referral.text, "bold", ids=sheet.referral.sources if sheet.reader == "professional" else ())
    if sheet.details:
        _details(page, sheet)
    return page.text() + (_code(sheet.code, look) if sheet.code else "")


def _code(code: CodeOnPage, look: Look) -> str:
    """What is to be known of a code, then its drawing, which is as wide as it is."""
    page = _Printout(look)
    page.heading(w.CODE.upper())
    for text in code.says if code.drawing else (w.CODE_TOO_WIDE,):
        page.write(text, indent=2)
    page.blank()
    return page.text() + code.drawing


def details(sheet: Sheet, look: Look) -> str:
    """Only what lies behind the short form, in lines of at most `look.width` cells."""
    page = _Printout(look)
    _details(page, sheet)
    return page.text()


def _details(page: "_Printout", sheet: Sheet) -> None:
    page.heading(w.DETAILS.upper())
    if sheet.behind:
        page.write(sheet.behind, "dim", indent=2)
    for part in sheet.details:
        _part(page, part)


def _part(page: "_Printout", part: Part) -> None:
    page.heading(part.heading)
    for number, row in enumerate(part.rows, 1):
        if isinstance(row, Said):
            if number > 1 and part.kind == "lines":
                page.blank()
            _said(page, row, ids=part.kind == "lines", lead="" if part.kind == "lines" else "- ")
        elif isinstance(row, Told):
            _told(page, row)
        elif isinstance(row, Word):
            page.write(f"{row.word}: {row.meaning}", indent=2)
        elif isinstance(row, Place):
            page.write(f"{' · '.join(row.ids)}  {row.where}", "dim", indent=2)
        else:
            page.write(row, indent=2, lead=f"{number}. " if part.kind == "asks" else "- ")


def _said(page: "_Printout", line: Said, ids: bool, lead: str = "") -> None:
    """The line, its evidence and the reasons for it. `ids` says whether the ids of its sources stand behind it."""
    sources = line.sources if ids else ()
    page.write(_titled(line), indent=2, lead=lead, ids=() if line.more else sources)
    if line.more:
        page.write(line.more, indent=2, ids=sources)
    for reason in line.because:
        page.write(reason, "dim", indent=2 + len(lead))


def _titled(line: Said) -> Text:
    """What is said after its title. `This may apply to you.` comes before."""
    possible = f"{w.POSSIBLE} " if line.possible else ""
    title = f"{one_line(w.ended(line.title))} " if line.title else ""
    return Text(possible).append(title, "bold").append(one_line(line.text))


def _told(page: "_Printout", row: Told) -> None:
    page.write(row.ask, indent=2)
    if row.answer:
        page.write(row.answer, "bold", indent=4, lead="› ")
    for note in row.notes:
        page.write(note.text, indent=4, ids=note.sources)


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

    def write(
        self, text: str | Text, style: str = "", indent: int = 0, lead: str = "", ids: tuple[str, ...] = ()
    ) -> None:
        line = Text(one_line(text), style=style) if isinstance(text, str) else text
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
