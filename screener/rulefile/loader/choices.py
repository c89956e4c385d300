"""Words that stand where an option is needed, and the options that they were meant to be."""

from screener.ground.marks import OFFERED_BY
from screener.rulefile.idioms import negated, said, split_up, without_quotes
from screener.rulefile.model import Question


def option(word: str, question: Question) -> str:
    """What a word that is no option of the question was meant to be, if that can be guessed."""
    if word in OFFERED_BY:
        return ""
    if meant := named(word, question):
        quoted = ", with straight quotes or none" if without_quotes(word) == meant else ""
        return f"write `{meant}`{quoted}{_offering([meant], question)}"
    if (rest := negated(word)) and (meant := named(rest, question)):
        return f"write `{{not: {{{question.id}: {meant}}}}}`{_offering([meant], question)}"
    joint, parts = split_up(word)
    several = [named(part, question) for part in parts]
    if not several or not all(several):
        return ""
    listed = f"[{', '.join(several)}]"
    both = joint == "all" and question.type == "many" and not set(several) & OFFERED_BY.keys()
    return f"write `{{{question.id}: {f'{{all: {listed}}}' if both else listed}}}`{_offering(several, question)}"


def named(word: str, question: Question) -> str:
    """The option, or the answer that is no value, that a word stands for: its id or its label; empty for none."""
    plain = without_quotes(word)
    if plain in question.choices or plain in OFFERED_BY:
        return plain
    by_label = [id for id, one in question.choices.items() if one.label.casefold() == plain.casefold()]
    if len(by_label) == 1:
        return by_label[0]
    meant = said(plain)
    return meant if meant in question.choices or meant in OFFERED_BY else ""


def _offering(words: list[str], question: Question) -> str:
    """What the question needs so that it offers these answers."""
    keys = [OFFERED_BY[word] for word in words if word in OFFERED_BY and word not in question.reserved]
    return f", and add {' and '.join(f'`{key}: yes`' for key in keys)} to the question" if keys else ""


def torn(raw: dict[str, object]) -> tuple[str, list[str]]:
    """The first key and all words, where a list lost its brackets: `{pain: yes, unsure}`; else nothing."""
    (key, first), *rest = raw.items()
    lost = bool(rest) and isinstance(first, str) and first != "" and all(value == "" for _, value in rest)
    return (key, [str(first), *(word for word, _ in rest)]) if lost else ("", [])
