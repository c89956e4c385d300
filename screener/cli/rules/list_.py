"""`screener rules list`: what comes with the tool."""

from screener.cli import streams


def list_() -> None:
    """List the rule files that come with the tool."""
    from screener.rulefile.find import bundled, load_rules

    for name, path in bundled().items():
        rules = load_rules(path)
        streams.out(f"{name}  {rules.version}  {rules.language}  {rules.title}\n")
