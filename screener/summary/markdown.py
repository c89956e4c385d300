"""A sheet as Markdown: plain headings and lists, hostile text made inert."""

from screener.ground.escapes import inert
from screener.ground.wrapping import Look
from screener.summary import wording as w
from screener.summary.sheet import Part, Place, Row, Said, Sheet, Told, Word


def render(sheet: Sheet, look: Look) -> str:
    """The sheet as CommonMark; `look` has no meaning here."""
    professional = sheet.reader == "professional"
    step, referral = (_ids(line.sources) if professional else "" for line in (sheet.told, sheet.referral))
    blocks = [
        f"# {inert(sheet.title)}",
        inert(sheet.about),
        _listed([inert(line) for line in w.to_fill_in(*sheet.label)]) if sheet.label else "",
        f"## {w.NEXT_STEP}: {inert(sheet.step)}",
        inert(sheet.told.text) + step,
        _listed([inert(line) for line in sheet.told.because]),
        inert(sheet.note),
    ]
    for part in sheet.parts:
        blocks += [f"## {inert(part.heading)}", *_rows(part)]
    blocks += [inert(sheet.names), inert(sheet.made_with), "---", f"**{inert(sheet.referral.text)}**{referral}"]
    if sheet.details:
        blocks += ["---", f"## {w.DETAILS}", inert(sheet.behind)]
    for part in sheet.details:
        blocks += [f"### {inert(part.heading)}", *_rows(part)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _rows(part: Part) -> list[str]:
    """A part as blocks: one of its own for each reasoned line, one list for everything else."""
    if part.kind == "points":
        return ["\n".join(_point(row) for row in part.rows if isinstance(row, Said))]
    if part.kind == "lines":
        return [_said(row) for row in part.rows if isinstance(row, Said)]
    if part.kind == "asks":
        return ["\n".join(f"{number}. {_row(row)}" for number, row in enumerate(part.rows, 1))]
    return [_listed([_row(row) for row in part.rows])]


def _row(row: Row) -> str:
    if isinstance(row, Told):
        notes = "".join(f"  \n  {inert(note.text)}{_ids(note.sources)}" for note in row.notes)
        answer = f" **{inert(row.answer)}**" if row.answer else ""
        return f"{inert(row.ask)}{answer}{notes}"
    if isinstance(row, Word):
        return f"**{inert(row.word)}**: {inert(row.meaning)}"
    if isinstance(row, Place):
        return f"{inert(' · '.join(row.ids))}: {inert(row.where)}"
    return inert(str(row))


def _said(line: Said) -> str:
    possible = f"*{w.POSSIBLE}* " if line.possible else ""
    more = f" {inert(line.more)}" if line.more else ""
    text = f"{possible}{_title(line)}{inert(line.text)}{more}{_ids(line.sources)}"
    reasons = "".join(f"\n  {inert(reason)}" for reason in line.because)
    return f"- {text}{reasons}" if reasons else text


def _point(line: Said) -> str:
    """A line of the short form: without the ids of its sources, which stand in the details."""
    return "- " + _said(line._replace(sources=())).removeprefix("- ")


def _title(line: Said) -> str:
    return f"**{inert(w.ended(line.title))}** " if line.title else ""


def _listed(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _ids(sources: tuple[str, ...]) -> str:
    return f" \\[{' · '.join(sources)}\\]" if sources else ""
