"""docs/office-verbs.md says what the engine does."""

from __future__ import annotations

from tests.engine.verbs.office_verbs import PAGE, office_verbs_page


def test_page_is_current() -> None:
    """To renew: ``python -m tests.engine.verbs.office_verbs > docs/office-verbs.md``."""
    assert PAGE.read_text(encoding="utf-8") == office_verbs_page()
