"""A rule file as a picture: Mermaid text, one SVG, or one HTML page. Each gives a string; none prints."""

from screener.report.graph.flowchart import mermaid
from screener.report.graph.picture import svg
from screener.report.graph.webpage import page

__all__ = ["mermaid", "page", "svg"]
