"""The form that somebody fills in who starts a procedure without a log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.catalog import ResourceKind, resolve_layers
from engine.errors import ConfigurationError, NotAllowedError

if TYPE_CHECKING:
    from engine.catalog import Manifest
    from engine.commands.services import Services
    from engine.forms import Form
    from engine.model.participants import OrgUnit


def public_unit(manifest: Manifest, services: Services) -> OrgUnit:
    """Return the unit to which the matters belong that anybody starts.

    Raises:
        NotAllowedError: the procedure is not open to everybody.
        ConfigurationError: process.toml names no unit.
    """
    if not manifest.info.public_unit:
        raise NotAllowedError
    unit = services.store.identity.unit(manifest.info.public_unit)
    if unit is None:
        raise ConfigurationError(
            f"流程“{manifest.info.name}”的 public_unit 不是有效的单位，请管理员修改 process.toml。",
            f"public_unit of {manifest.info.id} is no unit; correct its process.toml.",
        )
    return unit


def public_form(manifest: Manifest, unit: OrgUnit, services: Services) -> Form:
    """Return the form for the unit's region.

    Raises:
        ConfigurationError: the package has no such form.
    """
    name = manifest.info.public_form
    layers = resolve_layers(manifest.resources, ResourceKind.FORM, name, unit.division)
    if not layers:
        raise ConfigurationError(
            f"流程“{manifest.info.name}”没有公开表单“{name}”，请管理员修改 process.toml。",
            f"{manifest.info.id} has no public form {name!r}; correct its process.toml.",
        )
    return services.catalog.form(tuple(layer.sha256 for layer in layers))
