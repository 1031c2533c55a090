"""Every Chinese text of the pages has its English one, and nothing stale is kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from webui import trail

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

WEBUI: Final = Path(trail.__file__).parent
PO: Final = WEBUI / "translations" / "en" / "LC_MESSAGES" / "messages.po"


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(BytesIO(PO.read_bytes()), locale="en")


@pytest.fixture(scope="module")
def sources() -> set[str]:
    """Give the texts that templates and modules ask to be translated."""
    found = extract_from_dir(
        str(WEBUI),
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        keywords={**DEFAULT_KEYWORDS, "lazy_gettext": None},
    )
    return {
        message[0] if isinstance(message, tuple) else message
        for file, _line, message, _comments, _context in found
        if not file.startswith("frontend/")
    }


def test_every_text_has_its_english_one(catalogue: Catalog, sources: set[str]) -> None:
    translated = {message.id[0] if message.pluralizable else message.id for message in catalogue}

    missing = sorted(sources - translated)

    assert missing == []


def test_no_translation_is_empty_guessed_or_chinese(catalogue: Catalog) -> None:
    texts = [
        (message.id, text)
        for message in catalogue
        if message.id
        for text in _strings(message.string)
    ]

    bad = [
        source
        for source, text in texts
        if not isinstance(text, str)
        or not text
        or any("\u4e00" <= sign <= "\u9fff" for sign in text)
    ]

    assert bad == []
    assert not any(message.fuzzy for message in catalogue if message.id)


def _strings(translation: object) -> list[object]:
    return list(translation) if isinstance(translation, list | tuple) else [translation]


def test_no_translation_outlives_its_text(catalogue: Catalog, sources: set[str]) -> None:
    kept = {
        message.id[0] if message.pluralizable else message.id for message in catalogue if message.id
    }

    assert sorted(kept - sources) == []


def test_translations_keep_their_placeholders(catalogue: Catalog) -> None:
    problems = [
        (message.id, str(error)) for message in catalogue for error in message.check(catalogue)
    ]

    assert problems == []


def test_templates_hold_no_untranslated_chinese() -> None:
    """Chinese in a template stands inside ``_("…")`` or is the product's seal."""
    loose = []
    for path in sorted((WEBUI / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for piece in _outside_of_calls(text):
            if any("\u4e00" <= sign <= "\u9fff" for sign in piece.replace(">采<", "")):
                loose.append((path.name, piece.strip()[:60]))

    assert loose == []


def _outside_of_calls(text: str) -> list[str]:
    """Return what stands between the translated texts, comments left out."""
    import re

    without_comments = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    return re.split(r"_\(\s*(?:\"[^\"]*\"|'[^']*')", without_comments)


def test_every_audit_action_of_the_engine_has_a_word() -> None:
    """The engine's stable names of actions on a matter are listed in ``webui.trail``."""
    import re

    commands = WEBUI.parent / "engine" / "commands"
    named = {
        match
        for path in commands.glob("*.py")
        for match in re.findall(
            r"note\(\s*\"([a-z_]+)\",\s*root_key", path.read_text(encoding="utf-8")
        )
    }

    assert named
    assert sorted(named - set(trail.ACTION_WORDS)) == []
