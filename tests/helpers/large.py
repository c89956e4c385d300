"""Rule files of a size that people write, made by rule, for tests of work and time."""

from typing import Any


def raw_large_file(questions: int, lines: int) -> dict[str, Any]:
    """Lines about two questions each; a third of the questions are shown by the one before."""
    asked: list[dict[str, Any]] = []
    for n in range(questions):
        question: dict[str, Any] = {"id": f"q{n}", "type": "one", "ask": "Q?"}
        question["options"] = {id: id for id in ("a", "b", "c", "d", "e")}
        if n % 3 == 2:
            question |= {"type": "many", "when": {f"q{n - 1}": ["a", "b", "c"]}}
        asked.append(question)
    guidance = [{"id": f"g{n}", "topic": "T", "says": "S.", "when": _about_two(n, questions)} for n in range(lines)]
    raw = {"format": 1, "id": "large", "version": "1", "title": "L", "language": "en", "questions": asked}
    steps = [{"id": "d", "title": "D", "says": "D."}]
    return raw | {"guidance": guidance, "dispositions": steps, "referral": {"says": "R."}}


def _about_two(line: int, questions: int) -> dict[str, Any]:
    first, second = line % questions, line * 7 % (questions - 1)
    return {"all": [{f"q{first}": "abcde"[line // questions % 5]}, {f"q{second}": ["a", "bcde"[line % 4]]}]}
