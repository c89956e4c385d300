"""`screener rules evidence`: a folder that shows what was proved, to be checked without screener."""

from os.path import lexists
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

    _check_new(output, force)
    read, path = kept({}), find_rules(rules)
    loaded = load_rules(rules, read)
    beside = [path.with_name(loaded.sources)] if loaded.sources else []
    place = place_of_cases(rules, cases)
    worked = [place] if cases is not None or is_there(place) else []
    passed = _passed(loaded, read(place), shown(place)) if worked else []
    proved = _proved(rules, loaded, limit, read)
    only = frozenset(str(one.route[1]) for one in proved.remarks if one.code == "certain-only")
    texts = {one.name: read(one) for one in (path, *beside, *worked)}
    made = _made(loaded, Basis(texts, passed, only, _versions()), limit)
    deliver.write_folder(
        output, made, force, f"Written: {shown(output)}. Check it with python3 -I check.py in there.\n"
    )


def _check_new(folder: Path, force: bool) -> None:
    """The checker wants no other files in the folder, so that nobody can slip one in. Raises ProblemsFound."""
    from screener.ground.files import check_folder, shown
    from screener.ground.problems import Problem, ProblemsFound

    check_folder(folder)
    if lexists(folder) and any(folder.iterdir()) and not force:
        help = "name a new folder, or replace the files of this one with --force"
        raise ProblemsFound([Problem("not-writable", f"the folder `{shown(folder)}` is not empty", help)])


def _passed(rules: "RuleFile", text: str, name: str) -> "Sequence[Case]":
    """The worked cases. Raises ProblemsFound where one does not come out as it should."""
    from screener.authoring.cases import read_cases, run
    from screener.ground.problems import ProblemsFound

    worked, source = read_cases(text, rules, name)
    failed = [(one.case.id, failure) for one in worked for failure in run(rules, one)]
    if failed:
        said = [source.problem("case-failed", f"case `{id}`: {why}", ("cases", id)) for id, why in failed]
        raise ProblemsFound(said)
    return [one.case for one in worked]


def _proved(name: str, rules: "RuleFile", limit: float, read: "Read") -> "Proved":
    """What is proved. Raises ProblemsFound where `check` finds errors: there is nothing to hand out then."""
    from screener.cli.proving import problems_of, proof_of
    from screener.ground.problems import ProblemsFound

    proved = proof_of(rules, limit)
    errors = [one for one in problems_of(name, rules, proved, None, read) if one.level == "error"]
    if errors:
        streams.talk("No evidence is written, as these were found:\n\n")
        raise ProblemsFound(errors)
    return proved


def _made(rules: "RuleFile", given: "Basis", limit: float) -> "Mapping[str, str]":
    """Every file of the folder. Raises ProblemsFound when the time is over before they are made."""
    from screener.authoring.evidence.folder import folder
    from screener.cli.clock import Clock
    from screener.ground.problems import Problem, ProblemsFound
    from screener.proof.gates import Undecided

    clock = Clock(limit)
    try:
        return folder(rules, given, clock.tick)
    except Undecided as undecided:
        help = "give more time with --limit, or make the file smaller"
        raise ProblemsFound([Problem("not-decided", f"no evidence is written: {undecided}", help)]) from None
    finally:
        clock.done()


def _versions() -> "Mapping[str, str]":
    from importlib.metadata import version
    from platform import python_version

    return {"screener": version("screener"), "python-sat": version("python-sat"), "Python": python_version()}
