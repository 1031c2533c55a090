"""``en.toml``: a flat table from the Chinese texts of a package to their English ones."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from engine.catalog.toml_table import TomlTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.bpmn import ProcessModel
    from engine.errors import Finding

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
#: Keys of a form's JSON whose text a person reads.
_SHOWN_KEYS: Final = frozenset({"label", "description", "text", "title", "placeholder"})


def read_texts(content: bytes, file: str) -> tuple[dict[str, str], list[Finding]]:
    """Return ``{Chinese: English}`` and what is wrong with the file."""
    table = TomlTable.parse(content, file)
    texts = {key: table.text(key, required=True) for key in table.names()}
    return {zh: en for zh, en in texts.items() if en}, table.findings


def is_chinese(text: str) -> bool:
    """Tell whether ``text`` holds a Chinese character."""
    return _CHINESE.search(text) is not None


def texts_of_model(model: ProcessModel) -> Iterator[tuple[str, str]]:
    """Yield ``(element id, Chinese text)`` of everything a diagram shows or pages repeat."""
    yield "", model.name
    for element in model.elements.values():
        yield element.id, element.name
        yield element.id, element.lane or ""
        yield element.id, element.documentation
    for flow in model.flows.values():
        yield flow.id, flow.name


def texts_of_form(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield ``(component key, Chinese text)`` of a form's JSON; nothing when it is broken."""
    try:
        data = json.loads(content)
    except ValueError:
        return
    yield from _walk(data, "")


def _walk(data: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, key)
    elif isinstance(data, dict):
        here = str(data.get("key") or key)
        for name, value in data.items():
            if isinstance(value, str) and name in _SHOWN_KEYS:
                yield here, value
            else:
                yield from _walk(value, here)


def missing_in(texts: Iterator[tuple[str, str]], english: Mapping[str, str]) -> list[str]:
    """Return the Chinese texts without an English one, each once, in order."""
    found = (text for _key, text in texts if is_chinese(text) and text not in english)
    return list(dict.fromkeys(found))
