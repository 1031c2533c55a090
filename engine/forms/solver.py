"""The fixed point behind ``situation``: values, hidden parts and fills depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from engine import feel
from engine.forms.choices import chosen, fill_path, offered
from engine.forms.components import ChoiceField, Component, ExpressionField, Field
from engine.forms.layout import Container, DynamicList
from engine.forms.problems import ProblemError
from engine.forms.scope import Path, Scope
from engine.forms.values import lenient, round_money, to_json

if TYPE_CHECKING:
    from engine.forms.form import Form
    from engine.handler import Option

#: Chains of conditions longer than this (or ones that chase each other) end as they stand.
MAX_PASSES: Final = 12
#: Rows of one list that are read at all; the list's own maximum is an error for the person.
MAX_ROWS: Final = 2000
_UNKNOWN: Final = object()

#: The answers of a scope: what came in, and what is kept of it.
Here = tuple[Any, dict[str, Any]]


class Solver:
    """Walks the form again and again until no value and no visibility changes.

    Attributes:
        root: scope with the FEEL values found.
        answers: what was typed, with what choices and the server set.
        hidden: (scope path, component id) of hidden components.
        fills: ``{path: value}`` that chosen options fill in.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Any],
        context: Mapping[str, Any],
        options: Mapping[str, Sequence[Option]],
        *,
        stored: bool = False,
    ) -> None:
        """Start with everything shown and nothing computed."""
        self.form = form
        self.root = Scope((), {}, None, context)
        self.answers: dict[str, Any] = {}
        self.hidden: set[tuple[Path, str]] = set()
        self.fills: dict[Path, Any] = {}
        self._given = answers
        self._context = context
        self._options = options
        self._stored = stored
        self._hidden_now: set[tuple[Path, str]] = set()
        self._fills_now: dict[Path, Any] = {}
        self._changed = False
        self._typed: dict[Path, tuple[Any, Any]] = {}
        self._nodes: dict[Path, Any] = {}

    def solve(self) -> None:
        """Repeat until stable."""
        for _ in range(MAX_PASSES):
            self._changed, self._hidden_now, self._fills_now = False, set(), {}
            self._visit_all(self.form.components, self.root, (self._given, self.answers), False)
            self._changed |= self._hidden_now != self.hidden or self._fills_now != self.fills
            self.hidden, self.fills = self._hidden_now, self._fills_now
            if not self._changed:
                return

    def _visit_all(
        self, components: Sequence[Component], scope: Scope, here: Here, gone: bool
    ) -> None:
        for component in components:
            hidden = gone or (component.hide is not None and component.hide.holds(scope.names()))
            if hidden:
                self._hidden_now.add((scope.path, component.id))
            for kind, visit in _VISITS:
                if isinstance(component, kind):
                    visit(self, component, scope, here, hidden)
                    break

    def _visit_field(self, field: Field, scope: Scope, here: Here, gone: bool) -> None:
        given, kept = here
        raw = self._raw(field, scope, given)
        kept[field.key] = raw
        self._set(scope, field.key, None if gone else self._read(field, scope.at(field.key), raw))
        if isinstance(field, ChoiceField) and field.lookup and not gone:
            self._fill(field, scope, raw)

    def _visit_expression(
        self, field: ExpressionField, scope: Scope, here: Here, gone: bool
    ) -> None:
        value = None if gone else _computed(field, scope)
        here[1][field.key] = to_json(feel.from_feel(value))
        self._set(scope, field.key, value)

    def _visit_list(self, rows: DynamicList, scope: Scope, here: Here, gone: bool) -> None:
        given = _get(here[0], rows.path)
        raw = given[:MAX_ROWS] if isinstance(given, list | tuple) else []
        path = scope.at(rows.path)
        values = self._nodes.setdefault(path, [{} for _ in raw])
        kept = self._nodes.setdefault((*path, "kept"), [{} for _ in raw])
        self._set(scope, rows.path, None if gone else values)
        here[1][rows.path] = kept
        for number, row in enumerate(raw):
            inner = scope.row(rows.path, number, values[number])
            self._visit_all(rows.components, inner, (row, kept[number]), gone)

    def _visit_group(self, group: Container, scope: Scope, here: Here, gone: bool) -> None:
        if not group.path:
            self._visit_all(group.components, scope, here, gone)
            return
        path = scope.at(group.path)
        values = self._nodes.setdefault(path, {})
        kept = self._nodes.setdefault((*path, "kept"), {})
        self._set(scope, group.path, None if gone else values)
        here[1][group.path] = kept
        given = _get(here[0], group.path)
        self._visit_all(group.components, scope.inner(group.path, values), (given, kept), gone)

    def _raw(self, field: Field, scope: Scope, given: Any) -> Any:
        path = scope.at(field.key)
        for fills in (self._fills_now, self.fills):
            if path in fills:
                return to_json(fills[path])
        known = self._context.get(field.key)
        if known is not None and (
            field.readonly is True or field.disabled or field.readonly_when_filled
        ):
            return to_json(feel.from_feel(known))
        if (field.readonly is True and not self._stored) or field.disabled:
            return field.default
        return _get(given, field.key)

    def _read(self, field: Field, path: Path, raw: Any) -> Any:
        known = self._typed.get(path)
        if known is not None and known[0] == raw and type(known[0]) is type(raw):
            return known[1]
        value = feel.to_feel(lenient(field, raw))
        self._typed[path] = (raw, value)
        return value

    def _fill(self, field: ChoiceField, scope: Scope, raw: Any) -> None:
        option = chosen(raw, offered(field, scope, self._options) or ())
        for path, value in (option.fills if option else {}).items():
            target = fill_path(path, scope)
            self._fills_now[target] = value

    def _set(self, scope: Scope, key: str, value: Any) -> None:
        old = scope.values.get(key, _UNKNOWN)
        if old is value:
            return
        if type(old) is not type(value) or old != value:
            self._changed = True
        scope.values[key] = value


def _computed(field: ExpressionField, scope: Scope) -> Any:
    value = field.formula.value(scope.names())
    if field.money and isinstance(value, Decimal):
        try:
            return round_money(value)
        except ProblemError:
            return None
    return value


def _get(given: Any, key: str) -> Any:
    return given.get(key) if isinstance(given, Mapping) else None


_VISITS: Final[tuple[tuple[type[Component], Callable[..., None]], ...]] = (
    (Field, Solver._visit_field),
    (ExpressionField, Solver._visit_expression),
    (DynamicList, Solver._visit_list),
    (Container, Solver._visit_group),
)
