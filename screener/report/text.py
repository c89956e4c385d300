"""The summary as text for a terminal or a printer, laid out by rich."""

import io

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from screener.engine import Finding, Summary
from screener.model import RuleFile
from screener.report import Look
from screener.report import wording as w
from screener.safetext import one_line


def render(rules: RuleFile, summary: Summary, look: Look) -> str:
    """The summary in lines of at most `look.width` cells; the referral comes last."""
    page = _Page(look)
    page.write(rules.title, "bold")
    _next_step(page, rules, summary)
    for topic, findings in w.by_topic(summary).items():
        page.heading(topic)
        for index, finding in enumerate(findings):
            if index:
                page.blank()
            _finding(page, rules, finding)
    if rules.not_covered:
        page.heading(w.NOT_COVERED)
        page.write(rules.not_covered.says, indent=2)
    _lists(page, rules, summary)
    page.rule()
    page.write(rules.referral.says, "bold", ids=rules.referral.sources)
    return page.text()


def _next_step(page: "_Page", rules: RuleFile, summary: Summary) -> None:
    page.heading(f"{w.NEXT_STEP.upper()}: {summary.disposition.title}")
    page.write(summary.disposition.says, indent=2, ids=summary.disposition.sources)
    for line in w.disposition_because(rules, summary):
        page.write(line, "dim", indent=2)


def _finding(page: "_Page", rules: RuleFile, finding: Finding) -> None:
    possible = f"{w.POSSIBLE} " if finding.certainty == "possible" else ""
    page.write(possible + finding.guidance.says, indent=2, ids=finding.guidance.sources)
    page.write(w.because(rules, finding), "dim", indent=2)


def _lists(page: "_Page", rules: RuleFile, summary: Summary) -> None:
    if summary.questions_to_ask:
        page.heading(w.TO_TAKE_ALONG)
    for number, ask in enumerate(summary.questions_to_ask, 1):
        page.write(ask, indent=2, lead=f"{number}. ")
    page.heading(w.TOLD)
    for ask, answer in w.told(rules, summary):
        page.write(ask, indent=2)
        page.write(answer, "bold", indent=4, lead="› ")
    if words := w.glossary(rules, [finding.guidance.says for finding in summary.findings]):
        page.heading(w.WORDS)
    for word, meaning in words:
        page.write(f"{word}: {meaning}", indent=2)
    if cited := w.cited(rules, summary):
        page.heading(w.SOURCES)
    for line, ids in cited:
        page.write(f"{' · '.join(ids)}  {line}", "dim", indent=2)
    page.blank()
    page.write(w.made_with(rules, summary), "dim", indent=2)


class _Page:
    """Lines of a fixed width; every text is taken as it is, never as markup."""

    def __init__(self, look: Look) -> None:
        self._file = io.StringIO()
        self._console = Console(
            file=self._file,
            width=look.width,
            force_terminal=look.color,
            color_system="standard" if look.color else None,
            no_color=not look.color,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )

    def heading(self, text: str) -> None:
        self.blank()
        self.write(text, "bold")

    def write(self, text: str, style: str = "", indent: int = 0, lead: str = "", ids: tuple[str, ...] = ()) -> None:
        line = Text(one_line(text), style=style)
        if ids:
            line.append(f"  [{' · '.join(ids)}]", "dim")
        if lead:
            self._lead(line, lead, indent, style)
        else:
            self._console.print(Padding(line, (0, 0, 0, indent)))

    def _lead(self, line: Text, lead: str, indent: int, style: str) -> None:
        """Put a mark before the first line and set the others in."""
        width = self._console.width - indent - len(lead)
        for index, part in enumerate(line.wrap(self._console, width)):
            start = lead if not index else " " * len(lead)
            self._console.print(Text(" " * indent + start, style=style) + part, soft_wrap=True)

    def blank(self) -> None:
        self._console.print()

    def rule(self) -> None:
        self.blank()
        self._console.print(Text("-" * self._console.width, style="dim"))

    def text(self) -> str:
        return "".join(line.rstrip(" ") + "\n" for line in self._file.getvalue().splitlines())
