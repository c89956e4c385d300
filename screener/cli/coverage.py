"""`screener rules coverage` and `screener rules cases`: what is accounted for, and answers that show everything."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import streams

if TYPE_CHECKING:
    from screener.authoring.cases import WorkedCase
    from screener.authoring.suggest.search import Suggested
    from screener.rulefile.model import RuleFile

Rules = Annotated[
    str, typer.Argument(metavar="RULES", help="A rule file, or the name of one that comes with the tool.")
]
Cases = Annotated[
    Path | None, typer.Option("--cases", help="The worked cases; NAME.cases.yaml beside the rule file otherwise.")
]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="How the account is written.")]
Suggest = Annotated[
    bool, typer.Option("--suggest", help="Find the fewest sets of answers that show everything the rule file can.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="DIR", help="With --suggest: write each set as an answers file here."),
]
Limit = Annotated[float, typer.Option(min=0, help="With --suggest: seconds for the search.")]
#: How long the lines of comments in a file get, without the mark before them.
_COMMENT = 78
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist already.")]


def coverage(rules: Rules = "pico-laser", cases: Cases = None, format: Format = "text") -> None:
    """Account for every statement of the sources, and say which worked cases show which part of a rule file."""
    from screener.authoring.coverage.account import accounts, exercised
    from screener.authoring.coverage.listing import as_json, as_text
    from screener.rulefile.find import load_rules

    loaded = load_rules(rules)
    worked = _worked(rules, loaded, cases, needed=cases is not None)
    shown = None if worked is None else exercised(loaded, worked)
    found, count = accounts(loaded), len(worked or ())
    if format == "json":
        streams.out(as_json(loaded, found, shown, count))
    else:
        streams.out(as_text(loaded, found, shown, count, streams.look()))


def cases(
    rules: Rules = "pico-laser",
    suggest: Suggest = False,
    output: Output = None,
    force: Force = False,
    limit: Limit = 60,
) -> None:
    """List the worked cases of a rule file; or find the fewest sets of answers that show everything it can."""
    from screener.rulefile.find import load_rules

    if output is not None and not suggest:
        raise typer.BadParameter("--output needs --suggest.")
    loaded = load_rules(rules)
    if not suggest:
        _list(loaded, _worked(rules, loaded, None, needed=True) or ())
        return
    found = _suggested(loaded, limit)
    if output is None:
        from screener.authoring.suggest.listing import as_cases

        streams.out(as_cases(loaded, found))
    else:
        _store(output, found, force)


def _worked(name: str, rules: "RuleFile", cases: Path | None, needed: bool) -> "tuple[WorkedCase, ...] | None":
    """The worked cases, or None if they are not needed and not there."""
    from os.path import lexists

    from screener.authoring.cases import read_cases
    from screener.ground.files import read_text, shown
    from screener.rulefile.find import find_rules

    path = find_rules(name)
    place = cases or path.with_name(f"{path.stem}.cases.yaml")
    if not needed and not lexists(place):
        return None
    return read_cases(read_text(place), rules, shown(place))[0]


def _list(rules: "RuleFile", worked: "tuple[WorkedCase, ...]") -> None:
    """One line for each case: its id, the next step, and how many lines are said."""
    from screener.authoring.checks.proved import counted
    from screener.engine.assess import assess

    for one in worked:
        summary = assess(rules, one.answers)
        streams.out(f"{one.case.id}  {summary.disposition.id}  {counted(len(summary.findings), 'line')} said\n")


def _suggested(rules: "RuleFile", limit: float) -> "Suggested":
    """The sets. Raises ProblemsFound when the time is over before there are any."""
    from screener.authoring.suggest.search import suggest
    from screener.cli.watch import Watch
    from screener.ground.problems import Problem, ProblemsFound
    from screener.proof.gates import Undecided

    watch = Watch(limit)
    try:
        return suggest(rules, watch.tick, watch.tell)
    except Undecided as undecided:
        message = f"no sets of answers were found: {undecided}"
        raise ProblemsFound([Problem("not-decided", message, "give more time with --limit")]) from None
    finally:
        watch.done()


def _store(folder: Path, found: "Suggested", force: bool) -> None:
    """Write every set, or none if one of the files can't be written."""
    from screener.authoring.examples import as_file
    from screener.authoring.suggest.listing import about, cases, notes
    from screener.engine.answers import as_plain
    from screener.ground.files import check_writable, make_folder, shown, write_whole
    from screener.ground.problems import Example
    from screener.ground.wrapping import lines

    make_folder(folder)
    texts = {}
    for case in cases(found):
        answers = tuple((id, as_plain(answer)) for id, answer in case.shown.answers.items())
        comments = [line for note in notes(case) for line in lines(note, _COMMENT)]
        texts[folder / f"{case.id}.yaml"] = as_file(Example("", answers), comments)
    for path in texts:
        check_writable(path, force)
    for path, text in texts.items():
        write_whole(path, text.encode(), force)
    said = [*about(found), f"Written to {shown(folder)}."]
    streams.talk("\n".join(line for text in said for line in lines(text, streams.width())) + "\n")
