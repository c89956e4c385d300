"""The last lines of a check: how much was found, and what was proved."""

from collections.abc import Iterable

from screener.authoring.checks.tongue import in_english
from screener.rulefile.model import RuleFile

_ENGLISH_ONLY = "words that judge or promise, and texts that are hard to read"


def render(rules: RuleFile, sound: Iterable[tuple[str, int]], errors: int, warnings: int) -> str:
    """The file, the number of problems, and what holds for every possible set of answers."""
    found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}" if errors or warnings else "no problems"
    statements = len(rules.library.statements) if rules.library else 0
    parts = [counted(len(rules.questions), "question"), counted(len(rules.guidance), "guidance line")]
    first = f"{rules.id} {rules.version}: {found} ({', '.join([*parts, counted(statements, 'statement')])})\n"
    facts = [_fact(words, count) for words, count in sound if words and count]
    proved = f"Proved for every possible set of answers: {'; '.join(facts)}.\n" if facts else ""
    return first + _not_looked_for(rules.language) + proved


def _not_looked_for(language: str) -> str:
    """What a check of a file in another language leaves out, so that a clean one is not taken for more than it is."""
    if in_english(language):
        return ""
    return f"Not looked for in `{language}`, only in English: {_ENGLISH_ONLY}.\n"


def counted(count: int, what: str) -> str:
    """A number and what is counted, in the singular or the plural."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def _fact(words: str, count: int) -> str:
    one = count == 1
    return f"{count:,} {words.format(s='' if one else 's', es='s' if one else '')}"
