"""An office and its procedures: random sound models with posts and separated steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

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
#: Seven people per post, so that separation and recusal never leave a step without anybody.
STAFF: Final = {f"{role[0]}{number}": role for role in ROLES for number in range(7)}
#: Who holds a further post: votes are small, so that a day is not all ballots.
PANELS: Final = {"panel": ("d0", "r0", "a0"), "council": ("d1", "r1", "a1", "r2")}
#: Accounts that are disabled; they still have their posts.
DISABLED: Final = frozenset({"d5", "a5"})
PEOPLE: Final = (STARTER, ADMIN, *STAFF)
_HEAD: Final = (
    'id = "{0}"\nname = "{0}"\ncategory = "days"\nstarters = ["embedded"]\ntitle = "null"\n'
    "withdraw = true\n"
)
_POLICIES: Final = ("replay", "resume", "resume")


@dataclass(frozen=True)
class Vote:
    """What the model says about a vote.

    Attributes:
        passes: ``vote.pass``.
        everybody: the round ends when all have voted.
        secret: nobody may know who said what.
        heavy: the role whose holders have two votes, empty for none.
        weights: weight by voter: the holders of the post.
    """

    passes: str
    everybody: bool
    secret: bool
    heavy: str
    weights: dict[str, int]


@dataclass(frozen=True)
class Duty:
    """What the model says about a user task.

    Attributes:
        roles: the posts whose holders may do it; none for the initiator's own step.
        apart: steps whose people may not do it, both directions.
        policy: of a return from here.
        batch: several may be agreed to at once.
        vote: the rule, ``None`` for what is no vote.
    """

    roles: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()
    policy: str = "replay"
    batch: bool = False
    vote: Vote | None = None


@dataclass(frozen=True)
class Procedure:
    """A deployed model with what it says about people."""

    process_id: str
    level: Level
    duties: dict[str, Duty]

    @property
    def votes(self) -> dict[str, Vote]:
        """The rules of its votes by user task."""
        return {task: duty.vote for task, duty in self.duties.items() if duty.vote is not None}


@dataclass(frozen=True)
class _Staff:
    unit: OrgUnit

    def execute(self, services: Services) -> None:
        session = services.store.session
        for key in (*ROLES, *PANELS, "embedded", "admin"):
            put_role(session, Role(key=key, name=key, name_en=key))
        for login in PEOPLE:
            role = {STARTER: "embedded", ADMIN: "admin"}.get(login) or STAFF[login]
            panels = [panel for panel, people in PANELS.items() if login in people]
            person = Participant(
                login=login,
                name=login,
                unit=self.unit,
                active=login not in DISABLED,
                memberships=tuple(
                    Membership(role=one, unit=self.unit.code) for one in (role, *panels)
                ),
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
    tasks = [node for _, node in level.everything() if node.kind == "task" and node.id != FILL]
    votes = {node.id: _vote(random) for node in tasks if node.loop and random.random() < 0.7}
    others = [node.id for node in tasks if node.id not in votes]
    repeated = {node.id for node in tasks if node.loop}
    duties = {FILL: Duty()} | votes | _dealt(others, repeated, random)
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


def _vote(random: Random) -> Duty:
    """Draw 会签, 或签, 依次 or 票签; the drawing says whether they vote one after the other."""
    panel, heavy = random.choice(list(PANELS)), random.choice(("", *ROLES))
    weights = {login: 2 if STAFF[login] == heavy else 1 for login in PANELS[panel]}
    passes = random.choice(("all", "1", "2", "50%", ">50%", "2/3"))
    everybody, secret = random.random() < 0.2, random.random() < 0.3
    vote = Vote(passes, everybody, secret, heavy, weights)
    return Duty((panel,), policy=random.choice(_POLICIES), vote=vote)


def _dealt(tasks: list[str], repeated: set[str], random: Random) -> dict[str, Duty]:
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
        task: Duty(
            (roles[task],),
            frozenset(apart[task]),
            random.choice(_POLICIES),
            batch=task not in repeated and random.random() < 0.5,
        )
        for task in tasks
    }


def with_duties(level: Level, duties: dict[str, Duty]) -> None:
    """Write the duties into the drawing."""
    for node_level, node in list(level.everything()):
        if node.kind == "task":
            duty = duties[node.id]
            people, votes = _written(node.id, duty), duty.vote is not None
            node_level.nodes[node.id] = replace(node, people=people, votes=votes)


def _written(task: str, duty: Duty) -> str:
    facts = {"return.policy": duty.policy}
    if duty.vote is not None:
        facts |= _rule(duty.vote)
    else:
        facts |= {"transfer.people": "post", "delegate.people": "anybody"}
    if duty.batch:
        facts["batch"] = "agree"
    given = f'<zeebe:assignmentDefinition candidateGroups="{", ".join(duty.roles)}"/>'
    if task == FILL:
        facts, given = {"assignee": "initiator", "submit": "true"}, ""
    # Written at one of the two, it holds in both directions.
    if named := sorted(other for other in duty.apart if other < task):
        facts["separate.from"] = ", ".join(named)
    properties = "".join(
        f'<zeebe:property name="{name}" value="{escape(value)}"/>' for name, value in facts.items()
    )
    return (
        f"<bpmn:extensionElements>{given}<zeebe:properties>{properties}</zeebe:properties>"
        "</bpmn:extensionElements>"
    )


def _rule(vote: Vote) -> dict[str, str]:
    """Write the rule of a vote."""
    facts = {
        "vote.pass": vote.passes,
        "vote.end": "all" if vote.everybody else "decided",
        "vote.secret": "true" if vote.secret else "false",
    }
    return facts | ({"vote.weights": f"{vote.heavy}:2"} if vote.heavy else {})
