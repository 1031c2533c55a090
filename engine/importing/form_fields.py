"""Form fields of other engines as form-js components (schemaVersion 19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.xmlnames import name_of
from engine.importing.juel import is_expression
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import content, vendor_children

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

_WHOLE: Final = ("long", "int", "integer")
_NUMBERS: Final = (*_WHOLE, "double", "float", "decimal")
_TEXTS: Final = ("", "string", "user", "group", "id")
_LIMITS: Final = {
    "minlength": "minLength",
    "maxlength": "maxLength",
    "min": "min",
    "max": "max",
}


def component(source: _Element, node: _Element, draft: Draft) -> dict[str, Any]:
    """Return the component for one ``formField`` or ``formProperty`` of ``node``."""
    key = source.get("variable") or source.get("id") or ""
    label = source.get("label") or source.get("name") or key
    made: dict[str, Any] = {**_kind(source, node, draft), "id": key, "key": key, "label": label}
    validate = _validation(source, made["type"], draft)
    if validate:
        made["validate"] = validate
    if source.get("writable") == "false" or _constraint(source, "readonly") is not None:
        made["readonly"] = True
    default = source.get("defaultValue") or source.get("default") or source.get("expression") or ""
    if default:
        _default(made, default, node, draft)
    draft.report.change(node, ChangeKind.FIELD, f"{name_of(source)[1]} {key}", made["type"])
    return made


def _kind(source: _Element, node: _Element, draft: Draft) -> dict[str, Any]:
    kind = (source.get("type") or "").lower()
    if kind == "enum":
        return {"type": "select", "values": _choices(source)}
    if kind in _NUMBERS:
        return {"type": "number", **({"decimalDigits": 0} if kind in _WHOLE else {})}
    if kind == "boolean":
        return {"type": "checkbox"}
    if kind in ("date", "datetime"):
        subtype = "date" if kind == "date" else "datetime"
        return {"type": "datetime", "subtype": subtype, f"{subtype}Label": _title(source)}
    if kind in ("text", "multi-line-text"):
        return {"type": "textarea"}
    if kind not in _TEXTS:
        draft.report.warn(
            "form-field",
            node,
            f"表单字段“{source.get('id')}”的类型“{kind}”没有对应组件，暂按文本处理。",
            f"The form field {source.get('id')!r} is of type {kind!r}; it became a text field.",
        )
    return {"type": "textfield"}


def _title(source: _Element) -> str:
    return source.get("label") or source.get("name") or source.get("id") or ""


def _choices(source: _Element) -> list[dict[str, str]]:
    return [
        {"label": child.get("name") or child.get("id") or "", "value": child.get("id") or ""}
        for child in vendor_children(source, "value")
        if child.get("id")
    ]


def _constraint(source: _Element, name: str) -> str | None:
    for holder in vendor_children(source, "validation"):
        for child in vendor_children(holder, "constraint"):
            if child.get("name") == name:
                return child.get("config") or ""
    return None


def _validation(source: _Element, kind: str, draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = {}
    required = source.get("required") == "true" or _constraint(source, "required") is not None
    if required and kind != "checkbox":  # a required tick would have to be set
        found["required"] = True
    for name, ours in _LIMITS.items():
        limit = _constraint(source, name)
        if limit and limit.lstrip("-").isdigit():
            found[ours] = int(limit)
    custom = _constraint(source, "validator")
    if custom is not None:
        draft.report.warn(
            "form-field",
            source,
            f"表单字段“{source.get('id')}”的自定义校验“{custom}”没有导入。",
            f"The validator {custom!r} of the form field {source.get('id')!r} was left out.",
        )
    return found


def _default(made: dict[str, Any], text: str, node: _Element, draft: Draft) -> None:
    kind = made["type"]
    if is_expression(text) or kind == "datetime":
        draft.report.warn(
            "form-field",
            node,
            f"表单字段“{made['key']}”的默认值“{text}”没有导入，请在表单中设置。",
            f"The default {text!r} of the form field {made['key']!r} was left out.",
        )
    elif kind == "checkbox":
        made["defaultValue"] = text == "true"
    elif kind == "number":
        digits = text.lstrip("-").replace(".", "", 1)
        if digits.isdigit():
            made["defaultValue"] = float(text) if "." in text else int(text)
    else:
        made["defaultValue"] = text


def documentation(node: _Element) -> str:
    """Return the text of a field's or task's documentation."""
    return " ".join(
        content(child) for child in node if name_of(child)[1] == "documentation"
    ).strip()
