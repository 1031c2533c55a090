"""Alembic migrations of the engine's tables; other folders may add branches of their own."""
