"""The only place that reads type names such as ``list<number>``."""

from __future__ import annotations

import re

from engine.feel import characters
from engine.feel.names import NameScanner
from engine.feel.tree import TypeName

_LONG_NAMES = re.compile(
    r"(date\s+and\s+time|days\s+and\s+time\s+duration|years\s+and\s+months\s+duration)\b"
)
_SEPARATED = re.compile(r"[.\-]")


class TypeParser(NameScanner):
    """Reads types."""

    def type_name(self) -> TypeName:
        """Read a type.

        Raises:
            FeelError: no type comes next.
        """
        self.skip()
        self.enter()
        pos = self.pos
        match = _LONG_NAMES.match(self.text, pos)
        if match is not None:
            self.pos = match.end()
            found = TypeName(pos, " ".join(match.group().split()))
        else:
            found = self._short_type(pos)
        self.leave()
        return found

    def _short_type(self, pos: int) -> TypeName:
        name = self.member()
        while _SEPARATED.match(self.text, self.pos) and characters.WORD.match(
            self.text, self.pos + 1
        ):
            self.pos += 1
            name += self.text[self.pos - 1] + self.member()
        if name in {"list", "range"} and self.accept("<"):
            element = self.type_name()
            self.expect(">")
            return TypeName(pos, name, (element,))
        if name == "context" and self.accept("<"):
            return self._context_type(pos)
        if name == "function" and self.accept("<"):
            return self._function_type(pos)
        return TypeName(pos, name)

    def _context_type(self, pos: int) -> TypeName:
        members: list[str] = []
        parts: list[TypeName] = []
        while not self.accept(">"):
            if members:
                self.separator(">")
            members.append(self.key())
            self.expect(":")
            parts.append(self.type_name())
        return TypeName(pos, "context", tuple(parts), tuple(members))

    def _function_type(self, pos: int) -> TypeName:
        parts: list[TypeName] = []
        while not self.accept(">"):
            if parts:
                self.separator(">")
            parts.append(self.type_name())
        self.expect("->")
        return TypeName(pos, "function", (*parts, self.type_name()))
