"""Plain values → YAML."""

from typing import Any

import yaml

from screener.rulefile.yamltext.reading import Plain


class Inline(dict[str, Any]):
    """A mapping that is written on one line, with everything in it."""


def written(plain: Plain, comment: str = "") -> str:
    """Plain values as YAML that `read` reads back, under a comment; the keys stay in their order.

    As `read` takes every value as a plain string, `yes` and `1` need no quotes.
    """

    class Dumper(_Dumper):  # type: ignore[misc]
        """Knows `Inline`, and nothing of it stays behind for others."""

    Dumper.yaml_implicit_resolvers = {}
    Dumper.add_representer(Inline, _inline)
    Dumper.ignore_aliases = lambda *_: True
    above = "".join(f"# {line}\n" for line in comment.splitlines())
    text: str = yaml.dump(plain, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110)
    return above + text


_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _inline(dumper: Any, value: Inline) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)
