"""How the house stands: its rooms, the arrows between them, and what is longest; before and after, if told.

python tests/bench/house.py [REVISION…]
python tests/bench/house.py --picture     the drawing in .github/CONTRIBUTING.md, made anew
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

import rooms
from paths import ROOT

PAGE = ROOT / ".github" / "CONTRIBUTING.md"


def figures(house: rooms.House) -> dict[str, str]:
    """What is counted, in words."""
    arrows = rooms.room_arrows(house)
    twice = rooms.classes_twice(house)
    return {
        "rooms": str(len(arrows)),
        "arrows between rooms": str(sum(map(len, arrows.values()))),
        "circles of rooms": str(len(rooms.circles(arrows))),
        "circles of modules": str(len(rooms.circles(rooms.module_arrows(house)))),
        "modules": str(len(house)),
        "lines": str(sum(file.lines for file in rooms.files(house))),
        "longest file": "{} {}".format(*rooms.files(house)[0]),
        "longest function": "{} {}".format(*rooms.functions(house)[0]),
        "class names that stand twice": f"{len(twice)} {', '.join(twice)}".strip(),
    }


def main(arguments: list[str]) -> None:
    """Print the figures of each revision and of the files as they are, or draw the picture."""
    if arguments == ["--picture"]:
        PAGE.write_text(rooms.with_picture(PAGE.read_text("utf-8"), rooms.house()), "utf-8")
        return
    for revision in (*arguments, None):
        print(revision or "now")
        for name, figure in figures(rooms.house(revision)).items():
            print(f"  {name:30}{figure}")


if __name__ == "__main__":
    main(sys.argv[1:])
