"""The protocol of a draw: what it is drawn from, who contributed what, what came out.

``docs/draws.md`` says what every field means and how an outsider checks it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from handlers.draws.sampling import Need, draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT: Final = "procureflow-draw/1"
SERVER: Final = "server"


class Mode(StrEnum):
    """How hard the result is to steer, the strongest first."""

    PARTIES = "parties"
    SERVER_AND_DRAWER = "server_and_drawer"
    SERVER_ONLY = "server_only"


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """A party's share in the seed.

    Attributes:
        party: ``server``, ``drawer:<login>`` or ``applicant:<login>``.
        secret: the revealed text.
        commitment: hex SHA-256 of the secret, published before; empty = given without one.
        committed_at: ISO 8601, empty without a commitment.
        revealed_at: ISO 8601.
    """

    party: str
    secret: str
    commitment: str = ""
    committed_at: str = ""
    revealed_at: str


@dataclass(frozen=True, kw_only=True)
class FrozenList:
    """What is drawn from, fixed before anybody can know the seed.

    Attributes:
        draw: number of the draw.
        groups: ``{group: eligible ids}``, ids sorted.
        needs: what is drawn, in this order.
        excluded: ``{id: why}``.
        frozen_at: ISO 8601.
    """

    draw: str
    groups: Mapping[str, Sequence[str]]
    needs: Sequence[Need]
    excluded: Mapping[str, str] = field(default_factory=dict)
    frozen_at: str

    def to_json(self) -> dict[str, Any]:
        """Return what is hashed."""
        return {
            "draw": self.draw,
            "excluded": [
                {"id": name, "reason": why} for name, why in sorted(self.excluded.items())
            ],
            "frozen_at": self.frozen_at,
            "groups": [
                {"candidates": sorted(ids), "name": name}
                for name, ids in sorted(self.groups.items())
            ],
            "needs": [{"count": need.count, "group": need.group} for need in self.needs],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FrozenList:
        """Read what ``to_json`` wrote."""
        return cls(
            draw=data["draw"],
            groups={one["name"]: tuple(one["candidates"]) for one in data["groups"]},
            needs=tuple(Need(group=one["group"], count=one["count"]) for one in data["needs"]),
            excluded={one["id"]: one["reason"] for one in data["excluded"]},
            frozen_at=data["frozen_at"],
        )

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the canonical JSON."""
        return digest(self.to_json())


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a draw came to.

    Attributes:
        picks: ``{group: drawn ids}`` in the order of the needs.
        document: the protocol file as JSON data, its own digest included.
        sha256: that digest.
        mode: how hard it was to steer.
    """

    picks: Mapping[str, Sequence[str]]
    document: Mapping[str, Any]
    sha256: str
    mode: Mode


def canonical(value: Any) -> bytes:
    """Return JSON with sorted keys, no spaces, UTF-8: the same bytes for the same data."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(value: Any) -> str:
    """Return the hex SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()


def commitment_of(secret: str) -> str:
    """Return the commitment of a secret: hex SHA-256 of its UTF-8 text."""
    return hashlib.sha256(secret.encode()).hexdigest()


def seed_of(frozen: FrozenList, contributions: Sequence[Contribution]) -> str:
    """Return the seed, 64 hex digits: every secret and the list go in."""
    secrets = sorted([one.party, one.secret] for one in contributions)
    return digest({"format": FORMAT, "list": frozen.sha256, "secrets": secrets})


def mode_of(contributions: Sequence[Contribution]) -> Mode:
    """Say who had a share that the others could not foresee."""
    committed = [one for one in contributions if one.commitment and one.party != SERVER]
    if committed:
        return Mode.PARTIES
    given = [one for one in contributions if one.party != SERVER]
    return Mode.SERVER_AND_DRAWER if given else Mode.SERVER_ONLY


def run(
    frozen: FrozenList,
    contributions: Sequence[Contribution],
    *,
    drawn_at: str,
    replaces: Mapping[str, str] | None = None,
) -> Result:
    """Draw and write the protocol.

    Args:
        frozen: the list; every need must be coverable.
        contributions: every party's share, the server's among them.
        drawn_at: ISO 8601.
        replaces: ``{"draw", "protocol_sha256", "reason"}`` of the draw that this one follows.

    Raises:
        PoolShortError: a group has fewer candidates than are needed.
    """
    seed = seed_of(frozen, contributions)
    picks = draw(bytes.fromhex(seed), frozen.groups, frozen.needs)
    mode = mode_of(contributions)
    protocol = {
        "contributions": [vars(one) for one in sorted(contributions, key=lambda one: one.party)],
        "drawn_at": drawn_at,
        "format": FORMAT,
        "list": frozen.to_json(),
        "list_sha256": frozen.sha256,
        "mode": str(mode),
        "picks": [{"group": name, "ids": list(ids)} for name, ids in picks.items()],
        "replaces": dict(replaces) if replaces else None,
        "seed": seed,
    }
    sha256 = digest(protocol)
    return Result(
        picks=picks, document={"protocol": protocol, "sha256": sha256}, sha256=sha256, mode=mode
    )
