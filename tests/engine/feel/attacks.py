"""Expressions that try to break out, to hang or to fill the memory; also seeds of the fuzzer."""

from __future__ import annotations

import itertools
from typing import Final


def _doubling(kind: str, rounds: int = 40) -> str:
    """Return a context whose entries double in size, ``a39`` being the largest."""
    first = '"xxxxxxxxxxxxxxxxxxxxxxxx"' if kind == "{0}+{0}" else "[1, 2, 3]"
    names = ["a", *(f"a{number}" for number in range(rounds))]
    entries = [f"{name}: {kind.format(before)}" for before, name in itertools.pairwise(names)]
    return "{" + ", ".join([f"a: {first}", *entries]) + "}"


_SHARED: Final = _doubling("[{0}, {0}]")
_NAMES = "for i in 1..9999 return i"

BREAK_OUT: Final = {
    "class of a string": '"a".__class__',
    "subclasses of a variable": "a.__class__.__mro__[-1].__subclasses__()",
    "class of a context": "{a: 1}.__class__",
    "class of a date": '@"2026-01-01".__class__',
    "class by get value": 'get value({}, "__class__")',
    "globals of a function": "string.__globals__",
    "call of a function": "sum.call",
    "body of a function": "(function(x) x).body",
    "import": '__import__("os").system("id")',
    "eval": 'eval("1")',
    "open": 'open("/etc/passwd")',
    "format": '"{0.__class__}".format(1)',
    "percent": '"%s" % 1',
    "lambda": "lambda: 1",
    "comprehension": "[x for x in [1]]",
    "java": '(function(a) external {java: {class: "java.lang.Runtime"}})("ls")',
    "zone file": 'time("10:00:00@../../../etc/passwd")',
    "absolute zone file": 'time("10:00:00@/etc/passwd")',
    "semicolon": "1; import os",
    "backtick": "`a`",
    "null character": '"a\x00b" = "a"',
    "self call": "(function(x) x(x))(function(x) x(x))",
}

HUGE_NUMBERS: Final = {
    "tower": "9 ** 9 ** 9 ** 9",
    "overflow": "10 ** 6000 * 10 ** 6000",
    "many steps": "1.0000001 ** 999999999",
    "exponent": "1e999999999",
    "many digits": "9" * 1500,
    "exp": "exp(99999999)",
    "modulo": "modulo(1e6144, 1e-6000)",
    "even": "even(1e6144)",
    "scale": "decimal(1e6144, 6176)",
    "product": "*".join(["9 ** 9"] * 400),
    "duration": 'duration("P999999999999999999Y") * 1e6000',
    "date": '@"9999-01-01" + @"P999999999999999999D" * 1e9',
    "text of a duration": 'string(@"P1D" * 1e6000)',
    "number from text": 'number("' + "9" * 5000 + '")',
    "position": 'substring("abc", 1e30)',
    "year": "date(999999999999, 1, 1)",
}

BOMBS: Final = {
    "string doubling": _doubling("{0}+{0}"),
    "list doubling": _doubling("concatenate({0}, {0})"),
    "shared lists flattened": f"flatten({_SHARED}.a39)",
    "shared lists as text": f"string({_SHARED}.a39)",
    "shared lists compared": _SHARED[:-1] + ", r: a39 = a39}.r",
    "shared lists distinct": f"distinct values([{_SHARED}.a39])",
    "joined": f'string join(for i in 1..9000 return "a", "{"x" * 9000}")',
    "replaced": (
        'replace(string join(for i in 1..9000 return "aaaaaaaaaa"), "a", "' + "x" * 5000 + '")'
    ),
    "split": 'split(string join(for i in 1..9000 return "aaaaaaaaaa"), "a")',
    "concatenated": "concatenate(" + ", ".join([f"({_NAMES})"] * 300) + ")",
    "contexts": (
        "context merge(for i in 1..2000 return context("
        "for j in 1..100 return {key: string(i * 100 + j), value: 1}))"
    ),
    "nested context": 'context put({}, for i in 1..5000 return "a", 1)',
    "warnings": "for i in 1..50000 return null + 1",
    "strings in a loop": (
        "for i in 1..100000 return string join("
        'for j in 1..100000 return "aaaaaaaaaaaaaaaaaaaa", "")'
    ),
}

LONG_LOOPS: Final = {
    "three loops": "for a in 1..1000, b in 1..1000, c in 1..1000 return 1",
    "endless loop": "for a in 1..99999999999999999999 return 1",
    "some": "some a in 1..1000, b in 1..1000 satisfies false",
    "every": "every a in 1..100000, b in 1..100000 satisfies true",
    "days": 'for d in @"0001-01-01"..@"999999999-01-01" return d',
    "partial": "for a in 1..100000 return sum(partial)",
    "filter in a filter": (
        "(for i in 1..1000 return i)[count((for j in 1..1000 return j)[item > 5]) > 1]"
    ),
    "sort in a sort": (
        "sort(for i in 1..20000 return i, function(a, b) sort([a, b], function(x, y) x < y)[1] = a)"
    ),
    "distinct": "distinct values(for i in 1..90000 return [i])",
}

RECURSION: Final = {
    "endless": "{f: function(n) f(n + 1), r: f(1)}.r",
    "branching": "{f: function(n) if n < 2 then 1 else f(n - 1) + f(n - 2), r: f(40)}.r",
    "self application": "(function(x) x(x))(function(x) x(x))",
    "two functions": "{f: function(n, g) g(n, f), r: f(1, f)}.r",
}

DEEP: Final = {
    "brackets": "(" * 5000 + "1" + ")" * 5000,
    "lists": "[" * 5000,
    "contexts": "{a:" * 5000,
    "minus": "-" * 5000 + "1",
    "conditions": "if true then " * 500,
    "functions": "function(x) " * 1000 + "1",
    "sum": "+".join(["1"] * 9000),
    "paths": "a" + ".b" * 6000,
    "filters": "a" + "[1]" * 6000,
    "conjunction": " and ".join(["true"] * 2000),
    "tests": "x in (" * 60 + "1",
    "open ranges": "[1..a[" * 40,
    "types": "1 instance of " + "list<" * 500 + "number" + ">" * 500,
    "comments": "/*" * 9000,
    "backslashes": '"' + "\\" * 9001,
    "words": "a " * 9000,
    "key": "{" + "a " * 9000,
    "argument": "f(" + "a " * 9000 + ")",
    "loop name": "for " + "a " * 9000,
    "too long": "a" * 30_000,
    "range from text": 'range("' + "[" * 5000 + '")',
}

PATTERNS: Final = {
    "nested repetition": 'matches("' + "a" * 5000 + 'b", "(a+)+$")',
    "alternatives": 'matches("' + "a" * 5000 + 'b", "(a|aa)+$")',
    "overlapping": 'matches("' + "x" * 5000 + '", "(.*)(.*)(.*)(.*)(.*)[^x]")',
    "counted repetition": 'matches("a", "((a{1,1000}){1,1000}){1,1000}")',
    "deep groups": 'matches("a", "' + "(a|b|" * 300 + ")" * 300 + '")',
    "large classes": r'matches("x", "\p{L}{900}\p{N}{900}")',
    "long pattern": 'matches("a", "' + "a?" * 5000 + '")',
    "class depth": 'matches("a", "' + "[a-[" * 200 + "]" * 400 + '")',
    "empty matches": 'replace("' + "a" * 9000 + '", "", "xxxxxxxxxxxxxxx")',
}

ATTACKS: Final = {
    f"{group}: {name}": text
    for group, texts in {
        "break out": BREAK_OUT,
        "numbers": HUGE_NUMBERS,
        "bombs": BOMBS,
        "loops": LONG_LOOPS,
        "recursion": RECURSION,
        "deep": DEEP,
        "patterns": PATTERNS,
    }.items()
    for name, text in texts.items()
}
