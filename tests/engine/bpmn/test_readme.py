"""The example of engine/bpmn/README.md runs and says what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_example_runs() -> None:
    text = (ROOT / "engine" / "bpmn" / "README.md").read_text(encoding="utf-8")
    example = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0]

    done = subprocess.run(  # noqa: S603 - our own example
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == re.findall(r"# (\[.*\])", example)[0]
