"""`screener intake receive`: take in answers that were given elsewhere, looked at by staff."""

import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from screener.cli import streams
from screener.cli.intake.agreeing import sure
from screener.cli.intake.code_keys import code_key as private_key
from screener.cli.intake.coded import Coded, received
from screener.cli.intake.consenting import refused
from screener.cli.intake.editions import read_edition
from screener.cli.intake.keeper import Keeper, Kept, agreed_now
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Consent, Ref, Staff, Store, Yes
from screener.cli.intake.place import consent_text, find_place
from screener.cli.intake.references import reference
from screener.cli.intake.taking import finish
from screener.cli.options import Force
from screener.cli.start import CodeKey, Details, Folder, Format, Output, Plain, Reader
from screener.cli.start.wanted import check_wanted, wanted
from screener.records.keys.place import StorePlace
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile
from screener.summary.sheet import Label

File = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="A file of answers, or - for standard input. With --code a picture or a text file with the code; without "
        "a file it is scanned now.",
    ),
]
CodeOption = Annotated[
    bool, typer.Option("--code", help="The answers come as a code, from a scanner that types or in a file.")
]
RulesOption = Annotated[
    str, typer.Option("--rules", metavar="RULES", help="The rule file that they were given to, if not pico-laser.")
]
_STDIN = Path("/dev/stdin")


def receive(
    file: File = None,
    code: CodeOption = False,
    rules: RulesOption = "pico-laser",
    ref: Ref = None,
    consent: Consent = False,
    yes: Yes = False,
    format: Format = None,
    reader: Reader = None,
    output: Output = None,
    folder: Folder = None,
    details: Details = False,
    plain: Plain = False,
    force: Force = False,
    staff: Staff = None,
    store: Store = None,
    code_key: CodeKey = None,
) -> int:
    """Make a record of answers from a file, standard input or a code: checked, shown, and confirmed by staff."""
    asked = wanted(output or [], folder, format, reader, None, None, details)._replace(force=force)
    check_wanted(asked, counts_back=True)
    place = find_place(store)
    text, desk = consent_text(place), cache(lambda: open_desk(store, staff))
    loaded, edition, given = _scanned(file, rules, place, code_key, desk) if code else _read(file, rules, code_key)
    named, _ = reference(ref), desk()
    _show(loaded, given)
    if (not consent and refused(text, plain)) or not sure(f"Keep these answers for {named}?", yes):
        return 0
    asked = asked._replace(label=Label(named, date.today().isoformat()))
    return finish(loaded, given, Keeper(desk, Kept(loaded, edition, named, agreed_now(text))), "received", asked)


def _scanned(file: Path | None, name: str, place: StorePlace, key: Path | None, desk: Callable[[], Desk]) -> Coded:
    """All answers of a code. Raises ProblemsFound with everything that is wrong, or missing."""
    from screener.cli.start.answers import incomplete
    from screener.interview.loop import missing

    coded = received(str(file or "-"), name, private_key(place.folder, key), desk)
    streams.forget_typed()  # a second Enter that a scanner types late is to confirm nothing
    if left := missing(coded.rules, coded.given):
        raise incomplete(Path("the code"), left)
    return coded


def _read(file: Path | None, name: str, key: Path | None) -> Coded:
    """The answers of a file, with the rule file that they were given to.

    Raises ProblemsFound, and typer.BadParameter without a file or with what is only for codes.
    """
    if file is None:
        raise typer.BadParameter("Name a file of answers, or - for standard input, or scan a code with --code.")
    if key is not None:
        raise typer.BadParameter("--code-key can only be used with --code.")
    rules, edition = read_edition(name, date.today())
    return Coded(rules, edition, _given(file, rules))


def _given(file: Path, rules: RuleFile) -> dict[str, Answer]:
    """All answers of the file. Raises ProblemsFound with everything that is wrong, or missing."""
    from screener.cli.reading import read
    from screener.cli.start.answers import incomplete, read_known
    from screener.interview.loop import missing

    source = _STDIN if file == Path("-") else file
    if source == _STDIN and streams.is_terminal(sys.stdin):
        raise typer.BadParameter("Standard input is the keyboard. Name a file, or send one in with <.")
    given = dict(read_known(source, read(source), rules))
    if left := missing(rules, given):
        raise incomplete(source, left)
    return given


def _show(rules: RuleFile, given: dict[str, Answer]) -> None:
    """What was answered, and the next step, for whoever confirms it."""
    from screener.cli.start.saying import answered, next_step
    from screener.engine.assess import assess

    streams.talk(answered(rules, given) + next_step(assess(rules, given).disposition))
