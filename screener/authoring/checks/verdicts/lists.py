"""What is looked for, kind by kind: how each kind is worded in English, and what to write in its place."""

from typing import NamedTuple

from screener.authoring.checks.verdicts.vocabulary import (
    A_MEDICINE,
    CARE_OR_CARER,
    CARER,
    CHECK_UP,
    MARK,
    NAMED_MEDICINE,
    PLAIN,
    SEEING,
    SOME_CARE,
    TO_SEE,
    TREATMENT,
    one_of,
)


class Kind(NamedTuple):
    """One kind of verdict: what is wrong with it, what to write instead, and its words.

    `orders` count only where someone is told to do them: at the start, or after a word such as `please` or `must`.
    """

    name: str
    wrong: str
    instead: str
    words: str
    orders: str = ""


def listed(*phrases: str) -> str:
    """Any of these phrases, as whole words."""
    return rf"(?<![\w-])(?:{'|'.join(phrases)})(?!\w)"


IS = r"(?:is|are|was|were|be|been|being|stays?|remains?)"
A_TREATMENT = rf"(?:an?|the|this|that|your|our|any|these) (?:(?!of|list|for|to)[\w-]+ ){{0,2}}?{TREATMENT}\b"
A_MARK = rf"(?:(?:your|the|all|any|every|these|this) )?(?:[\w-]+ )?{MARK}"
#: The end of a name: `suitable for`, and not `suitable clothes`; `a scan before`, and not `a scan card`.
ENDS = (
    r"(?! (?!(?:candidates?|patients?|people|persons?|clients?|skins?|for|as|if|and|or|because|but|to|whether|from|"
    r"unless|when|at|in|on|now|today|too|only|then|with|before|after|until|of|by|without|first|again|here|soon|not|instead|next|"
    r"this|that)\b)\w)"
)

PERSON = Kind(
    "person",
    "judges whether someone can be treated",
    "the professional decides that: write what a source says, or what to ask, such as `Ask if it is right for you`",
    listed(
        rf"(?:un)?suitable{ENDS}",
        rf"(?:in)?eligible{ENDS}",
        r"(?:you |people |everyone |anyone )?(?:do not |don['’]t |does not )?qualif(?:y|ies)",
        rf"(?:{one_of('good ideal perfect great strong excellent poor bad')} candidates?)",
        r"(?:you are|you['’]re|makes? you) (?:not )?an? (?:\w+ )?(?:candidate|match|fit) for",
        r"(?:you are|you['’]re|makes? you) (?:not )?an? (?:\w+ )?candidate",
        r"ticks? all (?:the|our) boxes",
        r"we (?:have to|must|will|can|cannot|can['’]t) (?:turn you down|reject you|refuse you|treat you|accept you)",
        rf"we (?:advise|recommend) (?:you to have |against )(?:\w+ )?{TREATMENT}",
        r"candidates? for",
        rf"(?:{IS} )?(?:right|best|made|meant|perfect|ideal) for (?:you|people like you|(?:this|our) {TREATMENT})",
        r"(?:the )?best (?:\w+ ){1,2}for you",
        r"(?:good|better|best|right) (?:fit|match|choice|option|treatment) for you",
        rf"{TREATMENT} suits you",
        r"(?:well |ideally |perfectly )?suited (?:to|for)",
        rf"you (?:should|ought to|must)(?: not|n['’]t)? have (?:it\b|{A_TREATMENT}{ENDS})",
        r"you ought to have your (?:[\w-]+ ){1,3}(?:out|removed|treated)",
        rf"you (?:can|cannot|can['’]t|can not|could|must not|are able to|"
        rf"are (?:not )?allowed to) (?:have|get|undergo|receive|start) {A_TREATMENT}{ENDS}",
        rf"you (?:may|can) go ahead(?: with {A_TREATMENT})?",
        r"you (?:are|['’]re) (?:\w+ )?(?:cleared|approved|accepted|fit|fine|ok|okay) (?:for|to have) "
        rf"(?:\w+ )?{TREATMENT}",
        r"you (?:have )?pass(?:ed)? (?:the|our|this) (?:[\w-]+ )?(?:check|test|screening|questionnaire)",
        r"you (?:meet|fulfill?|match|satisfy) (?:all )?(?:of )?(?:the|our) (?:\w+ )?"
        r"(?:criteria|conditions|requirements)",
        r"you are (?:an?|at) (?:very )?(?:low|high|medium|no)[\s-]risk",
        rf"your (?:\w+ )?risk is (?:{PLAIN})?(?:low|high|small|large|big|minimal|zero|raised|average)",
        r"(?<!no\s)(?:risk|suitability) score",
        r"we recommend (?:[\w-]+ ){1,4}for you",
        rf"you (?:really )?need {A_TREATMENT}{ENDS}",
        r"nothing (?:speaks|counts|stands) against",
        r"no reason why you (?:could not|cannot|can['’]t|should not|shouldn['’]t|may not) (?:have|be treated)",
        rf"you are too \w+ (?:for (?:\w+ )?{TREATMENT}|to (?:have|be treated))",
        r"(?:answers?|age|skin|condition|illness|pregnancy|pacemaker|implant|weight) rules? (?:out|you out)",
        r"rules? you out",
        rf"(?:you|your (?:{PLAIN})?\w+) can(?:not| not|['’]t)? be (?:treated|removed)",
    ),
)
HARM = one_of("risks? side_effects? dangers? harm complications?")
SAFE = Kind(
    "safe",
    "calls it safe or harmless, as if that were known for this person",
    "write who says so, such as `The leaflet calls it safe`, or a question to take along, such as `Is it safe for me?`",
    listed(
        rf"(?:{IS}|it['’]s|they['’]re) {PLAIN}{{0,4}}?safe(?! side| place| only)",
        r"safe (?:for|in pregnancy|during)",
        rf"safe(?:,? (?:and )?\w+){{0,2}} (?:{TREATMENT}|way|choice|option|alternative|solution)",
        r"safe and (?:natural|effective|gentle|easy|simple|quick|painless|reliable)",
        r"(?:completely|100 ?%|totally|perfectly|absolutely|proven) safe",
        r"(?:the )?safest",
        r"in (?:safe|the best) hands",
        r"you can safely",
        r"harmless",
        r"risk[\s-]free",
        r"pain[\s-]?free",
        r"painless(?:ly)?",
        rf"(?:free (?:of|from)|without) (?:any |all )?(?:{HARM}|pain|scars?)",
        rf"(?:there (?:is|are)|has|have|having|with|carr(?:y|ies)|poses?|causes?|brings?|does|do you|is) "
        rf"(?:absolutely |almost |virtually )?(?:no|zero) (?:known |serious |real )?{HARM}(?! factors?|[\s-]free)",
        r"(?:there is|with|causes?) no pain",
        rf"(?:zero|(?<=,\s)no) (?:{HARM})(?! factors?|[\s-]free)",
        r"(?:will not|won['’]t) (?:feel|notice) (?:any |a )?(?:pain|thing)",
        r"(?:do not|don['’]t|never) feel (?:any |a )?(?:pain|thing)",
        r"(?:will not|won['’]t|cannot|can['’]t|does not|doesn['’]t) (?:hurt|harm|damage) "
        r"(?:you|your|at all|anyone|a bit|the)",
        r"(?:will not|won['’]t|cannot|can['’]t) hurt(?! to)",
        r"nothing (?:can|will|could) (?:go wrong|happen to you)",
        r"(?:nobody|no one) (?:has|was|is) (?:\w+ ){0,2}(?:harmed|hurt|injured)",
        r"(?:side effects|burns|scars|complications) are (?:impossible|unheard of|out of the question|excluded)",
        r"you (?:will )?(?:feel|notice) nothing",
        r"(?:do not|don['’]t|no) (?:need|have)? ?to worry about (?:scars?|pain|side effects|burns|complications|harm)",
        r"(?:cannot|can['’]t|will not|won['’]t) make you (?:ill|sick)",
        r"nothing to (?:worry about|fear|be afraid of)",
        rf"{IS} (?:not|never) (?:at all )?(?:dangerous|risky|harmful)",
    ),
)
BETTER = one_of(
    "love enjoy be_(?:happy|delighted|satisfied|pleased|thrilled|amazed|cured|healed|free_of|rid_of) lose_weight "
    r"lose_(?:\w+_){1,2}(?:kilos?|kg|pounds?|stone|weight) look_(?:younger|better|great|years_younger) "
    r"(?:see|notice)_(?:an?_|the_|first_|great_)*(?:\w+_)?(?:results?|differences?|improvement|change) "
    r"feel_(?:better|great|younger) get_better have_(?:perfect|beautiful|clear|flawless)"
)
GONE = one_of(
    "disappear vanish be_gone fade clear_up clear heal go_away be_perfect be_flawless not_come_back never_come_back "
    "not_return never_return be_removed be_cured"
)
MENDS = one_of("cure heal remove erase eliminate clear solve fix get_rid_of")
PROMISE = Kind(
    "promise",
    "promises a result, and no one can know it",
    "write what the source found and in whom, or what to ask, such as `Ask how often it helps`",
    listed(
        r"guarantee[sd]?",
        rf"(?:we|i|they|clinics?|dentists?|it|{TREATMENT}) (?:can )?promise[sd]?",
        rf"will (?:{PLAIN})?cure",
        rf"(?:it|this|that|cream|{TREATMENT}) will (?:{PLAIN})?{MENDS}",
        rf"(?:it|this|cream|{TREATMENT}) will (?:always |definitely |certainly |surely )?work(?! with| at| on| from)",
        rf"(?:{MARK}|smile|skin|teeth|they|it) will (?:{PLAIN}|never )?{GONE}",
        rf"you will (?:{PLAIN})?{BETTER}",
        rf"you['’]ll (?:{PLAIN})?{BETTER}",
        r"there will be no (?:\w+ )?(?:scars?|marks?|pain|swelling|downtime|redness)",
        r"you (?:will not|won['’]t|will never) (?:have|get|see|develop) (?:any |an? )?"
        r"(?:scars?|marks?|pain|spots?|acne|swelling)",
        rf"(?:it|this|cream|{TREATMENT}) (?:always|definitely|certainly|surely|never fails to) works?",
        r"works? (?:every time|without fail|for (?:everyone|everybody|anyone|all|every \w+))",
        r"never fails?",
        r"100 ?(?:%|per ?cent) (?:success|effective|satisf\w+|results?|removal|certain|guaranteed|protection|reliable)",
        r"(?:results?|success|cure|removal|recovery|weight loss) (?:is|are) (?:\w+ )?"
        r"(?:certain|assured|sure|permanent)",
        r"success is a certainty",
        r"(?:is|are) (?:certain|sure|bound) to",
        r"(?:miracle|certain|sure) cure",
        rf"cures (?:{A_MARK}|\w+)",
        r"or your money back",
        r"expect (?:perfect|clear|flawless|great|visible|excellent|lasting) \w+",
        r"(?:takes?|melts?|burns?|sheds?) (?:off )?\w+ (?:kilos?|kg|pounds|stone)",
        rf"(?:ends?|banish(?:es)?|beats?|defeats?) (?:your )?{MARK}",
        rf"{MARK} (?:never|will never|won['’]t) (?:return|come back)s?",
        rf"makes? (?:your|the|all|any) {MARK} (?:invisible|disappear|vanish)",
        r"results? (?:\w+ ){0,4}(?:count on|rely on|every time)",
        r"(?:cannot|can['’]t|will not|won['’]t) (?:catch|come down with)",
        r"always gets? (?:\w+ ){0,2}results?",
        r"once and for all",
        r"(?:goodbye|rid|gone|removed?|removes|cured?|cures) [^,.]{0,30}(?:for good|for ?ever)",
        r"(?:stay|stays|last|lasts|remain|remains) (?:\w+ )?(?:for ?(?:good|ever|life)|a lifetime)",
        r"for ever",
        r"without (?:a trace|fail)",
        rf"(?:removes?|clears?|erases?|fades?|eliminates?) (?:any|every|all) (?:\w+ )?{MARK}",
        r"protects? you (?:completely|fully|100 ?%)",
    ),
)
LEAVE_OFF = one_of(
    "stop skip miss pause halve interrupt discontinue withhold quit suspend come_off wean_off taper taper_off go_off "
    "get_off leave_out leave_off omit hold_off_on switch_from change_from cut_down_on restart resume"
)
#: Words for other things too; they count only where someone is told to.
ALTER = one_of("hold drop reduce lower increase double change start begin avoid give take swap replace lower")
LEFT_OFF = one_of(
    "stopped paused skipped halved interrupted discontinued withheld suspended avoided left_out restarted"
)
MUST = one_of("must should has_to have_to needs_to need_to can may will is_to are_to ought_to")
MUST_NOT = r"(?:do not|don['’]t|must not|mustn['’]t|should not|shouldn['’]t|cannot|can['’]t|may not)"
MEDICINE = Kind(
    "medicine",
    "decides about a medicine",
    "who prescribed it decides that: write `Never stop a medicine on your own`, or a question to ask them",
    listed(
        r"(?:stop|quit) (?:taking|using|applying)",
        rf"(?:{LEAVE_OFF}|(?:suggest|recommend|advise) (?:stopping|pausing|skipping|halving|leaving out|coming off)|"
        rf"{MUST_NOT} (?:take|use|apply)|(?:no longer|do not|don['’]t) need (?:your|the|this|any|these)) {A_MEDICINE}",
        rf"{LEAVE_OFF} (?:your|the|this|that|any|all) (?:\w+ )?(?:creams?|ointments?|gels?|lotions?)",
        rf"{NAMED_MEDICINE}(?:(?: [\w'’-]+){{0,4}}(?:,| (?:must|should|ha(?:ve|s) to|needs? to)) "
        rf"(?:stop|pause|skip|halve) (?:it|them|that)| (?:{PLAIN})?{MUST} be {LEFT_OFF})",
        rf"(?:no need|(?:do not|don['’]t) (?:need|have)|need not) (?:to )?(?:take|use) {A_MEDICINE}",
        rf"{NAMED_MEDICINE} (?:must|should|may|can) ?(?:not|n['’]t) be (?:taken|used|continued)",
        rf"{NAMED_MEDICINE} (?:is|are) (?:fine|ok|okay|allowed|no problem|not allowed|forbidden)",
        rf"leave {A_MEDICINE} (?:at home|out|off)",
        rf"no {NAMED_MEDICINE} (?:for|before|until|from|on the (?:day|morning))",
    ),
    listed(rf"{ALTER} {A_MEDICINE}(?! as | along)"),
)
NO_NEED = (
    r"(?:(?:do|does|will|would|did)(?: not|n['’]t)|wo n['’]t|won['’]t|no longer|never|no one|nobody) (?:\w+ )?needs?"
)
CARE = Kind(
    "care",
    "sends someone away from care",
    "leave the way to care open, such as `You can ask a doctor about it`, and say what this file does not cover",
    listed(
        rf"{NO_NEED} (?:to {TO_SEE} )?{SOME_CARE}",
        rf"needs? no {CARE_OR_CARER}",
        rf"(?:not|\w+n['’]t) (?:necessary|needed) (?:for you )?to {TO_SEE} {SOME_CARE}",
        rf"need not (?:mention|say|tell) (?:it|this|that|them) to {SOME_CARE}",
        rf"{CARE_OR_CARER} (?:does not|do not|doesn['’]t|don['’]t|need not) (?:need to |have to )?know",
        rf"(?:not|\w+n['’]t|hardly) (?:a case|anything|something|a matter) for {SOME_CARE}",
        rf"(?:(?:do not|don['’]t) )?waste (?:your |any )?time (?:with|on) {SOME_CARE}",
        rf"save yourself (?:the|a) (?:trip|visit|way) to {SOME_CARE}",
        r"leave (?:the|your|a) (?:mole|lump|sore|mark) alone",
        rf"need not {TO_SEE} (?:{SOME_CARE}|anyone)",
        rf"(?:do|does)(?: not|n['’]t) have to {TO_SEE} (?:{SOME_CARE}|anyone)",
        r"(?:do|does)(?: not|n['’]t) (?:have|need) to (?:have|get) (?:\w+ ){1,3}(?:checked|looked at|examined|seen)",
        r"no (?:need|reason|point|use|sense) (?:for you to|for|to|in|of) "
        rf"(?:{TO_SEE} |{SEEING} )?(?:{SOME_CARE}|anyone)",
        rf"no {CARE_OR_CARER} (?:is |are )?(?:needed|required|necessary)",
        rf"(?:go ahead|start|begin|decide|continue|do|manage) (?:\w+ ){{0,4}}?without (?:{SEEING} )?{SOME_CARE}",
        rf"(?:skip|miss|cancel|postpone|put off|delay) (?:the|your|an?|this|that|any|next) (?:\w+ )?"
        rf"(?:visit|appointment|{CARE_OR_CARER})(?! by| online| up to| until| at any| free)",
        rf"(?:visit|appointment|{CHECK_UP}|mole)(?: (?:to|with) (?:the|your|an?) \w+)? can wait",
        rf"(?:visit|appointment|{CARE_OR_CARER})(?: (?:to|with) (?:the|your|an?) \w+)? (?:is|are) "
        r"(?:not (?:necessary|needed|required)|unnecessary|superfluous|a waste)",
        rf"(?:instead of|rather than) (?:{SEEING} |a visit to )?{SOME_CARE}",
        rf"replaces? (?:an?|the|your|any) (?:visit|appointment|{CARE_OR_CARER})",
        rf"not worth (?:{SEEING}) {SOME_CARE}",
        rf"(?:do not|don['’]t) (?:bother|trouble) {SOME_CARE}",
        rf"(?:do not|don['’]t) {TO_SEE} {SOME_CARE} (?:for|about|with|over|because of) (?:this|that|it|such)",
        rf"(?:ignore|forget about) (?:it|the|your|this|an?|any) ?(?:{MARK}|sore|lump|bleeding|symptoms?|rash)",
        r"can (?:safely )?ignore",
        rf"(?:ignore|forget|disregard) what (?:your|the|a) {CARER}",
        r"treat (?:it|this|that|them|yourself|your \w+|the \w+) (?:at home|yourself|on your own)",
        rf"(?:{SEEING}|visit to) {SOME_CARE} (?:\w+ )?is a waste",
    ),
)
KINDS = (MEDICINE, CARE, PERSON, SAFE, PROMISE)
