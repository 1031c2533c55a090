"""The product (``serve``, ``work``), with one fault planted on request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from engine import cli
from tests.chaos.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Names the fault; empty plants none.
FAULT_VARIABLE: Final = "CHAOS_FAULT"


def main(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit status."""
    if os.environ.get(FAULT_VARIABLE):
        FAULTS[os.environ[FAULT_VARIABLE]]()
    return cli.main(arguments)
