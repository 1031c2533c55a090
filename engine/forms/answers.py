"""Checking what a person handed in: typed values, their stored form, every error at its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError

from engine import feel
from engine.errors import FieldError, ValidationFailedError
from engine.forms import problems
from engine.forms.choices import chosen, files_key, label_key
from engine.forms.components import ChoiceField, Component, ExpressionField, Field, FileField
from engine.forms.layout import Container, DynamicList, Group
from engine.forms.normalise import clean_text
from engine.forms.problems import Problem
from engine.forms.schema import schema_of
from engine.forms.scope import Scope, dotted
from engine.forms.situation import Given, Situation, situate
from engine.forms.values import is_blank, lenient, to_json

if TYPE_CHECKING:
    from engine.forms.form import Form
    from engine.handler import Option


@dataclass(frozen=True, kw_only=True)
class CheckedAnswers:
    """Answers that may be stored; hidden fields are not in them.

    Attributes:
        values: typed: Decimal, date, datetime, time, bool, str, list, dict; blank is ``None``.
        stored: the same as JSON: numbers as plain digits in texts, days in ISO form; beside the
            value of a lookup field its label (``label_key``), of a file field that is shown the
            number of files (``files_key``); in a draft what cannot be read stays as typed.
    """

    values: dict[str, Any]
    stored: dict[str, Any]


def check_answers(
    form: Form,
    answers: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
    *,
    complete: bool,
    attachments: Mapping[str, int] | None = None,
    options: Mapping[str, Sequence[Option]] | None = None,
) -> CheckedAnswers:
    """Check answers against the form as the server sees it.

    Args:
        form: the form.
        answers: what was typed, by key; groups and lists nested.
        context: names from outside for expressions; ``today`` (date) for fields that refuse
            past days.
        complete: ``False`` for drafts: nothing is required, nothing is refused.
        attachments: number of uploaded files by field path.
        options: choices by lookup name; what a chosen option fills in is set here. Choices of
            a lookup that is missing are not checked.

    Raises:
        ValidationFailedError: every refused answer, in the order of the form.
        FeelError: an expression runs over one of the language's limits.
    """
    given = Given(context=context or {}, options=options or {}, attachments=attachments or {})
    situation = situate(form, answers, given)
    if complete:
        errors = list(_errors(situation))
        if errors:
            raise ValidationFailedError(errors)
    values, stored = _take(situation, form.components, situation.root)
    return CheckedAnswers(values=values, stored=stored)


def read_stored(
    form: Form, stored: Mapping[str, Any], context: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the typed values of stored answers, e.g. for expressions over documents.

    Computed values are computed again; one that needs a name which ``context`` lacks is null.
    """
    situation = situate(form, stored, Given(context=context or {}, stored=True))
    return _take(situation, form.components, situation.root)[0]


def _errors(situation: Situation) -> Iterator[FieldError]:
    found = dict(_flatten("", _load_errors(situation)))
    for path, component in _walk(situation, situation.form.components, situation.root):
        problem = found.pop(path, None)
        if isinstance(component, FileField):
            problem = _files(component, situation.given.attachments.get(path, 0))
        if problem is not None:
            yield _field_error(path, problem)


def _load_errors(situation: Situation) -> Any:
    try:
        schema_of(situation).load(situation.answers)
    except ValidationError as error:
        return error.messages
    return {}


def _flatten(prefix: str, messages: Any) -> Iterator[tuple[str, Problem]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _flatten(f"{prefix}.{name}" if prefix else str(name), inner)
    elif isinstance(messages, list):
        for one in messages:
            yield prefix, one if isinstance(one, Problem) else problems.bad_structure()


def _walk(
    situation: Situation, components: Sequence[Component], scope: Scope
) -> Iterator[tuple[str, Component]]:
    for component in situation.visible(components, scope):
        if isinstance(component, Field | FileField):
            yield dotted(scope.at(component.key)), component
        elif isinstance(component, DynamicList):
            yield dotted(scope.at(component.path)), component
            for row in situation.rows(component, scope):
                yield from _walk(situation, component.components, row)
        elif isinstance(component, Container):
            inner = situation.inside(component, scope)
            yield from _walk(situation, component.components, inner)


def _files(field: FileField, count: int) -> Problem | None:
    if count < field.minimum:
        return problems.no_files(field.minimum)
    if count > field.maximum:
        return problems.too_many_files(field.maximum)
    return None


def _field_error(path: str, problem: Problem) -> FieldError:
    return FieldError(field=path, code=problem.code, message_zh=problem.zh, message_en=problem.en)


def _take(
    situation: Situation, components: Sequence[Component], scope: Scope
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return typed and stored values of everything shown in ``scope``."""
    values: dict[str, Any] = {}
    stored: dict[str, Any] = {}
    for component in situation.visible(components, scope):
        if isinstance(component, Field) and not component.disabled:
            raw = situation.typed(scope.at(component.key))
            typed = lenient(component, raw)
            values[component.key] = typed
            stored[component.key] = _as_typed(raw) if typed is None else to_json(typed)
            stored |= _label(situation, component, scope, typed)
        elif isinstance(component, FileField):
            path = dotted(scope.at(component.key))
            stored[files_key(component.key)] = situation.given.attachments.get(path, 0)
        elif isinstance(component, ExpressionField):
            computed = feel.from_feel(scope.values[component.key])
            values[component.key], stored[component.key] = computed, to_json(computed)
        elif isinstance(component, DynamicList):
            rows = [
                _take(situation, component.components, row)
                for row in situation.rows(component, scope)
            ]
            values[component.path] = [row[0] for row in rows]
            stored[component.path] = [row[1] for row in rows]
        elif isinstance(component, Container):
            inner = situation.inside(component, scope)
            taken = _take(situation, component.components, inner)
            _put(component, values, taken[0])
            _put(component, stored, taken[1])
    return values, stored


def _label(situation: Situation, field: Field, scope: Scope, value: Any) -> dict[str, str]:
    """Return how a lookup's choice was called when it was made; the lookup may forget it."""
    if not isinstance(field, ChoiceField) or not field.lookup or value is None:
        return {}
    option = chosen(value, situation.options(field, scope) or ())
    return {label_key(field.key): option.label} if option else {}


def _put(container: Container, target: dict[str, Any], taken: dict[str, Any]) -> None:
    if isinstance(container, Group) and container.path:
        target[container.path] = taken
    else:
        target.update(taken)


def _as_typed(raw: Any) -> Any:
    """Return an unreadable answer as text to be typed on; blank is ``None``."""
    if is_blank(raw):
        return None
    if isinstance(raw, list | tuple):
        return [clean_text(str(one)) for one in raw]
    return clean_text(str(raw))
