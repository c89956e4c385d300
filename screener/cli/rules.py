"""`screener rules …`: look at, check, test and begin rule files."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from screener.cli import check, coverage, exchange, graph, streams
from screener.cli import diff as compare

app = typer.Typer(help="Look at, check, test and begin rule files.", no_args_is_help=True, rich_markup_mode=None)

Rules = Annotated[
    str, typer.Argument(metavar="RULES", help="A rule file, or the name of one that comes with the tool.")
]


@app.command("list")
def list_() -> None:
    """List the rule files that come with the tool."""
    from screener.rulefile.find import bundled, load_rules

    for name, path in bundled().items():
        rules = load_rules(path)
        streams.out(f"{name}  {rules.version}  {rules.language}  {rules.title}\n")


@app.command()
def show(rules: Rules = "pico-laser") -> None:
    """Show a whole rule file in plain language, conditions as sentences."""
    from screener.authoring.show import render
    from screener.rulefile.find import load_rules

    streams.out(render(load_rules(rules), streams.look()))


app.command("check")(check.check)
app.command("explain")(check.explain)
app.command("coverage")(coverage.coverage)
app.command("cases")(coverage.cases)
app.command("diff")(compare.diff)
app.command("graph")(graph.graph)
app.command("export")(exchange.export)
app.command("import")(exchange.import_)


@app.command()
def test(
    rules: Rules = "pico-laser",
    cases: Annotated[
        Path | None, typer.Option(help="The worked cases; NAME.cases.yaml beside the rule file otherwise.")
    ] = None,
) -> int:
    """Run the worked cases of a rule file: what must come out, what must not, and why."""
    from screener.authoring.cases import read_cases, run
    from screener.ground.files import read_text, shown
    from screener.rulefile.find import find_rules, load_rules

    path = find_rules(rules)
    loaded = load_rules(path)
    place = cases or path.with_name(f"{path.stem}.cases.yaml")
    worked, source = read_cases(read_text(place), loaded, shown(place))
    from screener.authoring.checks.proved import counted
    from screener.ground.listing import as_text

    failures = {one.case.id: run(loaded, one) for one in worked}
    for one in worked:
        route, about = ("cases", one.case.id), one.case.about or ""
        said = [f"case `{one.case.id}`: {failure}" for failure in failures[one.case.id]]
        streams.out(as_text(source.problem("case-failed", text, route, about) for text in said))
    bad = sum(bool(found) for found in failures.values())
    streams.out(f"{counted(len(worked) - bad, 'case')} passed, {bad} failed\n")
    return 1 if bad else 0


@app.command()
def schema(
    of: Annotated[Literal["rules", "sources", "cases"], typer.Option("--of", help="Which kind of file.")] = "rules",
) -> None:
    """Print the JSON Schema of rule files, so that editors complete and check them."""
    from screener.authoring.schema import json_schema

    streams.out(json_schema(of))


@app.command()
def new(path: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")]) -> None:
    """Begin a rule file: a small one with comments that passes the check."""
    from os.path import lexists
    from shlex import quote

    from screener.authoring.template import rule_file
    from screener.ground.files import shown, write_whole

    if not path.suffix and not lexists(path):
        path = path.with_suffix(".yaml")
    write_whole(path, rule_file(path.stem).encode())
    streams.talk(f"Written: {shown(path)}. Try `screener rules check {quote(shown(path))}`.\n")
