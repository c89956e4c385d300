"""Examples for the codes of form that authors meet most: what keeps a file from being read, and the same mended."""

from collections.abc import Mapping

from screener.authoring.checks.page import Example

_ASKED = "questions:\n  - {id: itch, type: yes-no, ask: Does your skin itch?}\n"
_CARE = "guidance:\n  - {id: care, topic: Care, says: Keep the skin cool.}\n"
_OWN = "  - {id: x, topic: Care, says: Say when., when: %s}"
_SOURCED = _OWN.replace("when.,", "when., from: [C1],")
_LINE = _CARE + _OWN
_SHOWN = "  - {id: nights, type: yes-no, ask: Does it wake you?}\n"
_USED = _LINE % "{nights: yes}"
_STATEMENTS = "statements:\n  - {id: C1, document: leaflet, says: Cool skin itches less.}"


#: With the fault, and without, by code.
FORMS: Mapping[str, tuple[Example, Example]] = {
    "unknown-question": (Example(_LINE % "{itches: yes}"), Example(_LINE % "{itch: yes}")),
    "unknown-option": (Example(_LINE % "{itch: often}"), Example(_LINE % "{itch: yes}")),
    "not-offered": (Example(_LINE % "{itch: unsure}"), Example(_LINE % "{itch: yes}")),
    "wrong-condition": (Example(_LINE % "itch"), Example(_LINE % "{itch: yes}")),
    "unknown-condition": (
        Example(_LINE % "{is: itching}"),
        Example("conditions:\n  itching: {itch: yes}\n" + _LINE % "{is: itching}"),
    ),
    "forward-reference": (
        Example(_ASKED.replace("skin itch?", "skin itch?, when: {nights: yes}") + _SHOWN + _USED),
        Example(_ASKED + _SHOWN.replace("wake you?", "wake you?, when: {itch: yes}") + _USED),
    ),
    "duplicate-key": (
        Example(_LINE % "{itch: yes, itch: no}"),
        Example(_LINE % "{itch: yes}"),
    ),
    "duplicate-id": (
        Example(_LINE % "{itch: yes}" + "\n  - {id: x, topic: Care, says: Say how often., when: {itch: no}}"),
        Example(_LINE % "{itch: yes}" + "\n  - {id: y, topic: Care, says: Say how often., when: {itch: no}}"),
    ),
    "unknown-statement": (
        Example(_CARE.replace("cool.", "cool., from: [C9]") + _OWN % "{itch: yes}", _STATEMENTS),
        Example(_CARE.replace("cool.", "cool., from: [C1]") + _SOURCED % "{itch: yes}", _STATEMENTS),
    ),
    "unsafe-character": (
        Example(_LINE.replace("Say when.", '"Say when.\\u202e"') % "{itch: yes}"),
        Example(_LINE.replace("Say when.", '"Say when."') % "{itch: yes}"),
    ),
}
