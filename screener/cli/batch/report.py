"""`screener batch report`: how often each line and each next step came, as a page."""

from pathlib import Path


def give_report(of: Path, name: str, output: Path | None, force: bool) -> int:
    """Write the page. Raises ProblemsFound."""
    raise NotImplementedError
