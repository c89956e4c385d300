"""A condition as a value of a file: its tree, which the loader puts in the place of what is written."""

from typing import Annotated

from screener.ground.shapes import InstanceOf, WithJsonSchema
from screener.rulefile.conditions.tree import Condition

#: Conditions have a parser of their own; the schema of what is written is put in by `screener.authoring.schema`.
When = Annotated[InstanceOf[Condition], WithJsonSchema({"x-written": "Condition"})]
