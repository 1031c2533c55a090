"""Process content in the reader's language: the package's own English texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.voting import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.catalog import Binding, ProcessInfo
    from engine.commands.services import Services


class Translator:
    """Translates texts of one package; a text without translation stays Chinese.

    Attributes:
        language: the reader's language.
        texts: ``{Chinese: English}``, empty for Chinese readers.
        process_name: the procedure's name in that language.
    """

    def __init__(self, language: str, texts: Mapping[str, str], process_name: str) -> None:
        """Keep the texts."""
        self.language = language
        self.texts = texts
        self.process_name = process_name

    def __call__(self, text: str) -> str:
        """Return ``text`` in the reader's language."""
        return self.texts.get(text, text)


def translator(services: Services, binding_sha256: str) -> Translator:
    """Return the translator of what an instance pinned."""
    binding = services.binding(binding_sha256)
    return translator_of(services, binding, services.catalog.process_info(binding.info))


def translator_of(services: Services, binding: Binding, info: ProcessInfo) -> Translator:
    """Return the translator of a binding and its package head."""
    language = services.language
    texts: Mapping[str, str] = {}
    if language == "en":
        own = {item.label: item.label_en for item in info.summary if item.label_en}
        texts = {**ENGLISH, **own, **services.catalog.texts(binding.texts)}
    return Translator(language, texts, info.name_in(language))
