"""A matter pins everything it may need once; the pins are content hashes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.catalog import Binding, Manifest, Package, bindings, read_package
from engine.errors import ConfigurationError, NotFoundError, NoVariantError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_base_binds_what_it_refers_to(package: Package) -> None:
    binding = bindings(package, "leave_request", "410300")

    assert binding.region == ""
    assert list(binding.processes) == ["leave_request"]
    assert list(binding.decisions) == ["leave_class"]
    assert list(binding.forms) == ["leave_request.apply"]
    model = package.catalog.model(binding.process("leave_request"))
    assert "approve_request" in model.elements


@pytest.mark.parametrize("division", ["410100", "410122", "410105"])
def test_a_city_and_its_districts_get_the_citys_variant(package: Package, division: str) -> None:
    binding = bindings(package, "leave_request", division)

    assert binding.region == "410100"
    assert set(binding.processes) == {"leave_request", "leave_city_review"}
    assert binding.decisions == {}
    assert binding.form("leave_request.apply") == bindings(package, "leave_request", "410300").form(
        "leave_request.apply"
    )


def test_the_provinces_own_units_in_the_city_get_the_base(package: Package) -> None:
    assert bindings(package, "leave_request", "410000").region == ""


@pytest.mark.parametrize("division", ["410400", "110000"])
def test_elsewhere_the_start_is_refused(package: Package, division: str) -> None:
    with pytest.raises(NoVariantError) as refusal:
        bindings(package, "leave_request", division)

    assert refusal.value.code == "ERR_NO_VARIANT"
    assert division in refusal.value.message_zh


def test_equal_content_has_an_equal_hash_and_any_change_another(
    package: Package, leave: Path, change: Callable[[str, str, str], None]
) -> None:
    before = bindings(package, "leave_request", "410300")
    city = bindings(package, "leave_request", "410100")

    assert bindings(read_package(leave), "leave_request", "410300").sha256 == before.sha256
    change("leave_class.dmn", "&lt;= 3", "&lt;= 4")
    after = bindings(read_package(leave), "leave_request", "410300")

    assert after.sha256 != before.sha256
    assert after.process("leave_request") == before.process("leave_request")
    assert bindings(read_package(leave), "leave_request", "410100").sha256 == city.sha256


def test_a_binding_and_a_manifest_survive_json(package: Package) -> None:
    binding = bindings(package, "leave_request", "410122")

    stored = json.loads(json.dumps(binding.to_json()))
    manifest = Manifest.from_json(
        json.loads(json.dumps(package.manifest().to_json())), package.catalog
    )

    assert Binding.from_json(stored) == binding
    assert Binding.from_json(stored).sha256 == binding.sha256
    assert manifest == package.manifest()
    assert manifest.sha256 == package.sha256
    assert bindings(manifest, "leave_request", "410122") == binding


def test_what_was_not_pinned_is_not_found(package: Package) -> None:
    binding = bindings(package, "leave_request", "410300")

    with pytest.raises(NotFoundError):
        binding.process("leave_city_review")
    with pytest.raises(NotFoundError):
        binding.form("leave_request.other")


def test_a_reference_into_nothing_never_binds(package: Package) -> None:
    manifest = package.manifest()
    without = replace(
        manifest, resources=tuple(item for item in manifest.resources if item.kind != "decision")
    )

    with pytest.raises(ConfigurationError, match="leave_class"):
        bindings(without, "leave_request", "410300")


def test_a_binding_of_a_later_version_is_refused(package: Package) -> None:
    document = bindings(package, "leave_request", "410300").to_json()

    with pytest.raises(ConfigurationError, match="later version"):
        Binding.from_json({**document, "format": 2})
