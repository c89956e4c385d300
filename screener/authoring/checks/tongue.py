"""Which rule files are in English, the only language whose words are looked at."""


def in_english(language: str) -> bool:
    """Whether a language as it stands in a rule file is English: `en`, `EN`, `en-GB`."""
    return language.partition("-")[0].lower() in ("en", "eng")
