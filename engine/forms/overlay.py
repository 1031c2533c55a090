"""Regional differences of a form as a list of small operations on its base.

``{"overlay": true, "id": "plan_filing.fill_plan", "operations": [...]}`` with the operations
``insert`` (``before``, ``after`` or ``into`` a path, with ``components``), ``replace`` (``key``,
``components``), ``remove`` (``key``) and ``set`` (``key``, ``attributes`` by dotted name).
A path is a key with the paths of its containers (``items.unit_price``), or a component's id.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.errors import DeploymentRefusedError
from engine.forms.reader import inspect_source, parse_json
from engine.forms.source import Inspection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.forms.form import Form


class _RefusedError(ValueError):
    """An operation that cannot be done; (Chinese, English)."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def apply_overlay(form: Form, overlay: bytes, file: str = "") -> Form:
    """Return the base form with the operations of ``overlay`` (UTF-8 JSON) applied in order.

    Args:
        form: the base, unchanged.
        overlay: the overlay file.
        file: its path, for the findings.

    Raises:
        DeploymentRefusedError: an operation finds nothing to work on, or the result is no form.
    """
    name = file or form.file
    inspection = Inspection(name)
    data = parse_json(overlay, inspection)
    source = copy.deepcopy(dict(form.source))
    if data is not None:
        _check_head(data, form, inspection)
        for operation in data.get("operations") or ():
            _apply(source, operation, inspection)
    if inspection.findings:
        raise DeploymentRefusedError(inspection.findings)
    reading = inspect_source(source, Inspection(name))
    if reading.form is None:
        raise DeploymentRefusedError(reading.findings)
    return reading.form


def _check_head(data: Mapping[str, Any], form: Form, inspection: Inspection) -> None:
    if data.get("overlay") is not True or data.get("id", form.id) != form.id:
        inspection.report(
            "overlay",
            "",
            f"差异文件应写明 overlay: true，id 应与基础表单“{form.id}”相同。",
            f"An overlay says overlay: true and has the id of its base, {form.id!r}.",
        )
    operations = data.get("operations")
    if not isinstance(operations, list) or not operations:
        inspection.report(
            "overlay", "", "差异文件没有 operations。", "The overlay has no operations."
        )


def _apply(source: dict[str, Any], operation: Any, inspection: Inspection) -> None:
    given = operation if isinstance(operation, Mapping) else {}
    verb = _VERBS.get(str(given.get("op")))
    where = str(next((given[one] for one in _ADDRESSES if one in given), ""))
    try:
        if verb is None:
            raise _RefusedError(
                "op 应为 insert、replace、remove 或 set。",
                "op must be insert, replace, remove or set.",
            )
        verb(source, given)
    except _RefusedError as error:
        inspection.report("overlay", where, error.zh, error.en)


_ADDRESSES = ("key", "before", "after", "into")


def _insert(source: dict[str, Any], operation: Mapping[str, Any]) -> None:
    new = _components(operation)
    if operation.get("into") == "":
        source["components"].extend(new)
        return
    if "into" in operation:
        siblings, position = _find(source, operation["into"])
        siblings[position].setdefault("components", []).extend(new)
        return
    address = operation.get("before", operation.get("after"))
    siblings, position = _find(source, address)
    start = position if "before" in operation else position + 1
    siblings[start:start] = new


def _replace(source: dict[str, Any], operation: Mapping[str, Any]) -> None:
    siblings, position = _find(source, operation.get("key"))
    siblings[position : position + 1] = _components(operation)


def _remove(source: dict[str, Any], operation: Mapping[str, Any]) -> None:
    siblings, position = _find(source, operation.get("key"))
    del siblings[position]


def _set(source: dict[str, Any], operation: Mapping[str, Any]) -> None:
    siblings, position = _find(source, operation.get("key"))
    attributes = operation.get("attributes")
    if not isinstance(attributes, Mapping) or not attributes:
        raise _RefusedError("set 需要 attributes。", "set needs attributes.")
    for name, value in attributes.items():
        *outer, last = name.split(".")
        target = siblings[position]
        for part in outer:
            target = target.setdefault(part, {})
            if not isinstance(target, dict):
                raise _RefusedError(f"“{name}”不是对象的属性。", f"{name} is no attribute.")
        if value is None:
            target.pop(last, None)
        else:
            target[last] = value


_VERBS: Mapping[str, Callable[[dict[str, Any], Mapping[str, Any]], None]] = {
    "insert": _insert,
    "replace": _replace,
    "remove": _remove,
    "set": _set,
}


def _components(operation: Mapping[str, Any]) -> list[Any]:
    components = operation.get("components")
    if not isinstance(components, list) or not components:
        raise _RefusedError("缺少 components。", "components is missing.")
    return copy.deepcopy(components)


def _find(source: dict[str, Any], address: Any) -> tuple[list[Any], int]:
    for siblings, position, path in _places(source, ""):
        if address in (path, siblings[position].get("id")):
            return siblings, position
    raise _RefusedError(
        f"基础表单里没有“{address}”，请核对基础表单的最新版本。",
        f"The base form has no {address!r}; check it against the base's latest version.",
    )


def _places(source: dict[str, Any], scope: str) -> Iterator[tuple[list[Any], int, str]]:
    components = source.get("components")
    if not isinstance(components, list):
        return
    for position, one in enumerate(components):
        if not isinstance(one, dict):
            continue
        name = one.get("key") or one.get("path") or ""
        yield components, position, f"{scope}{name}" if name else ""
        yield from _places(one, f"{scope}{one['path']}." if one.get("path") else scope)
