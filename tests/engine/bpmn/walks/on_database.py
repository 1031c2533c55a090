"""The same walk through the whole engine: commands, tables, worker, called instances."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, or_, select, update

from engine.bpmn import UncaughtError, WaitKind
from engine.commands import FireDueTimer, MoveToken
from engine.commands.matter import MatterTree
from engine.model.states import OPEN_WORK
from engine.store.tables import process_instance, timer, work_item
from tests.engine.bpmn.walks.drawing_xml import called_file, file_of
from tests.engine.bpmn.walks.walking import Tally, place_of, walk_over

if TYPE_CHECKING:
    from random import Random

    from engine.bpmn import Interpreter, Wait
    from engine.commands.services import Services
    from engine.embedded import Embedded
    from engine.store.instances import HistoryEvent
    from tests.engine.bpmn.walks.drawing import Level
    from tests.engine.bpmn.walks.tokens import Place

#: Of a step, and of the process that stands at one.
_OPEN_WORK: Final = (
    select(work_item.c.key)
    .join(process_instance, process_instance.c.key == work_item.c.instance_key)
    .where(
        work_item.c.root_key == bindparam("matter"),
        work_item.c.state.in_(OPEN_WORK),
        or_(
            and_(
                work_item.c.instance_key == bindparam("matter"),
                work_item.c.token_id == bindparam("token"),
            ),
            and_(
                process_instance.c.parent_key == bindparam("matter"),
                process_instance.c.parent_token == bindparam("token"),
            ),
        ),
    )
)


@dataclass(frozen=True)
class _Look:
    key: int

    def answer(self, services: Services) -> tuple[Interpreter, list[HistoryEvent]]:
        root = MatterTree.load(services, self.key).root
        events = services.store.instances.history(self.key)
        return root.interpreter, [one for one in events if one.instance_key == root.row.key]


class Matter:
    """One matter in a database; nothing of it is kept between two steps."""

    calls_copy = True

    def __init__(self, embedded: Embedded, process_id: str, pick: int) -> None:
        self._embedded = embedded
        self.key = int(embedded.start(process_id, {"pick": pick}))
        self._look()

    def _look(self) -> None:
        self.now, steps = self._embedded.engine.ask(_Look(self.key))
        self.done = Counter(step.element_id for step in steps if step.event == "completed")
        self.taken = Counter(step.element_id for step in steps if step.event == "taken")

    def waits(self) -> Counter[Place]:
        return Counter(place_of(wait) for wait in self.now.waits())

    def wait(self, place: Place) -> Wait:
        return next(wait for wait in self.now.waits() if place_of(wait) == place)

    def act(self, place: Place, pick: int) -> None:
        wait = self.wait(place)
        if wait.kind is WaitKind.TIMER:
            self._let_it_be_due(wait.token_id)
        elif wait.kind is WaitKind.MESSAGE:
            assert self._embedded.publish(wait.name, variables={"pick": pick})
        else:
            self._embedded.complete(self._work_of(wait), {"pick": pick})
        self._look()

    def throw(self, place: Place, code: str, pick: int) -> bool:
        try:
            self._embedded.throw_error(self._work_of(self.wait(place)), code, {"pick": pick})
        except UncaughtError:
            return False
        self._look()
        return True

    def jump(self, place: Place, target: str) -> None:
        wait = self.wait(place)
        self._embedded.engine.execute(
            MoveToken(
                instance_key=str(self.key),
                element_id=wait.element_id,
                target_element_id=target,
                reason="walk",
                token_id=wait.token_id,
            )
        )
        self._look()

    def there_and_back(self, _place: Place, _target: str) -> bool:
        """No command of one person does both; the walk in memory does."""
        return False

    def _work_of(self, wait: Wait) -> str:
        """Return the work item of a user task, or that of the process which a call has started."""
        found = {"matter": self.key, "token": wait.token_id}
        with self._embedded.engine.database.session(write=False) as session:
            return str(session.execute(_OPEN_WORK, found).scalars().first())

    def _let_it_be_due(self, token_id: str) -> None:
        engine = self._embedded.engine
        with engine.database.session(write=True) as session:
            session.execute(
                update(timer)
                .where(timer.c.instance_key == self.key, timer.c.token_id == token_id)
                .values(due_at=engine.clock.now())
            )
            session.commit()
        assert engine.execute(FireDueTimer())
        self._embedded.settle()


class Drawn:
    """A random model that is deployed once and walked as often as one likes."""

    def __init__(self, embedded: Embedded, level: Level, process_id: str) -> None:
        calls = [node.id for _, node in level.everything() if node.kind == "call"]
        prefix = f"called_{process_id}_"
        main = file_of(level, process_id).replace(b"called_", prefix.encode())
        embedded.deploy(main, *(called_file(call, prefix) for call in calls))
        self._embedded, self._level, self._process_id = embedded, level, process_id

    def walk(self, random: Random, tally: Tally, *, jumps: bool) -> None:
        """Walk one path; raises ``DifferenceError``."""
        walk_over(
            self._level,
            lambda pick: Matter(self._embedded, self._process_id, pick),
            random,
            tally,
            jumps=jumps,
        )
