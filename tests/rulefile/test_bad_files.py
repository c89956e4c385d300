"""Every file in cases/bad is refused, with exactly the problems that its first lines announce."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loading import beside
from paths import CASES
from said import said

from screener.ground.codes import CODES
from screener.ground.problems import Problem, ProblemsFound, did_you_mean
from screener.rulefile.loader import load

BAD = sorted((CASES / "bad").glob("*.yaml"))
EXPECT = re.compile(r"^# expect: (\d+):(\d+) ([a-z0-9-]+)$", re.MULTILINE)

Place = tuple[int, int, str]


def refused(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a bad file and the problems that the loader finds in it."""
    text = path.read_bytes().decode("utf-8")
    with pytest.raises(ProblemsFound) as caught:
        load(text, path.name, beside)
    return text, caught.value.problems


def announced(text: str) -> list[Place]:
    """The places and codes that the first lines of a bad file announce."""
    return [(int(line), int(column), code) for line, column, code in EXPECT.findall(text)]


def test_there_are_bad_files() -> None:
    """The folder is found, so that the tests below do not pass by looking at nothing."""
    assert len(BAD) > 90


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_problem_is_found_at_its_place(path: Path) -> None:
    """Line, column and code of every problem, in the order of the file, and no others."""
    text, problems = refused(path)

    assert [(p.line, p.column, p.code) for p in problems] == announced(text)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_problem_is_well_said(path: Path) -> None:
    """One lower-case sentence without final period, a known code, the file, and the line it points into."""
    text, problems = refused(path)

    for problem in problems:
        assert problem.code in CODES
        assert problem.file == path.name
        assert problem.level == "error"
        assert problem.message == problem.message.strip()
        assert "\n" not in problem.message + problem.help
        assert not problem.message.endswith(".")
        assert not problem.message[0].isupper()
        assert "``" not in problem.message, "empty backticks name nothing"
        assert not re.search("must be a list, not a list", problem.message)
        if problem.line:
            assert problem.column <= len(text.splitlines()[problem.line - 1]) + 1


@pytest.mark.parametrize("path", [path for path in BAD if path.stem.startswith("habit-")], ids=lambda path: path.stem)
def test_what_is_offered_to_paste_is_a_condition(path: Path) -> None:
    """What stands in braces in the help of a condition in other words is taken in its place."""
    text, problems = refused(path)
    offered = [match[1] for problem in problems for match in re.finditer(r"`(?:when: )?(\{[^`]+\})`", problem.help)]
    head, _, rest = text.partition("guidance:\n")
    end = rest[rest.index("dispositions:") :]

    for condition in offered:
        line = f"guidance:\n  - {{id: rest, topic: Care, says: Keep the skin cool., when: {condition}}}\n"
        sound = head.replace("ask: Does your skin itch?", "ask: Does your skin itch?, unsure: yes")
        load(sound + line + end, path.name)


def test_what_is_said_is_what_was_agreed() -> None:
    """Every message and every help, word for word: a change is seen by whoever makes it, and by who reviews it."""
    agreed = (CASES / "bad" / "said.txt").read_text(encoding="utf-8")

    assert said().splitlines() == agreed.splitlines(), "better words? write them again as tests/helpers/said.py says"


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_no_message_speaks_of_python(path: Path) -> None:
    """A clinician reads these messages: no words of the implementation, no numbers of entries."""
    _, problems = refused(path)

    for problem in problems:
        assert not re.search(
            r"tuple|dict\b|NoneType|unicode string|pydantic|Traceback|\{'|entry of `\w+`: `\d+`", problem.message
        )


def test_codes_are_all_described() -> None:
    """Every code of the catalogue has a page that is a sentence."""
    for code, page in CODES.items():
        assert re.fullmatch(r"[a-z0-9-]+", code)
        assert page[0].isupper() or page.startswith("`")
        assert page.endswith(".")


def test_did_you_mean_offers_only_what_is_near() -> None:
    """A close name is offered, a far one is not."""
    assert did_you_mean("concern", ["itch", "concerns"]) == "did you mean `concerns`?"
    assert did_you_mean("weather", ["itch", "concerns"]) == ""


@pytest.mark.parametrize(
    ("word", "known", "offered"),
    [
        ("acitretin", "isotretinoin", False),
        ("acitretin", "tretinoin", False),
        ("ibuprofen", "flurbiprofen", False),
        ("minocycline", "doxycycline", False),
        ("doxycyclin", "doxycycline", True),
        ("isotretioin", "isotretinoin", True),
        ("isotertinoin", "isotretinoin", True),
        ("hydroxicloroquine", "hydroxychloroquine", True),
        ("dri", "dry", True),
        ("nigt", "night", True),
        ("aks", "ask", True),
        ("Acne Scars", "acne-scars", True),
        ("acne_scars", "acne-scars", True),
        ("melanoma", "melasma", False),
        ("source", "more", False),
        ("on", "no", False),
    ],
)
def test_only_a_slip_of_the_finger_is_offered(word: str, known: str, offered: bool) -> None:
    """Two long names that share an ending are two things; a slip of the finger, or a short name, is offered."""
    said = f"did you mean `{known}`?"

    assert did_you_mean(word, ["itch", known]) == (said if offered else "")


#: Medicines that are taken for each other: most are on lists of look-alike names that pharmacies keep.
ALIKE = """
    isotretinoin tretinoin, hydroxychloroquine chloroquine, prednisone prednisolone, quinine quinidine,
    ampicillin amoxicillin, nifedipine nimodipine, nifedipine nicardipine, clobetasol clobetasone, estradiol estriol,
    cyclosporine cycloserine, pentobarbital phenobarbital, fluoxetine duloxetine, fluoxetine paroxetine,
    citalopram escitalopram, omeprazole esomeprazole, cetirizine levocetirizine, carbamazepine oxcarbazepine,
    imipramine clomipramine, diazepam oxazepam, lorazepam oxazepam, procaine prilocaine, sitagliptin saxagliptin,
    azathioprine azacitidine, penicillin penicillamine, vincristine vinblastine, daunorubicin doxorubicin,
    hydralazine hydroxyzine, chlorpromazine chlorpropamide, epinephrine norepinephrine, ephedrine epinephrine,
    hydrocortisone hydrocodone, cortisone hydrocortisone, dopamine dobutamine, metformin metronidazole,
    sulfadiazine sulfasalazine, cefotaxime cefuroxime, cefazolin cefoxitin, cefixime cefotaxime, losartan valsartan,
    lisinopril fosinopril, tramadol trazodone, ropinirole risperidone, ranitidine famotidine, nizatidine ranitidine,
    econazole miconazole, fluconazole ketoconazole, guanfacine guaifenesin, clonidine clonazepam, clonazepam clobazam,
    fluocinonide fluocinolone, betamethasone beclomethasone, betamethasone dexamethasone, lamotrigine lamivudine,
    terbinafine terbutaline, dimenhydrinate diphenhydramine, medroxyprogesterone hydroxyprogesterone,
    progesterone hydroxyprogesterone, codeine dihydrocodeine, xylometazoline oxymetazoline, amiodarone amrinone,
    glipizide glyburide, tolazamide tolbutamide, amlodipine felodipine, simvastatin lovastatin, acitretin etretinate
"""


@pytest.mark.parametrize("pair", [pair.split() for pair in ALIKE.split(",")], ids="-".join)
def test_another_medicine_is_never_offered(pair: list[str]) -> None:
    """Neither of two medicines with similar names is offered in the place of the other."""
    one, other = pair

    assert did_you_mean(one, [other]) == did_you_mean(other, [one]) == ""


@given(st.text("abcdeinoprst", min_size=6, max_size=18), st.data())
def test_one_slip_is_always_seen(name: str, data: st.DataObject) -> None:
    """A letter too many, one left out, another one, or two swapped, wherever in a word it is."""
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from("xyz"))
    slips = [name[:at] + letter + name[at:], name[:at] + name[at + 1 :], name[:at] + letter + name[at + 1 :]]
    slips.append(name[:at] + name[at + 1] + name[at] + name[at + 2 :])

    assert [did_you_mean(slip, [name]) for slip in slips if slip != name] == [
        f"did you mean `{name}`?" for slip in slips if slip != name
    ]
