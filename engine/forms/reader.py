"""Reading a form file: form-js JSON (schemaVersion 19) to a ``Form``, or findings that say why not.

Source: form-js documentation, "Schema"; nothing that a form says is silently ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.errors import DeploymentRefusedError, Finding
from engine.forms.components import Component, Keyed
from engine.forms.expressions import SPECIAL_NAMES
from engine.forms.form import Form
from engine.forms.layout import Container, Group, Separator
from engine.forms.readers import CONTAINERS, LEAVES
from engine.forms.source import Inspection, Source, known_attributes

SCHEMA_VERSION = 19
_MAX_DEPTH = 6
_MAX_COMPONENTS = 1000

#: Names that the task itself sends beside the answers, or that FEEL scopes use.
RESERVED = SPECIAL_NAMES | {"outcome", "opinion", "revision", "csrf_token", "idempotency_key"}

_ATTRIBUTES = """
    id type key label description layout validate conditional appearance properties readonly
    disabled defaultValue values valuesKey valuesExpression decimalDigits increment
    serializeToString subtype dateLabel timeLabel disallowPassedDates timeInterval use24h
    timeSerializingFormat path components showOutline verticalAlignment isRepeating
    defaultRepetitions allowAddRemove disableCollapse nonCollapsedItems text height computeOn
    expression multiple accept dataSource columns columnsExpression rowCount searchable
"""
_PROPERTIES = """
    lookup lookupCheckedBy readonlyWhenFilled money phone minFiles maxFiles accept requiredCode
    minRows maxRows label prefill
"""
_REFUSED = {
    "html": ("请改用 text（文字）", "use text"),
    "iframe": ("请改为写明网址的 text（文字）", "use a text that names the address"),
    "image": ("请改用附件", "use an attachment"),
    "button": ("办理按钮来自流程图", "the buttons come from the diagram"),
    "taglist": ("请改用 checklist（多选框）", "use checklist"),
    "documentPreview": ("请改用附件", "use an attachment"),
}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came out of a form file.

    Attributes:
        form: the form, ``None`` when a finding is an error.
        findings: errors and warnings in the order of the file.
    """

    form: Form | None
    findings: tuple[Finding, ...]


def read_form(data: bytes, file: str, lookups: Iterable[str] | None = None) -> Form:
    """Read a form file.

    Args:
        data: UTF-8 JSON.
        file: path inside the package, for the findings.
        lookups: names of the lookups that exist; ``None`` = not checked.

    Raises:
        DeploymentRefusedError: with every finding.
    """
    return _form_of(inspect_form(data, file, lookups))


def read_source(source: Mapping[str, Any], file: str) -> Form:
    """Read a form from JSON that was parsed before.

    Raises:
        DeploymentRefusedError: with every finding.
    """
    return _form_of(inspect_source(source, Inspection(file)))


def inspect_form(data: bytes, file: str, lookups: Iterable[str] | None = None) -> Reading:
    """Read a form file and return errors and warnings instead of raising them."""
    inspection = Inspection(file, lookups=None if lookups is None else frozenset(lookups))
    source = parse_json(data, inspection)
    if source is None:
        return Reading(form=None, findings=tuple(inspection.findings))
    return inspect_source(source, inspection)


def inspect_source(source: Mapping[str, Any], inspection: Inspection) -> Reading:
    """Check and read parsed JSON."""
    _check_head(source, inspection)
    components: tuple[Component, ...] = ()
    if not inspection.findings:
        inspection.names = frozenset((*_names(source), *_variables(source))) | SPECIAL_NAMES
        components = _read_all(Source(source, "", inspection), depth=1)
        _check_keys(components, "", inspection)
    findings = tuple(inspection.findings)
    if any(finding.severity == "error" for finding in findings):
        return Reading(form=None, findings=findings)
    form = Form(id=source["id"], components=components, file=inspection.file, source=source)
    return Reading(form=form, findings=findings)


def parse_json(data: bytes, inspection: Inspection) -> Mapping[str, Any] | None:
    """Parse strict JSON with exact numbers; anything else becomes a finding and ``None``."""
    try:
        source = json.loads(
            data.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_unique,
        )
    except (ValueError, RecursionError) as error:
        inspection.report(
            "bad-json", "", f"文件不是正确的 JSON：{error}", f"The file is no valid JSON: {error}"
        )
        return None
    if not isinstance(source, dict):
        inspection.report("bad-json", "", "文件不是 JSON 对象。", "The file is no JSON object.")
        return None
    return source


def _form_of(reading: Reading) -> Form:
    if reading.form is None:
        raise DeploymentRefusedError(reading.findings)
    return reading.form


def _refuse(name: str) -> Any:
    message = f"{name} is no number"
    raise ValueError(message)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        message = f"{', '.join(sorted(twice))} occurs twice in one object"
        raise ValueError(message)
    return dict(pairs)


def _check_head(source: Mapping[str, Any], inspection: Inspection) -> None:
    version = source.get("schemaVersion")
    if version != SCHEMA_VERSION or source.get("type") != "default":
        inspection.report(
            "schema-version",
            "",
            f"表单应为 form-js 的 default 类型、schemaVersion {SCHEMA_VERSION}（现为 {version}）。",
            f"The form must be of form-js type default, schemaVersion {SCHEMA_VERSION} "
            f"(it says {version}).",
        )
    if not isinstance(source.get("id"), str) or not source["id"]:
        inspection.report("missing-id", "", "表单缺少 id。", "The form has no id.")
    if not isinstance(source.get("components"), list):
        inspection.report(
            "missing-components", "", "表单缺少 components。", "The form has no components."
        )
    if sum(1 for _ in _objects(source, 0)) > _MAX_COMPONENTS:
        inspection.report("too-large", "", "表单的组件太多。", "The form has too many components.")


def _objects(source: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    components = source.get("components")
    for one in components if isinstance(components, list) and depth <= _MAX_DEPTH else ():
        if isinstance(one, Mapping):
            yield one
            yield from _objects(one, depth + 1)


def _names(source: Mapping[str, Any]) -> Iterator[str]:
    for one in _objects(source, 0):
        name = one.get("path") if one.get("type") in CONTAINERS else one.get("key")
        if isinstance(name, str) and name:
            yield name


def _variables(source: Mapping[str, Any]) -> list[str]:
    """Return the process variables that the form says it reads."""
    properties = source.get("properties")
    named = properties.get("variables") if isinstance(properties, Mapping) else ""
    return named.replace(",", " ").split() if isinstance(named, str) else []


def _read_all(parent: Source, depth: int) -> tuple[Component, ...]:
    if depth > _MAX_DEPTH:
        parent.report("too-deep", "分组和列表嵌套太深。", "Groups and lists are nested too deeply.")
        return ()
    found = []
    for number, data in enumerate(parent.raw("components") or (), start=1):
        if isinstance(data, Mapping):
            found.append(_read_one(parent, data, number, depth))
        else:
            parent.report("wrong-type", "组件应为对象。", "A component must be an object.")
    return tuple(found)


def _read_one(parent: Source, data: Mapping[str, Any], number: int, depth: int) -> Component:
    given = data.get("id")
    name = given if isinstance(given, str) and given else f"{parent.raw('id')}_{number}"
    key = data.get("key") or data.get("path")
    source = Source(
        {**data, "id": name}, key if isinstance(key, str) and key else name, parent.inspection
    )
    _check_id(source, name)
    known_attributes(source, _ATTRIBUTES.split(), _PROPERTIES.split())
    kind = str(data.get("type"))
    if kind in CONTAINERS:
        return CONTAINERS[kind](source, lambda inner: _read_all(inner, depth + 1))
    if kind in LEAVES:
        return LEAVES[kind](source)
    zh, en = _REFUSED.get(kind, ("请换用支持的组件", "use a supported one"))
    source.report(
        "unknown-component",
        f"不支持“{kind}”组件，{zh}。",
        f"Components of type {kind!r} are not supported; {en}.",
    )
    return Separator(id=name)


def _check_id(source: Source, name: str) -> None:
    if name in source.inspection.ids:
        source.report("duplicate-id", f"组件编号“{name}”重复。", f"The id {name!r} is used twice.")
    source.inspection.ids.add(name)


def _check_keys(
    components: tuple[Component, ...],
    scope: str,
    inspection: Inspection,
    seen: set[str] | None = None,
) -> None:
    taken = set() if seen is None else seen
    for component in components:
        name = _own_name(component)
        if name is not None:
            _check_name(name, scope, taken, inspection)
        if isinstance(component, Container):
            inner = f"{scope}{component.path}." if component.path else scope
            _check_keys(component.components, inner, inspection, None if component.path else taken)


def _own_name(component: Component) -> str | None:
    if isinstance(component, Keyed):
        return component.key
    if isinstance(component, Container) and not (
        isinstance(component, Group) and not component.path
    ):
        return component.path
    return None


def _check_name(name: str, scope: str, taken: set[str], inspection: Inspection) -> None:
    if not name.isidentifier() or name.startswith("_") or name in RESERVED:
        inspection.report(
            "bad-key",
            f"{scope}{name}",
            f"键“{name}”不能用：请用字母、数字和下划线，不以数字或下划线开头，且不是保留字；"
            "嵌套请用带 path 的分组。",
            f"The key {name!r} is not possible: use letters, digits and underscores, no digit or "
            "underscore first, no reserved word; nest with a group that has a path.",
        )
    if name in taken:
        inspection.report(
            "duplicate-key",
            f"{scope}{name}",
            f"键“{name}”在同一层出现了两次，请改名。",
            f"The key {name!r} occurs twice in its scope; rename one.",
        )
    taken.add(name)
