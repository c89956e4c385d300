"""What makes such words no verdict: they are asked, left open, denied, warned of, or said by someone who is named.

Each excuse is a pattern for what stands before the words, in the same sentence and part of it.
"""

from screener.authoring.checks.verdicts.vocabulary import CARER, TREATMENT, one_of


def before(pattern: str) -> str:
    """A pattern that must end where the words begin."""
    return rf"(?<![\w'’-])(?:{pattern})$"


VERB = one_of("is are was were has have had do does did can could will would may must should take takes need needs")
#: Up to so many words, with no verb and no comma: what stands between `if` and the words is their subject, then.
_SUBJECT = rf"(?:(?!{VERB}\b)[\w'’-]+ ){{0,5}}"
_BEING = r"(?:(?:am|is|are|be|was|were|makes? you|makes? someone) (?:(?:\w+ly|very|also|still|not|the|an?) )?)?"
_MAY = r"(?:(?:can|could|may|might|would|should|must|will|(?:had|have|has|needs?|wants?) to) )?"
SUBJECT = rf"{_SUBJECT}{_MAY}{_BEING}"
WHERE_ASKED = one_of(
    "ask asks say says tell tells told know knows see check decide decides judge find_out out on about of with_you "
    "explain discuss depends sure wonder"
)
LEFT_OPEN = before(
    rf"(?:if|whether|unless|until|before|once) {SUBJECT}|"
    rf"(?:if|whether) {SUBJECT}[^,;:]* (?:and|or) |"
    rf"{WHERE_ASKED} (?:who|which|what|when|how|why|where) {SUBJECT}|"
    rf"^(?:who|what) {_BEING}|"
    rf"^which {SUBJECT}"
)
#: Words that look like a denial and are none.
_NO_DENIAL = (
    r"(?:not only|not just|no doubt|without (?:any |a )?doubt|no question|no matter|no wonder|never mind|no longer|"
    r"(?:do not|don['’]t) (?:worry|hesitate|wait))"
)
_NO = (
    rf"(?!{_NO_DENIAL}\b)(?:\w+n['’]t|not|never|no|none|no one|nobody|nothing|neither|nor|cannot|without|hardly|rarely)"
)
DENIED = before(rf"{_NO}\b[^,;:]*|(?:not|never) \w+, ")
_SAYING = one_of(
    "say says mean means tell tells show shows decide decides judge judges make makes prove proves know knows promise "
    "think claim determine find"
)
SAYS_NOTHING = before(rf"{_NO}\b[^,;:]* {_SAYING}\b[^,;:]*|none [^,;:]* makes? you |{_NO} [^,;:]*\bmakes? you ")
_SOURCE = one_of(
    "leaflets? brochures? study studies trials? reviews? makers? manufacturers? labels? agency agencies "
    "services? body bodies guidelines? guidance regulators? authors? reports? papers? websites? pages? articles? "
    "files? sources? lists? documents? statements?"
)
_REPORTS = one_of(
    "says? said calls? called states? stated claims? claimed names? describes? described reports? reported promises? "
    "finds? found considers? writes? advises? advise thinks? asks? asked tells? told recommends?"
)
REPORTED = before(
    rf"(?<!\bour\s){_SOURCE} (?:\w+ ){{0,4}}?(?:{_REPORTS})\b(?:(?!, (?:and|but|so) ).)*|"
    r"(?:it says|they say), .*|according to (?!our\b).*"
)
BELIEVED = before(
    r"(?:some|many|most|few|other|several) people (?:\w+ )?(?:think|believe|say|call|find|are told|worry)\b[^;:]*|"
    r"you (?:may |might )?(?:have )?(?:heard|read)\b[^;:]*|(?:were|was|been) (?:ever )?told\b[^;:]*"
)
DECIDED_ELSEWHERE = before(
    rf"(?<!\bour\s)(?:{CARER}|they) (?:who \w+ (?:it |them )?)?(?:\w+ ){{0,2}}?"
    r"(?:says?|said|tells?|told|asks?|decides?|advises?|judges?)\b[^,;:]*|"
    r"some clinics [^,;:]*|(?:were|was|been) (?:ever )?told to "
)
WARNED = before(r"(?:careful|beware|wary|cautious|suspicious|distrust|warning)\b[^,;:]*")
#: `a time that is suitable`: what suits is a thing, and neither a person nor a treatment.
A_THING = before(rf"(?:an?|any|some) (?:[\w-]+ )?(?!{TREATMENT}|person|one|patient)[\w-]+ (?:that|which) (?:is|are) ")
