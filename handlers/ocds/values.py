"""Building blocks of a release: amounts, moments, organisations, documents."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from engine.clock import OFFICE_ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handlers.records.notices import PublishedNotice

Json = dict[str, Any]
#: Scheme of the unified social credit code; org-id.guide has no list for it.
_USCC: Final = "CN-USCC"


def value(amount: str | Decimal) -> Json:
    """Return an amount in yuan.

    A float is exact here: it keeps fifteen digits, and ``Money`` has no more.
    """
    number = Decimal(amount)
    whole = number == number.to_integral_value()
    return {"amount": int(number) if whole else float(number), "currency": "CNY"}


def moment(at: datetime) -> str:
    """Write a moment with the office's offset."""
    return at.astimezone(OFFICE_ZONE).isoformat(timespec="seconds")


def day(text: str, *, ends: bool = False) -> str:
    """Write the beginning (or the end) of a day that is kept as ISO text."""
    at = time(23, 59, 59) if ends else time()
    return datetime.combine(date.fromisoformat(text), at, tzinfo=OFFICE_ZONE).isoformat()


def organisation_id(code: str, uscc: str) -> str:
    """Return the id of an organisation in all releases."""
    return f"{_USCC}-{uscc}" if uscc else code


def parties(kept: Iterable[Mapping[str, Any]]) -> list[Json]:
    """Return the organisations of a notice; no people, phones or accounts."""
    found = []
    for one in kept:
        entry: Json = {
            "id": organisation_id(one["code"], one["uscc"]),
            "name": one["name"],
            "roles": list(one["roles"]),
        }
        if one["uscc"]:
            entry["identifier"] = {
                "scheme": _USCC,
                "id": one["uscc"],
                "legalName": one["name"],
            }
        found.append(entry)
    return found


def reference(kept: Mapping[str, Any]) -> Json:
    """Return what other parts of a release say of an organisation."""
    return {"id": organisation_id(kept["code"], kept["uscc"]), "name": kept["name"]}


def document(notice: PublishedNotice, kind: str, address: str) -> Json:
    """Return the published version as a document; ``kind`` of the codelist documentType."""
    return {
        "id": f"{notice.key}-{notice.version}",
        "documentType": kind,
        "title": notice.title,
        "url": f"{address}/notices/{notice.key}/{notice.version}",
        "datePublished": moment(notice.published_at),
        "format": "text/html",
        "language": "zh",
    }
