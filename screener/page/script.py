"""The engine as it runs in a page: one expression in JavaScript, put together from the files beside this one."""

from pathlib import Path

from screener.ground.files import read_text

_HERE = Path(__file__).parent
#: The second and all later ones are functions of the first, each with more that the page can call.
_FILES = ("engine.js", "summary.js", "typed.js")


def script() -> str:
    """An expression whose value is an object of functions, such as `assess(table, given)`. It touches no globals."""
    engine, *more = (read_text(_HERE / name).rstrip() for name in _FILES)
    return f"((engine) => Object.freeze({{ ...engine, {', '.join(f'...({one})(engine)' for one in more)} }}))({engine})"
