"""An office and its procedures: random sound models with posts and separated steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from engine.catalog import PackageFile, build_package
from engine.commands import DeployPackage
from engine.embedded import UNIT, Embedded
from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.store.identity import put_participant, put_role
from tests.engine.bpmn.walks.drawing import Flow, Level, Node
from tests.engine.bpmn.walks.drawing_xml import file_of
from tests.engine.bpmn.walks.generator import model

if TYPE_CHECKING:
    from random import Random

    from engine.commands.services import Services

#: Blocks of the models: sequence, choice, parallel, loop, sub-process, countersign.
STRUCTURES: Final = ("task", "xor", "and", "or", "loop", "sub", "mi")
ROLES: Final = ("desk", "review", "approval")
#: Whoever starts a matter; has no other post.
STARTER: Final = "an"
ADMIN: Final = "boss"
#: The step that the initiator fills in and submits.
FILL: Final = "fill"
#: Six people per post, so that separation never leaves a step without anybody.
STAFF: Final = {f"{role[0]}{number}": role for role in ROLES for number in range(6)}
#: Accounts that are disabled; they still have their posts.
DISABLED: Final = frozenset({"d5", "a5"})
PEOPLE: Final = (STARTER, ADMIN, *STAFF)
_HEAD: Final = (
    'id = "{0}"\nname = "{0}"\ncategory = "days"\nstarters = ["embedded"]\ntitle = "null"\n'
    "withdraw = true\n"
)
_POLICIES: Final = ("replay", "resume", "resume")


@dataclass(frozen=True)
class Duty:
    """What the model says about a user task.

    Attributes:
        role: the post whose holders may do it; empty for the initiator's own step.
        apart: steps whose people may not do it, both directions.
        policy: of a return from here.
    """

    role: str = ""
    apart: frozenset[str] = frozenset()
    policy: str = "replay"


@dataclass(frozen=True)
class Procedure:
    """A deployed model with what it says about people."""

    process_id: str
    level: Level
    duties: dict[str, Duty]


@dataclass(frozen=True)
class _Staff:
    unit: OrgUnit

    def execute(self, services: Services) -> None:
        session = services.store.session
        for key in (*ROLES, "embedded", "admin"):
            put_role(session, Role(key=key, name=key, name_en=key))
        for login in PEOPLE:
            role = {STARTER: "embedded", ADMIN: "admin"}.get(login) or STAFF[login]
            person = Participant(
                login=login,
                name=login,
                unit=self.unit,
                active=login not in DISABLED,
                memberships=(Membership(role=role, unit=self.unit.code),),
            )
            put_participant(session, person, password_hash="-")


def office(database_url: str) -> Embedded:
    """Return an engine with its people; nothing is deployed yet."""
    embedded = Embedded(database_url=database_url)
    embedded.engine.execute(_Staff(UNIT))
    return embedded


def draw(embedded: Embedded, random: Random, process_id: str) -> Procedure:
    """Draw a model, give its steps to posts, and deploy it."""
    level = _after_filling(model(random, STRUCTURES))
    tasks = [node.id for _, node in level.everything() if node.kind == "task" and node.id != FILL]
    duties = {FILL: Duty(policy="replay")} | _dealt(tasks, random)
    with_duties(level, duties)
    files = [
        PackageFile(
            path=f"processes/{process_id}/process.toml", content=_HEAD.format(process_id).encode()
        ),
        PackageFile(path=f"processes/{process_id}/1.bpmn", content=file_of(level, process_id)),
    ]
    embedded.engine.execute(DeployPackage(package=build_package(process_id, files)))
    return Procedure(process_id, level, duties)


def _after_filling(level: Level) -> Level:
    """Let the matter begin with the initiator's own step."""
    start = level.of_kind("start")[0]
    nodes = {FILL: Node(FILL, "task"), **level.nodes}
    flows = [
        replace(flow, source=FILL) if flow.source == start.id else flow for flow in level.flows
    ]
    return Level(nodes, [Flow("f_fill", start.id, FILL), *flows])


def _dealt(tasks: list[str], random: Random) -> dict[str, Duty]:
    roles = {task: random.choice(ROLES) for task in tasks}
    apart: dict[str, set[str]] = {task: set() for task in tasks}
    for task in tasks:
        others = [other for other in tasks if other != task and roles[other] == roles[task]]
        if others and random.random() < 0.9:
            other = random.choice(others)
            # Two at the most on either side: everybody else of the post may still do it.
            if len(apart[task]) < 2 and len(apart[other]) < 2:
                apart[task].add(other)
                apart[other].add(task)
    return {
        task: Duty(roles[task], frozenset(apart[task]), random.choice(_POLICIES)) for task in tasks
    }


def with_duties(level: Level, duties: dict[str, Duty]) -> None:
    """Write the duties into the drawing."""
    for node_level, node in list(level.everything()):
        if node.kind == "task":
            node_level.nodes[node.id] = replace(node, people=_written(node.id, duties[node.id]))


def _written(task: str, duty: Duty) -> str:
    facts = {"return.policy": duty.policy, "transfer.people": "post", "delegate.people": "anybody"}
    given = f'<zeebe:assignmentDefinition candidateGroups="{duty.role}"/>'
    if task == FILL:
        facts, given = {"assignee": "initiator", "submit": "true"}, ""
    # Written at one of the two, it holds in both directions.
    if named := sorted(other for other in duty.apart if other < task):
        facts["separate.from"] = ", ".join(named)
    properties = "".join(
        f'<zeebe:property name="{name}" value="{value}"/>' for name, value in facts.items()
    )
    return (
        f"<bpmn:extensionElements>{given}<zeebe:properties>{properties}</zeebe:properties>"
        "</bpmn:extensionElements>"
    )
