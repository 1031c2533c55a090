from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from webui import forms

if TYPE_CHECKING:
    from engine.forms import Form

README = (Path(forms.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_the_code_of_the_readme_runs(plan: Form, tmp_path: Path) -> None:
    found = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert found is not None
    script = tmp_path / "example.py"
    script.write_text(found[1], encoding="utf-8")

    ran = runpy.run_path(
        str(script), init_globals={**vars(forms), "form": plan, "MultiDict": MultiDict}
    )

    assert ran["state"].rows
