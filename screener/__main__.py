"""The program `screener`, also as `python -m screener`."""

import os

from screener.ground.stopping import stop_on_signals


def main() -> None:
    """Run the command that the arguments name, and exit: 0 fine, 1 problems, 2 wrong use, 3 a fault, 130 stopped."""
    stop_on_signals(os._exit)
    import gc
    import sys

    # A person waits for the first question. Looking for rubbish among freshly imported modules, and for plugins
    # of pydantic that we don't use, would take a tenth of that time.
    gc.set_threshold(100_000, 50, 50)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from screener.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
