"""Puts the parts together: the names in the settings become modules here and nowhere else.

The engine may not import ``webui`` or ``handlers`` (layers contract): it knows their entry points
by name only, so that another user interface or another set of handlers takes their place by a
setting. ``importlib`` is the price; every name that cannot be loaded is a ``ConfigurationError``.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import ConfigurationError
from engine.runtime import Engine
from engine.store.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from engine.settings import Settings


def open_engine(settings: Settings) -> Engine:
    """Return an engine with every handler of the installation registered.

    Raises:
        ConfigurationError: a handler module cannot be loaded, or a name is taken twice.
    """
    load_handlers(settings.handler_package)
    return Engine(settings, clock=settings.clock())


def load_handlers(package: str) -> list[str]:
    """Import every module below ``package``; the decorators there fill the registry.

    Raises:
        ConfigurationError: the package or one of its modules cannot be imported.
    """
    root = _module(package)
    names = [package]
    for module in pkgutil.walk_packages(getattr(root, "__path__", []), f"{package}."):
        if ".migrations" not in module.name:
            _module(module.name)
            names.append(module.name)
    return names


def bring_up_to_date(engine: Engine, settings: Settings) -> list[str]:
    """Migrate the engine's and the records' tables; returns the revisions."""
    return migrate(engine.database, migration_folders(settings.record_package))


def migration_folders(package: str) -> list[Path]:
    """Return the folder with the records' migrations, if the package has one."""
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        spec = None
    places = (spec.submodule_search_locations or []) if spec else []
    folders = [Path(place) / "migrations" / "versions" for place in places]
    return [folder for folder in folders if folder.is_dir()]


def entry_point(name: str) -> Callable[..., Any]:
    """Return the function named ``module:function``.

    Raises:
        ConfigurationError: there is none.
    """
    module, _, function = name.partition(":")
    found = getattr(_module(module), function, None)
    if not callable(found):
        raise ConfigurationError(
            f"模块 {module} 中没有“{function}”，安装不完整，请重新执行 make setup。",
            f"{module} has no {function!r}: the installation is incomplete, run make setup.",
        )
    called: Callable[..., Any] = found
    return called


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ConfigurationError(
            f"无法加载模块 {name}（{error}），请重新执行 make setup。",
            f"Cannot load module {name} ({error}); run make setup.",
        ) from error
