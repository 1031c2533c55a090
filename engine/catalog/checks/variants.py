"""A region's folder must say why it differs and from which base it was derived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.catalog.checks.subject import fault, hint
from engine.catalog.resources import BASE, Resource, ResourceKind, resolve_layers, rungs
from engine.catalog.variants import read_variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.catalog.checks.subject import Subject
    from engine.errors import Finding

_COMPARED = (ResourceKind.PROCESS, ResourceKind.DECISION, ResourceKind.FORM)


def check_variants(subject: Subject) -> Iterator[Finding]:
    """Check that every region has its record and that its base did not move on."""
    package = subject.package
    regional = [item for item in package.resources if item.region != BASE]
    for region in sorted({item.region for item in regional}):
        records = [
            item for item in regional if item.region == region and item.kind is ResourceKind.VARIANT
        ]
        if not records:
            example = next(item for item in regional if item.region == region)
            yield fault(
                example,
                "variant-record",
                "",
                f"地区 {region} 缺少 variant.toml，请写明 reason、legal_source、effective_from、"
                "owner 和 [base]。",
                f"region {region} lacks its variant.toml (reason, legal_source, effective_from,"
                " owner, [base])",
            )
            continue
        yield from _bases(subject, records[0])
        yield from _deployed(subject, records[0])


def _bases(subject: Subject, record: Resource) -> Iterator[Finding]:
    variant, _faults = read_variant(subject.content(record), record.file, record.region)
    overridden = _overridden(subject, record.region)
    for name in variant.base.keys() - overridden.keys():
        yield hint(
            record,
            "variant-base",
            name,
            f"[base] 中的“{name}”没有被本地区替换，请删除该行。",
            f"[base] names {name!r}, which this region does not replace",
        )
    for name, below in overridden.items():
        if variant.base.get(name) == below.sha256:
            continue
        stated = name in variant.base
        yield hint(
            record,
            "variant-rebase" if stated else "variant-base",
            name,
            f"基础文件 {below.file} 已变更，请核对差异（rebase）后改为 {below.sha256}。"
            if stated
            else f"[base] 缺少“{name}”，请写入 {below.sha256}。",
            f"the base {below.file} has changed: rebase, then state {below.sha256}"
            if stated
            else f"[base] lacks {name!r}; state {below.sha256}",
        )


def _overridden(subject: Subject, region: str) -> dict[str, Resource]:
    """Return ``{file name: the file below that a region's file replaces}``."""
    lower = rungs(region)[1]
    found: dict[str, Resource] = {}
    for item in subject.package.resources:
        if item.region != region or item.kind not in _COMPARED:
            continue
        below = resolve_layers(subject.package.resources, item.kind, item.id, lower)
        if below:
            found[_short(item.file)] = below[-1]
    return found


def _short(file: str) -> str:
    """Return ``forms/<name>`` for a form, else the file's name."""
    name = file.rsplit("/", 1)[-1]
    return f"forms/{name}" if file.startswith("forms/") else name


def _deployed(subject: Subject, record: Resource) -> Iterator[Finding]:
    info = subject.package.info
    significant = record.region.rstrip("0")
    used = info.covers(record.region) or any(
        prefix.startswith(significant) for prefix in info.regions
    )
    if not used:
        yield hint(
            record,
            "variant-unused",
            record.region,
            f"地区 {record.region} 不在 process.toml 的 regions 之内，此变体不会被使用。",
            f"region {record.region} is outside `regions` in process.toml: never used",
        )
