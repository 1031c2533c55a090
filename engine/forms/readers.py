"""One reader per component type; the extension point of the form language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.forms import field_readers as fields
from engine.forms.components import Component, ExpressionField
from engine.forms.field_readers import read_common
from engine.forms.layout import DynamicList, Group, Separator, Spacer, Table, TextBlock

if TYPE_CHECKING:
    from engine.forms.source import Source

#: Reads the components inside a container.
ReadChildren = Callable[["Source"], tuple[Component, ...]]


def _read_expression(source: Source) -> Component:
    formula = source.formula("expression")
    if formula is None:
        _report_missing(source, "expression")
        formula = _null(source)
    return ExpressionField(
        **read_common(source),
        key=source.text("key"),
        label=source.text("label") or source.text("properties.label"),
        description=source.template("description"),
        formula=formula,
        money=source.flag("properties.money"),
        suffix=source.text("appearance.suffixAdder"),
    )


def _report_missing(source: Source, attribute: str) -> None:
    if not source.text(attribute).strip():
        source.report("missing-value", f"缺少 {attribute}。", f"{attribute} is missing.")


def _null(source: Source) -> Any:
    return type(source)({"formula": "null"}, source.where, source.inspection).formula("formula")


def _read_group(source: Source, read: ReadChildren) -> Component:
    path = source.text("path")
    return Group(
        **read_common(source),
        path=path,
        label=source.text("label"),
        description=source.template("description"),
        outline=source.flag("showOutline"),
        components=read(source),
    )


def _read_dynamiclist(source: Source, read: ReadChildren) -> Component:
    maximum = source.count("properties.maxRows", 500)
    minimum = source.count("properties.minRows")
    if minimum > maximum:
        source.report("empty-range", "最少行数大于最多行数。", "minRows exceeds maxRows.")
    label = source.text("label").strip()
    if not label:
        source.report("missing-label", "列表缺少名称（label）。", "The list's label is missing.")
    return DynamicList(
        **read_common(source),
        path=source.text("path"),
        label=label,
        description=source.template("description"),
        first_rows=min(source.count("defaultRepetitions", 1), maximum),
        add_remove=source.flag("allowAddRemove", default=True),
        minimum=minimum,
        maximum=maximum,
        components=read(source),
    )


def _read_text(source: Source) -> Component:
    template = source.template("text")
    if template is None:
        _report_missing(source, "text")
        return Separator(**read_common(source))
    return TextBlock(**read_common(source), template=template)


def _read_separator(source: Source) -> Component:
    return Separator(**read_common(source))


def _read_spacer(source: Source) -> Component:
    return Spacer(**read_common(source), height=min(source.count("height", 60), 400))


def _read_table(source: Source) -> Component:
    rows = source.formula("dataSource")
    if rows is None:
        _report_missing(source, "dataSource")
        rows = _null(source)
    columns = source.raw("columns")
    headings = tuple(
        (str(one.get("key") or ""), str(one.get("label") or one.get("key") or ""))
        for one in (columns if isinstance(columns, list) else [])
        if isinstance(one, Mapping)
    )
    if not headings:
        source.report("no-columns", "表格没有列。", "The table has no columns.")
    return Table(**read_common(source), label=source.text("label"), rows=rows, columns=headings)


LEAVES: Mapping[str, Callable[[Source], Component]] = {
    "textfield": fields.read_textfield,
    "textarea": fields.read_textarea,
    "number": fields.read_number,
    "checkbox": fields.read_checkbox,
    "radio": fields.read_radio,
    "select": fields.read_select,
    "checklist": fields.read_checklist,
    "datetime": fields.read_datetime,
    "filepicker": fields.read_filepicker,
    "expression": _read_expression,
    "text": _read_text,
    "separator": _read_separator,
    "spacer": _read_spacer,
    "table": _read_table,
}

CONTAINERS: Mapping[str, Callable[[Source, ReadChildren], Component]] = {
    "group": _read_group,
    "dynamiclist": _read_dynamiclist,
}
