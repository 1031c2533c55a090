"""Who does what by name: handlers, inbound handlers and lookups of an installation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.errors import ConfigurationError

if TYPE_CHECKING:
    from engine.dossier import Dossier
    from engine.exchange import Names, OutsideContract
    from engine.exhibit import ExhibitMaker
    from engine.gazette import Gazette
    from engine.handler import Lookup

Variables = Mapping[str, Any]


@dataclass(frozen=True)
class Registered:
    """A handler with what its signature says.

    Attributes:
        name: the ``zeebe:taskDefinition type`` it serves.
        function: the handler itself.
        inside: ``True`` = record handler, runs in the command's transaction.
        reads: ``{variable: required}`` from its keyword-only parameters.
        contract: how an outside handler talks to its partner.
        accepts: checks and converts what an inbound handler gets.
        title: what an inbound message is called, Chinese and English.
    """

    name: str
    function: Callable[..., Any]
    inside: bool
    reads: Mapping[str, bool]
    contract: OutsideContract | None = None
    accepts: Callable[[Variables], Variables] | None = None
    title: Names = ("", "")

    def arguments(self, variables: Variables) -> dict[str, Any]:
        """Pick the parameters from ``variables``; a missing one that has a default is left out."""
        return {name: variables.get(name) for name in self.reads if name in variables} | {
            name: None
            for name, required in self.reads.items()
            if required and name not in variables
        }


class HandlerRegistry:
    """All handlers and lookups of an installation, by name; a second one of a name is an error."""

    def __init__(self) -> None:
        self._handlers: Final[dict[str, Registered]] = {}
        self._inbound: Final[dict[tuple[str, str], Registered]] = {}
        self._lookups: Final[dict[str, Lookup]] = {}
        self._partners: Final[dict[str, Names]] = {}
        self._ways: Final[set[str]] = set()
        self._exhibits: Final[dict[str, ExhibitMaker]] = {}
        self._dossiers: Final[dict[str, Dossier]] = {}
        self._gazette: Gazette | None = None
        #: Kinds of units whose people take part in what their own posts name, and in nothing else.
        self.outsiders: Final[set[str]] = set()

    def add(
        self,
        name: str,
        function: Callable[..., Any],
        *,
        inside: bool,
        contract: OutsideContract | None = None,
    ) -> None:
        """Register ``function`` for service tasks of type ``name``.

        Raises:
            ConfigurationError: the name is taken by another function.
        """
        self._refuse_second(name, self._handlers.get(name), function)
        self._handlers[name] = Registered(name, function, inside, _reads(function), contract)

    def add_inbound(
        self,
        kind: str,
        message_type: str,
        function: Callable[..., Any],
        *,
        accepts: Callable[[Variables], Variables] | None = None,
        title: Names = ("", ""),
    ) -> None:
        """Register ``function`` for messages of ``message_type`` from partners of ``kind``.

        Raises:
            ConfigurationError: another function takes them.
        """
        name, key = f"{kind}: {message_type}", (kind, message_type)
        self._refuse_second(name, self._inbound.get(key), function)
        self._inbound[key] = Registered(
            name, function, True, _reads(function), accepts=accepts, title=title
        )

    def add_partner(
        self, kind: str, name_zh: str, name_en: str, *, has_address: bool = True
    ) -> None:
        """Name a kind of outside system; without an address it is a way to many receivers."""
        self._partners[kind] = (name_zh, name_en)
        if not has_address:
            self._ways.add(kind)

    def partner_names(self, kind: str) -> Names:
        """Return how a kind of outside system is called; an unnamed one by its key."""
        return self._partners.get(kind, (kind, kind))

    def add_lookup(self, name: str, function: Lookup) -> None:
        """Register ``function`` for form fields with ``lookup: name``.

        Raises:
            ConfigurationError: the name is taken by another function.
        """
        self._refuse_second(name, self._lookups.get(name), function)
        self._lookups[name] = function

    def add_exhibit(self, process_id: str, maker: ExhibitMaker) -> None:
        """Register what matters of a procedure have to show.

        Raises:
            ConfigurationError: the procedure has another one.
        """
        self._refuse_second(process_id, self._exhibits.get(process_id), maker)
        self._exhibits[process_id] = maker

    def exhibit(self, process_id: str) -> ExhibitMaker | None:
        """Return the maker of a procedure's exhibit, ``None`` when it has none."""
        return self._exhibits.get(process_id)

    def add_dossier(self, dossier: Dossier) -> None:
        """Register what an office may look through.

        Raises:
            ConfigurationError: there is another one of that name.
        """
        self._refuse_second(dossier.name, self._dossiers.get(dossier.name), dossier)
        self._dossiers[dossier.name] = dossier

    def dossiers(self) -> list[Dossier]:
        """Return everything that some office may look through, by name."""
        return [self._dossiers[name] for name in sorted(self._dossiers)]

    def set_gazette(self, gazette: Gazette) -> None:
        """Register what is published to everybody.

        Raises:
            ConfigurationError: there is another gazette.
        """
        self._refuse_second("gazette", self._gazette, gazette)
        self._gazette = gazette

    @property
    def gazette(self) -> Gazette | None:
        """What is published to everybody, ``None`` when nothing is."""
        return self._gazette

    def handler(self, name: str) -> Registered | None:
        """Return the handler of ``name``, ``None`` when there is none."""
        return self._handlers.get(name)

    def lookup(self, name: str) -> Lookup | None:
        """Return the lookup of ``name``, ``None`` when there is none."""
        return self._lookups.get(name)

    def inbound(self, kind: str, message_type: str) -> Registered | None:
        """Return who takes a message, ``None`` when nobody does."""
        return self._inbound.get((kind, message_type))

    def partner_kinds(self) -> frozenset[str]:
        """Return the kinds of outside systems with an address that handlers exchange with."""
        called = {known.contract.partner for known in self._handlers.values() if known.contract}
        return frozenset((called | {kind for kind, _type in self._inbound}) - self._ways)

    def names(self) -> frozenset[str]:
        """Return the names of all handlers."""
        return frozenset(self._handlers)

    def lookup_names(self) -> frozenset[str]:
        """Return the names of all lookups."""
        return frozenset(self._lookups)

    @staticmethod
    def _refuse_second(name: str, existing: object, function: object) -> None:
        known = existing.function if isinstance(existing, Registered) else existing
        if known is not None and known is not function:
            raise ConfigurationError(
                f"处理程序“{name}”被定义了两次，请改名。",
                f"Handler {name!r} is defined twice; rename one.",
            )


def _reads(function: Callable[..., Any]) -> dict[str, bool]:
    return {
        parameter.name: parameter.default is inspect.Parameter.empty
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
