"""Draws in memory, as the expert draw makes them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from handlers.draws.protocol import SERVER, Contribution, FrozenList, commitment_of, run
from handlers.draws.sampling import Need

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.draws.protocol import Result

NETWORK: Final = tuple(f"EX{number:03d}" for number in range(1, 9))
AUDIT: Final = tuple(f"EX{number:03d}" for number in range(11, 17))
_OPENED, _FROZEN, _DRAWN = (f"2026-06-08T0{hour}:00:00+00:00" for hour in (1, 2, 3))


def frozen(
    groups: Mapping[str, Sequence[str]] | None = None, needs: Sequence[Need] = ()
) -> FrozenList:
    """Return three of eight network experts and two of six auditors, or what is given."""
    return FrozenList(
        draw="ZJ-410400-2026-00001",
        groups=groups or {"计算机网络": NETWORK, "财务审计": AUDIT},
        needs=needs or (Need(group="计算机网络", count=3), Need(group="财务审计", count=2)),
        excluded={"EX063": "AVOID_UNIT"},
        frozen_at=_FROZEN,
    )


def shares(number: int = 0, *, committed: bool = False) -> list[Contribution]:
    """Return what server, drawer and perhaps applicant contribute to draw ``number``."""
    server = hashlib.sha256(f"server {number}".encode()).hexdigest()
    found = [
        Contribution(
            party=SERVER,
            secret=server,
            commitment=commitment_of(server),
            committed_at=_OPENED,
            revealed_at=_DRAWN,
        ),
        Contribution(party="drawer:pdjg_cs", secret=f"骰子 {number}", revealed_at=_DRAWN),
    ]
    if committed:
        secret = f"采购人的随机数 {number}"
        found.append(
            Contribution(
                party="applicant:pdzx_jb",
                secret=secret,
                commitment=commitment_of(secret),
                committed_at=_FROZEN,
                revealed_at=_DRAWN,
            )
        )
    return found


_USUAL: Final = frozen()


def drawn(
    number: int = 0,
    *,
    committed: bool = False,
    of: FrozenList = _USUAL,
    by: Sequence[Contribution] = (),
) -> Result:
    """Return a finished draw."""
    return run(of, by or shares(number, committed=committed), drawn_at=_DRAWN)
