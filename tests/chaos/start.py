"""``python -m tests.chaos.start serve|work``: the product, with one fault planted on request."""

from __future__ import annotations

import os
import sys
from typing import Final

from engine.cli import main
from tests.chaos.faults import FAULTS

#: Names the fault; empty plants none.
FAULT_VARIABLE: Final = "CHAOS_FAULT"

if __name__ == "__main__":
    if os.environ.get(FAULT_VARIABLE):
        FAULTS[os.environ[FAULT_VARIABLE]]()
    sys.exit(main(sys.argv[1:]))
