"""The only door to pydantic: what files hold as frozen values, and plain data → such a value, or all that is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    InstanceOf,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

__all__ = [
    "AfterValidator",
    "BeforeValidator",
    "Fault",
    "Field",
    "InstanceOf",
    "OpenShape",
    "PrivateAttr",
    "Shape",
    "Spelling",
    "Text",
    "WithJsonSchema",
    "changed",
    "choices",
    "json_schema",
    "keys",
    "shaped",
    "unfit",
]

Steps = tuple[str | int, ...]
#: `unknown` is a key, `choice` a value that is none of the possible ones, `spelling` a text that is not spelt as
#: wanted, `blank` and `no-entries` hold nothing, `kind` is of another kind, `value` is refused for a reason of its own.
FaultKind = Literal["missing", "unknown", "choice", "spelling", "blank", "no-entries", "kind", "value"]

_KINDS: dict[str, FaultKind] = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "literal_error": "choice",
    "string_too_short": "blank",
    "too_short": "no-entries",
    "value_error": "value",
    "spelling": "spelling",
}
_WANTED = {
    "string_type": "text",
    "bool_type": "switch",
    "bool_parsing": "switch",
    "int_type": "whole number",
    "decimal_type": "number",
    "is_instance_of": "number",
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Shape(BaseModel):
    """A mapping with known keys only, that never changes once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class OpenShape(BaseModel):
    """A mapping of which some keys are read, exactly as they are typed; the others are kept in `model_extra`."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", populate_by_name=True)


AnyShape = TypeVar("AnyShape", bound=BaseModel)


@dataclass(frozen=True)
class Spelling:
    """How a text must be spelt, as a regular expression, with a name for those who tell what is wrong."""

    name: str
    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Any text, then the right one; only the second fault bears the name."""
        told = core_schema.custom_error_schema(
            core_schema.str_schema(pattern=self.pattern),
            custom_error_type="spelling",
            custom_error_message="not spelt as wanted",
            custom_error_context={"wanted": self.name},
        )
        return core_schema.chain_schema([core_schema.str_schema(), told])

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """A text with its pattern, as editors check it."""
        return handler(core_schema.str_schema(pattern=self.pattern))


class Fault(NamedTuple):
    """One thing that is wrong with plain data: where, what stands there, and what is wanted.

    `at_key` says that the last step is a key which is wrong itself. `wanted` is the kind of value that is needed
    (`text`, `list`, `mapping`, `number`, `whole number`, `switch`, or the word given to `unfit`), or the name of a
    spelling; it is empty where the kind of the fault says all.
    """

    kind: FaultKind
    route: Steps
    given: object
    at_key: bool = False
    wanted: str = ""


def shaped(shape: type[AnyShape], plain: Any, context: Mapping[str, Any] | None = None) -> AnyShape | tuple[Fault, ...]:
    """The plain data as a value of this shape, or everything that is wrong with it.

    `context` is handed to the shape as it is.
    """
    try:
        return shape.model_validate(plain, context=dict(context) if context else None)
    except ValidationError as error:
        return tuple(_own([_fault(detail) for detail in error.errors(include_url=False)]))


def _own(faults: list[Fault]) -> Iterator[Fault]:
    """Without `no-entries` where the only reason is that the entries of the list are wrong themselves."""
    owners = {fault.route[:end] for fault in faults for end in range(len(fault.route))}
    return (fault for fault in faults if fault.kind != "no-entries" or fault.route not in owners)


def _fault(detail: ErrorDetails) -> Fault:
    kind, context = detail["type"], detail.get("ctx", {})
    route = tuple(step for step in detail["loc"] if step != "[key]")
    wanted = str(context.get("wanted", "")) or _WANTED.get(kind, "")
    return Fault(_KINDS.get(kind, "kind"), route, detail["input"], detail["loc"][-1:] == ("[key]",), wanted)


def changed(shape: AnyShape, **values: Any) -> AnyShape:
    """The same with other values under these names, which are sound; nothing that was worked out of the old ones."""
    copy = shape.model_copy(update=values)
    for name in [name for name in vars(copy) if name not in type(shape).model_fields]:
        del vars(copy)[name]
    return copy


def unfit(wanted: str) -> Exception:
    """What a validator raises for data of another kind than `wanted`."""
    return PydanticCustomError("unfit", "not of the kind that is wanted", {"wanted": wanted})


def keys(shape: type[BaseModel], route: Steps) -> tuple[str, ...]:
    """The keys that the mapping at this route may have."""
    return tuple(_by_key(_owner(shape, route)))


def choices(shape: type[BaseModel], route: Steps) -> tuple[str, ...]:
    """The words that the value at this route may be, as far as they are few and known."""
    annotation = _by_key(_owner(shape, route[:-1])).get(str(route[-1]))
    return next((get_args(part) for part in _parts(annotation) if get_origin(part) is Literal), ())


def json_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of the data that this shape is made from."""
    return shape.model_json_schema()


def _owner(shape: type[BaseModel], route: Steps) -> type[BaseModel]:
    """The shape that the route leads to; steps into lists and mappings of it stay with it."""
    for step in route:
        inner = (part for part in _parts(_by_key(shape).get(str(step))) if _is_shape(part))
        shape = next(inner, shape)
    return shape


def _by_key(shape: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in shape.model_fields.items()}


def _is_shape(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _parts(annotation: Any) -> Iterator[Any]:
    """The annotation and everything inside it: `tuple[Question, ...]` holds `Question`."""
    yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)
