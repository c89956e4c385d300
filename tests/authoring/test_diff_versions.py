"""Which version comes next, and which is large enough."""

import pytest

from screener.authoring.diff.versions import Level, is_enough, is_numbered, next_version


@pytest.mark.parametrize(
    ("old", "patch", "minor", "major"),
    [
        ("1.4.2", "1.4.3", "1.5.0", "2.0.0"),
        ("1", "1.0.1", "1.1", "2"),
        ("1.4", "1.4.1", "1.5", "2.0"),
        ("0.3.1", "0.3.2", "0.3.2", "0.4.0"),
        ("0.0.0", "0.0.1", "0.0.1", "0.1.0"),
        ("2.0.0-rc.1", "2.0.0", "2.0.0", "2.0.0"),
        ("2.1.0-rc.1", "2.1.0", "2.1.0", "3.0.0"),
        ("2.1.1-rc.1", "2.1.1", "2.2.0", "3.0.0"),
        ("0.3.0-rc.1", "0.3.0", "0.3.0", "0.3.0"),
        ("1.4.2+build.7", "1.4.3", "1.5.0", "2.0.0"),
    ],
)
def test_the_next_version_grows_with_the_change(old: str, patch: str, minor: str, major: str) -> None:
    """By its last, middle or first number; before 1.0.0 one place further down; what was announced is not counted."""
    levels: tuple[Level, ...] = ("none", "patch", "minor", "major")

    assert [next_version(old, level) for level in levels] == [old, patch, minor, major]
    assert all(is_enough(old, str(next_version(old, level)), level) for level in levels)


@pytest.mark.parametrize(
    ("old", "new", "level", "enough"),
    [
        ("1.4.2", "1.4.2", "none", True),
        ("1.4.2", "1.4.1", "none", False),
        ("1.4.2", "1.4.2", "patch", False),
        ("1.4.2", "1.4.2+other", "patch", False),
        ("1.4.9", "1.4.10", "patch", True),
        ("1.4.2", "1.4.3-rc.1", "patch", True),
        ("1.4.2", "1.4.3", "minor", False),
        ("1.4.2", "2.0.0", "minor", True),
        ("1.4.2", "2.0.0-rc.1", "major", True),
        ("1.4.2", "1.99.0", "major", False),
        ("2.0.0-rc.1", "2.0.0-rc.2", "major", True),
        ("2.0.0-rc.9", "2.0.0-rc.10", "patch", True),
        ("2.0.0-rc.2", "2.0.0-rc.1", "patch", False),
        ("2.0.0", "2.0.0-rc.1", "none", False),
        ("0.3.1", "1.0.0", "major", True),
        ("0.3.1", "0.3.2", "major", False),
        ("1", "1.0.0", "none", True),
    ],
)
def test_a_version_is_enough_or_not(old: str, new: str, level: Level, enough: bool) -> None:
    """As Semantic Versioning orders them; what is larger than demanded is fine."""
    assert is_enough(old, new, level) is enough


@pytest.mark.parametrize("text", ["2026-11", "v1.0.0", "1.0.0.0", "01.2.3", "draft", "1-rc", "1.0.0-"])
def test_what_is_not_numbered_has_no_next_version(text: str) -> None:
    """Nothing is guessed about it."""
    assert not is_numbered(text)
    assert next_version(text, "major") is None
    with pytest.raises(ValueError, match=r".+"):
        is_enough(text, "1.0.0", "patch")
