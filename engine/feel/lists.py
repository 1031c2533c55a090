"""The only place for the list functions (DMN 1.5 §10.3.4.4)."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.arithmetic import calculate
from engine.feel.equality import compare, hash_key, is_same
from engine.feel.errors import NullResultError
from engine.feel.limits import ValueCounter, check_list_size
from engine.feel.strings import start_index, whole
from engine.feel.values import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from engine.feel.library import Definitions


def gathered(arguments: tuple[object, ...]) -> list[object]:
    """Return the list that was given as one list or as several values.

    Raises:
        NullResultError: it is null.
    """
    if len(arguments) == 1:
        only = arguments[0]
        if only is None:
            raise NullResultError("列表不能为空值。", "The list cannot be null.")
        return only if isinstance(only, list) else [only]
    return list(arguments)


def numbers_of(arguments: tuple[object, ...]) -> list[Decimal]:
    """Return the numbers that were given.

    Raises:
        NullResultError: there is something else among them.
    """
    values = gathered(arguments)
    found = [value for value in values if type(value) is Decimal]
    if len(found) != len(values):
        raise NullResultError("列表中只能有数字。", "The list may hold numbers only.")
    return found


def _extreme(sign: int) -> Callable[..., object]:
    def find(*arguments: object) -> object:
        values = gathered(arguments)
        best = values[0] if values else None
        for value in values[1:]:
            if compare(value, best) == sign:
                best = value
        if len(values) == 1 and best is not None:
            compare(best, best)
        return best

    return find


def _sum(*arguments: object) -> object:
    values = gathered(arguments)
    if not values:
        return None
    total = values[0]
    for value in values[1:]:
        total = calculate("+", total, value)
    if isinstance(total, (str, bool)) or total is None or isinstance(total, (list, dict)):
        raise NullResultError("列表中只能有数字。", "The list may hold numbers only.")
    return total


def _product(*arguments: object) -> object:
    values = numbers_of(arguments)
    if not values:
        return None
    total = Decimal(1)
    for value in values:
        total = _multiplied(total, value)
    return total


def _multiplied(left: Decimal, right: Decimal) -> Decimal:
    try:
        return NUMBERS.multiply(left, right)
    except decimal.DecimalException:
        raise NullResultError("结果超出数字范围。", "The result is out of range.") from None


def _mean(*arguments: object) -> object:
    values = gathered(arguments)
    if not values:
        return None
    return calculate("/", _sum(values), Decimal(len(values)))


def _median(*arguments: object) -> object:
    values = sorted(numbers_of(arguments))
    if not values:
        return None
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return NUMBERS.divide(NUMBERS.add(values[middle - 1], values[middle]), Decimal(2))


def _deviation(*arguments: object) -> object:
    """Return the standard deviation of a sample."""
    values = numbers_of(arguments)
    if len(values) < 2:
        raise NullResultError("至少需要两个数字。", "At least two numbers are needed.")
    try:
        mean = NUMBERS.divide(_total(values), Decimal(len(values)))
        squares = [NUMBERS.power(NUMBERS.subtract(value, mean), 2) for value in values]
        return NUMBERS.sqrt(NUMBERS.divide(_total(squares), Decimal(len(values) - 1)))
    except decimal.DecimalException:
        raise NullResultError("结果超出数字范围。", "The result is out of range.") from None


def _total(values: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = NUMBERS.add(total, value)
    return total


def _mode(*arguments: object) -> list[object]:
    counts: dict[Decimal, int] = {}
    for value in numbers_of(arguments):
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return list(sorted(value for value, count in counts.items() if count == most))


def _all(*arguments: object) -> bool | None:
    return _fold(gathered(arguments), decisive=False)


def _any(*arguments: object) -> bool | None:
    return _fold(gathered(arguments), decisive=True)


def _fold(values: list[object], *, decisive: bool) -> bool | None:
    """Combine booleans and nulls like ``and`` (decisive False) or ``or`` (decisive True)."""
    if any(value is decisive for value in values):
        found: bool | None = decisive
    else:
        found = None if any(value is None for value in values) else not decisive
    if any(type(value) is not bool and value is not None for value in values):
        raise NullResultError("列表中只能有布尔值。", "The list may hold booleans only.")
    return found


def _list_contains(values: list[object], element: object) -> bool:
    return any(is_same(value, element) for value in values)


def _sublist(values: list[object], position: Decimal, length: Decimal | None = None) -> object:
    start = start_index(whole(position, "start position"), len(values))
    if length is None:
        return values[start:]
    count = whole(length, "length")
    if count < 0 or start + count > len(values):
        raise NullResultError("子列表超出范围。", "The sublist is out of range.")
    return values[start : start + count]


def _append(values: list[object], *items: object) -> list[object]:
    check_list_size(len(values) + len(items))
    return [*values, *items]


def concatenate(*lists: list[object]) -> list[object]:
    """Return the elements of all the lists."""
    check_list_size(sum(map(len, lists)))
    return [value for one in lists for value in one]


def _insert_before(values: list[object], position: Decimal, item: object) -> list[object]:
    index = start_index(whole(position, "position"), len(values))
    check_list_size(len(values) + 1)
    return [*values[:index], item, *values[index:]]


def _remove(values: list[object], position: Decimal) -> list[object]:
    if not values:
        raise NullResultError("列表为空。", "The list is empty.")
    index = start_index(whole(position, "position"), len(values))
    return [*values[:index], *values[index + 1 :]]


def replace_at(values: list[object], position: Decimal, item: object) -> list[object]:
    """Return the list with another element at the 1-based position."""
    if not values:
        raise NullResultError("列表为空。", "The list is empty.")
    index = start_index(whole(position, "position"), len(values))
    return [*values[:index], item, *values[index + 1 :]]


def _index_of(values: list[object], match: object) -> list[object]:
    return [Decimal(index + 1) for index, value in enumerate(values) if is_same(value, match)]


def distinct(values: list[object]) -> list[object]:
    """Return the elements without repetitions, in their order."""
    counter = ValueCounter()
    found: dict[Hashable, object] = {}
    for value in values:
        found.setdefault(hash_key(value, counter), value)
    return list(found.values())


def flatten(values: list[object]) -> list[object]:
    """Return all the elements of nested lists as one list."""
    found: list[object] = []
    waiting = list(reversed(values))
    counter = ValueCounter()
    while waiting:
        value = waiting.pop()
        counter.count()
        if isinstance(value, list):
            counter.count(len(value))
            waiting.extend(reversed(value))
        else:
            found.append(value)
    return found


DEFINITIONS: Definitions = {
    "list contains": ("list: list, element: any", _list_contains),
    "count": ("list: list", lambda values: Decimal(len(values))),
    "min": ("list...: any", _extreme(-1)),
    "max": ("list...: any", _extreme(1)),
    "sum": ("list...: any", _sum),
    "mean": ("list...: any", _mean),
    "all": ("list...: any", _all),
    "any": ("list...: any", _any),
    "product": ("list...: any", _product),
    "median": ("list...: any", _median),
    "stddev": ("list...: any", _deviation),
    "mode": ("list...: any", _mode),
    "sublist": ("list: list, start position: number, length?: number", _sublist),
    "append": ("list: list, item...: any", _append),
    "concatenate": ("list...: list", concatenate),
    "insert before": ("list: list, position: number, newItem: any", _insert_before),
    "remove": ("list: list, position: number", _remove),
    "reverse": ("list: list", lambda values: values[::-1]),
    "index of": ("list: list, match: any", _index_of),
    "union": ("list...: list", lambda *lists: distinct(concatenate(*lists))),
    "distinct values": ("list: list", distinct),
    "flatten": ("list: list", flatten),
}
