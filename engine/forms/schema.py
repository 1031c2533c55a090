"""The marshmallow schema of a worked-out form: one walk, one schema per scope.

marshmallow's own fields are not used: its Decimal rounds silently and its texts are English only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from engine.forms import problems
from engine.forms.components import (
    Checkbox,
    ChoiceField,
    Component,
    DateField,
    Field,
)
from engine.forms.layout import Container, DynamicList, Group
from engine.forms.problems import Problem, ProblemError
from engine.forms.values import check_past, is_blank, read_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.forms.scope import Scope
    from engine.forms.situation import Situation


class AnswerField(fields.Field[Any]):
    """Reads one answer with ``read_value``; its messages are ``Problem`` values."""

    def __init__(self, field: Field, allowed: frozenset[str] | None, today: object) -> None:
        """Read ``field``; ``allowed`` values are ``None`` where any is let through."""
        super().__init__()
        self._field = field
        self._allowed = allowed
        self._today = today

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **_: Any
    ) -> Any:
        """Return the typed value, ``None`` when there is none and none is needed.

        Raises:
            ValidationError: with a list of one ``Problem``.
        """
        problem = self._missing(value)
        if problem is not None:
            raise ValidationError([problem])
        if is_blank(value):
            return None
        try:
            return self._checked(read_value(self._field, value))
        except ProblemError as error:
            raise ValidationError([error.problem]) from None

    def _missing(self, value: Any) -> Problem | None:
        field = self._field
        if not field.required:
            return None
        if isinstance(field, Checkbox):
            return (
                None if value in (True, "true", "on") else problems.not_ticked(field.required_code)
            )
        picked = isinstance(field, ChoiceField | DateField)
        return problems.unanswered(field.required_code, choose=picked) if is_blank(value) else None

    def _checked(self, value: Any) -> Any:
        chosen = value if isinstance(value, list) else [value]
        if self._allowed is not None and not self._allowed.issuperset(chosen):
            raise ProblemError(problems.not_a_choice())
        past = check_past(self._field, value, self._today)
        if past is not None:
            raise ProblemError(past)
        return value


class RowsField(fields.Field[Any]):
    """Reads the rows of a list, each with a schema of its own (conditions differ by row)."""

    def __init__(self, rows: DynamicList, schemas: Sequence[Schema]) -> None:
        """Read as many rows as there are schemas."""
        super().__init__()
        self._rows = rows
        self._schemas = schemas

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **_: Any
    ) -> Any:
        """Return the typed rows.

        Raises:
            ValidationError: a list of one ``Problem`` of the list, or ``{row number: errors}``.
        """
        count = len(self._schemas)
        if count < self._rows.minimum:
            raise ValidationError([problems.no_rows(self._rows.minimum)])
        if count > self._rows.maximum:
            raise ValidationError([problems.too_many_rows(self._rows.maximum)])
        typed, errors = [], {}
        for number, schema in enumerate(self._schemas):
            try:
                typed.append(schema.load(value[number]))
            except ValidationError as error:
                errors[number] = error.messages
        if errors:
            raise ValidationError(errors)
        return typed


def schema_of(situation: Situation) -> Schema:
    """Return the schema of everything that is shown and answered."""
    return _schema(situation, situation.form.components, situation.root)


def _schema(situation: Situation, components: Sequence[Component], scope: Scope) -> Schema:
    found: dict[str, fields.Field[Any]] = {}
    _collect(situation, components, scope, found)
    return Schema.from_dict(dict(found))(unknown=EXCLUDE)


def _collect(
    situation: Situation,
    components: Sequence[Component],
    scope: Scope,
    found: dict[str, fields.Field[Any]],
) -> None:
    for component in situation.visible(components, scope):
        if isinstance(component, Field) and not component.disabled:
            found[component.key] = _answer(situation, component, scope)
        elif isinstance(component, DynamicList):
            found[component.path] = RowsField(component, _row_schemas(situation, component, scope))
        elif isinstance(component, Group) and component.path:
            inner = situation.inside(component, scope)
            found[component.path] = fields.Nested(_schema(situation, component.components, inner))
        elif isinstance(component, Container):
            _collect(situation, component.components, scope, found)


def _row_schemas(situation: Situation, rows: DynamicList, scope: Scope) -> list[Schema]:
    """Return one schema per row; plain rows that show the same fields share one."""
    shared: dict[tuple[str, ...], Schema] = {}
    schemas = []
    for row in situation.rows(rows, scope):
        shown = list(situation.visible(rows.components, row))
        key = tuple(component.id for component in shown)
        schema = shared.get(key) or _schema(situation, shown, row)
        if all(_is_same_in_every_row(component) for component in shown):
            shared[key] = schema
        schemas.append(schema)
    return schemas


def _is_same_in_every_row(component: Component) -> bool:
    if isinstance(component, ChoiceField):
        return not component.values_key and component.values_formula is None
    return not isinstance(component, Container)


def _answer(situation: Situation, field: Field, scope: Scope) -> AnswerField:
    allowed = None
    if isinstance(field, ChoiceField) and not field.checked_by_process:
        options = situation.options(field, scope)
        allowed = None if options is None else frozenset(option.value for option in options)
    return AnswerField(field, allowed, situation.given.context.get("today"))
