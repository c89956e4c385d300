"""`screener batch report`: how often each line and each next step came, as a page."""

from pathlib import Path

import typer

from screener.cli import deliver
from screener.cli.batch.parts import check_parts
from screener.cli.reading import load
from screener.cli.tables import needs_extra
from screener.ground.files import open_bytes


def give_report(of: Path, name: str, output: Path | None, force: bool) -> int:
    """Write the page. Raises ProblemsFound, and typer.BadParameter where no page is named."""
    needs_extra()
    from screener.tables.out.counts import counts
    from screener.tables.out.report import report

    if output is None or output.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter("Say with --output where to write the page, such as report.html.")
    target = deliver.target(output, force, of)
    rules = load(name)
    if of.is_dir():
        check_parts(of)
    else:
        with open_bytes(of):  # what is not there, or can't be read, is said as it is of any other file
            pass
    deliver.give(report(rules, counts(rules, of)), target, force)
    return 0
