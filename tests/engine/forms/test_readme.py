from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

from engine import forms
from tests.engine.forms.conftest import HERE

if TYPE_CHECKING:
    from engine.forms import Form

README = (Path(forms.__file__).parent / "README.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_overlay_of_the_readme_applies(plan: Form) -> None:
    changed = forms.apply_overlay(plan, example("json").encode())

    paths = {place.path for place in changed.places}
    assert changed.label("plan_name") == "项目名称"
    assert {"note", "items.measure"} <= paths
    assert not {"items.unit", "policies"} & paths


def test_the_code_of_the_readme_runs(tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text(example("python"), encoding="utf-8")
    content = (HERE / "purchase_plan.form").read_bytes()

    ran = runpy.run_path(str(script), init_globals={**vars(forms), "content": content})

    assert ran["form"].id == "purchase.plan"
