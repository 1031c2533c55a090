"""What every program of the product reads at its start; see ``programs``."""

import tempfile
from pathlib import Path

import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.pysqlite

import engine.cli
import engine.embedded
import webui
from engine.cli.installation import load_handlers
from engine.runtime import Engine
from engine.settings import Settings

__all__ = ["engine", "sqlalchemy", "webui"]


def compile_pages() -> None:
    """Compile the templates, which a server does one by one for those who ask first."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url="sqlite://")
        pages = webui.create_app(Engine(settings), settings).jinja_env
        for name in pages.list_templates():
            pages.get_template(name)


load_handlers(Settings().handler_package)
compile_pages()
