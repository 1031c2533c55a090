"""What a person types for the inputs of a decision, as values; names, labels and types help."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from engine.errors import ConfigurationError
from engine.feel import FeelError, compile_expression, instance_of, to_feel
from engine.feel.office import OFFICE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.dmn import DmnModel

#: Types that a text may be read as; others are left to the model.
_TEMPORAL: Final = (
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)
#: A type in words, and what to type for it.
_SHOWN: Final[Mapping[str, tuple[str, str, str]]] = {
    "number": ("数字", "a number", "300.50"),
    "boolean": (" true 或 false ", "true or false", "true"),
    "string": ("文字", "a text", "公开招标"),
    "date": ("日期", "a date", "2026-06-10"),
    "time": ("时间", "a time", "09:30:00"),
    "date and time": ("日期和时间", "a date and time", "2026-06-10T09:30:00"),
    "days and time duration": ("时长", "a duration", "P30D"),
    "years and months duration": ("时长", "a duration", "P6M"),
}
_NULL: Final = "null"


@dataclass(frozen=True, kw_only=True)
class KnownInput:
    """Something that a decision looks at.

    Attributes:
        name: variable in the model.
        label: heading of its column, ``""`` when it has none.
        type_ref: its type as the model writes it, ``""`` when it does not say.
    """

    name: str
    label: str = ""
    type_ref: str = ""


def known_inputs(model: DmnModel, decision: str) -> dict[str, KnownInput]:
    """Return what can be given to a decision (by id), by name: drawn inputs first.

    Tables are often drawn without their inputs; then the variables that the model's expressions
    use are its inputs.
    """
    columns = {
        clause.expression.text: clause
        for table in model.compiler.tables
        for clause in table.drawn.inputs
    }
    types = {element.name: element.variable.type_ref for element in model.definitions.inputs}
    used = (name for text in model.compiler.formulas.texts for name in sorted(text.compiled.names))
    made_here = {element.name for element in model.definitions.decisions}
    names = dict.fromkeys([*model.decisions[decision].inputs, *used])
    found = {}
    for name in names:
        if name not in made_here and name != "?":
            column = columns.get(name)
            label = column.label if column else ""
            written = types.get(name) or (column.expression.type_ref if column else "")
            found[name] = KnownInput(name=name, label=label, type_ref=written)
    return found


def read_inputs(
    pairs: Sequence[str], document: str, known: Mapping[str, KnownInput]
) -> dict[str, object]:
    """Return FEEL values by name.

    Args:
        pairs: ``name=value`` each; name or label of an input, value in FEEL. Texts, dates and
            durations need no quotes where the model says the type.
        document: a JSON object with more of them, ``""`` for none.
        known: what can be given.

    Raises:
        ConfigurationError: a name is unknown or a value is not of its type.
    """
    context: dict[str, object] = {}
    for name, value in _json_object(document).items():
        context[_find(name, known).name] = to_feel(value)
    for pair in pairs:
        name, text = _split(pair)
        one = _find(name, known)
        context[one.name] = _value(one, text)
    return context


def _json_object(document: str) -> dict[str, object]:
    if not document:
        return {}
    try:
        found = json.loads(document, parse_float=Decimal, parse_int=Decimal)
    except ValueError as error:
        raise ConfigurationError(
            f"--inputs 不是合法的 JSON（{error}），例如 --inputs '{{\"金额\": 300}}'。",
            f"--inputs is no JSON ({error}); such as --inputs '{{\"amount\": 300}}'.",
        ) from error
    if not isinstance(found, dict):
        raise ConfigurationError(
            "--inputs 应为 JSON 对象，例如 --inputs '{\"金额\": 300}'。",
            "--inputs must be a JSON object, such as --inputs '{\"amount\": 300}'.",
        )
    return found


def _split(pair: str) -> tuple[str, str]:
    name, equals, text = pair.partition("=")
    if equals and "＝" not in name:
        return name.strip(), text.strip()
    if "＝" in pair:
        raise ConfigurationError(
            f"“{pair}”中的“＝”请改用英文半角的 = 。", f"Type = instead of ＝ in {pair!r}."
        )
    raise ConfigurationError(
        f"“{pair}”缺少等号，请写成 名称=值，例如 -i 金额=300。",
        f"{pair!r} has no equals sign; write name=value, such as -i amount=300.",
    )


def _find(name: str, known: Mapping[str, KnownInput]) -> KnownInput:
    if name in known:
        return known[name]
    labelled = [one for one in known.values() if one.label == name]
    if len(labelled) == 1:
        return labelled[0]
    words = {word: one for one in known.values() for word in (one.name, one.label) if word}
    close = difflib.get_close_matches(name, words, n=1)
    hint_zh = f"是否指“{close[0]}”？" if close else ""
    hint_en = f" Did you mean {close[0]!r}?" if close else ""
    shown = [f"{one.name}（{one.label}）" if one.label else one.name for one in known.values()]
    raise ConfigurationError(
        f"决策没有名为“{name}”的输入。{hint_zh}可用的有：{'、'.join(shown) or '无'}。",
        f"The decision has no input {name!r}.{hint_en} It has: {', '.join(shown) or 'none'}.",
    )


def _value(one: KnownInput, text: str) -> object:
    """Return the value of ``text``, read by the type of the input where that is known."""
    if text == _NULL:
        return None
    if one.type_ref == "string" and not text.startswith('"'):
        return text
    if one.type_ref in _TEMPORAL and text[:1].isalnum() and not text.endswith(")"):
        text = f'@"{text}"'
    try:
        expression = compile_expression(text, library=OFFICE)
    except FeelError as error:
        raise _wrong(one, text, error.message_zh, error.message_en) from error
    if expression.names:
        raise _unquoted(one, text)
    value = expression.evaluate({})
    if one.type_ref in _SHOWN and not instance_of(value, one.type_ref):
        raise _wrong(one, text, "", "")
    return value


def _unquoted(one: KnownInput, text: str) -> ConfigurationError:
    if one.type_ref in _SHOWN:
        return _wrong(one, text, "", "")
    return ConfigurationError(
        f"输入“{one.name}”的值 {text} 不是常量；文字要加双引号，并用单引号包住整个参数："
        f"-i '{one.name}=\"{text}\"'。",
        f"The value {text} of input {one.name!r} is no constant; a text needs double quotes, and"
        f" single quotes around the whole: -i '{one.name}=\"{text}\"'.",
    )


def _wrong(one: KnownInput, text: str, why_zh: str, why_en: str) -> ConfigurationError:
    kind_zh, kind_en, sample = _SHOWN.get(one.type_ref, (" FEEL 值", "a FEEL value", "300"))
    shown = text.removeprefix('@"').removesuffix('"') if text.startswith('@"') else text
    return ConfigurationError(
        f"输入“{one.label or one.name}”应为{kind_zh}，例如 -i {one.name}={sample}；"
        f"不能是 {shown}。{why_zh}",
        f"Input {one.name!r} must be {kind_en}, such as -i {one.name}={sample}; not {shown}."
        f"{why_en and ' '}{why_en}",
    )
