"""Each file by its own language's rules; nothing defined twice; a root process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.bpmn import lint_model
from engine.catalog.checks.subject import fault
from engine.catalog.resources import BASE, ResourceKind, need, with_imports
from engine.dmn import check as check_decisions
from engine.errors import DeploymentRefusedError
from engine.forms import inspect_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding


def check_definitions(subject: Subject) -> Iterator[Finding]:
    """Run the checks of every file's own language."""
    yield from _second_of_its_kind(subject)
    yield from _root_process(subject)
    for resource in subject.package.of_kind(ResourceKind.PROCESS):
        yield from lint_model(subject.content(resource), resource.file)
    yield from _decisions(subject)
    yield from _forms(subject)


def _second_of_its_kind(subject: Subject) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], Resource] = {}
    needed = {text for resource in subject.package.resources for text in resource.needs}
    for resource in subject.package.resources:
        if resource.kind is ResourceKind.MODEL and need(resource.kind, resource.id) not in needed:
            continue  # a namespace that nobody imports may be shared
        key = (resource.kind, resource.id, resource.region)
        other = first.setdefault(key, resource)
        if other is not resource:
            yield fault(
                resource,
                "duplicate-definition",
                resource.id,
                f"“{resource.id}”已在 {other.file} 中定义，请改名或删除其一。",
                f"{resource.id!r} is already defined in {other.file}; rename or remove one",
            )


def _root_process(subject: Subject) -> Iterator[Finding]:
    """Check that wherever it may be started there is a diagram to start."""
    info, name = subject.package.of_kind(ResourceKind.INFO)[0], subject.package.process_id
    for prefix in subject.package.info.regions or (BASE,):
        if subject.layers(ResourceKind.PROCESS, name, prefix and prefix.ljust(6, "0")):
            continue
        others = sorted(
            {item.id for item in subject.package.of_kind(ResourceKind.PROCESS)} - {name}
        )
        where = (f"地区 {prefix} ", f" for region {prefix}") if prefix else ("", "")
        yield fault(
            info,
            "root-process",
            "id",
            f"{where[0]}没有流程 id 为“{name}”的 BPMN 文件，不能发起；"
            f"请把流程图中流程的 id 改为“{name}”（现有：{'、'.join(others) or '无'}）。",
            f"no BPMN file defines the process {name!r}{where[1]}: give the process in the diagram"
            f" that id (found: {', '.join(others) or 'none'})",
        )
        return


def _decisions(subject: Subject) -> Iterator[Finding]:
    for resource in subject.package.of_kind(ResourceKind.MODEL):
        layers = with_imports(subject.package.resources, resource, resource.region)
        try:
            findings = check_decisions(subject.package.catalog.decision(layers))
        except DeploymentRefusedError as error:
            findings = list(error.findings)
        for finding in findings:
            yield replace(finding, file=resource.file)


def _forms(subject: Subject) -> Iterator[Finding]:
    for resource in subject.package.of_kind(ResourceKind.FORM):
        if resource.overlay:
            yield from _overlay(subject, resource)
            continue
        lookups = subject.registry.lookup_names()
        yield from inspect_form(subject.content(resource), resource.file, lookups).findings


def _overlay(subject: Subject, resource: Resource) -> Iterator[Finding]:
    layers = subject.layers(ResourceKind.FORM, resource.id, resource.region)
    if not layers:
        yield fault(
            resource,
            "overlay-base",
            resource.id,
            f"差异表单“{resource.id}”没有可叠加的基础表单。",
            f"overlay {resource.id!r} has no form to lie on",
        )
        return
    try:
        subject.package.catalog.form(tuple(layer.sha256 for layer in layers))
    except DeploymentRefusedError as error:
        for finding in error.findings:
            yield replace(finding, file=resource.file)
