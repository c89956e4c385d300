"""What is to be made of the answers: worked out, and refused if it can't be, before anything is asked."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from screener.cli import streams
from screener.cli.fhir import Handover, handover, refuse
from screener.cli.start.handouts import WITH_A_CODE, Handout, handouts
from screener.cli.start.labelling import is_labelled, label, refuse_label
from screener.ground.problems import ProblemsFound
from screener.summary.sheet import Label

if TYPE_CHECKING:
    from screener.exchange.fhir.export.response import BundleType
    from screener.ground.problems import Problem


class Wanted(NamedTuple):
    """What is to be made of the answers, and where it goes.

    `folder` is to be made if it is not there; `save` is a file for the answers alone; `handover` is for FHIR only, and
    `label` for the professional's page. `review` lets answers be looked through that are complete already. With `code`
    the person's summary has one, for who has the private key to `seal` or, if that is None, for everyone.
    """

    handouts: tuple[Handout, ...]
    folder: Path | None
    save: Path | None = None
    force: bool = False
    handover: Handover | None = None
    details: bool = False
    label: Label = Label()
    review: bool = False
    code: bool = False
    seal: bytes | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Where the summary goes, other than to standard output: all of these files are written, or none."""
        return tuple(one.path for one in self.handouts if one.path is not None)


def wanted(
    outputs: list[Path],
    folder: Path | None,
    format: str | None,
    reader: str | None,
    ref: str | None,
    day: str | None,
    details: bool,
) -> Wanted:
    """What is to be made, for whom, and what stands on it. Raises typer.BadParameter for what contradicts itself."""
    made = handouts(outputs, folder, format, reader)
    return Wanted(made, folder, details=details, label=label(ref, day, made))


def for_fhir(
    wanted: Wanted,
    bundle: "BundleType | None",
    id: str | None,
    subject: str | None,
    author: str | None,
    base_url: str | None,
) -> Wanted:
    """The same with what the options for FHIR say. Raises typer.BadParameter if it is not FHIR that is wanted."""
    if any(one.format == "fhir" for one in wanted.handouts):
        return wanted._replace(handover=handover(bundle, id, subject, author, base_url))
    options = {"--bundle": bundle, "--id": id, "--subject": subject, "--author": author, "--base-url": base_url}
    refuse(options, "--format fhir, a file that ends in .fhir.json, or --folder")
    return wanted


def for_code(wanted: Wanted, code: bool, seal: Path | None) -> Wanted:
    """The same with a code. Raises typer.BadParameter where there is no place for it, and ProblemsFound for its key."""
    if not code:
        if seal is not None:
            raise typer.BadParameter("--seal can only be used with --code.")
        return wanted
    if not any(one.format in WITH_A_CODE and one.reader == "person" for one in wanted.handouts):
        raise typer.BadParameter("--code needs a summary for the person as text, HTML or PDF to stand on.")
    import screener.page.code.picture  # noqa: F401 – raises where the packages for codes are not installed
    from screener.cli.clinic_key import clinic_key

    return wanted._replace(code=True, seal=None if seal is None else clinic_key(seal))


def alone(source: str | None, key: Path | None, others: dict[str, object]) -> None:
    """Refuse other answers beside those of a code, and a key without one. Raises typer.BadParameter."""
    if source is None and key is not None:
        raise typer.BadParameter("--code-key can only be used with --from-code.")
    if source is not None and (used := [option for option, value in others.items() if value]):
        raise typer.BadParameter(f"{' and '.join(used)} can't be used with --from-code.")


def check_apart(answers: Path | None, wanted: Wanted) -> None:
    """Refuse to read and write, or to write twice, one and the same file."""
    from screener.ground.files import real, shown

    seen: set[Path] = set()
    for path in (answers, wanted.save, *wanted.files):
        if path is not None and (place := real(path)) in seen:
            raise typer.BadParameter(
                "--answers, --output, --save-answers and --folder must name different files; "
                f"{shown(path)} is named twice."
            )
        if path is not None:
            seen.add(place)
    if sum(one.path is None for one in wanted.handouts) > 1:
        raise typer.BadParameter("Standard output can be written once only.")


def on_day(wanted: Wanted) -> date | None:
    """The day of the interview, if it was named with --date."""
    return date.fromisoformat(wanted.label.date) if wanted.label.date else None


def check_wanted(wanted: Wanted, counts_back: bool) -> None:
    """Refuse what can't be written or made, or would stand nowhere, so that nobody answers in vain.

    Raises ProblemsFound and typer.BadParameter.
    """
    check_files(wanted)
    check_format(wanted)
    check_date(wanted, counts_back)


def check_date(wanted: Wanted, counts_back: bool) -> None:
    """Refuse a date that would stand nowhere, and from which the rule file counts nothing."""
    if wanted.label.date and not counts_back and not is_labelled(wanted.handouts):
        refuse_label("--date")


def check_files(wanted: Wanted) -> None:
    """Raise ProblemsFound with every file that is to be written and can't be."""
    from screener.ground.files import check_writable

    made = _check_folder(wanted.folder) if wanted.folder is not None else None
    problems: list[Problem] = []
    for path in (*wanted.files, *([wanted.save] if wanted.save else [])):
        if made is None or path.parent != made:
            try:
                check_writable(path, wanted.force)
            except ProblemsFound as found:
                problems += found.problems
    if problems:
        raise ProblemsFound(problems)


def _check_folder(folder: Path) -> Path | None:
    """The folder if it is still to be made. Raises ProblemsFound if it can't be, or if nothing can be written to it."""
    from screener.ground.files import check_folder, check_writable

    if folder.exists():
        check_folder(folder)
        return None
    check_writable(folder, None)
    return folder


def check_format(wanted: Wanted) -> None:
    """Refuse what can't be made, so that nobody answers in vain."""
    shown = {one.format for one in wanted.handouts if one.path is None}
    if shown & {"pdf", "html"} and streams.is_terminal(sys.stdout):
        raise typer.BadParameter("A page can't be shown here. Name a file for it with --output.")
    if any(one.format == "pdf" for one in wanted.handouts):
        from screener.summary.formats import renderer

        renderer("pdf")  # the only one that needs more than what is always installed
