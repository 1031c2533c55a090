"""Reads the DMN files of a package together, because they may import each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.catalog.resources import Resource, ResourceKind, need, rungs
from engine.catalog.understanding import faults_of, promised, resource_of
from engine.dmn import read_model
from engine.errors import WorkflowError
from engine.feel.office import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.catalog.package_files import PackageFile
    from engine.dmn import DmnModel
    from engine.errors import Finding


def understand_decisions(
    files: Iterable[PackageFile], findings: list[Finding]
) -> Iterator[Resource]:
    """Yield what DMN files define; faults are added to ``findings``.

    Files are read in as many rounds as their imports need; what is left then lacks an import,
    imports itself in a circle, or is wrong.
    """
    waiting = {file.path: file for file in files}
    read: dict[str, tuple[PackageFile, DmnModel]] = {}
    while True:
        before = len(waiting)
        for path, file in list(waiting.items()):
            model = _read(file, read)
            if not isinstance(model, WorkflowError):
                read[path] = (file, model)
                del waiting[path]
        if len(waiting) in (0, before):
            break
    for file in waiting.values():
        refusal = _read(file, read)
        if isinstance(refusal, WorkflowError):
            findings.extend(faults_of(refusal, file.path))
        yield promised(file)
    for file, model in read.values():
        yield from _defined(file, model)


def _read(
    file: PackageFile, others: dict[str, tuple[PackageFile, DmnModel]]
) -> DmnModel | WorkflowError:
    """Read alone, then with what the file could import on its rung."""
    importable: dict[str, DmnModel] = {}
    for region in rungs(file.region):
        for other, model in others.values():
            if other.region == region:
                importable.setdefault(model.definitions.namespace, model)
    try:
        return read_model(file.content, file.path, library=OFFICE)
    except WorkflowError as error:
        refusal = error
    try:
        if not importable:
            return refusal
        return read_model(file.content, file.path, importable, library=OFFICE)
    except WorkflowError as error:
        return error


def _defined(file: PackageFile, model: DmnModel) -> Iterator[Resource]:
    needs = [need(ResourceKind.MODEL, item.namespace) for item in model.definitions.imports]
    yield resource_of(file, ResourceKind.MODEL, model.definitions.namespace, needs)
    for name in model.decisions:
        yield resource_of(file, ResourceKind.DECISION, name, needs)
