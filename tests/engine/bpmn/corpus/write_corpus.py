"""Writes the corpus of the present codec version; refuses to touch one that exists."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from engine.bpmn import read_model
from engine.bpmn.codec import VERSION
from tests.engine.bpmn.conftest import ELEMENTS, Run
from tests.engine.bpmn.corpus.situations import SITUATIONS

FOLDER: Final = Path(__file__).parent


def situation(model: str, variables: dict[str, object], steps: tuple[str, ...]) -> Run:
    """Bring an instance into a situation."""
    data = (ELEMENTS / f"{model}.bpmn").read_bytes()
    run = Run(read_model(data, f"{model}.bpmn"), variables)
    for step in steps:
        verb, _, value = step.rpartition(":")
        if verb == "message":
            run.message(value)
        elif verb == "signal":
            run.signal(value)
        elif verb == "days":
            run.pass_time(days=int(value))
        elif verb == "voters":
            run.begin_vote(value.split(","))
        else:
            element_id, _, outcome = step.partition("=")
            answers = {"outcome": outcome} if outcome else {}
            run.complete(element_id, 0, **answers)
    return run


def main() -> int:
    """Write one folder."""
    folder = FOLDER / f"v{VERSION}"
    if folder.exists():
        sys.stderr.write(f"{folder.name} 已存在，不会改写。It exists and is never rewritten.\n")
        return 1
    folder.mkdir()
    for name, model, variables, steps in SITUATIONS:
        run = situation(model, variables, steps)
        waits = sorted([wait.element_id, wait.kind.value] for wait in run.waits)
        kept = {"version": VERSION, "waits": waits, "state": json.loads(run.state)}
        text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        data = (ELEMENTS / f"{model}.bpmn").read_bytes()
        (folder / f"{name}.bpmn").write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
