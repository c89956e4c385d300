"""The things that verdicts are about: treatments, marks on the skin, medicines, and people who give care."""

from typing import Final


def one_of(words: str) -> str:
    """Any of these words, written as a pattern; `_` stands for a blank inside one of them."""
    return f"(?:{'|'.join(words.split())})".replace("_", " ")


#: A word in between that neither turns the sense round nor begins another sentence.
PLAIN: Final = r"(?:(?!(?:is|are|was|were|not|never|no|hardly|less|neither|only|cannot)\b|\w+n['’]t\b)[\w'’%-]+ )"
TREATMENT: Final = one_of(
    "treatments? lasers? tattoo_removal removal surgery operation procedures? peels? scans? mri x-?rays? vaccines? "
    "vaccination injections? shot jab implants? veneers braces whitening fillings? crowns? sessions? therapy diets? "
    "fasting method course programme program plan"
)
MARK: Final = one_of(
    "tattoos? ink scars? marks? spots? moles? acne melasma pimples? wrinkles? lines? hairs? psoriasis eczema rosacea "
    "warts? pain plaque stains? fat veins? cellulite keloids? redness allergy allergies caries"
)
#: Names that people use, and the endings that kinds of medicines share.
NAMED_MEDICINE: Final = one_of(
    "medicines? medications? tablets? pills? drugs? dose doses antibiotics? antihistamines? antidepressants? "
    "painkillers? blood_thinners? anticoagulants? steroids? cortisone insulin inhalers? beta-?blockers? retinoids? "
    "retinols? tretinoin adapalene isotretinoin acitretin accutane roaccutane aspirin ibuprofen paracetamol "
    "acetaminophen naproxen diclofenac warfarin heparin clopidogrel dabigatran metformin methotrexate "
    "predniso(?:ne|lone) levothyroxine thyroxine amiodarone lithium digoxin gold_treatment contraceptives? hormones? "
    "hrt hormone_therapy st_john['’]?s_wort supplements? "
    r"\w++(?:(?<=oxacin)|(?<=cillin)|(?<=cycline)|(?<=statin)|(?<=statins)|(?<=sartan)|(?<=olol)|(?<=azole)|(?<=mab)|"
    r"(?<=xaban)|(?<=parin)|(?<=profen)|(?<=oxetine)|(?<=gliptin)|(?<=[a-z]{3}pril))"
)
#: Words that make a medicine the matter of something else: a list of medicines, the packets of tablets.
_NOT_ITSELF: Final = one_of(
    "lists? photos? pictures? packets? box boxes notes? records? names? cop(?:y|ies) leaflets? word questions? "
    "letters? at by in with for to and on before after here if when as about from"
)
#: A medicine with up to four words before it: `your morning dose of metformin`.
A_MEDICINE: Final = rf"(?:(?!{_NOT_ITSELF}\b)[\w'’-]+ ){{0,4}}?{NAMED_MEDICINE}\b"
CARER: Final = one_of(
    "doctors? gps? physicians? dentists? dermatologists? professionals? specialists? nurses? pharmacists? "
    "midwi(?:fe|ves) prescribers? surgeons? opticians? clinics? hospitals?"
)
CHECK_UP: Final = one_of("consultations? check-?ups? examinations? follow-ups? medical_advice medical_checks?")
CARE_OR_CARER: Final = rf"(?:{CARER}|{CHECK_UP})(?!['’]s|-|s['’])\b"
#: One who gives care, or a visit, with the small words before: `your own doctor`, `a short consultation`.
SOME_CARE: Final = (
    r"(?:(?:an?|any|the|your|this|that|our|another) )?"
    rf"(?:(?!letter|referral|same|other|note|certain|particular)[\w-]+ )?{CARE_OR_CARER}"
)
TO_SEE: Final = one_of(
    "see visit ask call tell consult contact bother trouble go_to talk_to talk_with speak_to speak_with wait_for phone"
)
SEEING: Final = one_of(
    "seeing visiting asking calling telling consulting contacting bothering going_to talking_to speaking_to phoning"
)
