"""The only place that calls functions: built-in ones, those written in FEEL, the caller's."""

from __future__ import annotations

from decimal import DecimalException
from typing import TYPE_CHECKING

from engine.feel.conversion import to_feel
from engine.feel.equality import kind_en, kind_zh
from engine.feel.errors import LimitReachedError, NullResultError, Position
from engine.feel.limits import CALL_STEPS, ELEMENT_STEPS
from engine.feel.scope import Run, current_run, limit_error
from engine.feel.values import ATOMS, FeelFunction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _wrong_arguments(function: FeelFunction) -> NullResultError:
    name = function.name or "function"
    forms = [function, *function.alternatives]
    shown = " / ".join(f"{name}({', '.join(form.params)})" for form in forms)
    return NullResultError(f"参数不正确，应为 {shown} 。", f"Wrong arguments; expected {shown}.")


def fits(function: FeelFunction, count: int, names: Sequence[str]) -> bool:
    """Tell whether some parameter list takes ``count`` arguments, or those ``names``."""
    forms = (function, *function.alternatives)
    if names:
        return any(_takes_names(form, names) for form in forms)
    return any(_takes(form, count) for form in forms)


def _takes(form: FeelFunction, count: int) -> bool:
    return form.least <= count and (form.variadic or count <= len(form.params))


def _takes_names(form: FeelFunction, names: Sequence[str]) -> bool:
    given = set(names)
    required = form.params[: form.least]
    return len(given) == len(names) and given.issubset(form.params) and given.issuperset(required)


def _bindings(
    function: FeelFunction, arguments: list[object], names: Sequence[str]
) -> Iterator[tuple[FeelFunction, list[object]]]:
    """Yield every parameter list that fits, with the arguments in its order."""
    for form in (function, *function.alternatives):
        if not names and _takes(form, len(arguments)):
            yield form, arguments
        elif names and _takes_names(form, names):
            given = dict(zip(names, arguments, strict=True))
            last = max(form.params.index(name) for name in names)
            yield form, [given.get(name) for name in form.params[: last + 1]]


def invoke(
    function: object,
    arguments: list[object],
    run: Run,
    where: Position,
    names: Sequence[str] = (),
) -> object:
    """Call a function value and return its result; null with a warning when that fails.

    Raises:
        FeelLimitError: the budget is used up.
    """
    if not isinstance(function, FeelFunction):
        run.warn(
            where,
            f"{kind_zh(function)}不是函数，不能调用。",
            f"A {kind_en(function)} cannot be called.",
        )
        return None
    steps = CALL_STEPS
    for value in arguments:
        if type(value) is list:
            steps += ELEMENT_STEPS * len(value)
    run.charge(steps, where)
    run.enter_call(where)
    try:
        result = _first_success(function, arguments, run, names)
    except NullResultError as reason:
        run.null(where, reason)
        return None
    except DecimalException:
        run.warn(where, "结果超出数字范围。", "The result is out of range.")
        return None
    except LimitReachedError as reason:
        raise limit_error(reason, where) from None
    finally:
        run.calls -= 1
    run.charge_value(result, where)
    return result


def _first_success(
    function: FeelFunction, arguments: list[object], run: Run, names: Sequence[str]
) -> object:
    if not names and not function.alternatives and _takes(function, len(arguments)):
        return _run_form(function, arguments, run)
    failure = None
    for form, bound in _bindings(function, arguments, names):
        try:
            return _run_form(form, bound, run)
        except NullResultError as reason:
            failure = reason
    raise failure or _wrong_arguments(function)


def _run_form(form: FeelFunction, arguments: list[object], run: Run) -> object:
    if form.body is not None:
        return form.body(run, arguments)
    token = current_run.set(run)
    try:
        result = form.call(*arguments)
    finally:
        current_run.reset(token)
    kind = type(result)
    return result if kind in ATOMS or kind is list or kind is dict else to_feel(result)
