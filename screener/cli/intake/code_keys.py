"""The pair of keys of a clinic for codes: with the public one they are sealed, and only the private one opens them."""

from pathlib import Path

from screener.cli.deliver import write_several
from screener.ground.files import is_there, shown
from screener.ground.problems import Problem, ProblemsFound

#: The files of a store folder. The private one stays at the desk; the other is for pages, tablets and people.
PRIVATE, PUBLIC = "code-key.pem", "code-key.public.pem"


def make_code_keys(folder: Path) -> None:
    """Make a pair of keys in this folder, both files or none, and say what each is for. Raises ProblemsFound."""
    from screener.page.code.sealing import new_pair

    if is_there(folder / PRIVATE):
        help = "use it as it is: what was sealed with it can be opened with it only"
        raise ProblemsFound([Problem("output-exists", f"`{shown(folder)}` has a pair of keys for codes already", help)])
    private, public = new_pair()
    said = (
        f"The key that opens codes is in {shown(folder / PRIVATE)}. Keep it here, and a copy where nobody else gets "
        "it: without it no sealed code can be read.\n"
        f"The key that seals them is in {shown(folder / PUBLIC)}. It is no secret; give it to whoever makes codes for "
        "you, with --seal.\n"
    )
    write_several({folder / PRIVATE: private, folder / PUBLIC: public}, None, said)


def code_key(folder: Path, named: Path | None) -> Path | None:
    """The file with the private key: as named, or the one of the store's folder, if it has one."""
    own = folder / PRIVATE
    return named or (own if is_there(own) else None)
