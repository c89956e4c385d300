"""The last lines of a check: how much was found, and what was proved."""

from collections.abc import Iterable

from screener.rulefile.model import RuleFile


def render(rules: RuleFile, sound: Iterable[tuple[str, int]], errors: int, warnings: int) -> str:
    """The file, the number of problems, and what holds for every possible set of answers."""
    found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}" if errors or warnings else "no problems"
    statements = len(rules.library.statements) if rules.library else 0
    parts = [counted(len(rules.questions), "question"), counted(len(rules.guidance), "guidance line")]
    first = f"{rules.id} {rules.version}: {found} ({', '.join([*parts, counted(statements, 'statement')])})\n"
    facts = [_fact(words, count) for words, count in sound if words and count]
    return first + (f"Proved for every possible set of answers: {'; '.join(facts)}.\n" if facts else "")


def counted(count: int, what: str) -> str:
    """A number and what is counted, in the singular or the plural."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def _fact(words: str, count: int) -> str:
    one = count == 1
    return f"{count:,} {words.format(s='' if one else 's', es='s' if one else '')}"
