"""`screener rules diff`: what an edit of a rule file changes."""

from typing import Annotated, Literal

import typer

from screener.cli import streams

Old = Annotated[str, typer.Argument(help="A rule file, its name, or REVISION:PATH as git has it.")]
New = Annotated[str, typer.Argument(help="The same, after the edit.")]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="How the changes are written.")]
Limit = Annotated[float, typer.Option(min=0, help="Seconds for the comparison.")]


def diff(old: Old, new: New, format: Format = "text", limit: Limit = 60) -> int:
    """Say what an edit changes: words, and for which answers each line and next step comes. With examples."""
    from screener.authoring.diff.compare import compare
    from screener.authoring.diff.listing import as_json, as_text
    from screener.cli.watch import Watch
    from screener.ground.problems import Problem, ProblemsFound
    from screener.proof.gates import Undecided
    from screener.rulefile.find import load_either

    before, after = load_either(old), load_either(new)
    watch = Watch(limit)
    try:
        comparison = compare(before, after, watch.tick, watch.tell)
    except Undecided as undecided:
        help = "give more time with --limit; nothing is known about the two files"
        raise ProblemsFound([Problem("not-decided", f"the comparison was not decided: {undecided}", help)]) from None
    finally:
        watch.done()
    streams.out(as_json(comparison) if format == "json" else as_text(comparison, streams.look()))
    return 0
