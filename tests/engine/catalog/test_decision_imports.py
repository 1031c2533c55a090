"""A decision may stand on the model of another file; a region may replace that file alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.catalog import bindings, read_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.errors import Finding

HEAD = 'xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
LIMIT = f"""<definitions {HEAD} id="limits" name="limits" namespace="http://procureflow/limits">
  <decision id="day_limit" name="day limit"><variable id="v" name="day limit" typeRef="number"/>
  <literalExpression id="e"><text>DAYS</text></literalExpression></decision>
</definitions>"""
USER = f"""<definitions {HEAD} id="classes" name="classes" namespace="http://procureflow/test">
  <import name="limits" namespace="http://procureflow/limits"
    importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
  <decision id="leave_class" name="leave class"><variable id="v" name="leave class"/>
    <informationRequirement id="r">
      <requiredDecision href="http://procureflow/limits#day_limit"/>
    </informationRequirement>
    <literalExpression id="e">
      <text>if days &gt; limits.day limit then "long" else "short"</text>
    </literalExpression>
  </decision>
</definitions>"""


@pytest.fixture
def importing(leave: Path) -> Path:
    """Give the package with ``leave_class`` on a limit from another file, read after it."""
    (leave / "leave_class.dmn").write_text(USER, encoding="utf-8")
    (leave / "limits.dmn").write_text(LIMIT.replace("DAYS", "3"), encoding="utf-8")
    return leave


def test_the_import_is_pinned_with_the_decision(importing: Path) -> None:
    package = read_package(importing)

    binding = bindings(package, "leave_request", "410300")

    layers = binding.decision_layers("leave_class")
    assert len(layers) == 2
    model = package.catalog.decision(layers)
    assert model.evaluate("leave_class", {"days": 4}).value == "long"


def test_a_region_replaces_the_imported_file_alone(importing: Path) -> None:
    region = importing / "regions" / "410300"
    region.mkdir()
    (region / "limits.dmn").write_text(LIMIT.replace("DAYS", "5"), encoding="utf-8")
    package = read_package(importing)

    base = bindings(package, "leave_request", "410000")
    city = bindings(package, "leave_request", "410300")

    assert (base.region, city.region) == ("", "410300")
    assert base.decision("leave_class") == city.decision("leave_class")
    model = package.catalog.decision(city.decision_layers("leave_class"))
    assert model.evaluate("leave_class", {"days": 4}).value == "short"


def test_the_package_with_an_import_is_sound(
    importing: Path, found: Callable[[], list[Finding]]
) -> None:
    assert importing.is_dir()
    assert [item for item in found() if item.severity == "error"] == []


def test_a_missing_import_is_refused_at_its_file(
    importing: Path, found: Callable[[], list[Finding]]
) -> None:
    (importing / "limits.dmn").unlink()

    errors = [item for item in found() if item.severity == "error"]

    assert {item.file for item in errors} == {"processes/leave_request/leave_class.dmn"}
    assert any("http://procureflow/limits" in item.message_en for item in errors)


def test_an_imported_namespace_has_one_file_per_rung(
    importing: Path, found: Callable[[], list[Finding]]
) -> None:
    other = LIMIT.replace("DAYS", "9").replace("day_limit", "other_limit")
    (importing / "limits_again.dmn").write_text(other, encoding="utf-8")

    assert "duplicate-definition" in [item.rule for item in found()]
