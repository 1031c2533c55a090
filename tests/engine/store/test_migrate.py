"""The schema comes from the migrations alone and fits the tables on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import handlers.records.tables  # noqa: F401 - declares the records' tables
from engine.store.database import Database
from engine.store.migrate import migrate
from engine.store.tables import metadata
from tests.support.databases import RECORD_MIGRATIONS


def test_an_empty_database_gets_every_table(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    assert inspect(database.engine).get_table_names() == []

    heads = migrate(database, RECORD_MIGRATIONS)

    assert len(heads) == 1 + len(RECORD_MIGRATIONS), "one head per branch"
    assert set(metadata.tables) <= set(inspect(database.engine).get_table_names())
    database.dispose()


def test_a_second_migration_changes_nothing(database_url: str) -> None:
    database = Database(database_url)
    before = sorted(inspect(database.engine).get_table_names())

    migrate(database, RECORD_MIGRATIONS)

    assert sorted(inspect(database.engine).get_table_names()) == before
    database.dispose()


def test_the_migrations_and_the_tables_agree(database_url: str) -> None:
    database = Database(database_url)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "compare_server_default": False}
        )
        differences = compare_metadata(context, metadata)
    database.dispose()

    assert differences == []
