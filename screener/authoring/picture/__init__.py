"""A rule file as a picture: Mermaid text, one SVG, or one HTML page. Each gives a string; none prints."""

from screener.authoring.picture.flowchart import mermaid
from screener.authoring.picture.picture import svg
from screener.authoring.picture.webpage import page

__all__ = ["mermaid", "page", "svg"]
