"""`screener rules evidence`: a folder that shows what was proved, to be checked without screener."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli import deliver, streams
from screener.cli.options import Cases, Force, Limit, Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from screener.authoring.cases import Case
    from screener.authoring.checks.logic import Proved
    from screener.authoring.evidence.folder import Basis
    from screener.ground.problems import ProblemsFound
    from screener.rulefile.model import RuleFile

    Read = Callable[[Path], str]

Folder = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write; a new one.")]


def evidence(
    output: Folder, rules: Rules = "pico-laser", cases: Cases = None, force: Force = False, limit: Limit = 60
) -> None:
    """Write a folder that shows that the promises hold; others check it with Python alone."""
    from screener.authoring.evidence.folder import Basis
    from screener.cli.reading import kept
    from screener.cli.worked import place_of_cases
    from screener.ground.files import is_there, shown
    from screener.rulefile.find import find_rules, load_rules

    read, path = kept({}), find_rules(rules)
    loaded = load_rules(rules, read)
    beside = [path.with_name(loaded.sources)] if loaded.sources else []
    place = place_of_cases(rules, cases)
    worked = [place] if cases is not None or is_there(place) else []
    _check_new(output, [path, *beside, *worked], force)
    passed = _passed(loaded, read(place), shown(place)) if worked else []
    proved = _proved(rules, loaded, limit, read)
    only = frozenset(str(one.route[1]) for one in proved.remarks if one.code == "certain-only")
    texts = {one.name: read(one) for one in (path, *beside, *worked)}
    today = loaded.counted_from.isoformat() if loaded.counted_from else None
    made = _made(loaded, Basis(texts, passed, only, _versions(), today), limit)
    deliver.write_folder(
        output, made, force, f"Written: {shown(output)}. Check it with python3 -I check.py in there.\n"
    )


def _check_new(folder: Path, sources: "Sequence[Path]", force: bool) -> None:
    """Raise ProblemsFound now rather than after the proof if the folder is not one for nothing but the evidence.

    The checker refuses other files in it, so that nobody can slip one in.
    """
    from screener.authoring.evidence.folder import NAMES
    from screener.ground.files import check_folder, real, shown
    from screener.ground.problems import names

    check_folder(folder)
    ours = [*NAMES, *(one.name for one in sources)]
    present = _names_in(folder)
    if len({name.casefold() for name in ours}) < len(ours):
        raise _not_there("two files of the evidence would have one name", "call the rule file or its cases otherwise")
    if real(folder) in {real(one).parent for one in sources}:
        raise _not_there(f"`{shown(folder)}` is the folder of the rule file and its companions", "name a new folder")
    if foreign := sorted(shown(name) for name in present.difference(ours)):
        message = f"the folder `{shown(folder)}` holds what is no part of the evidence: {names(foreign)}"
        raise _not_there(message, "name a new folder, since whoever checks it wants nothing else in it")
    if present and not force:
        help = "name a new folder, or replace the files of this one with --force"
        raise _not_there(f"the folder `{shown(folder)}` is not empty", help)


def _names_in(folder: Path) -> set[str]:
    from screener.ground.files import cause_of, shown

    try:
        return {one.name for one in folder.iterdir()}
    except FileNotFoundError:
        return set()
    except OSError as error:
        message = f"the folder `{shown(folder)}` can't be looked into: {cause_of(error)}"
        raise _not_there(message, "choose another place") from None


def _not_there(message: str, help: str) -> "ProblemsFound":
    from screener.ground.problems import Problem, ProblemsFound

    return ProblemsFound([Problem("not-writable", message, help)])


def _passed(rules: "RuleFile", text: str, name: str) -> "Sequence[Case]":
    """The worked cases. Raises ProblemsFound where one does not come out as it should."""
    from screener.authoring.cases import as_problem, failures, read_cases
    from screener.ground.problems import ProblemsFound

    worked, source = read_cases(text, rules, name)
    failed = [as_problem(failure, one.case, source) for one in worked for failure in failures(rules, one)]
    if failed:
        raise ProblemsFound(failed)
    return [one.case for one in worked]


def _proved(name: str, rules: "RuleFile", limit: float, read: "Read") -> "Proved":
    """What is proved. Raises ProblemsFound where `check` finds errors: there is nothing to hand out then."""
    from screener.cli.proving import problems_of, proof_of
    from screener.ground.problems import ProblemsFound

    proved = proof_of(rules, limit)
    errors = [one for one in problems_of(name, rules, proved, None, read) if one.level == "error"]
    if errors and all(one.code == "not-decided" for one in errors):
        raise _too_late(errors[0].message if len(errors) == 1 else f"not all was decided within {limit:g} seconds")
    if errors:
        streams.talk("No evidence is written, as these were found:\n\n")
        raise ProblemsFound(errors)
    return proved


def _made(rules: "RuleFile", given: "Basis", limit: float) -> "Mapping[str, str]":
    """Every file of the folder. Raises ProblemsFound when the time is over before they are made."""
    from screener.authoring.evidence.folder import folder
    from screener.cli.clock import Clock
    from screener.proof.gates import Undecided

    clock = Clock(limit)
    try:
        return folder(rules, given, clock.tick)
    except Undecided as undecided:
        raise _too_late(str(undecided)) from None
    finally:
        clock.done()


def _too_late(why: str) -> "ProblemsFound":
    """One problem for all that was not decided: there is no half of evidence."""
    from screener.ground.problems import Problem, ProblemsFound

    help = "give more time with --limit, or make the file smaller"
    return ProblemsFound([Problem("not-decided", f"no evidence is written: {why}", help)])


def _versions() -> "Mapping[str, str]":
    from importlib.metadata import version
    from platform import python_version

    return {"screener": version("screener"), "python-sat": version("python-sat"), "Python": python_version()}
