"""`screener rules test`: whether the worked cases of a rule file come out as they should."""

from screener.cli import streams
from screener.cli.options import Cases, Rules
from screener.cli.worked import place_of_cases, read_worked


def test(rules: Rules = "pico-laser", cases: Cases = None) -> int:
    """Run the worked cases of a rule file: what must come out, what must not, and why."""
    from screener.authoring.cases import run
    from screener.authoring.checks.proved import counted
    from screener.cli.reading import load
    from screener.ground.listing import as_text

    loaded = load(rules)
    worked, source = read_worked(loaded, place_of_cases(rules, cases))
    failures = {one.case.id: run(loaded, one) for one in worked}
    for one in worked:
        route, about = ("cases", one.case.id), one.case.about or ""
        said = [f"case `{one.case.id}`: {failure}" for failure in failures[one.case.id]]
        streams.out(as_text(source.problem("case-failed", text, route, about) for text in said))
    bad = sum(bool(found) for found in failures.values())
    streams.out(f"{counted(len(worked) - bad, 'case')} passed, {bad} failed\n")
    return 1 if bad else 0
