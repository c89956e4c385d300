"""Answers files: answers that are known before anything is asked, and answers that are kept."""

from collections.abc import Iterable
from pathlib import Path

from screener.cli import streams
from screener.engine.answers import SCHEMA, as_plain, read_answers
from screener.ground.files import shown
from screener.ground.jsontext import as_json_text
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import one_line
from screener.interview.loop import aside, counted
from screener.rulefile.model import Answers, Question, RuleFile


def read_known(path: Path, text: str, rules: RuleFile) -> Answers:
    """The answers of a file with this text; what does not count is said and left out. Raises ProblemsFound."""
    found = read_answers(text, rules, shown(path))
    version = found.rules.get("version", rules.version)
    if version != rules.version or found.rules.get("sha256", rules.sha256) != rules.sha256:
        streams.talk(
            f"Note: {rules.id} has changed since these answers were saved (version {one_line(version)[:40]} then, "
            f"{rules.version} now). Please look at them again.\n"
        )
    for id, note in found.former.items():
        streams.talk(f"Note: `{id}` is no longer asked. {one_line(note)}\n")
    for id in aside(rules, found.answers):
        streams.talk(f"Note: `{id}` is not asked with these answers, so its answer was left out.\n")
    return counted(rules, found.answers)


def incomplete(path: Path, missing: Iterable[Question]) -> ProblemsFound:
    """What is wrong with an answers file when nobody is there to be asked: each question that it leaves open."""
    return ProblemsFound(
        Problem("missing-answer", f"question `{question.id}` has no answer", question.ask, shown(path))
        for question in missing
    )


def as_file(rules: RuleFile, given: Answers) -> str:
    """The answers as the text of an answers file."""
    header = {"id": rules.id, "version": rules.version, "sha256": rules.sha256}
    plain = {id: as_plain(answer) for id, answer in given.items()}
    day = {"date": rules.counted_from.isoformat()} if rules.counted_from else {}
    return as_json_text({"schema": SCHEMA, "rules": header, **day, "answers": plain})
