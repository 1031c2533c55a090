"""The only place where the functions of the language are registered and their arguments checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.equality import kind_en, kind_zh
from engine.feel.errors import NullResultError
from engine.feel.scanner import NameTable, name_table
from engine.feel.scope import Run, current_run
from engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.feel.values import FeelFunction, Range

if TYPE_CHECKING:
    import datetime

_KINDS: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "list": (list,),
    "context": (dict,),
    "range": (Range,),
    "function": (FeelFunction,),
    "date": (Date, DateTime),
    "time": (Time,),
    "date and time": (DateTime,),
    "duration": (DaysDuration, MonthsDuration),
    "number or duration": (Decimal, DaysDuration, MonthsDuration),
    "days and time duration": (DaysDuration,),
    "years and months duration": (MonthsDuration,),
}
Implementation = Callable[..., object]
Body = Callable[[Any, list[object]], object]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a built-in function.

    Attributes:
        name: as named arguments write it.
        kinds: accepted classes, empty for any value.
        nullable: whether null is accepted.
        optional: whether it may be left out.
        variadic: whether it takes any number of arguments; always the last one.
    """

    name: str
    kinds: tuple[type, ...]
    nullable: bool
    optional: bool
    variadic: bool


def _parameter(text: str) -> Parameter:
    """Read ``name: kind``, ``name?: kind or null``, ``name...: kind``."""
    name, _, kind = (part.strip() for part in text.partition(":"))
    nullable = kind.endswith(" or null") or kind == "any"
    kinds = _KINDS.get(kind.removesuffix(" or null"), ())
    return Parameter(name.rstrip("?."), kinds, nullable, name.endswith("?"), name.endswith("..."))


def _accept(value: object, parameter: Parameter) -> object:
    """Convert one argument: a list of one for its element and the other way round."""
    kinds = parameter.kinds
    if not kinds or type(value) in kinds or (value is None and parameter.nullable):
        return value
    if kinds == (list,) and value is not None:
        return [value]
    if type(value) is list and len(value) == 1 and type(value[0]) in kinds:
        return value[0]
    raise NullResultError(
        f"参数 {parameter.name} 不能是{kind_zh(value)}。",
        f"The argument {parameter.name} cannot be a {kind_en(value)}.",
    )


def _checked(parameters: tuple[Parameter, ...], implementation: Implementation) -> Implementation:
    def call(*arguments: object) -> object:
        accepted = [
            _accept(value, parameters[index] if index < len(parameters) else parameters[-1])
            for index, value in enumerate(arguments)
        ]
        return implementation(*accepted)

    return call if parameters else implementation


def signature(
    name: str, text: str, implementation: Implementation, *, with_run: bool = False
) -> FeelFunction:
    """Return a function whose parameters are declared as ``list: list, position: number``.

    ``with_run`` says that the implementation gets the running evaluation first.
    """
    parameters = tuple(_parameter(part) for part in text.split(",") if part.strip())
    required = sum(1 for one in parameters if not one.optional)
    body = _with_run(parameters, implementation) if with_run else None
    return FeelFunction(
        params=tuple(one.name for one in parameters),
        call=_checked(parameters, implementation) if body is None else _alone(body),
        name=name,
        required=required,
        variadic=bool(parameters) and parameters[-1].variadic,
        body=body,
    )


def _with_run(parameters: tuple[Parameter, ...], implementation: Implementation) -> Body:
    def body(run: Any, arguments: list[object]) -> object:
        return implementation(
            run, *(_accept(value, one) for value, one in zip(arguments, parameters, strict=False))
        )

    return body


def _alone(body: Body) -> Implementation:
    """Return a call from outside of any expression, or from a function of the caller's."""
    return lambda *arguments: body(current_run.get() or Run(), list(arguments))


class FunctionLibrary:
    """Functions by name; immutable once an expression was compiled with it.

    Own functions carry a namespace in front of a dot, such as ``工作日.加``, or a name in another
    script, such as ``大写金额``, so that they never look like the standard ones.
    """

    def __init__(
        self,
        functions: Iterable[FeelFunction] = (),
        now: Callable[[], datetime.datetime] | None = None,
    ) -> None:
        """Hold ``functions``; ``now`` (timezone-aware) answers ``now()`` and ``today()``."""
        self._functions = {function.name: function for function in functions}
        self._table: NameTable | None = None
        self._now = now

    def find(self, name: str) -> FeelFunction | None:
        """Return the function of that name, or None."""
        return self._functions.get(name)

    @property
    def names(self) -> frozenset[str]:
        """The names of all functions."""
        return frozenset(self._functions)

    @property
    def table(self) -> NameTable:
        """The names with spaces and signs, for the parser."""
        if self._table is None:
            self._table = name_table(self._functions)
        return self._table

    def extended(self, functions: Iterable[FeelFunction]) -> FunctionLibrary:
        """Return a library with further functions.

        Raises:
            ValueError: a name is taken, or looks like a standard one.
        """
        added = list(functions)
        for function in added:
            own = "." in function.name or not function.name.isascii()
            if not own or function.name in self._functions:
                message = f"the function name {function.name!r} is taken or has no namespace"
                raise ValueError(message)
        return FunctionLibrary([*self._functions.values(), *added], self._now)

    def define(self, name: str, parameters: str, implementation: Implementation) -> FunctionLibrary:
        """Return a library with one further function.

        Args:
            name: with its namespace, e.g. ``工作日.加``.
            parameters: e.g. ``date: date, days: number, calendar?: string or null``.
            implementation: gets FEEL values by position; may raise ``NullResultError``.

        Raises:
            ValueError: the name is taken, or has no namespace.
        """
        return self.extended([signature(name, parameters, implementation)])


Definitions = dict[str, tuple[str, Any]]


def define_all(definitions: Definitions, *, with_run: bool = False) -> list[FeelFunction]:
    """Return the functions of ``{name: (parameters, implementation)}``."""
    return [
        signature(name, parameters, implementation, with_run=with_run)
        for name, (parameters, implementation) in definitions.items()
    ]
