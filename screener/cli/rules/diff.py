"""`screener rules diff`: what an edit of a rule file changes."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import streams
from screener.cli.options import Limit, shipped

if TYPE_CHECKING:
    from screener.authoring.diff.changes import Comparison
    from screener.rulefile.model import RuleFile

Old = Annotated[
    str, typer.Argument(help="A rule file, its name, or REVISION:PATH as git has it.", autocompletion=shipped)
]
New = Annotated[str, typer.Argument(help="The same, after the edit.", autocompletion=shipped)]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="How the changes are written.")]


def diff(old: Old, new: New, format: Format = "text", limit: Limit = 60) -> None:
    """Say what an edit changes: words, and for which answers each line and next step comes. With examples."""
    from screener.authoring.diff.listing import as_json, as_text
    from screener.cli.reading import load_revision

    comparison = _compared(load_revision(old), load_revision(new), limit)
    streams.out(as_json(comparison) if format == "json" else as_text(comparison, streams.look()))


def _compared(before: "RuleFile", after: "RuleFile", limit: float) -> "Comparison":
    """The comparison. Raises ProblemsFound when the time is over before it is done."""
    from screener.authoring.diff.compare import compare
    from screener.cli.clock import Clock
    from screener.ground.problems import Problem, ProblemsFound
    from screener.proof.gates import Undecided

    clock = Clock(limit)
    try:
        return compare(before, after, clock.tick, clock.tell)
    except Undecided as undecided:
        help = "give more time with --limit; nothing is known about the two files"
        raise ProblemsFound([Problem("not-decided", f"the comparison was not decided: {undecided}", help)]) from None
    finally:
        clock.done()
