"""What every program of the product reads at its start; see ``programs``."""

import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.pysqlite

import engine.cli
import engine.embedded
import webui
from engine.cli.installation import load_handlers
from engine.settings import Settings

__all__ = ["engine", "sqlalchemy", "webui"]

load_handlers(Settings().handler_package)
