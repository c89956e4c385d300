"""`screener rules show`: a rule file in plain language."""

from screener.cli import streams
from screener.cli.options import Rules


def show(rules: Rules = "pico-laser") -> None:
    """Show a whole rule file in plain language, conditions as sentences."""
    from screener.authoring.show import render
    from screener.cli.reading import load

    streams.out(render(load(rules), streams.look()))
