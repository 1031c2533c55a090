"""Parsed definitions by content hash, shared by all threads and bounded in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from engine.bpmn import read_deployed_model, read_model
from engine.catalog.info import read_info
from engine.catalog.texts import read_texts
from engine.dmn import read_model as read_decisions
from engine.feel.office import OFFICE
from engine.forms import apply_overlay, read_form

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from engine.bpmn import ProcessModel
    from engine.catalog.info import ProcessInfo
    from engine.dmn import DmnModel
    from engine.forms import Form

K = TypeVar("K", bound="Hashable")
V = TypeVar("V")

#: Parsed files kept per kind; a parsed model of 50 elements is about 200 kB.
CACHE_SIZE: Final = 256


class BoundedCache(Generic[K, V]):
    """Keeps the values used last; safe for several threads.

    Values are made outside the lock, so a slow parse never stops readers; two threads may make
    the same value at the same time, one of the two is kept.
    """

    def __init__(self, size: int = CACHE_SIZE) -> None:
        """Keep at most ``size`` (≥ 1) values."""
        self._size = size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of ``key``, made when it is not there."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            kept = self._values.setdefault(key, value)
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return kept

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self._values)


class ParsedFiles:
    """Parsed files by content hash; a hash says all, so several catalogs may share them."""

    def __init__(self, size: int = CACHE_SIZE) -> None:
        """Keep ``size`` files per kind."""
        self.models: BoundedCache[str, ProcessModel] = BoundedCache(size)
        self.decisions: BoundedCache[tuple[str, ...], DmnModel] = BoundedCache(size)
        self.forms: BoundedCache[tuple[str, ...], Form] = BoundedCache(size)
        self.texts: BoundedCache[tuple[str, ...], Mapping[str, str]] = BoundedCache(size)
        self.infos: BoundedCache[str, ProcessInfo] = BoundedCache(size)


class Catalog:
    """Gives out parsed definitions; content never changes under a hash, so nothing expires."""

    def __init__(
        self,
        load: Callable[[str], bytes],
        parsed: ParsedFiles | None = None,
        *,
        is_deployed: bool = False,
    ) -> None:
        """Read bytes with ``load(sha256)``.

        Args:
            load: gives the content of a hash.
            parsed: what is in it is not read again.
            is_deployed: everything was accepted before; the rules of models are not asked again.
        """
        self._load = load
        self._read_model = read_deployed_model if is_deployed else read_model
        self._parsed = parsed or ParsedFiles()

    def content(self, sha256: str) -> bytes:
        """Return the bytes of a deployed file."""
        return self._load(sha256)

    def model(self, sha256: str) -> ProcessModel:
        """Return the process model of a BPMN file.

        Raises:
            DeploymentRefusedError: the file cannot be read.
        """
        return self._parsed.models.get(sha256, lambda: self._read_model(self._load(sha256), sha256))

    def decision(self, source: str | tuple[str, ...]) -> DmnModel:
        """Return the decisions of a DMN file.

        Args:
            source: hash of the file, or ``Binding.decision_layers`` when it may have imports.

        Raises:
            DeploymentRefusedError: a file cannot be read, or lacks an import.
        """
        layers = (source,) if isinstance(source, str) else source
        return self._parsed.decisions.get(layers, lambda: self._importing(layers))

    def form(self, layers: tuple[str, ...]) -> Form:
        """Return a form with its overlays applied in order; see ``Binding.form``.

        Raises:
            DeploymentRefusedError: a file cannot be read.
        """
        return self._parsed.forms.get(tuple(layers), lambda: self._layered(tuple(layers)))

    def texts(self, layers: tuple[str, ...]) -> Mapping[str, str]:
        """Return ``{Chinese: English}`` of ``Binding.texts``; later layers win."""
        return self._parsed.texts.get(tuple(layers), lambda: self._merged(tuple(layers)))

    def process_info(self, sha256: str) -> ProcessInfo:
        """Return the head of a package from its ``process.toml``."""
        return self._parsed.infos.get(sha256, lambda: read_info(self._load(sha256), sha256, "")[0])

    def _importing(self, layers: tuple[str, ...]) -> DmnModel:
        known: dict[str, DmnModel] = {}
        for sha256 in layers[1:]:
            model = read_decisions(self._load(sha256), sha256, known, library=OFFICE)
            known[model.definitions.namespace] = model
        return read_decisions(self._load(layers[0]), layers[0], known, library=OFFICE)

    def _layered(self, layers: tuple[str, ...]) -> Form:
        form = read_form(self._load(layers[0]), layers[0])
        for sha256 in layers[1:]:
            form = apply_overlay(form, self._load(sha256))
        return form

    def _merged(self, layers: tuple[str, ...]) -> Mapping[str, str]:
        merged: dict[str, str] = {}
        for sha256 in layers:
            merged |= read_texts(self._load(sha256), sha256)[0]
        return merged
