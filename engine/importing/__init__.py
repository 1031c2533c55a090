"""Files drawn elsewhere: recognised, converted, every change reported."""

from __future__ import annotations

from engine.importing.dialect import Dialect
from engine.importing.imported import Imported
from engine.importing.importer import import_model
from engine.importing.report import Change, ChangeKind

__all__ = ["Change", "ChangeKind", "Dialect", "Imported", "import_model"]
