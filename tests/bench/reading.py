"""How much a person has to read: words, lines, pages and letters of the summaries of all worked cases.

python tests/bench/reading.py [--before REVISION]

With `--before` the words are also counted in the summaries of the package as it was at a revision of git, and their
ratio is printed: today's short form beside the whole summary of then.
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))
import browser
from readers import cases, letter_sizes

from screener.authoring.checks.wording import grade_of
from screener.engine.assess import Summary, assess
from screener.ground.safetext import one_line
from screener.ground.wrapping import Look
from screener.rulefile.find import load_rules
from screener.rulefile.model import RuleFile
from screener.summary.formats import renderer

ROOT = Path(__file__).parents[2]
WORST_MEDIAN, WORST, SCREEN, ONE_PAGE, GRADE = 300, 500, 24, 60, 8.0
#: What counts the words of a summary with the package of another revision.
COUNT = """
import sys; from pathlib import Path
from screener.authoring.cases import read_cases
from screener.engine.assess import assess
from screener.ground.wrapping import Look
from screener.rulefile.find import load_rules, rules_folder
from screener.summary.formats import renderer
rules = load_rules("pico-laser")
worked, _ = read_cases((Path(rules_folder()) / "pico-laser.cases.yaml").read_text("utf-8"), rules)
print(*(len(str(renderer("text")(rules, assess(rules, one.answers), Look(80))).split()) for one in worked))
"""


def text_of(rules: RuleFile, summary: Summary) -> str:
    """The summary as a person has it on a terminal of 80 columns."""
    return str(renderer("text")(rules, summary, Look(80)))


def first_screen(rules: RuleFile, summary: Summary) -> bool:
    """Whether the next step and the referral stand on the first screen."""
    seen = " ".join(" ".join(text_of(rules, summary).splitlines()[:SCREEN]).split())
    return one_line(summary.disposition.title) in seen and one_line(summary.referral.says) in seen


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(BytesIO(pdf)).pages)


def words_before(revision: str) -> list[int]:
    """The words of each summary, as the package of this revision writes it."""
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(
            ["git", "archive", revision, "screener", "rules"], cwd=ROOT, capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", folder], input=made.stdout, check=True)
        done = subprocess.run([sys.executable, "-c", COUNT], cwd=folder, capture_output=True, text=True, check=True)
    return [int(word) for word in done.stdout.split()]


def summaries() -> tuple[RuleFile, Mapping[str, Summary]]:
    """The questionnaire that comes with the tool, and the summary of every worked case."""
    rules = load_rules("pico-laser")
    return rules, {name: assess(rules, answers) for name, answers in cases().items()}


def readable(rules: RuleFile, found: Mapping[str, Summary]) -> None:
    """Print the words and the school grades of the short forms."""
    counts = {name: len(text_of(rules, one).split()) for name, one in found.items()}
    longest = max(counts, key=counts.__getitem__)
    print(f"words: median {statistics.median(counts.values()):.0f} (target: at most {WORST_MEDIAN}), ", end="")
    print(f"at worst {counts[longest]} in {longest} (target: at most {WORST})")
    late = [name for name, one in found.items() if not first_screen(rules, one)]
    print(f"next step and referral on the first {SCREEN} lines: {len(found) - len(late)} of {len(found)}", *late)
    grades = [grade_of(re.sub(r"-{5,}", ".", text_of(rules, one)), rules.glossary) for one in found.values()]
    print(f"school grade (the milder of ARI and Coleman–Liau): at worst {max(grades):.1f} (target: at most {GRADE})")


def printed(rules: RuleFile, found: Mapping[str, Summary]) -> None:
    """Print how many pages there are on paper, and how small their letters get."""
    made = [renderer("pdf")(rules, one, Look()) for one in found.values()]
    told("PDF", [one for one in made if isinstance(one, bytes)])
    if browser.chromium() is None:
        print("HTML: not printed, as there is no Chromium here")
    else:
        told("HTML, printed on A4", from_pages([str(renderer("html")(rules, one, Look())) for one in found.values()]))


def from_pages(made: list[str]) -> list[bytes]:
    """Web pages as a browser prints them."""
    with browser.browser() as opened:
        page = opened.new_page()
        printed = []
        for one in made:
            page.set_content(one)
            printed.append(page.pdf(format="A4"))
    return printed


def told(what: str, made: list[bytes]) -> None:
    """Print the pages and the letters of these files."""
    counts = [pages(one) for one in made]
    most = f"at most {max(counts)} (target: 2)"
    print(f"{what}: one page for {counts.count(1)} of {len(counts)} (target: {ONE_PAGE}), {most}")
    sizes = [letter_sizes(one) for one in made]
    smallest = min(size for one in sizes for size in one)
    body = min(max(one, key=one.__getitem__) for one in sizes)
    print(f"{what}: body at least {body:.1f} pt (target: 10.5), no letter under {smallest:.1f} pt (target: 9)")


def main() -> None:
    """Print all figures beside their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", metavar="REVISION")
    before = parser.parse_args().before
    rules, found = summaries()
    readable(rules, found)
    printed(rules, found)
    if before:
        now = statistics.median(len(text_of(rules, one).split()) for one in found.values())
        then = statistics.median(words_before(before))
        print(f"words beside {before}: median {now:.0f} and {then:.0f}, ratio {now / then:.2f}")


if __name__ == "__main__":
    main()
