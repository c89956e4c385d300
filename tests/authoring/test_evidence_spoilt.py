"""Spoilt evidence: whatever is changed in the folder, with the hashes put right, is refused or changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evidence import PROMISED, checked, checked_apart, evidence_of, sealed, written
from proving import no_hurry

from screener.authoring.evidence.check import claimed, dimacs
from screener.proof.hints import explained
from screener.proof.refutation import refutation

Texts = dict[str, str]
CNF, DRUP, LRAT = "promises.cnf", "promises.drup", "promises.lrat"
TABLE, FACTS, RULES = "local.csv", "facts.json", "rules.yaml"


@pytest.fixture(scope="module")
def sound() -> Texts:
    """Evidence that nobody has touched."""
    return evidence_of(PROMISED)


def lines_of(text: str) -> list[str]:
    """The lines with their ends."""
    return text.splitlines(keepends=True)


def line(name: str, begins: str, change: Callable[[str], str]) -> Callable[[Texts], Texts]:
    """The first line of a file that begins so is changed."""

    def spoil(texts: Texts) -> Texts:
        lines = lines_of(texts[name])
        place = next(index for index, one in enumerate(lines) if one.startswith(begins))
        lines[place] = change(lines[place])
        return {**texts, name: "".join(lines)}

    return spoil


def text(name: str, change: Callable[[str], str]) -> Callable[[Texts], Texts]:
    """The whole text of a file is changed."""
    return lambda texts: {**texts, name: change(texts[name])}


def swapped(old: str, new: str) -> Callable[[str], str]:
    """The first `old` becomes `new`; it must be there."""

    def change(whole: str) -> str:
        assert old in whole
        return whole.replace(old, new, 1)

    return change


def clause(number: int, change: Callable[[str], str]) -> Callable[[Texts], Texts]:
    """The clause with this number is changed, counted from the end if it is below 0."""

    def spoil(texts: Texts) -> Texts:
        lines = lines_of(texts[CNF])
        first = next(index for index, one in enumerate(lines) if one.startswith("p cnf")) + 1
        place = first + number if number >= 0 else len(lines) + number
        lines[place] = change(lines[place])
        return {**texts, CNF: "".join(lines)}

    return spoil


def counted_anew(texts: Texts) -> Texts:
    """The head of the clauses says how many there are."""
    lines = lines_of(texts[CNF])
    clauses = sum(one[0] not in "cp" for one in lines)
    heads = [f"{one.rpartition(' ')[0]} {clauses}\n" if one.startswith("p cnf") else one for one in lines]
    return {**texts, CNF: "".join(heads)}


def then(*spoils: Callable[[Texts], Texts]) -> Callable[[Texts], Texts]:
    """One after the other."""

    def spoil(texts: Texts) -> Texts:
        for one in spoils:
            texts = one(texts)
        return texts

    return spoil


def gone(_one: str) -> str:
    return ""


def twice(one: str) -> str:
    return one * 2


def without_last(whole: str) -> str:
    return "".join(lines_of(whole)[:-1])


def opposite(one: str) -> str:
    """The first literal of a clause is turned round."""
    return one[1:] if one.startswith("-") else f"-{one}"


def half(whole: str) -> str:
    return whole[: len(whole) // 2]


def cells(place: int, change: Callable[[str], str]) -> Callable[[str], str]:
    """A cell of a row of the table is changed."""

    def spoil(row: str) -> str:
        found = row.rstrip("\r\n").split(",")
        found[place] = change(found[place])
        return ",".join(found) + "\r\n"

    return spoil


def other(verdict: str) -> str:
    return {"yes": "no", "no": "open", "open": "yes"}[verdict]


def always(value: str) -> Callable[[str], str]:
    return lambda _one: value


def without(name: str) -> Callable[[Texts], Texts]:
    """A file is missing."""
    return lambda texts: {other: one for other, one in texts.items() if other != name}


REFUSED: dict[str, Callable[[Texts], Texts]] = {
    "a clause is dropped": clause(3, gone),
    "a clause is dropped, and counted": then(clause(3, gone), counted_anew),
    "the last clause is dropped, and counted": then(clause(-1, gone), counted_anew),
    "a clause is there twice": clause(3, twice),
    "a clause is added": then(text(CNF, lambda one: one + "2 0\n"), counted_anew),
    "an empty clause is added": then(text(CNF, lambda one: one + "0\n"), counted_anew),
    "an empty line is added": text(CNF, lambda one: one + "\n"),
    "a comment is added": text(CNF, lambda one: "c all is well\n" + one),
    "a literal is turned round": clause(5, opposite),
    "a literal is turned round at the end": clause(-1, opposite),
    "a literal is left out": clause(-1, lambda one: one.partition(" ")[2]),
    "a literal is added": clause(4, lambda one: f"7 {one}"),
    "a way to break a promise is dropped": clause(-2, gone),
    "no way is left": text(CNF, lambda one: "".join(each for each in lines_of(one) if each[0] in "cp")),
    "two clauses change places": text(
        CNF, lambda one: "".join([*lines_of(one)[:-2], lines_of(one)[-1], lines_of(one)[-2]])
    ),
    "a number is huge": clause(4, always("9" * 400 + " 0\n")),
    "a number is beyond what Python reads": clause(4, always("9" * 5000 + " 0\n")),
    "a clause is a word": clause(4, always("itch 0\n")),
    "a clause has another zero": clause(4, lambda one: f"0 {one}"),
    "a number is written otherwise": clause(4, lambda one: f"+{one}" if one[0] != "-" else f"-0{one[1:]}"),
    "the meaning of a number is another": line(CNF, "c 2 ", swapped("“Yes”", "“No”")),
    "the meaning of a number is gone": line(CNF, "c 2 ", gone),
    "the head says fewer clauses": line(CNF, "p cnf", always("p cnf 1 1\n")),
    "the clauses are cut": text(CNF, half),
    "the clauses are empty": text(CNF, always("")),
    "a step is dropped": then(text(DRUP, without_last), text(LRAT, without_last)),
    "only the last step is there": then(text(DRUP, always("0\n")), text(LRAT, lambda one: lines_of(one)[-1])),
    "a step is dropped from one proof": text(DRUP, without_last),
    "a step is another in one proof": text(DRUP, opposite),
    "a step is another in both": then(
        text(DRUP, opposite), text(LRAT, lambda one: " ".join([(w := one.split(" ", 2))[0], opposite(w[1]), w[2]]))
    ),
    "a step names no clause": line(LRAT, "", lambda one: " ".join([*one.split()[:2], "0", "0\n"])),
    "a step names a clause that is not there": line(LRAT, "", lambda one: one.replace(" 0 ", " 0 99999 ", 1)),
    "a step names another clause": line(LRAT, "", lambda one: " ".join([*one.split()[:-2], "1", "0\n"])),
    "a step has another number": line(LRAT, "", lambda one: f"1{one}"),
    "a step has no zero": line(LRAT, "", lambda one: one.replace(" 0", "")),
    "a step is a deletion": line(LRAT, "", lambda one: f"d {one}"),
    "the proof is empty": then(text(DRUP, always("")), text(LRAT, always(""))),
    "the proof is cut": then(text(DRUP, half), text(LRAT, half)),
    "the proof says at once that nothing is left": then(
        text(DRUP, always("0\n")), text(LRAT, lambda one: f"{one.split()[0]} 0 1 0\n")
    ),
    "a verdict is another": line(TABLE, "guidance itchy", cells(2, other)),
    "a verdict of a promise is another": line(TABLE, "promise itchy-hear", cells(2, other)),
    "a verdict on the limits of a list is another": line(TABLE, "limits creams", cells(2, other)),
    "a verdict is a word": line(TABLE, "guidance itchy", cells(2, always("perhaps"))),
    "an answer is another": line(TABLE, "guidance itchy", cells(1, swapped("itch=yes", "itch=no"))),
    "an answer is none that there is": line(TABLE, "guidance itchy", cells(1, always("itch=maybe"))),
    "an answer is to no question": line(TABLE, "guidance itchy", cells(1, always("fever=yes"))),
    "an answer is to another question": line(TABLE, "guidance itchy", cells(1, always("notes=answered"))),
    "an answer has no sign": line(TABLE, "guidance itchy", cells(1, always("itch"))),
    "a row is about another line": line(TABLE, "guidance itchy", swapped("itchy", "worse")),
    "a row is about no line": line(TABLE, "guidance itchy", swapped("itchy", "nothing")),
    "a row is dropped": line(TABLE, "guidance itchy", gone),
    "a row is there twice": line(TABLE, "guidance itchy", twice),
    "a row has too few cells": line(TABLE, "guidance itchy", always("guidance itchy\r\n")),
    "all rows of a line are dropped": text(
        TABLE, lambda one: "".join(each for each in lines_of(one) if not each.startswith("guidance itchy"))
    ),
    "the table is cut": text(TABLE, half),
    "the table is empty": text(TABLE, always("")),
    "the rule file is another": text(RULES, swapped("How old are you?", "How tall are you?")),
    "a condition of the rule file is another": text(RULES, swapped("below: 18", "below: 81")),
    "a promise of the rule file is gone": line(RULES, "  - {id: itchy-hear", gone),
    "a blank is added to the rule file": text(RULES, lambda one: one + "\n"),
    "the rule file is empty": text(RULES, always("")),
    "the rule file is missing": lambda texts: {name: one for name, one in texts.items() if name != RULES},
    "a file is added": lambda texts: {**texts, "notes.txt": "All is well."},
    "a module is added": lambda texts: {**texts, "json.py": "raise SystemExit(0)"},
    **{f"{name} is missing": without(name) for name in (CNF, DRUP, LRAT, TABLE, FACTS)},
    "the facts are cut": text(FACTS, half),
    "the facts are empty": text(FACTS, always("")),
    "the facts are a list": text(FACTS, always("[]")),
    "the facts are deep": text(FACTS, always("[" * 100_000)),
    "the facts are nothing": text(FACTS, always("{}")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_spoilt_is_refused_in_plain_words(name: str, sound: Texts, tmp_path: Path) -> None:
    """Exit code 1, a sentence that ends in NO or says why, and nothing that looks like a fault of a program."""
    spoilt = REFUSED[name](sound)
    assert spoilt != sound
    code, said = checked(written(sealed(spoilt), tmp_path / "spoilt"))

    assert code == 1
    assert ": NO" in said.splitlines()[-1]
    assert "Traceback" not in said


def test_there_are_enough_of_them() -> None:
    """Fifty at least, of the clauses, the proof, the table and the rule file."""
    assert len(REFUSED) >= 50


def repeated(texts: Texts) -> Texts:
    """The empty clause stands twice at the end."""
    number, *_, hints = lines_of(texts[LRAT])[-1].partition(" ")
    again = f"{int(number) + 1} {hints}"
    return {**texts, DRUP: texts[DRUP] + "0\n", LRAT: texts[LRAT] + again}


HARMLESS: dict[str, tuple[Callable[[Texts], Texts], str]] = {
    "two rows change places": (
        text(TABLE, lambda one: "".join([*lines_of(one)[:-2], lines_of(one)[-1], lines_of(one)[-2]])),
        "the table is a set of rows",
    ),
    "an answer's options change places": (
        text(TABLE, swapped("creams=mild+acid", "creams=acid+mild")),
        "an answer is a set of options",
    ),
    "a step names a clause that it does not need": (
        line(LRAT, "", lambda one: one.replace(" 0 ", " 0 1 ", 1)),
        "it still follows from the others",
    ),
    "a step is said twice": (
        repeated,
        "what follows once follows again",
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_changes_nothing_is_taken(name: str, sound: Texts, tmp_path: Path) -> None:
    """Each of these folders says the same as before, for the reason that stands beside it."""
    change, reason = HARMLESS[name]
    harmless = change(sound)
    assert harmless != sound

    assert checked(written(sealed(harmless), tmp_path / "harmless")).code == 0, reason


# --- facts that lie, with clauses and a proof that go with them ---


def forged(texts: Texts, lie: Callable[[dict[str, Any]], None]) -> Texts:
    """A folder made of facts that lie. Where nothing can be proved of them, the old proof stays."""
    facts = json.loads(texts[FACTS])
    lie(facts)
    clauses = claimed(facts)
    proof = refutation(clauses, no_hurry)
    kept, steps = explained(clauses, proof, no_hurry) if proof else (clauses, [])
    numbers = [[*step.clause, 0] for step in steps]
    long = [[step.number, *step.clause, 0, *step.hints, 0] for step in steps]
    made = {FACTS: json.dumps(facts), CNF: "".join(f"{one}\n" for one in dimacs(facts, [*map(list, kept)]))}
    if steps:
        made |= {
            name: "".join(" ".join(map(str, one)) + "\n" for one in part)
            for name, part in ((DRUP, numbers), (LRAT, long))
        }
    return sealed({**texts, **made})


def _part_of_a_gate(facts: dict[str, Any]) -> None:
    """A line is only said to those who did not write notes: no row of the table can tell."""
    names, gates = facts["names"], facts["gates"]
    new = max(map(int, gates)) + 1
    gates[str(new)] = [names["itch=yes"], -names["notes=declined"]]
    names["guidance itchy is sure"] = names["guidance itchy may be"] = new


def _of_the_second_person(facts: dict[str, Any]) -> None:
    """The same of the second person alone."""
    names, gates = facts["names"], facts["gates"]
    new = max(map(int, gates)) + 1
    gates[str(new)] = [names["second for itch: itch=yes"], -names["notes=declined"]]
    names["second for itch: guidance itchy is sure"] = names["second for itch: guidance itchy may be"] = new


def _sides_swapped(facts: dict[str, Any]) -> None:
    names = facts["names"]
    sure, may = "promise itchy-hear is sure", "promise itchy-hear may be"
    names[sure], names[may] = names[may], names[sure]


def _circle(facts: dict[str, Any]) -> None:
    """A gate that holds exactly if it does not."""
    new = max(map(int, facts["gates"])) + 1
    facts["gates"][str(new)] = [-new]


def _circle_of_two(facts: dict[str, Any]) -> None:
    new = max(map(int, facts["gates"])) + 1
    facts["gates"] |= {str(new): [new + 1], str(new + 1): [-new]}


def _always_a_gate(facts: dict[str, Any]) -> None:
    facts["gates"]["1"] = [-2]


def _asked_if_not_answered(facts: dict[str, Any]) -> None:
    """A question that is asked exactly if nobody answers it."""
    facts["names"]["question much may be"] = -facts["names"]["given much"]


def _asked_by_a_later_one(facts: dict[str, Any]) -> None:
    facts["names"]["question much may be"] = facts["names"]["notes=declined"]


def _never_asked(facts: dict[str, Any]) -> None:
    facts["names"]["question much may be"] = facts["names"]["question much is sure"] = -1


def _one_number_for_two(facts: dict[str, Any]) -> None:
    facts["names"]["itch=yes"] = facts["names"]["itch=no"]


def _answers_shared(facts: dict[str, Any]) -> None:
    """The second person answers as the first, to the one question where nobody does."""
    names = facts["names"]
    for piece in facts["answers"]["itch"]["pieces"]:
        names[f"second for itch: itch={piece}"] = names[f"itch={piece}"]
    names["second for itch: given itch"] = names["given itch"]


def _no_pieces(facts: dict[str, Any]) -> None:
    facts["answers"]["notes"]["pieces"] = []


def _only_open(facts: dict[str, Any]) -> None:
    facts["answers"]["notes"]["open"] = facts["answers"]["notes"]["pieces"]


def _limits_for_nobody(facts: dict[str, Any]) -> None:
    facts["names"]["limits creams is sure"] = facts["names"]["limits creams may be"] = -1


def _rows_left_out(facts: dict[str, Any]) -> None:
    """A line is said to nobody, and the table is not to speak of it."""
    del facts["rows"]["guidance worse"]
    facts["names"]["guidance worse is sure"] = facts["names"]["guidance worse may be"] = -1


def _of_no_rule_file(facts: dict[str, Any]) -> None:
    facts["files"] = {}


def _always_is_never(facts: dict[str, Any]) -> None:
    facts["names"]["always"] = -1


def _unknown_numbers(facts: dict[str, Any]) -> None:
    facts["names"]["guidance itchy may be"] = max(map(int, facts["gates"])) + 7


def _number_zero(facts: dict[str, Any]) -> None:
    facts["names"]["itch=yes"] = 0


def _numbers_as_words(facts: dict[str, Any]) -> None:
    facts["names"]["itch=yes"] = "2"


def _a_piece_is_a_gate(facts: dict[str, Any]) -> None:
    facts["names"]["itch=yes"] = int(next(iter(facts["gates"])))


def _given_by_one_of_several(facts: dict[str, Any]) -> None:
    facts["names"]["given itch"] = facts["names"]["itch=no"]


LIES = (
    *(_part_of_a_gate, _of_the_second_person, _sides_swapped, _circle, _circle_of_two, _always_a_gate),
    *(_asked_if_not_answered, _asked_by_a_later_one, _never_asked, _one_number_for_two, _answers_shared, _no_pieces),
    *(_only_open, _limits_for_nobody, _rows_left_out, _of_no_rule_file, _always_is_never, _unknown_numbers),
    *(_number_zero, _numbers_as_words, _a_piece_is_a_gate, _given_by_one_of_several),
)


@pytest.mark.parametrize("lie", LIES)
def test_facts_that_lie_are_refused_though_all_else_goes_with_them(
    lie: Callable[[dict[str, Any]], None], sound: Texts, tmp_path: Path
) -> None:
    """What words stand for is tied by the table, and nothing in the facts can rule out answers."""
    try:
        spoilt = forged(sound, lie)
    except (ValueError, TypeError, KeyError, IndexError):  # no clauses can be made of these
        facts = json.loads(sound[FACTS])
        lie(facts)
        spoilt = sealed({**sound, FACTS: json.dumps(facts)})
    code, said = checked(written(spoilt, tmp_path / "forged"))

    assert code == 1
    assert ": NO" in said.splitlines()[-1]
    assert "The clauses" not in said


def test_clauses_that_nobody_claims_are_refused_though_a_proof_goes_with_them(sound: Texts, tmp_path: Path) -> None:
    """With one clause more anything can be proved; the facts do not give it."""
    facts = json.loads(sound[FACTS])
    lines = "".join(f"{one}\n" for one in dimacs(facts, [[1], [-1]]))
    code, said = checked(written(sealed({**sound, CNF: lines, DRUP: "0\n", LRAT: "3 0 1 2 0\n"}), tmp_path / "forged"))

    assert code == 1
    assert said.splitlines()[-1].startswith("The clauses say nothing but this")


@pytest.mark.parametrize("apart", [True, False])
def test_sound_evidence_is_taken_from_any_folder_by_a_python_without_packages(
    apart: bool, sound: Texts, tmp_path: Path
) -> None:
    """Exit code 0, and the last words say what it does not show."""
    place = written(sound, tmp_path / "sound")
    code, said = checked_apart(place, tmp_path) if apart else checked(place)

    assert code == 0
    assert "NO" not in said
    assert said.endswith("This shows that the rules do what they say, not that they are right.\n")


@pytest.mark.parametrize("name", ["promises.cnf", "promises.lrat", "local.csv", "facts.json", "manifest.json"])
def test_bytes_that_are_no_text_are_refused(name: str, sound: Texts, tmp_path: Path) -> None:
    """A file that is not UTF-8, with its hash put right, is a sentence and no traceback."""
    from hashlib import sha256

    place = written(sound, tmp_path / "bytes")
    (place / name).write_bytes(b"\xff\xfe\x00")
    if name != "manifest.json":
        manifest = json.loads(sound["manifest.json"])
        manifest["sha256"][name] = sha256(b"\xff\xfe\x00").hexdigest()
        (place / "manifest.json").write_text(json.dumps(manifest))
    code, said = checked(place)

    assert code == 1
    assert said.endswith("This folder can't be read as evidence: NO (UnicodeDecodeError).\n")


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"sha256": []}', '{"sha256": {}}', "null", '{"sha256": null}'])
def test_a_manifest_that_is_none_is_refused(manifest: str, sound: Texts, tmp_path: Path) -> None:
    """Whatever stands in its place."""
    code, said = checked(written({**sound, "manifest.json": manifest}, tmp_path / "spoilt"))

    assert code == 1
    assert ": NO" in said


def test_without_the_hashes_put_right_the_file_is_named(sound: Texts, tmp_path: Path) -> None:
    """Whoever has changed one file by chance reads which; a folder and a name of another system's are named as well."""
    code, said = checked(written({**sound, "index.html": "x"}, tmp_path / "changed"))
    assert (code, said) == (1, "Every file is as the manifest has it ('index.html' is not): NO.\n")

    code, said = checked(written({**sound, ".DS_Store\x1b[2J": "x"}, tmp_path / "added"))
    assert (code, said) == (1, "Every file is as the manifest has it ('.DS_Store\\x1b[2J' is not): NO.\n")

    (written(sound, tmp_path / "folder") / "more").mkdir()
    assert checked(tmp_path / "folder").code == 1
