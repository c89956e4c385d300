"""Folders of evidence: made of a rule file, spoilt, sealed anew, and checked."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from proving import no_hurry, silent

from screener.authoring.checks.logic import prove
from screener.authoring.evidence.check import main
from screener.authoring.evidence.folder import Basis, folder
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

#: A rule file with promises of every kind, all of them kept.
PROMISED = """\
format: 1
id: promised
version: 1.0.0
title: Promised
language: en
questions:
  - {id: itch, type: yes-no, ask: Does it itch?, unsure: yes, decline: yes}
  - {id: much, type: yes-no, ask: Much?, unsure: yes, when: {itch: [yes, unsure]}}
  - {id: age, type: number, ask: How old are you?, min: 0, max: 120, decline: yes}
  - {id: since, type: date, ask: Since when?, min: 2020-01-01, unsure: yes}
  - {id: skin, type: one, ask: Which skin?, options: {light: Light, medium: Medium, dark: Dark}, unsure: yes}
  - {id: creams, type: many, ask: Which creams?, max: 2,
     options: {mild: Mild, acid: Acid, scent: Scent, none: {label: None, exclusive: yes}}, unsure: yes}
  - {id: notes, type: text, ask: What else?, decline: yes, carry_over: 90 days}
guidance:
  - {id: rest, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when., disposition: soon}
  - {id: worse, topic: Care, when: {much: yes}, says: Say how much., disposition: doctor}
  - {id: young, topic: Care, when: {age: {below: 18}}, says: Bring a parent., disposition: soon}
  - {id: long, topic: Care, when: {since: {below: 2024-05-01}}, says: Say so., disposition: soon, when_unsure: skip}
  - {id: care, topic: Care, when: {skin: [medium, dark]}, says: More care., disposition: soon}
  - {id: strong, topic: Care, when: {creams: acid}, says: Bring it along., disposition: doctor}
  - {id: two, topic: Care, when: {creams: {count: {at_least: 2}}}, says: Bring both., disposition: soon}
  - {id: told, topic: Care, when: {any: [{notes: answered}, {creams: {none: [mild]}}]}, says: Thank you.}
dispositions:
  - {id: consult, title: Talk, says: They look at your skin.}
  - {id: soon, title: Soon, says: Do not wait.}
  - {id: doctor, title: Doctor, says: See a doctor first.}
referral:
  - {id: child, when: {age: {below: 18}}, says: See a doctor with a parent.}
  - {id: everyone, says: Please see a professional.}
invariants:
  - {id: much-is-a-doctor, because: It may be more., when: {much: yes}, then: {disposition: doctor}}
  - {id: itch-is-soon, because: It may be more., when: {itch: yes}, then: {disposition_at_least: soon}}
  - id: calm-is-calm
    because: Nobody is to be frightened.
    open: left-out
    when: {itch: no, age: {at_least: 18}, skin: light, creams: none}
    then: {disposition_at_most: soon, no_guidance: [worse, strong]}
  - {id: rest-for-all, because: It helps., then: {guidance: [rest]}}
  - {id: itchy-hear, because: They asked., when: {not: {itch: no}}, then: {guidance: [itchy]}}
  - {id: much-is-asked, because: It matters., when: {itch: yes}, then: {asked: [much]}}
  - {id: much-is-not-asked, because: It is long., when: {itch: no}, open: left-out, then: {not_asked: [much]}}
  - {id: a-child-is-young, because: It can't decide., when: {age: {below: 12}}, open: left-out,
     then: {answers: {age: {at_most: 18}}, referral: child, referral_says: with A parent}}
  - {id: light-is-calm, because: It is enough., when: {not: {skin: [medium, dark]}}, then: {no_guidance: [care]}}
  - id: more-is-never-less
    because: Adding an answer must not calm the advice.
    never_less_urgent: [itch, creams, {age: smaller}, {since: earlier}, {skin: [light, medium, dark]}]
"""
#: The promise that is kept for certain answers only.
CERTAIN_ONLY = "light-is-calm"
VERSIONS = {"screener": "0", "Python": "3"}


class Checked(NamedTuple):
    """What the checker made of a folder."""

    code: int
    said: str


def texts_of(rules: RuleFile, files: dict[str, str]) -> dict[str, str]:
    """Every file of the evidence for this rule file, whose own files are given."""
    remarks = prove(rules, no_hurry, silent).remarks
    only = frozenset(str(one.route[1]) for one in remarks if one.code == "certain-only")
    return dict(folder(rules, Basis(files, (), only, VERSIONS), no_hurry))


def evidence_of(text: str) -> dict[str, str]:
    """Every file of the evidence for a rule file with this text."""
    return texts_of(load(text), {"rules.yaml": text})


def hash_of(text: str) -> str:
    """The SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def sealed(texts: dict[str, str], rules: str = "rules.yaml") -> dict[str, str]:
    """The same with every hash put right: those of the manifest, and that of the rule file on the page."""
    manifest = json.loads(texts["manifest.json"])
    if rules in texts and "index.html" in texts:
        page = texts["index.html"].replace(manifest["sha256"][rules], hash_of(texts[rules]))
        texts = {**texts, "index.html": page}
    manifest["sha256"] = {name: hash_of(text) for name, text in texts.items() if name != "manifest.json"}
    return {**texts, "manifest.json": json.dumps(manifest)}


def written(texts: dict[str, str], place: Path) -> Path:
    """The folder with these files."""
    place.mkdir()
    for name, text in texts.items():
        (place / name).write_bytes(text.encode())
    return place


def checked(place: Path) -> Checked:
    """What the checker says of a folder, in this process."""
    with redirect_stdout(io.StringIO()) as said:
        code = main(place)
    return Checked(code, said.getvalue())


def checked_apart(place: Path, cwd: Path) -> Checked:
    """What the folder's own checker says under a Python without any package, started from some other folder."""
    command = [sys.executable, "-I", "-S", str(place / "check.py")]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)
    assert done.stderr == ""
    return Checked(done.returncode, done.stdout)
