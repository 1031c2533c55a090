"""The files of a package by what they define, and which of them a division gets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The rung below all regions: files outside ``regions/``.
BASE: Final = ""


class ResourceKind(StrEnum):
    """What a file defines."""

    INFO = "info"
    PROCESS = "process"
    DECISION = "decision"
    MODEL = "model"
    FORM = "form"
    TEXTS = "texts"
    VARIANT = "variant"


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One thing that a package defines; a DMN file gives one per decision and one for itself.

    Attributes:
        kind: what it is.
        id: BPMN process id, DMN decision id, namespace of a DMN model, form id; ``en`` for
            texts, the package's id for its ``process.toml``, the region's code for a
            ``variant.toml``.
        region: division code of its rung, ``BASE`` outside ``regions/``.
        file: path such as ``processes/leave/regions/410100/leave.bpmn``.
        sha256: hex digest of the file's bytes.
        size: bytes.
        needs: ``kind:id`` of everything it refers to, sorted.
        overlay: a form that changes the one of the rung below instead of replacing it.
    """

    kind: ResourceKind
    id: str
    region: str
    file: str
    sha256: str
    size: int
    needs: tuple[str, ...] = ()
    overlay: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the resource as JSON data."""
        return {
            "kind": str(self.kind),
            "id": self.id,
            "region": self.region,
            "file": self.file,
            "sha256": self.sha256,
            "size": self.size,
            "needs": list(self.needs),
            "overlay": self.overlay,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Resource:
        """Read what ``to_json`` wrote."""
        return cls(**{**data, "kind": ResourceKind(data["kind"]), "needs": tuple(data["needs"])})


def need(kind: ResourceKind, name: str) -> str:
    """Return the text form of a reference, as ``Resource.needs`` holds it."""
    return f"{kind}:{name}"


def split_need(text: str) -> tuple[ResourceKind, str]:
    """Return the kind and the id of a reference."""
    kind, _, name = text.partition(":")
    return ResourceKind(kind), name


def rungs(division: str) -> tuple[str, ...]:
    """Return the regions to look in, nearest first, the base last.

    ``410122`` gives ``410122, 410100, 410000, ""`` (GB/T 2260: two digits each for province,
    prefecture and county).
    """
    if not division:
        return (BASE,)
    codes = (division, f"{division[:4]}00", f"{division[:2]}0000", BASE)
    return tuple(dict.fromkeys(codes))


def resolve(
    resources: Iterable[Resource], kind: ResourceKind, name: str, division: str
) -> Resource | None:
    """Return the nearest whole resource for ``division``, ``None`` when there is none.

    Overlays are left out; see ``resolve_layers``.
    """
    layers = resolve_layers(resources, kind, name, division)
    return layers[0] if layers else None


def resolve_layers(
    resources: Iterable[Resource], kind: ResourceKind, name: str, division: str
) -> tuple[Resource, ...]:
    """Return the nearest whole resource and the overlays above it, in order of application.

    Empty when there is no whole resource.
    """
    found: dict[str, Resource] = {}
    for resource in resources:
        if resource.kind is kind and resource.id == name:
            found.setdefault(resource.region, resource)
    layers: list[Resource] = []
    for code in rungs(division):
        nearest = found.get(code)
        if nearest is None:
            continue
        layers.insert(0, nearest)
        if not nearest.overlay:
            return tuple(layers)
    return ()


def with_imports(
    resources: tuple[Resource, ...], resource: Resource, division: str
) -> tuple[str, ...]:
    """Return the hash of a DMN file and of all that it imports, each after what it needs itself.

    The file's own hash comes first. An import that does not exist is left out.
    """
    found: dict[str, None] = {}

    def visit(user: Resource) -> None:
        for text in user.needs:
            kind, name = split_need(text)
            model = resolve(resources, kind, name, division)
            if model is not None and model.sha256 not in found:
                visit(model)
                found[model.sha256] = None

    visit(resource)
    return (resource.sha256, *found)


def regions_of(resources: Iterable[Resource]) -> tuple[str, ...]:
    """Return every rung that occurs, the base first."""
    return tuple(sorted({BASE, *(resource.region for resource in resources)}))
