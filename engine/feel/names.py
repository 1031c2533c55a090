"""The only place that decides where a name ends: names may hold spaces, signs and Chinese."""

from __future__ import annotations

from engine.feel import characters
from engine.feel.scanner import NameTable, Scanner, name_table

#: Names with ``and`` inside that are names only in front of a bracket.
_ONLY_BEFORE_BRACKET = frozenset({"date and time", "years and months duration"})


def _joined(table: NameTable, name: str) -> NameTable:
    """Return the entry of ``table`` that also holds ``name``."""
    return {
        first: tuple(sorted({*table.get(first, ()), *group}, key=len, reverse=True))
        for first, group in name_table([name]).items()
    }


class NameScanner(Scanner):
    """Reads names: the longest known one, else all the words up to a sign or a keyword."""

    def name(self) -> str:
        """Read the name of a variable or function.

        Raises:
            FeelError: no name comes next.
        """
        word = self.peek_word()
        known = self._known(self.names, word)
        if known:
            return known
        if not word or word in characters.KEYWORDS:
            self.unexpected("名称", "a name")
        return self._words(word)

    def member(self) -> str:
        """Read the name of a member after a dot; keywords are names here.

        Raises:
            FeelError: no name comes next.
        """
        word = self.peek_word()
        known = self._known(self.members, word) or self._known(self.names, word)
        if known:
            return known
        if not word:
            self.unexpected("名称", "a name")
        return self._words(word)

    def key(self) -> str:
        """Read the name of a parameter or the key of a context, up to its sign.

        Raises:
            FeelError: no name comes next.
        """
        self.skip()
        match = characters.KEY.match(self.text, self.pos)
        if match is None:
            self.unexpected("名称", "a name")
        self.pos += len(match.group().rstrip())
        return characters.normalise_name(match.group())

    def argument_name(self) -> str | None:
        """Read ``name:`` in front of an argument, or return None."""
        self.skip()
        match = characters.KEY.match(self.text, self.pos)
        if match is None or not self.text.startswith(":", match.end()):
            return None
        self.pos = match.end() + 1
        return characters.normalise_name(match.group())

    def loop_name(self) -> str:
        """Read the name in front of ``in``.

        Raises:
            FeelError: no name, or no ``in`` after it.
        """
        self.skip()
        match = characters.LOOP_NAME.match(self.text, self.pos)
        if match is None or self.peek_word() in characters.KEYWORDS:
            self.unexpected("名称 in", "a name and in")
        self.pos = match.end()
        return characters.normalise_name(match.group())

    def declare(self, name: str) -> NameTable:
        """Make ``name`` known from here on; returns the table to restore afterwards."""
        before = self.names
        if not characters.is_simple(name):
            self.names = {**before, **_joined(before, name)}
        return before

    def declare_member(self, name: str) -> None:
        """Make ``name`` known behind dots from here on."""
        if not characters.is_simple(name):
            self.members = {**self.members, **_joined(self.members, name)}

    def _words(self, word: str) -> str:
        """Go over ``word`` and the words that follow it without any sign between."""
        start = self.pos
        self.pos += len(word)
        while True:
            match = characters.NEXT_WORD.match(self.text, self.pos)
            if match is None or match.group(1) in characters.KEYWORDS:
                break
            self.pos = match.end()
        return characters.normalise_name(self.text[start : self.pos])

    def _known(self, table: NameTable, word: str) -> str:
        for name in table.get(word, ()):
            end = self._match(name)
            if end and (name not in _ONLY_BEFORE_BRACKET or self._bracket_after(end)):
                self.pos = end
                return name
        return ""

    def _bracket_after(self, pos: int) -> bool:
        blank = characters.BLANK.match(self.text, pos)
        return self.text.startswith("(", blank.end() if blank else pos)

    def _match(self, name: str) -> int:
        """Return where ``name`` ends if it comes next, else 0; any blanks stand for a space."""
        pos = self.pos
        for piece in name.split(" "):
            blank = characters.BLANK.match(self.text, pos)
            after = blank.end() if blank else pos
            if not self.text.startswith(piece, after) or (pos != self.pos and after == pos):
                return 0
            pos = after + len(piece)
        return 0 if characters.PART.match(self.text, pos) else pos
