"""Spoilt evidence: whatever is changed in the folder, with the hashes put right, is refused or changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evidence import CERTAIN_ONLY, PROMISED, checked, checked_apart, evidence_of, hash_of, sealed, written
from proving import no_hurry

from screener.authoring.evidence.check import claimed, dimacs
from screener.authoring.evidence.meaning import Rules
from screener.authoring.evidence.table import Verdicts
from screener.ground.escapes import rows_of_csv
from screener.proof.gates import Undecided
from screener.rulefile.loader import load
from screener.rulefile.yamltext import read

Texts = dict[str, str]
CNF, DRUP, LRAT = "promises.cnf", "promises.drup", "promises.lrat"
TABLE, READ, RULES, PAGE = "local.csv", "rules.json", "rules.yaml", "index.html"


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


def manifest(**changed: Any) -> Callable[[Texts], Texts]:
    """The manifest says something else."""
    return text("manifest.json", lambda one: json.dumps({**json.loads(one), **changed}))


def both(old: str, new: str) -> Callable[[Texts], Texts]:
    """The rule file and what was read of it are changed alike, and nothing else."""
    return then(text(RULES, swapped(old, new)), text(READ, swapped(old, new)))


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
    "a verdict of what is certain is another": line(TABLE, "answers a-child", cells(2, other)),
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
    "the answers are written in another order": line(TABLE, "guidance itchy", cells(1, always("itch=yes itch=no"))),
    "rows are added to a sample": text(TABLE, lambda one: one + "guidance itchy,itch=,no\r\n"),
    "the head of the table is a row": line(TABLE, "what", always("guidance itchy,itch=yes,no\r\n")),
    "the rule file is another": text(RULES, swapped("How old are you?", "How tall are you?")),
    "a condition of the rule file is another": text(RULES, swapped("below: 18", "below: 81")),
    "a next step of the rule file is gone": text(RULES, swapped(", disposition: doctor}", "}")),
    "a promise of the rule file is gone": line(RULES, "  - {id: itchy-hear", gone),
    "all promises of the rule file are gone": text(RULES, lambda one: one[: one.index("invariants:")]),
    "a bracket of the rule file is moved": text(RULES, swapped("{not: {itch: no}}", "{not: {itch: no}, }")),
    "a part of the rule file is set in": text(RULES, swapped("\nguidance:", "\n  guidance:")),
    "a line of the rule file is a comment": text(RULES, swapped("    open: left-out", "    # open: left-out")),
    "a comment of the rule file is in a text": text(RULES, swapped("It helps.", "It helps. #")),
    "a line is added to the rule file": text(RULES, lambda one: one + "more: yes\n"),
    "the rule file is a word": text(RULES, always("x\n")),
    "the rule file is empty": text(RULES, always("")),
    "the rule file is missing": without(RULES),
    "what was read is a word": text(READ, always('"x"')),
    "what was read and the rule file are a word": then(text(READ, always('"x"')), text(RULES, always("x"))),
    "the words of a promise are others": text(READ, swapped("They asked.", "They did not ask.")),
    "the id of a promise is another": text(READ, swapped('"itchy-hear"', '"itchy-hears"')),
    "who a promise is for is another": text(READ, swapped('"left-out"', '"included"')),
    "what was read has a promise less": text(READ, lambda one: _less(one, "invariants", 4)),
    "what was read has a line less": text(READ, lambda one: _less(one, "guidance", 1)),
    "what was read is in another order": text(READ, lambda one: json.dumps(dict(reversed(json.loads(one).items())))),
    "what was read has numbers": text(READ, swapped('"format": "1"', '"format": 1')),
    "words are others in both": both("How old are you?", "How tall are you?"),
    "a limit is another in both": both("18", "81"),
    "a reason is another in both": both("They asked.", "They did not ask."),
    "a promise is of an unknown kind in both": both("no_guidance", "no_guidence"),
    "a question is called otherwise in both": both("much", "more"),
    "certain answers only, though it is settled": manifest(**{"certain only": ["calm-is-calm"]}),
    "certain answers only, of what is no promise": manifest(**{"certain only": ["x"]}),
    "certain answers only, of none": manifest(**{"certain only": []}),
    "certain answers only, of one more": manifest(**{"certain only": ["itchy-hear", "light-is-calm"]}),
    "the manifest names no rule file": manifest(beside=[]),
    "the manifest has no words on certain answers": text("manifest.json", swapped('"certain only"', '"certain"')),
    "a file is added": lambda texts: {**texts, "notes.txt": "All is well."},
    "a module is added": lambda texts: {**texts, "json.py": "raise SystemExit(0)"},
    **{f"{name} is missing": without(name) for name in (CNF, DRUP, LRAT, TABLE, READ, PAGE)},
    "what was read is cut": text(READ, half),
    "what was read is empty": text(READ, always("")),
    "what was read is a list": text(READ, always("[]")),
    "what was read is deep": text(READ, always("[" * 100_000)),
    "what was read is nothing": text(READ, always("{}")),
    "the page says something else": text(PAGE, always("<p>All is proved, and the rules are right.")),
    "the page ends otherwise": text(
        PAGE, lambda one: one.replace("not that they are right", "and that they are right")
    ),
    "a reason on the page is another": text(PAGE, swapped("They asked.", "They did not ask.")),
    "a promise is missing on the page": text(PAGE, lambda one: one.replace("<code>itchy-hear</code>", "")),
    "the hash on the page is another": text(PAGE, lambda one: one.replace(hash_of(PROMISED), hash_of("x"))),
}


def _less(whole: str, key: str, place: int) -> str:
    """Plain values with one entry of a list less."""
    values = json.loads(whole)
    del values[key][place]
    return json.dumps(values)


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
    "a step names a clause that it does not need": (
        line(LRAT, "", lambda one: one.replace(" 0 ", " 0 1 ", 1)),
        "it still follows from the others",
    ),
    "a step is said twice": (
        repeated,
        "what follows once follows again",
    ),
    "a comment and blanks are added to the rule file": (
        text(RULES, lambda one: one.replace("id: promised", "id:   promised  # as above", 1).replace("\n", " \n")),
        "they say nothing",
    ),
    "the statements are gone": (
        text("statements.csv", always("")),
        "it says that it does not look at them",
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_changes_nothing_is_taken(name: str, sound: Texts, tmp_path: Path) -> None:
    """Each of these folders says the same as before, for the reason that stands beside it."""
    change, reason = HARMLESS[name]
    harmless = change(sound)
    assert harmless != sound

    assert checked(written(sealed(harmless), tmp_path / "harmless")).code == 0, reason


# --- clauses, a proof, a table and a page of another rule file ---

LIES = {
    "a limit": ("below: 18", "below: 81"),
    "an answer": ("when: {itch: yes}, says", "when: {itch: no}, says"),
    "a guard that never holds": ("when: {not: {itch: no}}, then", "when: {itch: yes, much: no, notes: declined}, then"),
    "a line for nobody": ("when: {much: yes}, says", "when: {much: yes, itch: no}, says"),
    "a line for more": ("when: {creams: acid}", "when: {creams: [acid, mild]}"),
    "a count": ("at_least: 2", "at_least: 3"),
    "a date": ("2024-05-01", "2024-05-02"),
    "any for all": ("{any: [{notes: answered}", "{all: [{notes: answered}"),
    "a bracket": ("{not: {skin: [medium, dark]}}", "{not: {skin: [medium, dark]}, itch: no}"),
    "a question for everyone": (", when: {itch: [yes, unsure]}}", "}"),
    "no open answer": (
        "ask: Which skin?, options: {light: Light, medium: Medium, dark: Dark}, unsure: yes",
        "ask: Which skin?, options: {light: Light, medium: Medium, dark: Dark}",
    ),
    "a referral": ("{id: child, when: {age: {below: 18}}", "{id: child, when: {age: {below: 12}}"),
    "a next step": ("says: Say how much., disposition: doctor", "says: Say how much., disposition: soon"),
    "a promise": ("then: {guidance: [itchy]}", "then: {guidance: [rest]}"),
    "a promise less": ("  - {id: rest-for-all, because: It helps., then: {guidance: [rest]}}\n", ""),
    "more risk": ("{age: smaller}", "{age: larger}"),
    "the order of the next steps": (
        "  - {id: soon, title: Soon, says: Do not wait.}\n  - {id: doctor, title: Doctor, says: See a doctor first.}",
        "  - {id: doctor, title: Doctor, says: See a doctor first.}\n  - {id: soon, title: Soon, says: Do not wait.}",
    ),
}


def of_another(sound: Texts, lie: str) -> Texts:
    """A folder for a rule file that says something else; where nothing can be proved of it, with the old proof."""
    told = PROMISED.replace(*LIES[lie])
    assert told != PROMISED
    try:
        return evidence_of(told)
    except Undecided:
        source = read(told)
        meaning = Rules(source.plain, json.loads(sound["manifest.json"])["certain only"])
        rows = Verdicts(load(told), source, meaning, no_hurry).rows()
        made = {CNF: "".join(f"{one}\n" for one in dimacs(meaning, claimed(meaning)))}
        made |= {TABLE: rows_of_csv([["what", "answers", "verdict"], *rows])}
        return {**sound, **made, READ: json.dumps(source.plain), RULES: told}


@pytest.mark.parametrize("honest", [{RULES}, {READ}, {RULES, READ}, {RULES, READ, TABLE}, {RULES, READ, CNF}])
@pytest.mark.parametrize("lie", LIES)
def test_what_was_made_of_another_rule_file_is_refused(
    lie: str, honest: set[str], sound: Texts, tmp_path: Path
) -> None:
    """Whatever of the folder is of the rule file that it claims to be of, and with all hashes put right: unless the
    clauses that its proof needs are those of this rule file, and the table is too.
    """
    other = of_another(sound, lie)
    mixed = {name: sound[name] if name in honest | {PAGE, "manifest.json"} else one for name, one in other.items()}
    code, said = checked(written(sealed(mixed), tmp_path / "forged"))

    if code == 0:
        assert all(mixed[name] == sound[name] for name in (RULES, READ, TABLE))
        mine = {" ".join(map(str, [*one, 0])) for one in claimed(Rules(read(PROMISED).plain, [CERTAIN_ONLY]))}
        assert mine.issuperset(one for one in mixed[CNF].splitlines() if one[0] not in "cp")
    else:
        assert ": NO" in said.splitlines()[-1]


def test_clauses_that_nobody_claims_are_refused_though_a_proof_goes_with_them(sound: Texts, tmp_path: Path) -> None:
    """With one clause more anything can be proved; the rule file does not give it."""
    meaning = Rules(read(PROMISED).plain)
    lines = "".join(f"{one}\n" for one in dimacs(meaning, [[1], [-1]]))
    code, said = checked(written(sealed({**sound, CNF: lines, DRUP: "0\n", LRAT: "3 0 1 2 0\n"}), tmp_path / "forged"))

    assert code == 1
    assert said.splitlines()[-1].startswith("promises.cnf has nothing but what is written")


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


@pytest.mark.parametrize("name", ["promises.cnf", "promises.lrat", "local.csv", "rules.json", "manifest.json"])
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
    assert (code, said) == (1, "Every file is as manifest.json has it (index.html is not): NO.\n")

    code, said = checked(written({**sound, ".DS_Store\x1b[2J": "x"}, tmp_path / "added"))
    assert (code, said) == (1, "Every file is as manifest.json has it (.DS_Store\\x1b[2J is not): NO.\n")

    (written(sound, tmp_path / "folder") / "more").mkdir()
    assert checked(tmp_path / "folder").code == 1
