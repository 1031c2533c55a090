"""Reads a package: ``processes/<name>`` with ``forms/<name>``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from engine.catalog.decision_files import understand_decisions
from engine.catalog.definitions import Catalog
from engine.catalog.info import ProcessInfo, read_info
from engine.catalog.package_files import PackageFile, list_files
from engine.catalog.resources import Resource, ResourceKind
from engine.catalog.understanding import understand
from engine.errors import Finding, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_INFO_FILE: Final = "process.toml"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a deployment keeps of a package beside the bytes.

    Attributes:
        info: head of the package.
        resources: everything the package defines, by file.
    """

    info: ProcessInfo
    resources: tuple[Resource, ...]

    @property
    def process_id(self) -> str:
        """BPMN process id of the root process."""
        return self.info.id

    @cached_property
    def sha256(self) -> str:
        """Hex digest over all files; equal packages have equal digests."""
        lines = sorted({f"{item.file} {item.sha256}" for item in self.resources})
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return the manifest as JSON data; the head is read again from its bytes."""
        return {"format": 1, "resources": [item.to_json() for item in self.resources]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], catalog: Catalog) -> Manifest:
        """Read what ``to_json`` wrote; ``catalog`` gives the head."""
        resources = tuple(Resource.from_json(item) for item in data["resources"])
        info = next(item for item in resources if item.kind is ResourceKind.INFO)
        return cls(info=catalog.process_info(info.sha256), resources=resources)

    def of_kind(self, kind: ResourceKind) -> tuple[Resource, ...]:
        """Return the resources of one kind."""
        return tuple(item for item in self.resources if item.kind is kind)


@dataclass(frozen=True, kw_only=True)
class Package(Manifest):
    """A package with its bytes.

    Attributes:
        contents: ``{SHA-256: bytes}`` of every file.
        findings: what was wrong while reading; ``check_package`` repeats it.
    """

    contents: Mapping[str, bytes] = field(repr=False)
    findings: tuple[Finding, ...] = ()

    @cached_property
    def catalog(self) -> Catalog:
        """Parsed definitions of this package."""
        return Catalog(self.contents.__getitem__)

    def manifest(self) -> Manifest:
        """Return the package without its bytes."""
        return Manifest(info=self.info, resources=self.resources)


def find_packages(path: Path) -> tuple[Path, ...]:
    """Return the package folders at or right below ``path``, sorted by name.

    Raises:
        NotFoundError: there is none.
    """
    if (path / _INFO_FILE).is_file():
        return (path,)
    found = tuple(sorted(file.parent for file in path.glob(f"*/{_INFO_FILE}")))
    if not found:
        raise NotFoundError("流程包（含 process.toml 的文件夹）", "package", path)
    return found


def read_package(folder: Path, forms: Path | None = None) -> Package:
    """Read a package; faults are kept in ``findings``, see ``check_package``.

    Args:
        folder: ``processes/<name>``.
        forms: ``forms/<name>``; by default the folder of that name beside ``processes``.

    Raises:
        NotFoundError: ``folder`` has no ``process.toml``.
    """
    folder = folder.resolve()
    if not (folder / _INFO_FILE).is_file():
        raise NotFoundError("流程包（含 process.toml 的文件夹）", "package", folder.name)
    forms = forms or folder.parent.parent / "forms" / folder.name
    findings: list[Finding] = []
    files = [
        *list_files(folder, f"processes/{folder.name}", findings),
        *list_files(forms, f"forms/{folder.name}", findings),
    ]
    return build_package(folder.name, files, findings)


def build_package(
    name: str, files: Iterable[PackageFile], findings: Iterable[Finding] = ()
) -> Package:
    """Make a package of files that are in memory already.

    Args:
        name: name of the package's folder.
        files: one of them must be ``processes/<name>/process.toml``.
        findings: what was wrong while finding them.

    Raises:
        NotFoundError: no ``process.toml`` among them.
    """
    files = tuple(files)
    head = next((item for item in files if item.path == f"processes/{name}/{_INFO_FILE}"), None)
    if head is None:
        raise NotFoundError("流程包（含 process.toml 的文件夹）", "package", name)
    info, faults = read_info(head.content, head.path, name)
    contents = {item.sha256: item.content for item in files}
    catalog = Catalog(contents.__getitem__)
    kept = [*findings, *faults]
    resources: list[Resource] = []
    for item in files:
        if item.suffix != ".dmn":
            resources.extend(understand(item, catalog, kept))
    tables = [item for item in files if item.suffix == ".dmn"]
    resources.extend(understand_decisions(tables, kept))
    ordered = tuple(sorted(resources, key=lambda item: (item.file, item.kind, item.id)))
    return Package(info=info, resources=ordered, contents=contents, findings=tuple(kept))
