"""From a field to what the page shows of it: value, choices, files, errors, help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.forms import dotted
from engine.forms.components import (
    Checkbox,
    ChoiceField,
    DateField,
    DateKind,
    ExpressionField,
    Field,
    FileField,
    Keyed,
    NumberField,
    TextArea,
    TextField,
    TextKind,
)
from engine.forms.display import display_text
from webui.forms.choices import Search, choice_nodes
from webui.forms.files import accepted, file_hint, file_nodes
from webui.forms.names import element_id, name_of_path
from webui.forms.nodes import FieldNode

if TYPE_CHECKING:
    from engine.forms import Path, Scope, Situation
    from webui.forms.state import Surroundings

_INPUT_TYPES = {DateKind.DATE: "date", DateKind.TIME: "time", DateKind.DATETIME: "datetime-local"}
_TEXT_TYPES = {TextKind.PLAIN: "text", TextKind.EMAIL: "email", TextKind.PHONE: "tel"}


class FieldBuilder:
    """Makes the nodes of the fields of one page."""

    def __init__(self, situation: Situation, around: Surroundings) -> None:
        """Keep what the fields are filled in against."""
        self._situation = situation
        self._around = around
        self._english = around.language == "en"

    def errors(self, path: Path) -> tuple[str, ...]:
        """Return what is wrong at ``path``, in the reader's language."""
        name = dotted(path)
        return tuple(
            error.message_en if self._english else error.message_zh
            for error in self._around.errors
            if error.field == name
        )

    def node(self, field: Keyed, scope: Scope) -> FieldNode | None:
        """Return what the page shows of a field, ``None`` for a computed one without a label."""
        if isinstance(field, ExpressionField) and not field.label:
            return None
        path = scope.at(field.key)
        common: dict[str, Any] = {
            "name": name_of_path(path),
            "id": element_id(path),
            "label": field.label,
            "help": field.description.render(scope.names()) if field.description else "",
            "errors": self.errors(path),
        }
        if isinstance(field, ExpressionField):
            return self._output(field, scope, common)
        if isinstance(field, FileField):
            return self._files(field, path, common)
        if not isinstance(field, Field):
            return None
        common["required"] = field.required
        common["readonly"] = self._situation.is_readonly(field, scope)
        if isinstance(field, ChoiceField):
            return self._choice(field, scope, common)
        return self._typed(field, path, common)

    def _typed(self, field: Field, path: Path, common: dict[str, Any]) -> FieldNode:
        raw = self._situation.typed(path)
        value = "" if raw is None else str(raw)
        if isinstance(field, Checkbox):
            return FieldNode(
                kind="checkbox", value="true" if raw in (True, "true", "on") else "", **common
            )
        if isinstance(field, TextArea):
            return FieldNode(
                kind="textarea", value=value, maximum_length=field.max_length, **common
            )
        if isinstance(field, NumberField):
            return self._number(field, value, common)
        if isinstance(field, DateField):
            kind = _INPUT_TYPES[field.date_kind]
            return FieldNode(kind="text", input_type=kind, value=_for_input(value, kind), **common)
        return (
            _text(field, value, common)
            if isinstance(field, TextField)
            else FieldNode(kind="text", value=value, **common)
        )

    def _number(self, field: NumberField, value: str, common: dict[str, Any]) -> FieldNode:
        """Numbers are typed as text: ``type=number`` would swallow what cannot be read."""
        shown = display_text(field, value, units=False) if common["readonly"] else value
        return FieldNode(
            kind="text",
            value=shown,
            inputmode="numeric" if field.digits == 0 else "decimal",
            prefix=field.prefix,
            suffix=field.suffix,
            number=True,
            **common,
        )

    def _output(self, field: ExpressionField, scope: Scope, common: dict[str, Any]) -> FieldNode:
        path = scope.at(field.key)
        text = display_text(
            field, self._situation.typed(path), language=self._around.language, units=False
        )
        number = field.money or text.replace(",", "").replace(".", "", 1).isdigit()
        return FieldNode(kind="output", value=text, suffix=field.suffix, number=number, **common)

    def _choice(self, field: ChoiceField, scope: Scope, common: dict[str, Any]) -> FieldNode:
        path = scope.at(field.key)
        offered = self._situation.options(field, scope)
        raw = self._situation.typed(path)
        chosen = [str(one) for one in raw] if isinstance(raw, list | tuple) else [str(raw or "")]
        query = self._around.searches.get(common["name"], "")
        found = choice_nodes(
            field, common["id"], offered or (), chosen, Search(query, _rows_around(scope))
        )
        value = display_text(field, raw, options=offered or ())
        return FieldNode(
            kind=found.kind,
            value=value,
            choices=found.nodes,
            query=query,
            hidden_choices=found.hidden,
            total_choices=found.total,
            **common,
        )

    def _files(self, field: FileField, path: Path, common: dict[str, Any]) -> FieldNode:
        name = dotted(path)
        own = [one for one in self._around.attachments if one.field == name]
        # A new id after each upload (or refusal) makes the browser forget the file it has sent.
        generation = f"{common['id']}-{len(own)}{'e' if common['errors'] else ''}"
        return FieldNode(
            **(common | {"id": generation}),
            kind="files",
            value=common["id"],
            required=field.minimum > 0,
            files=file_nodes(own, self._around.attachment_url),
            accept=accepted(field),
            file_hint=file_hint(field, self._around.language),
            accepts_more=len(own) < field.maximum,
        )


def _text(field: TextField, value: str, common: dict[str, Any]) -> FieldNode:
    kind = _TEXT_TYPES[field.text_kind]
    return FieldNode(
        kind="text",
        input_type=kind,
        inputmode="tel" if kind == "tel" else "",
        value=value,
        maximum_length=field.max_length,
        prefix=field.prefix,
        suffix=field.suffix,
        **common,
    )


def _rows_around(scope: Scope) -> int:
    """Return how many rows the list has that ``scope`` is a row of; 1 outside lists."""
    if not scope.is_row or scope.outer is None:
        return 1
    return max(1, len(scope.outer.values.get(str(scope.path[-2])) or ()))


def _for_input(value: str, kind: str) -> str:
    """Return a moment as the browser's control takes it: minutes, no zone."""
    return value[:16].replace(" ", "T") if kind == "datetime-local" else value
