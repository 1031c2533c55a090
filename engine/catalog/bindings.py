"""What an instance pins at its start: every definition it may ever need, by content hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from engine.catalog.resources import (
    BASE,
    ResourceKind,
    resolve_layers,
    rungs,
    split_need,
    with_imports,
)
from engine.errors import ConfigurationError, NotFoundError, NoVariantError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.catalog.package import Manifest
    from engine.catalog.resources import Resource

T = TypeVar("T")

_FORMAT: Final = 1


@dataclass(frozen=True, kw_only=True)
class Binding:
    """The pinned definitions of one matter; equal content has an equal ``sha256``.

    Attributes:
        process_id: the root process.
        region: nearest rung that anything was taken from, ``""`` = the base only.
        info: SHA-256 of the ``process.toml``.
        processes: ``{BPMN process id: SHA-256}``, the root and everything it may call.
        decisions: ``{DMN decision id: SHA-256 of its file and of all that it imports}``.
        forms: ``{form id: SHA-256 of the whole form and of its overlays, in order}``.
        texts: SHA-256 of the English texts, base first; later ones win.
    """

    process_id: str
    region: str
    info: str
    processes: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    def process(self, process_id: str) -> str:
        """Return the hash of a pinned model.

        Raises:
            NotFoundError: the matter did not pin it.
        """
        return _pinned(self.processes, process_id, "流程", "process")

    def decision(self, decision_id: str) -> str:
        """Return the hash of the file with a pinned decision.

        Raises:
            NotFoundError: the matter did not pin it.
        """
        return self.decision_layers(decision_id)[0]

    def decision_layers(self, decision_id: str) -> tuple[str, ...]:
        """Return the hashes of a pinned decision: its file, then what that imports.

        Raises:
            NotFoundError: the matter did not pin it.
        """
        return _pinned(self.decisions, decision_id, "决策表", "decision")

    def form(self, form_id: str) -> tuple[str, ...]:
        """Return the hashes of a pinned form: the whole form, then its overlays.

        Raises:
            NotFoundError: the matter did not pin it.
        """
        return _pinned(self.forms, form_id, "表单", "form")

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the canonical JSON."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return the binding as JSON data."""
        return {
            "format": _FORMAT,
            "process_id": self.process_id,
            "region": self.region,
            "info": self.info,
            "processes": dict(sorted(self.processes.items())),
            "decisions": {name: list(layers) for name, layers in sorted(self.decisions.items())},
            "forms": {name: list(layers) for name, layers in sorted(self.forms.items())},
            "texts": list(self.texts),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Binding:
        """Read what ``to_json`` wrote.

        Raises:
            ConfigurationError: written by a later version of this program.
        """
        if data["format"] != _FORMAT:
            raise ConfigurationError(
                f"绑定文档格式 {data['format']} 由更新的版本写入，请升级程序后再启动。",
                f"Binding format {data['format']} was written by a later version; upgrade.",
            )
        return cls(
            process_id=data["process_id"],
            region=data["region"],
            info=data["info"],
            processes=dict(data["processes"]),
            decisions={name: tuple(layers) for name, layers in data["decisions"].items()},
            forms={name: tuple(layers) for name, layers in data["forms"].items()},
            texts=tuple(data["texts"]),
        )


def _pinned(pinned: Mapping[str, T], name: str, kind_zh: str, kind_en: str) -> T:
    if name not in pinned:
        raise NotFoundError(kind_zh, kind_en, name)
    return pinned[name]


def bindings(package: Manifest, process_id: str, division: str) -> Binding:
    """Resolve everything that a matter of ``division`` may need, nearest region first.

    Args:
        package: a package or the manifest of a deployed one.
        process_id: the root process.
        division: GB/T 2260 code of the unit that the matter belongs to.

    Raises:
        NoVariantError: the procedure is not deployed for ``division``.
        ConfigurationError: the package refers to something that it does not hold.
    """
    if not package.info.covers(division):
        raise NoVariantError(package.info.name, division)
    closure = _Closure(package.resources, division)
    if not closure.add(ResourceKind.PROCESS, process_id):
        raise NoVariantError(package.info.name, division)
    taken = closure.taken
    return Binding(
        process_id=process_id,
        region=closure.nearest,
        info=closure.info,
        processes={key: layers[0] for key, layers in taken[ResourceKind.PROCESS].items()},
        decisions=taken[ResourceKind.DECISION],
        forms=taken[ResourceKind.FORM],
        texts=closure.texts,
    )


class _Closure:
    """Everything reachable from a process, for one division."""

    def __init__(self, resources: tuple[Resource, ...], division: str) -> None:
        self._resources = resources
        self._division = division
        self._regions: set[str] = {BASE}
        self.taken: dict[ResourceKind, dict[str, tuple[str, ...]]] = {
            ResourceKind.PROCESS: {},
            ResourceKind.DECISION: {},
            ResourceKind.MODEL: {},
            ResourceKind.FORM: {},
        }

    def add(self, kind: ResourceKind, name: str) -> bool:
        """Take a resource and all that it needs; ``False`` when there is none."""
        if name in self.taken[kind]:
            return True
        layers = resolve_layers(self._resources, kind, name, self._division)
        if not layers:
            return False
        self.taken[kind][name] = tuple(layer.sha256 for layer in layers)
        if kind is ResourceKind.DECISION:
            self.taken[kind][name] = with_imports(self._resources, layers[0], self._division)
        for layer in layers:
            self._regions.add(layer.region)
            for text in layer.needs:
                self._require(layer, *split_need(text))
        return True

    def _require(self, user: Resource, kind: ResourceKind, name: str) -> None:
        if not self.add(kind, name):
            raise ConfigurationError(
                f"{user.file} 引用的“{name}”在区划 {self._division} 不存在，请补充后重新部署。",
                f"{user.file} refers to {name!r}, which does not exist for {self._division}.",
            )

    @property
    def nearest(self) -> str:
        """The nearest rung that something was taken from."""
        return next(code for code in rungs(self._division) if code in self._regions)

    @property
    def info(self) -> str:
        """Hash of the ``process.toml``."""
        return next(item.sha256 for item in self._resources if item.kind is ResourceKind.INFO)

    @property
    def texts(self) -> tuple[str, ...]:
        """Hashes of the English texts, base first."""
        found = {
            item.region: item.sha256 for item in self._resources if item.kind is ResourceKind.TEXTS
        }
        return tuple(found[code] for code in reversed(rungs(self._division)) if code in found)
