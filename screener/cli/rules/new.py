"""`screener rules new`: begin a rule file, with or without what stands beside it."""

from pathlib import Path
from typing import Annotated

import typer

from screener.cli import deliver, streams

NewFile = Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")]
WithSources = Annotated[bool, typer.Option("--with-sources", help="Also write the sources file that it cites.")]
From = Annotated[
    Path | None, typer.Option("--from", metavar="CSV", help="Take the questions from a table, one in each row.")
]
WithCases = Annotated[bool, typer.Option("--with-cases", help="Also write worked cases for it.")]


def new(
    path: NewFile, with_sources: WithSources = False, with_cases: WithCases = False, questions: From = None
) -> None:
    """Begin a rule file: a small one with comments that passes the check, or one from a table of questions."""
    from os.path import lexists

    if not path.suffix and not lexists(path):
        path = path.with_suffix(".yaml")
    if questions is None:
        _example(path, with_sources, with_cases)
    elif with_sources or with_cases:
        raise typer.BadParameter("--with-sources and --with-cases go with the small example, not with --from.")
    else:
        _from_table(path, questions)


def _example(path: Path, with_sources: bool, with_cases: bool) -> None:
    """The small example, with what is to stand beside it."""
    from shlex import quote

    from screener.authoring import template
    from screener.ground.files import shown

    name = path.stem
    files: dict[Path, str | bytes] = {path: (template.sourced_rule_file if with_sources else template.rule_file)(name)}
    if with_sources:
        files[path.with_name(f"{template.sources_name(name)}.sources.yaml")] = template.sources_file(name)
    if with_cases:
        files[path.with_name(f"{name}.cases.yaml")] = template.cases_file(name)
    tried = f"screener rules {'test' if with_cases else 'check'} {quote(shown(path))}"
    said = f"Written: {', '.join(map(shown, files))}. Try `{tried}`.\n"
    deliver.write_several(files, None, said)


def _from_table(path: Path, questions: Path) -> None:
    """The questions of a table; what of it is not kept is listed on standard error."""
    from shlex import quote

    from screener.cli.reading import read
    from screener.exchange.table import take
    from screener.ground.files import check_writable, shown
    from screener.ground.problems import shortened

    check_writable(path, None)
    taken = take(read(questions), shown(questions), path.stem)
    streams.tell(shortened(taken.lost, help=""))
    said = f"Written: {shown(path)}. What it says for which answers is still to be written, under `guidance:`.\n"
    deliver.write(path, taken.text, said=f"{said}`screener rules check {quote(shown(path))}` helps.\n")
