"""Who takes part in a procurement, as the facts of a notice keep it (OCDS parties).

Names and codes are copied at the publication: a unit that is renamed later does not change what
was published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Organisation(Protocol):
    """A unit, supplier or agency of the records."""

    @property
    def code(self) -> str:
        """Code of its unit."""

    @property
    def name(self) -> str:
        """Registered name."""

    @property
    def uscc(self) -> str:
        """Unified social credit code, empty when it is not known."""


Party = dict[str, "str | list[str]"]


def party(one: Organisation, *roles: str) -> Party:
    """Return what a notice keeps of an organisation; ``roles`` of the codelist partyRole."""
    return {"code": one.code, "name": one.name, "uscc": one.uscc, "roles": list(roles)}


def buyer_and_suppliers(buyer: Organisation, suppliers: Iterable[Organisation]) -> list[Party]:
    """Return the purchaser and, each once, the suppliers."""
    unique = {one.code: one for one in suppliers}
    return [party(buyer, "buyer"), *(party(one, "supplier") for one in unique.values())]
