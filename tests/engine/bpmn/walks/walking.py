"""One walk: the interpreter and the token model do the same, and are compared after every step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from engine.bpmn import Interpreter, JumpRefusedError, StepKind, WaitKind, read_model
from engine.bpmn.marking import Marking
from engine.errors import WorkflowError
from tests.engine.bpmn.walks import jumping
from tests.engine.bpmn.walks.drawing import FINISH, PICKS
from tests.engine.bpmn.walks.drawing_xml import file_of
from tests.engine.bpmn.walks.judge import Judge

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from engine.bpmn import ProcessModel, Wait
    from tests.engine.bpmn.walks.drawing import Level
    from tests.engine.bpmn.walks.tokens import Place

NOW: Final = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
STEPS: Final = 12
#: A sound model ends long before; one that multiplies tokens does not.
STEPS_TO_THE_END: Final = 600
_EVENTS: Final = (WaitKind.TIMER, WaitKind.MESSAGE, WaitKind.SIGNAL)


class DifferenceError(Exception):
    """The two disagree; ``what`` says about what."""

    def __init__(self, what: str, text: str) -> None:
        super().__init__(f"{what}: {text}")
        self.what = what


@dataclass
class Tally:
    """What was walked, so that a campaign can say what it covered."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, what: str) -> None:
        self.counts[what] += 1


def place_of(wait: Wait) -> Place:
    """Return the element and, of an activity, the instances of loops in which it is."""
    if wait.kind in _EVENTS:
        return wait.element_id, ()
    inputs = sorted(wait.inputs.items())
    return wait.element_id, tuple(
        (key.removeprefix("item_"), int(value)) for key, value in inputs if key.startswith("item_")
    )


class Case:
    """One instance of the interpreter; saved and loaded before every step."""

    calls_copy = False

    def __init__(self, model: ProcessModel, pick: int) -> None:
        self._model = model
        self.done: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        self._keep(Interpreter.start(model, {"pick": pick}, now=NOW))

    def _keep(self, interpreter: Interpreter) -> None:
        for step in interpreter.take_events():
            if step.event is StepKind.COMPLETED:
                self.done[step.element_id] += 1
            elif step.event is StepKind.TAKEN:
                self.taken[step.element_id] += 1
        self.state = interpreter.dump()
        self.now = Interpreter.load(self._model, self.state)

    def waits(self) -> Counter[Place]:
        return Counter(place_of(wait) for wait in self.now.waits())

    def wait(self, place: Place) -> Wait:
        return next(wait for wait in self.now.waits() if place_of(wait) == place)

    def act(self, place: Place, pick: int) -> None:
        wait = self.wait(place)
        if wait.kind is WaitKind.TIMER:
            self.now.fire_timer(wait.token_id, now=NOW)
        else:
            self.now.complete(wait.token_id, {"pick": pick}, now=NOW)
        self._keep(self.now)

    def throw(self, place: Place, code: str, pick: int) -> bool:
        caught = self.now.throw_error(self.wait(place).token_id, code, {"pick": pick}, now=NOW)
        self._keep(self.now)
        return caught

    def jump(self, place: Place, target: str) -> None:
        self.now.jump([self.wait(place).token_id], target, now=NOW)
        self._keep(self.now)

    def there_and_back(self, place: Place, target: str) -> bool:
        """Jump and put back what ended; ``False`` when the jump set something else in motion."""
        before = self.waits()
        effect = self.now.jump([self.wait(place).token_id], target, now=NOW)
        between = Interpreter.load(self._model, self.now.dump()).waits()
        ended = {token.token_id for token in effect.cancelled}
        old = Interpreter.load(self._model, self.state)
        inside = {row[0] for row in effect.marking.rows} | ended
        staying = {w.token_id for w in old.waits()} - inside
        hosts = {w.token_id for w in old.waits() if w.host_token_id in inside}
        elsewhere = {w.token_id for w in between if w.element_id != target}
        # A loop without rounds is passed at once, and that may have been the end.
        if elsewhere != staying - hosts or target not in {w.element_id for w in between}:
            self.now = old
            return False
        marking = Marking.from_text(effect.marking.to_text())
        try:
            self.now.restore([effect.token_id], marking, now=NOW)
        except JumpRefusedError:
            self.now = old
            return False
        self.now.take_events()
        self._keep(self.now)
        if self.waits() != before:
            raise DifferenceError("put back", f"after a jump from {place} to {target}")
        return True


class Walked(Protocol):
    """An instance that is walked: in memory (``Case``) or through the commands of the engine.

    Attributes:
        done: completed elements so far.
        taken: sequence flows taken so far.
        now: the interpreter as it was last saved, loaded anew.
        calls_copy: a call activity starts a real process, which gives all its variables back.
    """

    done: Counter[str]
    taken: Counter[str]
    now: Interpreter
    calls_copy: bool

    def waits(self) -> Counter[Place]:
        """Return what waits."""

    def wait(self, place: Place) -> Wait:
        """Return the wait at a place."""

    def act(self, place: Place, pick: int) -> None:
        """Complete the activity or let the event happen."""

    def throw(self, place: Place, code: str, pick: int) -> bool:
        """Throw an error; tell whether it was caught."""

    def jump(self, place: Place, target: str) -> None:
        """Move the token to another element."""

    def there_and_back(self, place: Place, target: str) -> bool:
        """Jump and put back what ended; ``False`` when that cannot be done."""


class Walk:
    """A random walk over one model, repeatable from its seed."""

    def __init__(
        self, level: Level, begin: Callable[[int], Walked], random: Random, tally: Tally
    ) -> None:
        self._kinds = {node.id: node.kind for _, node in level.everything()}
        self._events = {
            node.id: "message" if node.kind == "catch" else node.event
            for _, node in level.everything()
        }
        codes = {n.code for _, n in level.everything() if n.event == "error" and n.code}
        self._codes = [*sorted(codes), "OTHER"]
        self._may_jump = all(node.around is not None for _, node in level.everything())
        self._random = random
        self._tally = tally
        pick = random.randint(0, PICKS)
        self._case = begin(pick)
        self._judge = Judge(level, pick, calls_copy=self._case.calls_copy)

    def go(self, *, jumps: bool) -> None:
        """Walk and compare.

        Raises:
            DifferenceError: they disagree, or the model does not end.
        """
        self._compare("start")
        for _ in range(STEPS):
            if self._judge.is_over:
                break
            self._compare(self._step(jumps=jumps and self._may_jump))
        for _ in range(STEPS_TO_THE_END):
            if self._judge.is_over:
                break
            self._compare(self._act(self._choose(self._in_the_flow()), FINISH))
        if not self._judge.is_over:
            raise DifferenceError("end", "the model does not end")
        self._tally.add("walks")

    def _in_the_flow(self) -> list[Place]:
        places = sorted(self._judge.waits())
        return [p for p in places if self._kinds[p[0]] in ("task", "call", "catch")]

    def _choose(self, places: list[Place]) -> Place:
        return self._random.choice(places)

    def _step(self, *, jumps: bool) -> str:
        place = self._choose(sorted(self._judge.waits()))
        is_work = self._kinds[place[0]] in ("task", "call", "catch")
        dice = self._random.random()
        pick = self._random.randint(0, PICKS)
        if is_work and jumps and dice < 0.35:
            return self._jump(place)
        if self._kinds[place[0]] in ("task", "call") and dice > 0.85:
            return self._throw(place, self._random.choice(self._codes), pick)
        return self._act(place, pick)

    def _act(self, place: Place, pick: int) -> str:
        if self._events[place[0]] == "timer":
            pick = self._judge.pick
        self._tally.add(f"step {self._kinds[place[0]]} {self._events[place[0]]}".strip())
        self._judge.act(place, pick)
        self._case.act(place, pick)
        return f"{place[0]} with {pick}"

    def _throw(self, place: Place, code: str, pick: int) -> str:
        said = f"error {code} at {place[0]}"
        wanted = self._judge.throw(place, code, pick)
        self._tally.add("step error caught" if wanted else "step error uncaught")
        if self._case.throw(place, code, pick) is not wanted:
            raise DifferenceError("caught", f"{said}: by one only")
        return said

    def _jump(self, place: Place) -> str:
        token = self._case.wait(place).token_id
        offered = set(self._case.now.jump_targets([token]))
        wanted = jumping.targets(self._judge, place)
        if offered != wanted:
            more, less = sorted(offered - wanted), sorted(wanted - offered)
            raise DifferenceError("targets", f"from {place}: more {more}, less {less}")
        target = self._random.choice(sorted(wanted))
        tasks = sorted(key for key in wanted if self._kinds[key] == "task")
        if self._random.random() < 0.3 and tasks:
            back = self._random.choice(tasks)
            done = self._case.there_and_back(place, back)
            self._tally.add("there and back" if done else "there and no way back")
        self._tally.add(f"jump to {self._kinds[target]}")
        jumping.jump(self._judge, place, target)
        self._case.jump(place, target)
        return f"jump from {place[0]} to {target}"

    def _compare(self, after: str) -> None:
        case, judge = self._case, self._judge
        self._tally.add("compared")
        _same("waits", after, case.waits(), judge.waits())
        _same("completed", after, case.done, judge.done)
        _same("taken", after, case.taken, judge.taken)
        for key, values in judge.collected.items():
            found_values = case.now.variables.get(f"out_{key}")
            if found_values is not None and found_values != values:
                raise DifferenceError("results", f"after {after}: {key}: {found_values}")
        if case.now.is_completed != judge.is_over:
            raise DifferenceError("over", f"after {after}: {case.now.is_completed}")


def _same(what: str, after: str, found: Counter[Any], wanted: Counter[Any]) -> None:
    if found != wanted:
        text = f"more {dict(found - wanted)}, less {dict(wanted - found)}"
        raise DifferenceError(what, f"after {after}: {text}")


def walk(level: Level, random: Random, tally: Tally | None = None, *, jumps: bool = False) -> None:
    """Walk one path of one model in memory; raises ``DifferenceError``."""
    model = read_model(file_of(level), "walk.bpmn")
    walk_over(level, lambda pick: Case(model, pick), random, tally or Tally(), jumps=jumps)


def walk_over(
    level: Level, begin: Callable[[int], Walked], random: Random, tally: Tally, *, jumps: bool
) -> None:
    """Walk one path of an instance that ``begin`` starts; raises ``DifferenceError``."""
    try:
        Walk(level, begin, random, tally).go(jumps=jumps)
    except WorkflowError as error:
        raise DifferenceError(type(error).__name__, str(error)) from error
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        if place is None or "/walks/" in place.tb_frame.f_code.co_filename:
            raise
        raise DifferenceError(type(error).__name__, str(error)) from error
