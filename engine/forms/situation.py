"""Works a form out against answers: what is hidden, computed, filled in by a choice.

form-js drops the values of hidden fields; here every expression sees the answers without them,
and the work is repeated until nothing changes, so that a condition on a hidden field's value
cannot keep another field alive. Source: form-js, ``ConditionChecker``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.forms.choices import offered
from engine.forms.layout import Container, DynamicList, name_of
from engine.forms.scope import Path, Scope, dotted
from engine.forms.solver import Solver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.forms.components import ChoiceField, Component, Field
    from engine.forms.form import Form
    from engine.handler import Option


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a form is filled in against.

    Attributes:
        context: names from outside, for expressions: variables of the process, ``today``.
        options: choices by lookup name; the fields of a lookup that is missing here take any text.
        attachments: number of uploaded files by field path.
        stored: the answers were checked and stored: what the server had set is among them.
    """

    context: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    attachments: Mapping[str, int] = field(default_factory=dict)
    stored: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Situation:
    """A form worked out.

    Attributes:
        form: the form.
        given: what it was worked out against.
        root: the outermost scope; its values are FEEL values, hidden ones ``None``.
        answers: what was typed, in the form's shape, hidden values still there; what a choice or
            the server sets is set.
        hidden: (scope path, component id) of hidden components.
        filled: paths that a chosen option has filled in.
    """

    form: Form
    given: Given
    root: Scope
    answers: Mapping[str, Any]
    hidden: frozenset[tuple[Path, str]]
    filled: frozenset[Path]

    def visible(self, components: Sequence[Component], scope: Scope) -> Iterator[Component]:
        """Yield the components of ``scope`` that are shown, in order."""
        for component in components:
            if (scope.path, component.id) not in self.hidden:
                yield component

    def inside(self, container: Container, scope: Scope) -> Scope:
        """Return the scope of a group's components."""
        if not container.path:
            return scope
        return scope.inner(container.path, scope.values[container.path] or {})

    def rows(self, rows: DynamicList, scope: Scope) -> list[Scope]:
        """Return one scope per row."""
        found = scope.values.get(rows.path) or []
        return [scope.row(rows.path, number, values) for number, values in enumerate(found)]

    def typed(self, path: Path) -> Any:
        """Return what was typed at ``path``, ``None`` when there is nothing."""
        value: Any = self.answers
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def options(self, choice: ChoiceField, scope: Scope) -> tuple[Option, ...] | None:
        """Return what may be chosen, ``None`` when that is not known here."""
        return offered(choice, scope, self.given.options)

    def is_readonly(self, one: Field, scope: Scope) -> bool:
        """Whether the person may not change this field now."""
        if scope.at(one.key) in self.filled or one.disabled or one.readonly is True:
            return True
        if one.readonly_when_filled and self.given.context.get(one.key) is not None:
            return True
        return not isinstance(one.readonly, bool) and one.readonly.holds(scope.names())


def situate(form: Form, answers: Mapping[str, Any], given: Given) -> Situation:
    """Work ``form`` out against ``answers``; unreadable answers count as unanswered.

    Raises:
        FeelError: an expression runs over one of the language's limits.
    """
    context = {name: feel.to_feel(value) for name, value in given.context.items()}
    solver = Solver(form, answers, context, given.options, stored=given.stored)
    solver.solve()
    return Situation(
        form=form,
        given=given,
        root=solver.root,
        answers=solver.answers,
        hidden=frozenset(solver.hidden),
        filled=frozenset(solver.fills),
    )


def visible_components(
    form: Form, answers: Mapping[str, Any], context: Mapping[str, Any] | None = None
) -> tuple[tuple[str, Component], ...]:
    """Return ``(path, component)`` of everything that is shown, rows written out, in order."""
    situation = situate(form, answers, Given(context=context or {}))
    return tuple(_visible(situation, form.components, situation.root))


def _visible(
    situation: Situation, components: Sequence[Component], scope: Scope
) -> Iterator[tuple[str, Component]]:
    for component in situation.visible(components, scope):
        yield dotted(scope.at(name_of(component))), component
        if isinstance(component, DynamicList):
            for row in situation.rows(component, scope):
                yield from _visible(situation, component.components, row)
        elif isinstance(component, Container):
            inner = situation.inside(component, scope)
            yield from _visible(situation, component.components, inner)
