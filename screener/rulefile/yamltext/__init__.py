"""The only door to YAML: text → plain strings with the place of each, and plain values → text."""

from screener.rulefile.yamltext.comments import Commented
from screener.rulefile.yamltext.reading import COMMENT, MAX_DEPTH, Plain, Route, YamlText, read
from screener.rulefile.yamltext.writing import Inline, written

__all__ = ["COMMENT", "MAX_DEPTH", "Commented", "Inline", "Plain", "Route", "YamlText", "read", "written"]
