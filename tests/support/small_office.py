"""A small office for the verbs: one unit, one person per post, the procedures of tests/packages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.catalog import read_package
from engine.commands import DeployPackage, ReturnWorkItem
from engine.handler import HandlerRegistry
from engine.model.participants import Actor, Membership, OrgUnit, Participant, Role
from engine.queries import WorkItemQuery
from engine.runtime import Engine
from engine.store.identity import put_org_unit, put_participant, put_role
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.commands import Completed
    from engine.queries.views import ReturnTargetView, WorkItemView
    from engine.settings import Settings

PACKAGES: Final = Path(__file__).resolve().parents[1] / "packages"
UNIT: Final = OrgUnit(code="KY01", name="科研院", parent=None, kind="采购单位", division="410100")

#: Login, name, post; the post's key is also the lane of the drawings.
PEOPLE: Final = (
    ("an", "安", "applicant"),
    ("ping", "平", "applicant"),
    ("shen", "沈", "approver"),
    ("fu", "傅", "reviewer"),
    ("ban", "班", "publisher"),
    ("fa", "法", "legal_first"),
    ("lu", "律", "legal_second"),
    ("cai", "蔡", "finance"),
    ("jian", "简", "inspector"),
    ("yi", "易", "signer"),
    ("er", "尔", "signer"),
    ("san", "单", "signer"),
    ("boss", "管", "admin"),
)
#: Who does the steps of a post.
HOLDER: Final = {post: login for login, _name, post in reversed(PEOPLE)}
FILLED: Final = {"subject": "修缮实验楼", "amount": "1200", "place": "东区"}


def small_office(settings: Settings, clock: FakeClock, *packages: str) -> Engine:
    """Return an engine with the people and some procedures of ``tests/packages``."""
    engine = Engine(settings, clock=clock, registry=HandlerRegistry())
    furnish_small_office(engine, *packages)
    return engine


def furnish_small_office(engine: Engine, *packages: str, keep: str = "-") -> None:
    """Put the people and some procedures into a database that has a schema."""
    with engine.database.session(write=True) as session:
        put_org_unit(session, UNIT)
        for post in dict.fromkeys(post for _login, _name, post in PEOPLE):
            put_role(session, Role(key=post, name=f"{post}岗", name_en=post))
        for login, name, post in PEOPLE:
            person = Participant(
                login=login,
                name=name,
                unit=UNIT,
                memberships=(Membership(role=post, unit=UNIT.code),),
            )
            put_participant(session, person, password_hash=keep)
        session.commit()
    for name in packages:
        package = read_package(PACKAGES / "processes" / name, PACKAGES / "forms" / name)
        engine.execute(DeployPackage(package=package))


@dataclass
class Desk:
    """One matter of the small office; whoever may do a step does it.

    Attributes:
        matter: the matter.
    """

    matter: ProcessDriver

    @classmethod
    def begin(cls, engine: Engine, process_id: str, *, fill: bool = True) -> Desk:
        """Start a procedure as 安 and hand the form in."""
        desk = cls(ProcessDriver.start(engine, process_id, by="an"))
        if fill:
            desk.fill()
        return desk

    @property
    def waiting_at(self) -> list[str]:
        """Ids of the open steps, sorted, once per work item."""
        return sorted(item.element_id for item in self.matter.work_items if item.is_open)

    def who(self, element_id: str) -> str:
        """Login of somebody who may do an open step."""
        return min(self.matter.people_at(element_id))

    def fill(self, **answers: str) -> Completed:
        """Hand in the form, with other answers where given."""
        return self.matter.complete("fill", by="an", answers={**FILLED, **answers})

    def do(self, *element_ids: str, outcome: str = "complete") -> None:
        """Let open steps be done one after the other."""
        for element_id in element_ids:
            self.matter.complete(element_id, outcome, by=self.who(element_id))

    def targets(self, element_id: str) -> dict[str, ReturnTargetView]:
        """Where an open step can be returned to, by key, as its person sees it."""
        view = self.page(element_id)
        verb = next(verb for verb in view.verbs if verb.verb == "return")
        return {target.key: target for target in verb.targets}

    def page(self, element_id: str, *, by: str = "") -> WorkItemView:
        """The page of an open step."""
        query = WorkItemQuery(work_item_key=self.matter.key_at(element_id))
        return self.matter.engine.ask(query, Actor(login=by or self.who(element_id)))

    def send_back(self, element_id: str, target: str, **facts: str) -> Completed:
        """Return from an open step; ``by``, ``reason``, ``policy`` and ``seen`` if need be."""
        by = facts.pop("by", "") or self.who(element_id)
        command = ReturnWorkItem(
            work_item_key=self.matter.key_at(element_id),
            target=target,
            **{"reason": "请补充材料。", **facts},
        )
        return self.matter.engine.execute(command, Actor(login=by))
