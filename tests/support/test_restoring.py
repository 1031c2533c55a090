"""A database that was used holds what its template holds, or is not used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.support.databases import ThrowawayDatabases, chosen_kinds
from tests.support.furniture import furnished
from tests.support.restoring import Original

if TYPE_CHECKING:
    from collections.abc import Callable


pytestmark = pytest.mark.skipif(
    "postgresql" not in chosen_kinds(), reason="files of SQLite are copied for every test"
)
#: A row more, one less, one that is another.
USED = (
    "INSERT INTO role (key, name, name_en) VALUES ('guard', '门卫', 'Guard')",
    "DELETE FROM membership WHERE participant = 'zzyz_jb'",
    "UPDATE participant SET name = '另一人' WHERE login = 'zzjy_sh'",
)


@pytest.fixture
def postgres(throwaway_databases: Callable[[str], ThrowawayDatabases]) -> ThrowawayDatabases:
    return throwaway_databases("postgresql")


def conninfo(url: str) -> str:
    return url.replace("+psycopg", "")


def held(url: str) -> Original:
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        return Original.of(connection)


def test_what_was_changed_is_as_before(postgres: ThrowawayDatabases) -> None:
    with postgres.copy("furnished", furnished) as url:
        before = held(url)
        left_open = psycopg.connect(conninfo(url))
        for statement in USED:
            left_open.execute(statement)
        left_open.commit()
        left_open.execute("DELETE FROM membership")
        assert held(url) != before

    with postgres.copy("furnished", furnished) as again:
        assert again == url
        assert held(again) == before
    left_open.close()


def test_a_database_with_another_schema_is_not_used_again(postgres: ThrowawayDatabases) -> None:
    with postgres.copy("furnished", furnished) as url, psycopg.connect(conninfo(url)) as changing:
        changing.execute("ALTER TABLE role DISABLE TRIGGER ALL")

    with postgres.copy("furnished", furnished) as again:
        assert again != url
