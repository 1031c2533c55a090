"""The leave request for questions about it, on every database."""

from tests.engine.commands.conftest import engine, leave, office, submitted

__all__ = ["engine", "leave", "office", "submitted"]
