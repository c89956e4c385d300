"""`screener rules cases`: the worked cases of a rule file, and answers that show everything it can."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli import deliver, streams
from screener.cli.options import Force, Limit, Rules
from screener.cli.worked import place_of_cases, read_worked

if TYPE_CHECKING:
    from screener.authoring.suggest.search import Suggested
    from screener.authoring.suggest.strong import Strong
    from screener.rulefile.model import RuleFile

Suggest = Annotated[
    bool, typer.Option("--suggest", help="Find the fewest sets of answers that show everything the rule file can.")
]
StrongCases = Annotated[
    bool,
    typer.Option(
        "--strong", help="With --suggest: more sets, so that every small change of a condition or next step is noticed."
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="DIR", help="With --suggest: write each set as an answers file here."),
]
#: How long the lines of comments in a file get, without the mark before them.
_COMMENT = 78


def cases(
    rules: Rules = "pico-laser",
    suggest: Suggest = False,
    strong: StrongCases = False,
    output: Folder = None,
    force: Force = False,
    limit: Limit = 60,
) -> int:
    """List the worked cases of a rule file; or find the fewest sets of answers that show everything it can."""
    from screener.cli.reading import load
    from screener.ground.files import check_folder

    if strong and not suggest:
        raise typer.BadParameter("--strong needs --suggest.")
    if output is not None:
        if not suggest:
            raise typer.BadParameter("--output needs --suggest.")
        check_folder(output)
    loaded = load(rules)
    if not suggest:
        _list(loaded, place_of_cases(rules, None))
        return 0
    found, beside = _suggested(loaded, strong, limit)
    if output is None:
        from screener.authoring.suggest.listing import as_cases

        streams.out(as_cases(loaded, found, beside))
    else:
        _store(loaded, output, found, beside, force)
    return 1 if beside is not None and beside.undecided else 0


def _list(rules: "RuleFile", place: Path) -> None:
    """One line for each case: its id, the next step, and how many lines are said."""
    from screener.authoring.checks.proved import counted
    from screener.engine.assess import assess

    for one in read_worked(rules, place)[0]:
        summary = assess(rules, one.answers)
        streams.out(f"{one.case.id}  {summary.disposition.id}  {counted(len(summary.findings), 'line')} said\n")


def _suggested(rules: "RuleFile", strong: bool, limit: float) -> "tuple[Suggested, Strong | None]":
    """The sets, and those that are wanted beside. Raises ProblemsFound when the time is over before there are any."""
    from screener.authoring.changes.difference import cuts_with_changes
    from screener.authoring.suggest.search import suggest
    from screener.authoring.suggest.strong import strengthened
    from screener.cli.clock import Clock
    from screener.ground.problems import Problem, ProblemsFound
    from screener.proof.gates import Undecided

    clock = Clock(limit)
    try:
        found = suggest(rules, clock.tick, clock.tell, cuts=cuts_with_changes(rules) if strong else None)
        return found, strengthened(rules, found.sets, clock.tick, clock.tell) if strong else None
    except Undecided as undecided:
        message = f"no sets of answers were found: {undecided}"
        raise ProblemsFound([Problem("not-decided", message, "give more time with --limit")]) from None
    finally:
        clock.done()


def _store(rules: "RuleFile", folder: Path, found: "Suggested", strong: "Strong | None", force: bool) -> None:
    """Write every set to a file of its own, and say what they are."""
    from screener.authoring.examples import as_file
    from screener.authoring.suggest.listing import about, cases, notes
    from screener.engine.answers import for_any_day
    from screener.ground.files import shown
    from screener.ground.problems import ExampleAnswers
    from screener.ground.wrapping import lines

    texts = {}
    for case in cases(found, strong):
        answers = tuple((id, for_any_day(rules, id, answer)) for id, answer in case.shown.answers.items())
        comments = [line for note in notes(case) for line in lines(note, _COMMENT)]
        texts[f"{case.id}.yaml"] = as_file(ExampleAnswers("", answers), comments)
    said = [*about(found, strong), f"Written to {shown(folder)}."]
    deliver.write_folder(
        folder, texts, force, "\n".join(line for text in said for line in lines(text, streams.width())) + "\n"
    )
