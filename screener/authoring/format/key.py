"""What the manual says of a key: what it does, and an example."""

from typing import Literal, NamedTuple

File = Literal["rules", "sources", "cases"]


class Key(NamedTuple):
    """One key of a file: one or two plain sentences, and an example as it is written, on one line.

    `beside` is what has to stand there as well for the example to be read, such as `type: number`. `values` says what
    can be written, where the schema can't tell it.
    """

    name: str
    text: str
    example: str
    beside: str = ""
    values: str = ""


class Thing(NamedTuple):
    """What has keys, such as a question: where it stands, and the least of it that can be read.

    `shape` is its name in the JSON Schema of the file, `at` the keys that lead to it; the page has it under `title`.
    """

    title: str
    of: File
    shape: str
    at: str
    about: str
    least: str
    keys: tuple[Key, ...]
