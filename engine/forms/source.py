"""Typed access to the JSON of one component; what is wrong becomes a finding, not an exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.errors import Finding
from engine.feel import FeelError
from engine.forms.expressions import Formula, Template, compile_formula, compile_template


@dataclass
class Inspection:
    """What is known while one form is read.

    Attributes:
        file: path for the findings.
        names: all names that an expression of this form may use.
        lookups: names of the handler lookups, ``None`` = not checked.
        findings: what was wrong so far.
        ids: component ids seen so far.
    """

    file: str
    names: frozenset[str] = frozenset()
    lookups: frozenset[str] | None = None
    findings: list[Finding] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def report(self, rule: str, where: str, zh: str, en: str, severity: str = "error") -> None:
        """Add a finding about the component ``where`` (key or id, ``""`` = the file)."""
        self.findings.append(
            Finding(
                rule=rule,
                severity=severity,
                file=self.file,
                element_id=where,
                message_zh=zh,
                message_en=en,
            )
        )


@dataclass(frozen=True)
class Source:
    """The JSON of one component.

    Attributes:
        data: the JSON object.
        where: key, path or id; names the component in findings.
        inspection: collects the findings.
    """

    data: Mapping[str, Any]
    where: str
    inspection: Inspection

    def report(self, rule: str, zh: str, en: str, severity: str = "error") -> None:
        """Add a finding about this component."""
        self.inspection.report(rule, self.where, zh, en, severity)

    def raw(self, path: str) -> Any:
        """Return what stands at a dotted path such as ``validate.maxLength``, else ``None``."""
        value: Any = self.data
        for name in path.split("."):
            if not isinstance(value, Mapping):
                return None
            value = value.get(name)
        return value

    def text(self, path: str) -> str:
        """Return a text, ``""`` when there is none."""
        value = self.raw(path)
        if value is None or isinstance(value, str):
            return value or ""
        self._wrong_type(path, "文字", "a text")
        return ""

    def flag(self, path: str, default: bool = False) -> bool:
        """Return a yes/no; custom properties are the texts ``true`` and ``false``."""
        value = self.raw(path)
        if value is None:
            return default
        if value in (True, False, "true", "false"):
            return value in (True, "true")
        self._wrong_type(path, "true 或 false", "true or false")
        return default

    def count(self, path: str, default: int = 0) -> int:
        """Return a whole number ≥ 0, written as number or text."""
        value = self.raw(path)
        if value is None or value == "":
            return default
        if isinstance(value, int | Decimal | str) and not isinstance(value, bool):
            text = str(value)
            if text.isascii() and text.isdigit() and len(text) <= 9:
                return int(text)
        self._wrong_type(path, "不小于0的整数", "a whole number of at least 0")
        return default

    def decimal(self, path: str) -> Decimal | None:
        """Return an exact number, written as number or text."""
        value = self.raw(path)
        if value is None or value == "":
            return None
        if isinstance(value, int | Decimal | str) and not isinstance(value, bool):
            try:
                number = Decimal(str(value))
            except ArithmeticError:
                number = Decimal("NaN")
            if number.is_finite():
                return number
        self._wrong_type(path, "数字", "a number")
        return None

    def formula(self, path: str) -> Formula | None:
        """Return a compiled formula, ``None`` when there is none or it is wrong."""
        text = self.text(path)
        if not text.strip().removeprefix("=").strip():
            return None
        try:
            formula = compile_formula(text, self.inspection.names)
        except FeelError as error:
            self._bad_feel(path, error)
            return None
        self._warn_of_unknown_names(path, formula)
        return formula

    def template(self, path: str) -> Template | None:
        """Return a compiled text, ``None`` when there is none or it is wrong."""
        text = self.text(path)
        if not text.strip():
            return None
        try:
            template = compile_template(text, self.inspection.names)
        except FeelError as error:
            self._bad_feel(path, error)
            return None
        except ValueError as error:
            self.report(
                "bad-template",
                f"{path} 里的“{error}”不能用：文字里只能写 {{{{ FEEL 表达式 }}}}，"
                "条件请写成 if … then … else …。",
                f"{error} in {path} is not possible: a text takes {{{{ FEEL }}}} only; "
                "write conditions as if … then … else ….",
            )
            return None
        for formula in template.formulas:
            self._warn_of_unknown_names(path, formula)
        return template

    def _warn_of_unknown_names(self, path: str, formula: Formula) -> None:
        unknown = sorted(formula.expression.names - self.inspection.names)
        if unknown:
            self.report(
                "unknown-name",
                f"{path} 用到的“{'、'.join(unknown)}”不是本表单的字段；"
                "只有流程变量里有它时才有值。",
                f"{path} names {', '.join(unknown)}, which is no field of this form; "
                "it has a value only if the process has a variable of that name.",
                severity="warning",
            )

    def _bad_feel(self, path: str, error: FeelError) -> None:
        self.report(
            "bad-feel",
            f"{path} 的表达式有误：{error.message_zh}",
            f"The expression in {path} is wrong: {error.message_en}",
        )

    def _wrong_type(self, path: str, zh: str, en: str) -> None:
        self.report("wrong-type", f"{path} 应为{zh}。", f"{path} must be {en}.")


def known_attributes(source: Source, attributes: Iterable[str], properties: Iterable[str]) -> None:
    """Warn of attributes and custom properties that nothing here reads (often a typing slip)."""
    given = source.raw("properties")
    if given is not None and not isinstance(given, Mapping):
        source.report("wrong-type", "properties 应为对象。", "properties must be an object.")
        given = None
    unknown = sorted(set(source.data) - set(attributes))
    unknown += [f"properties.{name}" for name in sorted(set(given or ()) - set(properties))]
    if unknown:
        source.report(
            "unknown-attribute",
            f"“{'、'.join(unknown)}”不起作用，请检查拼写。",
            f"{', '.join(unknown)} has no effect; check the spelling.",
            severity="warning",
        )
