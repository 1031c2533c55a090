"""Merge releases into the compiled release of a record (OCDS 1.1, Merging).

The rules need no schema here: what we publish is merged as a whole, by ``id``, or as a list of
texts. A test holds the result against the standard's own library with the standard's own rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.ocds.values import Json


def compiled(releases: Sequence[Json]) -> Json:
    """Return the state after all releases, which are in order of time.

    Raises:
        IndexError: there is no release.
    """
    merged: Json = {}
    for release in releases:
        _merge(merged, {key: part for key, part in release.items() if key not in ("id", "date")})
    last = releases[-1]
    return {
        **merged,
        "tag": ["compiled"],
        "id": f"{last['ocid']}-{last['date']}",
        "date": last["date"],
    }


def _merge(into: Json, update: Json) -> None:
    for key, new in update.items():
        old = into.get(key)
        if isinstance(new, dict):
            target = old if isinstance(old, dict) else into.setdefault(key, {})
            _merge(target, new)
        elif _has_ids(new):
            into[key] = _merged_list(old if isinstance(old, list) else [], new)
        else:
            into[key] = new


def _has_ids(part: Any) -> bool:
    return (
        isinstance(part, list)
        and bool(part)
        and all(isinstance(one, dict) and "id" in one for one in part)
    )


def _merged_list(old: list[Json], new: list[Json]) -> list[Json]:
    """Merge by ``id``; what is not named again stays."""
    by_id = {one["id"]: one for one in old}
    for one in new:
        _merge(by_id.setdefault(one["id"], {}), one)
    return list(by_id.values())
