from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.people import answers_of
from tests.webui.office_client import Person
from webui import create_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.runtime import Engine


@pytest.fixture
def app(office: Engine) -> Flask:
    """Give the pages on a furnished engine."""
    app = create_app(office, office.settings)
    app.testing = True
    return app


@pytest.fixture
def person(app: Flask) -> Callable[[str], Person]:
    """Give somebody who has logged in."""
    return lambda login: Person.logged_in(app, login)


@pytest.fixture
def typed_plan() -> dict[str, str]:
    """Give what is typed for plan PL025, by input name."""
    typed: dict[str, str] = {}
    for key, value in answers_of("PL025").items():
        if isinstance(value, list):
            for number, row in enumerate(value):
                typed |= {f"{key}-{number}-{name}": text for name, text in row.items()}
        else:
            typed[key] = value
    return typed
