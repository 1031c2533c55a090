"""An engine with a small process that calls an outside system."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.catalog import Package, PackageFile, build_package
from engine.commands import DeployPackage
from engine.handler import HandlerRegistry
from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.runtime import Engine
from engine.store.identity import put_org_unit, put_participant, put_role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.clock import FakeClock
    from engine.commands.services import Services
    from engine.settings import Settings

INFO = """
id = "notify"
name = "通知"
category = "测试"
starters = ["clerk"]
title = "who"
"""
SUPPLIER = OrgUnit(code="u1", name="单位", parent=None, kind="采购单位", division="410100")


class AddPeople:
    """Put one clerk into an empty installation."""

    def execute(self, services: Services) -> None:
        session = services.store.session
        put_org_unit(session, SUPPLIER)
        put_role(session, Role(key="clerk", name="经办岗"))
        put_participant(
            session,
            Participant(
                login="li",
                name="李",
                unit=SUPPLIER,
                memberships=(Membership(role="clerk", unit="u1"),),
            ),
            password_hash="-",
        )


@pytest.fixture
def registry() -> HandlerRegistry:
    """Give an empty registry; each test declares the handler that it is about."""
    return HandlerRegistry()


@pytest.fixture
def package() -> Package:
    """Give the package: start, ``sms.send`` (an outside handler, error boundary), a user task."""
    model = Path(__file__).with_name("notify.bpmn").read_bytes()
    return build_package(
        "notify",
        [
            PackageFile(path="processes/notify/process.toml", content=INFO.encode()),
            PackageFile(path="processes/notify/notify.bpmn", content=model),
        ],
    )


@pytest.fixture
def engine(settings: Settings, clock: FakeClock, registry: HandlerRegistry) -> Iterator[Engine]:
    """Give an engine with one clerk on each kind of database."""
    engine = Engine(settings, clock=clock, registry=registry)
    engine.execute(AddPeople())
    yield engine
    engine.close()


@pytest.fixture
def deploy(
    engine: Engine, registry: HandlerRegistry, package: Package
) -> Callable[[Callable[..., object]], None]:
    """Give a function that declares the handler and deploys the package."""

    def declare(handler: Callable[..., object]) -> None:
        registry.add("sms.send", handler, inside=False)
        engine.execute(DeployPackage(package=package))

    return declare
