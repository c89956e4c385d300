"""A rule file as a picture: `flowchart` gives Mermaid text, `webpage` one HTML page. Neither prints."""
