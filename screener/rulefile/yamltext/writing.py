"""Plain values → YAML. The one writer: of imported rule files, of worked cases, of answers that show a problem."""

from typing import Any

import yaml

from screener.rulefile.yamltext.reading import Plain


class Inline(dict[str, Any]):
    """A mapping that is written on one line, with everything in it."""


def written(plain: Plain, comment: str = "", width: int = 110) -> str:
    """Plain values as YAML that `read` reads back, under a comment; the keys stay in their order.

    As `read` takes every value as a plain string, `yes` and `1` need no quotes. A list of texts stands on one line,
    which goes on in the next where it is longer than `width` characters.
    """

    class Dumper(_Dumper):  # type: ignore[misc]  # which of the two libraries it is from is known at run time only
        """Knows `Inline` and lists of texts, and nothing of it stays behind for others."""

    Dumper.yaml_implicit_resolvers = {}
    Dumper.add_representer(Inline, _inline)
    Dumper.add_representer(list, _listed)
    Dumper.ignore_aliases = lambda *_: True
    above = "".join(f"# {line}\n" for line in comment.splitlines())
    text: str = yaml.dump(plain, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=width)
    return above + text


_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _inline(dumper: Any, value: Inline) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


def _listed(dumper: Any, value: list[Any]) -> Any:
    texts = bool(value) and all(isinstance(item, str) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=texts or None)
