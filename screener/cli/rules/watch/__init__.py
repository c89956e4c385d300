"""`screener rules watch`: beside the editor, on every save, what `check`, `test`, `diff` and `start` would say."""

from pathlib import Path
from typing import Annotated

import typer

from screener.cli import streams
from screener.cli.options import Cases, Limit, Rules

AnswersFile = Annotated[
    Path | None,
    typer.Option("--answers", help="Show the summary for the answers in this file; for a worked case otherwise."),
]
Plain = Annotated[bool, typer.Option("--plain", help="Add lines after each save, instead of drawing the screen anew.")]


def watch(
    rules: Rules, answers: AnswersFile = None, cases: Cases = None, plain: Plain = False, limit: Limit = 60
) -> None:
    """Watch a rule file: on every save the check, the worked cases, what has changed, and a summary."""
    from screener.cli.reading import rule_files
    from screener.cli.rules.watch.faces import face
    from screener.cli.rules.watch.follow import Eye, follow
    from screener.cli.worked import place_of_cases
    from screener.ground.files import shown
    from screener.ground.stamps import check_watchable
    from screener.rulefile.find import find_rules

    (name,) = rule_files([rules])
    path = find_rules(name)
    for file in (path, cases, answers):
        if file is not None:
            check_watchable(file)
    place = place_of_cases(name, cases)
    files = [path, place, *([answers] if answers else [])]
    streams.talk(f"Watching {', '.join(shown(file) for file in files)}. Ctrl-C stops.\n")
    with face(shown(path), plain) as drawn:
        follow(Eye(path, place, answers), drawn, limit)
