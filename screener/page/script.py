"""The engine as it runs in a page: one expression in JavaScript, put together from the files beside this one."""

from pathlib import Path

from screener.ground.files import read_text

_HERE = Path(__file__).parent
#: The second and all later ones are functions of what those before them make, each with more that the page can call.
_FILES = ("engine.js", "summary.js", "typed.js")


def script() -> str:
    """An expression whose value is an object of functions, such as `assess(table, given)`. It touches no globals."""
    made, *more = (read_text(_HERE / name).rstrip() for name in _FILES)
    for one in more:
        made = f"((engine) => Object.freeze({{ ...engine, ...({one})(engine) }}))({made})"
    return made
