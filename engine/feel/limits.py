"""The only place for the sizes that an expression may not exceed."""

from __future__ import annotations

from engine.feel.errors import LimitReachedError

#: Characters of one expression.
MAX_TEXT = 20_000
#: Brackets, conditions and function bodies inside each other.
MAX_NESTING = 48
#: Height of the syntax tree, long chains of operators included.
MAX_HEIGHT = 160
#: Evaluation steps (about one per node and element) of one evaluation.
MAX_STEPS = 250_000
#: Steps that an iteration costs, its body not counted.
LOOP_STEPS = 2
#: Steps that a function call costs, its body not counted.
CALL_STEPS = 8
#: Steps for each element of a list that a function is given.
ELEMENT_STEPS = 2
#: Steps that a warning costs.
WARNING_STEPS = 4
#: Function calls inside each other.
MAX_CALLS = 60
#: Characters of one string.
MAX_STRING = 1_000_000
#: Elements of one list.
MAX_LIST = 100_000
#: Characters that are counted as one step when a string is made.
CHARACTERS_PER_STEP = 16
#: Warnings that are kept.
MAX_WARNINGS = 50
#: Characters of one regular expression, and the largest repetition in it.
MAX_PATTERN = 1_000
#: Places in a text that a regular expression may find.
MAX_MATCHES = 5_000
#: Years on either side of zero.
MAX_YEAR = 999_999_999
#: Digits of one number literal.
MAX_DIGITS = 1_000


def check_string_size(size: int) -> None:
    """Refuse to make a string of ``size`` characters when that is too much.

    Raises:
        LimitReachedError: more than ``MAX_STRING``.
    """
    if size > MAX_STRING:
        raise LimitReachedError(
            f"文本过长（超过 {MAX_STRING} 个字符）。",
            f"The string is too long (more than {MAX_STRING} characters).",
        )


def check_matches(count: int) -> None:
    """Refuse to find more places in a text when there are too many.

    Raises:
        LimitReachedError: more than ``MAX_MATCHES``.
    """
    if count > MAX_MATCHES:
        raise LimitReachedError(
            f"正则表达式匹配次数过多（超过 {MAX_MATCHES} 次）。",
            f"The regular expression matches too often (more than {MAX_MATCHES} times).",
        )


def check_list_size(size: int) -> None:
    """Refuse to make a list of ``size`` elements when that is too much.

    Raises:
        LimitReachedError: more than ``MAX_LIST``.
    """
    if size > MAX_LIST:
        raise LimitReachedError(
            f"列表过长（超过 {MAX_LIST} 项）。",
            f"The list is too long (more than {MAX_LIST} elements).",
        )


class ValueCounter:
    """Counts the parts of a value while it is walked; shared parts count each time."""

    __slots__ = ("left",)

    def __init__(self, allowed: int = MAX_LIST) -> None:
        """Allow that many parts."""
        self.left = allowed

    def count(self, parts: int = 1) -> None:
        """Take ``parts`` off.

        Raises:
            LimitReachedError: the value has more parts than allowed.
        """
        self.left -= parts
        if self.left < 0:
            raise LimitReachedError(
                f"数据过大（超过 {MAX_LIST} 个部分）。",
                f"The value is too large (more than {MAX_LIST} parts).",
            )
