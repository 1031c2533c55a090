"""Says what a file of a package defines and what it refers to."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.catalog.resources import Resource, ResourceKind, need
from engine.catalog.texts import read_texts
from engine.catalog.variants import read_variant
from engine.errors import DeploymentRefusedError, Finding, WorkflowError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.bpmn import ProcessModel
    from engine.catalog.definitions import Catalog
    from engine.catalog.package_files import PackageFile


def understand(
    file: PackageFile, catalog: Catalog, findings: list[Finding]
) -> tuple[Resource, ...]:
    """Return what ``file`` (no DMN file) defines; faults are added to ``findings``.

    A file that cannot be read counts as the definition that its name promises, so that others
    which refer to it are not blamed too.
    """
    if file.suffix == ".toml":
        return _settings(file, findings)
    try:
        return _READERS[file.suffix](file, catalog)
    except WorkflowError as error:
        findings.extend(faults_of(error, file.path))
    return (promised(file),)


def faults_of(error: WorkflowError, file: str) -> list[Finding]:
    """Return why a file was refused as findings of that file."""
    if isinstance(error, DeploymentRefusedError):
        return [replace(finding, file=file) for finding in error.findings]
    return [
        Finding(
            rule="unreadable",
            severity="error",
            file=file,
            element_id="",
            message_zh=error.message_zh,
            message_en=error.message_en,
            line=getattr(error, "line", 0),
        )
    ]


def promised(file: PackageFile) -> Resource:
    """Return what an unreadable file's name says that it defines."""
    return resource_of(file, _KINDS[file.suffix], _promised_id(file))


def _promised_id(file: PackageFile) -> str:
    if file.suffix == ".form":
        return f"{file.path.split('/')[1]}.{file.stem}"
    return file.stem


def _settings(file: PackageFile, findings: list[Finding]) -> tuple[Resource, ...]:
    if file.name == "process.toml" and not file.region:
        return (resource_of(file, ResourceKind.INFO, file.path.split("/")[1]),)
    if file.name == "en.toml":
        findings.extend(read_texts(file.content, file.path)[1])
        return (resource_of(file, ResourceKind.TEXTS, "en"),)
    if file.name == "variant.toml" and file.region:
        findings.extend(read_variant(file.content, file.path, file.region)[1])
        return (resource_of(file, ResourceKind.VARIANT, file.region),)
    findings.append(
        Finding(
            rule="unexpected-file",
            severity="error",
            file=file.path,
            element_id="",
            message_zh="此处只允许 process.toml、en.toml，以及地区目录中的 variant.toml。",
            message_en="only process.toml, en.toml and, in a region's folder, variant.toml",
        )
    )
    return ()


def _process(file: PackageFile, catalog: Catalog) -> tuple[Resource, ...]:
    model = catalog.model(file.sha256)
    needs = {
        *(need(ResourceKind.PROCESS, name) for name in model.called_processes),
        *(need(ResourceKind.DECISION, name) for name in model.called_decisions),
        *(need(ResourceKind.FORM, name) for name in model.form_ids),
        *(need(ResourceKind.FORM, name) for name in named_in(model, "documents")),
        *(need(ResourceKind.DECISION, name) for name in named_in(model, "decisions")),
    }
    return (resource_of(file, ResourceKind.PROCESS, model.process_id, needs),)


def named_in(model: ProcessModel, name: str) -> frozenset[str]:
    """Return the ids that a property of the elements lists, separated by commas.

    ``documents`` of a user task are forms that it shows read-only, ``decisions`` of a service
    task are those that its handler asks.
    """
    return frozenset(
        one.strip()
        for element in model.elements.values()
        for one in element.properties.get(name, "").split(",")
        if one.strip()
    )


def _form(file: PackageFile, _catalog: Catalog) -> tuple[Resource, ...]:
    try:
        data: Any = json.loads(file.content)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        data = {}  # the form's own check says what is wrong with it
    name = str(data.get("id") or _promised_id(file))
    form = resource_of(file, ResourceKind.FORM, name)
    return (replace(form, overlay=data.get("overlay") is True),)


def resource_of(
    file: PackageFile, kind: ResourceKind, name: str, needs: Iterable[str] = ()
) -> Resource:
    """Return what ``file`` defines as ``name``."""
    return Resource(
        kind=kind,
        id=name,
        region=file.region,
        file=file.path,
        sha256=file.sha256,
        size=len(file.content),
        needs=tuple(sorted(needs)),
    )


_KINDS = {
    ".bpmn": ResourceKind.PROCESS,
    ".dmn": ResourceKind.DECISION,
    ".form": ResourceKind.FORM,
}
_READERS: dict[str, Callable[[PackageFile, Catalog], tuple[Resource, ...]]] = {
    ".bpmn": _process,
    ".form": _form,
}
