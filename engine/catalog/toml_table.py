"""Reads the TOML files of a package strictly; every fault becomes a finding at its key."""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping


class TomlTable:
    """One table; ``findings`` collects what is wrong with it.

    Attributes:
        findings: faults found so far, in the order of reading.
    """

    def __init__(self, data: Mapping[str, Any], file: str, prefix: str = "") -> None:
        """Read from ``data``; ``prefix`` is put before key names in findings."""
        self._data = data
        self._file = file
        self._prefix = prefix
        self._asked: set[str] = set()
        self.findings: list[Finding] = []

    @classmethod
    def parse(cls, content: bytes, file: str) -> TomlTable:
        """Parse a file; a broken one gives an empty table with one finding."""
        try:
            return cls(tomllib.loads(content.decode("utf-8-sig")), file)
        except UnicodeDecodeError:
            table = cls({}, file)
            table.report("encoding", "", "文件不是 UTF-8 编码，请另存为 UTF-8。", "not UTF-8")
        except tomllib.TOMLDecodeError as error:
            table = cls({}, file)
            table.findings.append(_not_toml(content.decode("utf-8-sig"), file, error))
        return table

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read."""
        return not self._data

    def names(self) -> tuple[str, ...]:
        """Return the keys in the order of the file."""
        return tuple(self._data)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text, ``""`` when it is absent."""
        value: str = self._value(key, str, "", required=required, kind=("文本", "a text"))
        return value.strip()

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return ``true`` or ``false``."""
        value: bool = self._value(key, bool, default, kind=("true 或 false", "true or false"))
        return value

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a date."""
        kind = ("日期，例如 2026-01-01", "a date such as 2026-01-01")
        value: date | None = self._value(key, date, None, required=required, kind=kind)
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        kind = ("文本列表", "a list of texts")
        values = self._value(key, list, [], required=required, kind=kind)
        if not all(isinstance(value, str) for value in values):
            self._wrong_type(key, kind)
            return ()
        return tuple(values)

    def tables(self, key: str) -> list[TomlTable]:
        """Return a list of tables; their findings are collected here by ``absorb``."""
        kind = ("表的列表", "a list of tables")
        values = self._value(key, list, [], kind=kind)
        if not all(isinstance(value, dict) for value in values):
            self._wrong_type(key, kind)
            return []
        return [
            TomlTable(value, self._file, f"{self._prefix}{key}[{index}].")
            for index, value in enumerate(values)
        ]

    def pairs(self, key: str) -> dict[str, str]:
        """Return a table of texts."""
        kind = ("由文本组成的表", "a table of texts")
        values = self._value(key, dict, {}, kind=kind)
        if not all(isinstance(value, str) for value in values.values()):
            self._wrong_type(key, kind)
            return {}
        return dict(values)

    def absorb(self, other: TomlTable) -> None:
        """Take over the findings of a table inside this one."""
        other.refuse_rest()
        self.findings.extend(other.findings)

    def refuse_rest(self) -> None:
        """Report every key that nobody asked for, with the nearest known one."""
        for key in self._data:
            if key in self._asked:
                continue
            near = difflib.get_close_matches(key, self._asked, n=1)
            self.report(
                "unknown-key",
                key,
                f"不认识的键“{key}”" + (f"，是否应为“{near[0]}”？" if near else "，请删除。"),
                f"unknown key {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""),
            )

    def report(self, rule: str, key: str, message_zh: str, message_en: str) -> None:
        """Add an error at ``key``."""
        self.findings.append(
            Finding(
                rule=rule,
                severity="error",
                file=self._file,
                element_id=f"{self._prefix}{key}",
                message_zh=message_zh,
                message_en=message_en,
            )
        )

    def _value(
        self,
        key: str,
        expected: type,
        default: Any,
        *,
        kind: tuple[str, str],
        required: bool = False,
    ) -> Any:
        self._asked.add(key)
        if key not in self._data:
            if required and not self.is_empty:
                self.report("missing-key", key, f"缺少“{key}”，请补充。", f"{key!r} is missing")
            return default
        value = self._data[key]
        # bool is an int and datetime is a date in Python, but not in TOML
        if not isinstance(value, expected) or (expected is date and type(value) is not date):
            self._wrong_type(key, kind)
            return default
        if required and value in ("", []):
            self.report("missing-key", key, f"“{key}”不能为空。", f"{key!r} must not be empty")
        return value

    def _wrong_type(self, key: str, kind: tuple[str, str]) -> None:
        self.report("wrong-type", key, f"“{key}”应为{kind[0]}。", f"{key!r} must be {kind[1]}")


def _not_toml(text: str, file: str, error: tomllib.TOMLDecodeError) -> Finding:
    """Return where a file stops being TOML, and whether a Chinese keyboard is why."""
    found = re.search(r"at line (\d+)", str(error))
    line = int(found[1]) if found else len(text.splitlines())
    typed = text.splitlines()[line - 1 : line]
    signs = [sign for sign in "“”＝，‘’" if typed and sign in typed[0]]
    zh = f"“{signs[0]}”请改用英文半角的符号。" if signs else "请核对引号、括号和等号。"
    en = f"; type the half-width sign for {signs[0]}" if signs else ""
    return Finding(
        rule="toml",
        severity="error",
        file=file,
        element_id="",
        message_zh=f"第 {line} 行不是合法的 TOML：{zh}",
        message_en=f"not TOML: {error}{en}",
        line=line,
    )
