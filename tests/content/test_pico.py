"""The pico-laser questionnaire: its ids, its sources, its words, and what it must never do."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from paths import ROOT
from proving import fired, no_hurry, silent

from screener.authoring.cases import WorkedCase, read_cases, run
from screener.authoring.changes.noticed import judged
from screener.authoring.checks import remarks
from screener.authoring.checks.wording import grade_of, texts
from screener.engine.answers import RESERVED_WORDS
from screener.engine.assess import assess, shown
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.find import rules_folder
from screener.rulefile.loader.sources import citations
from screener.rulefile.model import Question, RuleFile

#: The ids that a clinic's own files rely on: type, options, and the reserved answers offered.
IDS: dict[str, tuple[str, str, str]] = {
    "adult": ("yes-no", "", ""),
    "concerns": ("many", "hyperpigmentation sunspots melasma acne-scars fine-lines wrinkles other none", ""),
    "concerns-other": ("text", "", "declined"),
    "changing-mark": ("yes-no", "", "unsure declined"),
    "extent": ("one", "small several widespread", "unsure"),
    "goals": ("many", "clearer smoother younger no-surgery few-sessions back-soon other", "unsure"),
    "goals-other": ("text", "", "declined"),
    "skin-type": ("one", "type-1 type-2 type-3 type-4 type-5 type-6", "unsure declined"),
    "pain": ("yes-no", "", ""),
    "aftercare": ("yes-no", "", "unsure"),
    "provider": ("one", "chosen looking none", ""),
    "skin-now": (
        "many",
        "tan infection rash acne cold-sores products retinoid-past peel near-eyes tattoo none",
        "unsure declined",
    ),
    "health": (
        "many",
        "pregnant trying breastfeeding skin-cancer skin-cancer-past keloid vitiligo seizures autoimmune "
        "weak-immunity diabetes slow-healing heart-liver implant none",
        "unsure declined",
    ),
    "health-which": ("text", "", "declined"),
    "medicines": (
        "many",
        "isotretinoin isotretinoin-past light-sensitising photodynamic "
        "blood-thinner gold hormones numbing-allergy none",
        "unsure declined",
    ),
    "medicines-which": ("text", "", "declined"),
    "earlier": ("many", "recent-procedure bad-reaction laser none", "unsure declined"),
    "earlier-which": ("text", "", "declined"),
    "distress": ("yes-no", "", "declined"),
}
#: Questions that went, and what they became; an answers file that still has one is read.
WENT = ("past-laser", "how-it-works", "sessions", "downtime")
HEALTH = ("skin-now", "health", "medicines", "earlier")
#: Options of the health lists after which the step is another: a doctor first, or none more than a consultation.
STEPS = {"skin-cancer": "doctor-first", "hormones": "consult", "laser": "consult"}
#: The free text that is asked once such an option is chosen, and not before.
WHICH = {
    ("concerns", "other"): "concerns-other",
    ("goals", "other"): "goals-other",
    ("health", "autoimmune"): "health-which",
    ("health", "implant"): "health-which",
    ("medicines", "light-sensitising"): "medicines-which",
    ("medicines", "blood-thinner"): "medicines-which",
    ("medicines", "numbing-allergy"): "medicines-which",
    ("earlier", "recent-procedure"): "earlier-which",
    ("earlier", "bad-reaction"): "earlier-which",
    ("earlier", "laser"): "earlier-which",
}
CALM: dict[str, Answer] = {
    "adult": "yes",
    "concerns": ("sunspots",),
    "changing-mark": "no",
    "extent": "small",
    "goals": ("clearer",),
    "skin-type": "type-2",
    "pain": "no",
    "aftercare": "yes",
    "provider": "chosen",
    **dict.fromkeys(HEALTH, ("none",)),
    "distress": "no",
}
#: Words that judge or promise. Headings of the source document are names, not our words.
VERDICT = re.compile(r"suitable|safe for you|you should have|guarantee|right for you|good candidate|stop taking", re.I)


@pytest.mark.parametrize("id", IDS)
def test_questions_keep_their_ids(id: str, pico: RuleFile) -> None:
    """Type, options, their order, `none` alone, and the reserved answers are what others rely on."""
    question = pico.by_question[id]
    type_, options, reserved = IDS[id]

    assert (question.type, " ".join(question.options), " ".join(question.reserved)) == (type_, options, reserved)
    assert [option for option, o in question.options.items() if o.exclusive] == [
        option for option in question.options if option == "none" and question.type == "many"
    ]


def test_order_of_questions_and_dispositions(pico: RuleFile) -> None:
    """Questions come in the agreed order; dispositions from the least to the most urgent."""
    assert list(pico.by_question) == list(IDS)
    assert [disposition.id for disposition in pico.dispositions] == ["consult", "tell-first", "doctor-first"]


def test_every_question_says_why(pico: RuleFile) -> None:
    """Nobody has to answer without knowing what for, and each question names its sources."""
    assert [question.id for question in pico.questions if not (question.why and question.sources)] == []


def test_a_typical_person_is_asked_at_most_fifteen_questions(pico: RuleFile) -> None:
    """Whoever has a concern and nothing special to say answers no more than that."""
    assert len(shown(pico, CALM)) <= 15


@pytest.mark.parametrize(("id", "option"), WHICH)
def test_which_one_is_asked_only_where_it_says_something(id: str, option: str, pico: RuleFile) -> None:
    """A free text follows its option, may be kept for a talk, and goes to the professional; a closed list has none."""
    text = pico.by_question[WHICH[id, option]]

    assert (text.type, text.reader, "declined" in text.reserved) == ("text", "professional", True)
    assert text.id in shown(pico, {**CALM, id: (option,)})
    for other in (CALM[id], *pico.by_question[id].reserved):
        assert text.id not in shown(pico, {**CALM, id: other})


def test_questions_that_went_have_a_note(pico: RuleFile) -> None:
    """Answers kept from an earlier version can be told what became of each question."""
    assert tuple(pico.former) == WENT


def test_under_age_ends_early_without_treatment_guidance(pico: RuleFile) -> None:
    """Below 18 nothing else is asked, and only the line about parent and doctor is said."""
    summary = assess(pico, {**CALM, "adult": "no"})

    assert shown(pico, {"adult": "no"}) == ("adult",)
    assert fired(summary) == {"under-18": "certain"}
    assert summary.disposition.id == "doctor-first"
    assert {"parent", "doctor"} <= set(re.findall(r"\w+", summary.findings[0].guidance.says))
    assert summary.referral.id == "under-18"
    assert {"parent", "doctor"} <= set(re.findall(r"\w+", summary.referral.says))
    assert "cosmetic" not in summary.referral.says


@pytest.mark.parametrize(("answer", "certainty"), [("yes", "certain"), ("unsure", "certain"), ("declined", "possible")])
def test_a_changing_mark_goes_to_a_doctor(answer: str, certainty: str, pico: RuleFile) -> None:
    """Yes, not sure, and rather not said all lead to the doctor first."""
    summary = assess(pico, {**CALM, "changing-mark": answer})

    assert summary.disposition.id == "doctor-first"
    assert fired(summary)["changing-mark"] == certainty


def health_items() -> Iterator[tuple[str, str]]:
    """Every option but `none`, and the reserved answers, of the four health lists."""
    for id in HEALTH:
        for option in [*IDS[id][1].split(), *IDS[id][2].split()]:
            if option != "none":
                yield id, option


@pytest.mark.parametrize(("id", "option"), list(health_items()))
def test_each_health_item_is_told_first_and_named(id: str, option: str, pico: RuleFile) -> None:
    """Anything but none has a line of its own that names it as the reason, and its step: tell-first but for a few."""
    answer: Answer = option if option in ("unsure", "declined") else (option,)
    calm, summary = assess(pico, CALM), assess(pico, {**CALM, id: answer})
    new = [finding for finding in summary.findings if finding.guidance.id not in fired(calm)]

    assert calm.disposition.id == "consult"
    assert summary.disposition.id == STEPS.get(option, "tell-first")
    assert [finding.because[-1].answer for finding in new] == [answer]
    assert summary.disposition.id == "consult" or new[0].guidance.id in summary.because


@pytest.mark.parametrize("health", [("pregnant",), ("trying",), ("trying", "diabetes"), "unsure", "declined"])
@pytest.mark.parametrize("medicines", [("isotretinoin",), ("isotretinoin", "gold"), "unsure", "declined"])
def test_isotretinoin_in_pregnancy_is_for_a_doctor_today(health: Answer, medicines: Answer, pico: RuleFile) -> None:
    """Said first where both are so, or one of them and the other is open; with both open, only in the notes."""
    summary = assess(pico, {**CALM, "health": health, "medicines": medicines})
    both_open = isinstance(health, str) and isinstance(medicines, str)
    first = summary.findings[0].guidance

    assert summary.disposition.id == ("tell-first" if both_open else "doctor-first")
    assert both_open or "today" in first.says
    assert any("isotretinoin" in f.guidance.says.lower() and "today" in f.guidance.says for f in summary.findings)


def test_no_line_asks_a_pregnant_person_to_stay_on_isotretinoin(pico: RuleFile) -> None:
    """Wherever a line on isotretinoin says not to stop it alone, it also says who must speak to a doctor today."""
    pleas = [line.says for line in pico.guidance if "I27" in line.sources and "never stop" in line.says]

    assert len(pleas) == 3
    assert all("pregnant" in says and "today" in says for says in pleas)


@pytest.mark.parametrize(("type_", "said"), [("type-4", False), ("type-5", True), ("type-6", True)])
def test_melasma_beyond_the_us_files_is_told(type_: str, said: bool, pico: RuleFile) -> None:
    """Skin that hardly or never burns can see that the files on melasma stop before it, and where they stop."""
    findings = {
        f.guidance.id: f.guidance for f in assess(pico, {**CALM, "concerns": ("melasma",), "skin-type": type_}).findings
    }

    assert ("beyond-clearance" in findings) is said
    assert "one to four" in (findings["skin-types"].more or "")


def test_every_adult_gets_the_numbing_warning_and_both_sides(pico: RuleFile) -> None:
    """Not only the worried: numbing cream, and the lines that cite what the leaflet says of the skin around."""
    findings = assess(pico, CALM).findings
    cited = {source for finding in findings for source in finding.guidance.sources}

    assert "numbing-cream" in {finding.guidance.id for finding in findings}
    assert {"C13", "C28", "C29", "C49", "B9"} <= cited


def test_the_short_form_stays_short_and_whole(pico: RuleFile) -> None:
    """Every line has a title; what a professional is to know has words for them; a pointer never stands in a step."""
    urgent = [line for line in pico.guidance if line.disposition]

    assert [line.id for line in pico.guidance if not line.title] == []
    assert [line.id for line in urgent if not line.short] == []
    assert [step.id for step in pico.dispositions if not step.short or "below" in step.says] == []
    assert max(len(line.says.split()) for line in pico.guidance) <= 30


@pytest.mark.parametrize("mark", ["unsure", "declined"])
@pytest.mark.parametrize("id", HEALTH)
def test_unsure_and_declined_lists_name_every_item(id: str, mark: str, pico: RuleFile) -> None:
    """Who is not sure, or would rather not write it down, is told what to bring up: item by item."""
    lines = {line.id: line for line in pico.guidance}
    cited = set(lines[f"{id}-{mark}"].sources)
    items = {source for option in IDS[id][1].split() if option != "none" for source in lines[option].sources}

    assert {source for source in items if source.startswith("I")} <= cited


def test_two_health_items_are_both_named(pico: RuleFile) -> None:
    """No item hides another."""
    summary = assess(pico, {**CALM, "health": ("pregnant", "implant"), "medicines": ("gold",)})

    assert {"pregnant", "implant", "gold"} <= fired(summary).keys()


def test_an_unnamed_concern_is_not_guessed_at(pico: RuleFile) -> None:
    """For a concern the document does not name, the line says that it is not covered."""
    line = next(line for line in pico.guidance if line.id == "other-concern")

    assert fired(assess(pico, {**CALM, "concerns": ("other",)}))["other-concern"] == "certain"
    assert "does not cover" in line.says


def test_every_statement_is_accounted_for(pico: RuleFile) -> None:
    """C01–C51, B1–B14 and I01–I28 are all there, each cited, or left out with a reason; checks find nothing."""
    assert pico.library is not None
    wanted = [
        *(f"C{n:02}" for n in range(1, 52)),
        *(f"B{n}" for n in range(1, 15)),
        *(f"I{n:02}" for n in range(1, 29)),
    ]
    cited = {id for _, ids, _ in citations(pico) for id in ids}
    left_out = {statement.id for statement in pico.library.statements if statement.left_out}

    assert [statement.id for statement in pico.library.statements] == wanted
    assert cited | left_out == set(wanted)
    assert left_out <= {"C02", "C09"}
    assert remarks(pico) == []


def test_standing_and_sections_of_the_document(pico: RuleFile) -> None:
    """Every statement of the document has a standing and a section; every other one names its documents."""
    assert pico.library is not None
    for statement in pico.library.statements:
        if statement.id.startswith("C"):
            assert (statement.document, bool(statement.section), bool(statement.standing)) == ("pico", True, True)
        else:
            assert statement.document is None
            assert statement.documents or statement.confidence == "C", statement.id
    contested = {s.id for s in pico.library.statements if s.standing == "contested"}
    assert contested == {"C07", "C20", "C22", "C23", "C25", "C27", "C48", "C49"}


def test_sources_are_named_with_their_confidence(pico: RuleFile) -> None:
    """Every document beyond the source itself has a confidence mark, and no link but https or http."""
    assert pico.library is not None
    others = {id: d for id, d in pico.library.documents.items() if id != "pico"}

    assert [id for id, document in others.items() if document.confidence not in ("A", "B")] == []
    assert all(section.sha256 for section in pico.library.documents["pico"].sections.values())


def everything_said(rules: RuleFile) -> Iterator[str]:
    """Every text that can reach a person: the rule file, its sources, and our own fixed words."""
    yield from (text for _, _, text in texts(rules))
    yield from RESERVED_WORDS.values()
    for path in sorted((ROOT / "screener").rglob("*.py")):
        if path.parent.name != "verdicts" and (path.name, path.parent.name) != ("wording.py", "checks"):
            yield from re.findall(r'"([^"\n]*)"', path.read_text("utf-8"))


def test_no_text_judges_or_promises(pico: RuleFile) -> None:
    """No wording anywhere says suitable, unsuitable, safe for you, you should have, or guaranteed."""
    assert [text for text in everything_said(pico) if VERDICT.search(text)] == []


def test_everything_reads_at_grade_eight_or_lower(pico: RuleFile) -> None:
    """Each text a person reads is at most grade 8 by ARI or Coleman–Liau, glossary words aside."""
    grades = {route: grade_of(text, pico.glossary) for _, route, text in texts(pico)}

    assert {route: grade for route, grade in grades.items() if grade > 8} == {}
    assert len(pico.glossary) <= 24


def test_the_grade_formula_measures(pico: RuleFile) -> None:
    """A known sentence has the grade that the published formulas give it."""
    hard = "Comprehensive dermatological evaluation necessitates multidisciplinary coordination. " * 4
    easy = "The sun is hot. We sit in the shade. It is good to rest. The dog can run and play."

    assert grade_of(hard) > 20
    assert grade_of(easy) < 2
    assert grade_of("word " * 11) == 0.0


def test_both_sides_are_said_where_the_document_disagrees_with_itself(pico: RuleFile) -> None:
    """Lines on which the document says two things cite both."""
    pairs = [("C48", "C50"), ("C49", "C13"), ("C27", "C32"), ("C25", "C41")]
    said = [set(line.sources) for line in pico.guidance]

    for pair in pairs:
        assert any(set(pair) <= sources for sources in said), pair


def worked() -> list[WorkedCase]:
    """The worked cases of the rule file."""
    from screener.rulefile.find import load_rules

    text = (rules_folder() / "pico-laser.cases.yaml").read_text("utf-8")
    return list(read_cases(text, load_rules("pico-laser"))[0])


@pytest.mark.parametrize("case", worked(), ids=lambda case: case.case.id)
def test_worked_case(case: WorkedCase, pico: RuleFile) -> None:
    """What must come out comes out, what must not does not, for the expected reasons."""
    assert run(pico, case) == []


def test_cases_cover_every_line_and_step(pico: RuleFile) -> None:
    """At least 40 cases; every guidance line and disposition is expected in one."""
    cases = [one.case.expect for one in worked()]
    expected = {id for expect in cases for id in (*expect.says, *expect.possible)}

    assert len(cases) >= 40
    assert {line.id for line in pico.guidance} <= expected
    assert {expect.disposition for expect in cases} == set(pico.urgency)


@pytest.mark.slow
def test_no_small_change_of_a_condition_would_go_unnoticed(pico: RuleFile) -> None:
    """Each that makes a difference to anyone, decided over every possible set of answers, makes a worked case fail."""
    found = judged(pico, worked(), no_hurry, silent)

    assert [(one.change.of, one.change.words) for one in found.unnoticed] == []
    assert (found.noticed > 1_000, found.undecided) == (True, ())


def alternatives(question: Question) -> list[Answer]:
    """Every single answer to a question, for trying out pairs."""
    chosen: list[Answer] = [(id,) if question.type == "many" else id for id in question.choices]
    return [*chosen, *question.reserved]


def test_more_to_tell_is_never_less_urgent_one_by_one(pico: RuleFile) -> None:
    """From a calm start, no single other answer to the risk questions lowers the step, alone or beside another."""
    risks = [pico.by_question[id] for id in ("changing-mark", *HEALTH, "distress")]
    for first, second in product(risks, risks):
        for one in alternatives(first):
            before = pico.urgency[assess(pico, {**CALM, first.id: one}).disposition.id]
            for other in alternatives(second) if first != second else ():
                after = pico.urgency[assess(pico, {**CALM, first.id: one, second.id: other}).disposition.id]
                assert after >= before
