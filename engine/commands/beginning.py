"""How every matter begins: definitions pinned, the root instance made, run to its first waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.bpmn import Interpreter
from engine.calendar import set_division
from engine.catalog import Manifest, bindings
from engine.commands.matter import MatterTree, Node
from engine.commands.progress import Cause, Progress
from engine.errors import NotFoundError
from engine.model.keys import new_key
from engine.model.states import InstanceState
from engine.model.work import Instance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.catalog import Binding
    from engine.commands.resting import RowBatch
    from engine.commands.services import Services
    from engine.model.participants import OrgUnit
    from engine.store.definitions import DeploymentRow


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What a matter begins with.

    Attributes:
        unit: the unit it belongs to; its division chooses the regional variant.
        initiator: login, ``system`` for timers and signals.
        variables: routing facts.
        start_event: id of the start event, ``None`` for the plain ones.
    """

    unit: OrgUnit
    initiator: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    start_event: str | None = None


def newest(process_id: str, services: Services) -> tuple[DeploymentRow, Manifest]:
    """Return the newest version of a procedure.

    Raises:
        NotFoundError: it is not deployed.
    """
    deployment = services.store.definitions.latest_of(process_id)
    if deployment is None:
        raise NotFoundError("流程", "procedure", process_id)
    return deployment, Manifest.from_json(deployment.manifest, services.catalog)


def unit_for(code: str, services: Services) -> OrgUnit:
    """Return the unit of a new matter: a person's own; a program names one.

    Raises:
        NotFoundError: a program named an unknown unit.
    """
    if not services.actor.is_program:
        return services.person.unit
    unit = services.store.identity.unit(code)
    if unit is None:
        raise NotFoundError("单位", "unit", code)
    return unit


def begin(
    deployment: DeploymentRow, manifest: Manifest, start: Beginning, services: Services
) -> tuple[MatterTree, RowBatch]:
    """Begin a matter and run it to its first waits.

    Raises:
        NoVariantError: the procedure is not deployed for the unit's division.
    """
    process_id = manifest.process_id
    binding = bindings(manifest, process_id, start.unit.division)
    services.store.definitions.put_binding(binding.sha256, deployment.key, binding.to_json())
    row = _new_root(deployment, binding, start, services)
    model = services.catalog.model(binding.process(process_id))
    node = Node(row, model, is_new=True)
    set_division(row.division)
    node.adopt(
        Interpreter.start(
            model, dict(start.variables), now=services.now, start_event=start.start_event
        )
    )
    services.root_key = row.key
    tree = MatterTree(services, binding, [node])
    batch = Progress(tree, services, Cause(start.initiator)).run(node)
    services.note("instance_started", root_key=row.key, detail={"process": process_id})
    return tree, batch


def _new_root(
    deployment: DeploymentRow, binding: Binding, start: Beginning, services: Services
) -> Instance:
    key = new_key()
    return Instance(
        key=key,
        root_key=key,
        parent_key=None,
        parent_token=None,
        process_id=binding.process_id,
        binding=binding.sha256,
        version=deployment.version,
        region=binding.region,
        state=InstanceState.ACTIVE,
        revision=0,
        unit=start.unit.code,
        division=start.unit.division,
        initiator=start.initiator,
        title="",
        number="",
        summary=(),
        submitted=False,
        started_at=services.now,
        ended_at=None,
        document="",
    )
