"""Start a procedure in one's own unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn import Interpreter
from engine.catalog import Manifest, bindings
from engine.commands.matter import MatterTree, Node
from engine.commands.progress import Cause, Progress
from engine.commands.requests import digest_of, earlier_answer, keep_answer
from engine.errors import NotAllowedError, NotFoundError
from engine.model.keys import new_key
from engine.model.states import InstanceState
from engine.model.work import Instance

if TYPE_CHECKING:
    from engine.catalog import Binding, ProcessInfo
    from engine.commands.services import Services
    from engine.store.definitions import DeploymentRow


@dataclass(frozen=True)
class StartedInstance:
    """What was started.

    Attributes:
        instance_key: the new root instance.
        work_item_key: the first work item that the initiator has, ``None`` if there is none.
    """

    instance_key: str
    work_item_key: str | None


@dataclass(frozen=True, kw_only=True)
class StartInstance:
    """发起: pin the definitions for the unit's division and run to the first wait.

    Attributes:
        process_id: the procedure.
        idempotency_key: the same for a repeated request.

    Raises:
        NotFoundError: no such procedure is deployed.
        NotAllowedError: the person holds none of the starting roles in the own unit.
        NoVariantError: the procedure is not deployed for the unit's division.
    """

    process_id: str
    idempotency_key: str = ""

    def execute(self, services: Services) -> StartedInstance:
        """Start."""
        command, digest = type(self).__name__, digest_of({"process": self.process_id})
        earlier = earlier_answer(services, self.idempotency_key, command, digest)
        if earlier is not None:
            return StartedInstance(earlier["instance_key"], earlier["work_item_key"])
        deployment = services.store.definitions.latest_of(self.process_id)
        if deployment is None:
            raise NotFoundError("流程", "procedure", self.process_id)
        manifest = Manifest.from_json(deployment.manifest, services.catalog)
        require_starter(manifest.info, services)
        started = self._start(deployment, manifest, services)
        keep_answer(services, self.idempotency_key, command, digest, vars(started))
        return started

    def _start(
        self, deployment: DeploymentRow, manifest: Manifest, services: Services
    ) -> StartedInstance:
        unit = services.person.unit
        binding = bindings(manifest, self.process_id, unit.division)
        services.store.definitions.put_binding(binding.sha256, deployment.key, binding.to_json())
        row = _new_root(deployment, binding, manifest.info, services)
        model = services.catalog.model(binding.process(self.process_id))
        node = Node(row, model, is_new=True)
        node.adopt(Interpreter.start(model, {}, now=services.now))
        tree = MatterTree(services, binding, [node])
        batch = Progress(tree, services, Cause(services.actor.login)).run(node)
        services.note("instance_started", root_key=row.key, detail={"process": self.process_id})
        own = [item for item in batch.work_items if item.assignee == services.actor.login]
        return StartedInstance(str(row.key), str(own[0].key) if own else None)


def require_starter(info: ProcessInfo, services: Services) -> None:
    """Refuse a person who may not start this procedure in the own unit.

    Raises:
        NotAllowedError: no starting role in the own unit.
    """
    person = services.person
    if not any(
        membership.role in info.starters and membership.unit == person.unit.code
        for membership in person.memberships
    ):
        raise NotAllowedError(
            f"您在本单位没有发起“{info.name}”的岗位，请联系管理员。",
            f"Your post in your unit may not start “{info.name_in('en')}”; ask an administrator.",
        )


def _new_root(
    deployment: DeploymentRow, binding: Binding, info: ProcessInfo, services: Services
) -> Instance:
    key, unit = new_key(), services.person.unit
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
        unit=unit.code,
        division=unit.division,
        initiator=services.actor.login,
        title="",
        number="",
        summary=(),
        submitted=False,
        started_at=services.now,
        ended_at=None,
        document="",
    )
