"""The commands of `screener rules`, in the order of its help."""

import typer

from screener.cli.rules import (
    cases,
    check,
    coverage,
    diff,
    evidence,
    explain,
    export,
    graph,
    import_,
    list_,
    new,
    schema,
    show,
    watch,
)
from screener.cli.rules import test as test_

app = typer.Typer(rich_markup_mode=None)
app.command("list")(list_.list_)
app.command("show")(show.show)
app.command("check")(check.check)
app.command("watch")(watch.watch)
app.command("explain")(explain.explain)
app.command("coverage")(coverage.coverage)
app.command("cases")(cases.cases)
app.command("diff")(diff.diff)
app.command("evidence")(evidence.evidence)
app.command("graph")(graph.graph)
app.command("export")(export.export)
app.command("import")(import_.import_)
app.command("test")(test_.test)
app.command("schema")(schema.schema)
app.command("new")(new.new)
