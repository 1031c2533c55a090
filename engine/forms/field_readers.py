"""Readers of the fields that a person fills in: form-js JSON to a dataclass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import re2

from engine.forms.components import (
    Checkbox,
    ChoiceField,
    ChoiceKind,
    Component,
    DateField,
    DateKind,
    FileField,
    NumberField,
    TextArea,
    TextField,
    TextKind,
)
from engine.handler import Option

if TYPE_CHECKING:
    from engine.forms.source import Source


def read_common(source: Source) -> dict[str, Any]:
    """Return what every component has."""
    properties = source.raw("properties")
    width = source.count("layout.columns") or None
    if width is not None and width > 16:
        source.report("wrong-type", "layout.columns 最大为16。", "layout.columns is at most 16.")
        width = 16
    return {
        "id": source.text("id"),
        "hide": source.formula("conditional.hide"),
        "prefill": source.formula("properties.prefill"),
        "row": source.text("layout.row"),
        "width": width,
        "properties": properties if isinstance(properties, Mapping) else {},
    }


def _keyed(source: Source) -> dict[str, Any]:
    label = source.text("label").strip()
    if not label:
        source.report(
            "missing-label",
            "缺少名称（label），填表人不知道要填什么。",
            "The label is missing; people cannot know what to fill in.",
        )
    return read_common(source) | {
        "key": source.text("key"),
        "label": label,
        "description": source.template("description"),
    }


def _field(source: Source) -> dict[str, Any]:
    readonly = source.raw("readonly")
    is_formula = isinstance(readonly, str) and readonly.lstrip().startswith("=")
    return _keyed(source) | {
        "required": source.flag("validate.required"),
        "required_code": source.text("properties.requiredCode") or "ERR_REQUIRED",
        "default": source.raw("defaultValue"),
        "readonly": (source.formula("readonly") or False)
        if is_formula
        else source.flag("readonly"),
        "disabled": source.flag("disabled"),
        "readonly_when_filled": source.flag("properties.readonlyWhenFilled"),
    }


def _lengths(source: Source) -> dict[str, Any]:
    shortest = source.count("validate.minLength")
    longest = source.count("validate.maxLength")
    if longest and shortest > longest:
        source.report(
            "empty-range", "最短长度大于最长长度。", "minLength is larger than maxLength."
        )
    return {"min_length": shortest, "max_length": longest}


def _affixes(source: Source) -> dict[str, Any]:
    return {
        "prefix": source.text("appearance.prefixAdder"),
        "suffix": source.text("appearance.suffixAdder"),
    }


def read_textfield(source: Source) -> Component:
    """Read one line of text; with ``lookup`` it is a choice, with ``money`` a number."""
    if source.raw("properties.lookup"):
        return _choice(source, ChoiceKind.SELECT)
    if source.flag("properties.money"):
        return read_number(source)
    kind = source.text("validate.validationType")
    phone = source.flag("properties.phone") or kind == "phone"
    email = TextKind.EMAIL if kind == "email" else TextKind.PLAIN
    pattern = source.text("validate.pattern")
    if pattern and not _compiles(pattern):
        source.report(
            "bad-pattern",
            f"校验规则“{pattern}”不是可用的正则表达式（不支持前后查找和反向引用）。",
            f"{pattern} is no usable regular expression (no look-around, no back-references).",
        )
        pattern = ""
    return TextField(
        **_field(source),
        **_lengths(source),
        **_affixes(source),
        text_kind=TextKind.PHONE if phone else email,
        pattern=pattern,
    )


def _compiles(pattern: str) -> bool:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error:
        return False
    return True


def read_textarea(source: Source) -> Component:
    """Read several lines of text."""
    return TextArea(**_field(source), **_lengths(source))


def read_number(source: Source) -> Component:
    """Read a number."""
    digits = source.raw("decimalDigits")
    minimum, maximum = source.decimal("validate.min"), source.decimal("validate.max")
    if minimum is not None and maximum is not None and minimum > maximum:
        source.report("empty-range", "最小值大于最大值。", "min is larger than max.")
    return NumberField(
        **_field(source),
        **_affixes(source),
        digits=None if digits is None else source.count("decimalDigits"),
        minimum=minimum,
        maximum=maximum,
        increment=source.decimal("increment"),
        money=source.flag("properties.money"),
    )


def read_checkbox(source: Source) -> Component:
    """Read a tick."""
    return Checkbox(**_field(source))


def read_radio(source: Source) -> Component:
    """Read choices of which one is taken."""
    return _choice(source, ChoiceKind.RADIO)


def read_select(source: Source) -> Component:
    """Read choices in a menu."""
    return _choice(source, ChoiceKind.SELECT)


def read_checklist(source: Source) -> Component:
    """Read choices of which several are taken."""
    return _choice(source, ChoiceKind.CHECKLIST)


def _choice(source: Source, kind: ChoiceKind) -> ChoiceField:
    field = ChoiceField(
        **_field(source),
        choice_kind=kind,
        options=_options(source),
        values_key=source.text("valuesKey"),
        values_formula=source.formula("valuesExpression"),
        lookup=source.text("properties.lookup"),
        checked_by_process=source.text("properties.lookupCheckedBy") == "process",
    )
    _check_choices(source, field)
    return field


def _check_choices(source: Source, field: ChoiceField) -> None:
    elsewhere = field.values_key or field.values_formula or field.lookup
    if not field.options and not elsewhere:
        source.report("no-choices", "没有可选项。", "There is nothing to choose from.")
    known = source.inspection.lookups
    if field.lookup and known is not None and field.lookup not in known:
        source.report(
            "unknown-lookup",
            f"选项来源“{field.lookup}”不存在，请检查处理程序的名称。",
            f"There is no lookup {field.lookup!r}; check the handler's name.",
        )
    values = {option.value for option in field.options}
    if len(values) < len(field.options):
        source.report("duplicate-choice", "有重复的选项值。", "A choice's value occurs twice.")
    if field.options and isinstance(field.default, str) and field.default not in values | {""}:
        source.report(
            "unknown-default",
            f"默认值“{field.default}”不在选项中。",
            f"The default {field.default!r} is not one of the choices.",
        )


def _options(source: Source) -> tuple[Option, ...]:
    values = source.raw("values")
    if values is None:
        return ()
    entries = values if isinstance(values, list) else [None]
    options = [
        Option(value=entry["value"], label=str(entry.get("label") or entry["value"]))
        for entry in entries
        if isinstance(entry, Mapping) and isinstance(entry.get("value"), str) and entry["value"]
    ]
    if len(options) < len(entries):
        source.report(
            "wrong-type",
            "每个选项都要有文字的 label 和非空的 value。",
            "Every choice needs a label and a value that is a non-empty text.",
        )
    return tuple(options)


def read_datetime(source: Source) -> Component:
    """Read a day, time or moment."""
    label = source.text("dateLabel") or source.text("timeLabel") or source.text("label")
    relabelled = type(source)({**source.data, "label": label}, source.where, source.inspection)
    subtype = source.text("subtype") or "date"
    if subtype not in set(DateKind):
        source.report("wrong-type", f"不支持日期类型“{subtype}”。", f"No such subtype: {subtype}.")
        subtype = "date"
    return DateField(
        **_field(relabelled),
        date_kind=DateKind(subtype),
        refuse_past=source.flag("disallowPassedDates"),
    )


def read_filepicker(source: Source) -> Component:
    """Read a place for files."""
    accept = source.text("accept") or source.text("properties.accept")
    extensions = tuple(
        "." + one.strip().lower().removeprefix(".") for one in accept.split(",") if one.strip()
    )
    several = source.raw("multiple") is not False
    required = source.flag("validate.required")
    minimum = source.count("properties.minFiles")
    maximum = source.count("properties.maxFiles", 20 if several else 1)
    if minimum > maximum:
        source.report("empty-range", "最少文件数大于最多文件数。", "minFiles exceeds maxFiles.")
    return FileField(
        **_keyed(source),
        required=required,
        minimum=max(minimum, int(required)),
        maximum=maximum,
        accept=extensions,
    )
