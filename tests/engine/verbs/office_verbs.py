"""docs/office-verbs.md: every verb done in every structure, and what the engine then says.

Nothing of the page's tables is written by hand: ``python -m tests.engine.verbs.office_verbs``
renews it, ``test_office_verbs`` fails when it is out of date.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.clock import FakeClock
from engine.commands import (
    AddSigners,
    CancelParts,
    CirculateInstance,
    ClaimWorkItem,
    ConsultPeople,
    DelegateWorkItem,
    HandBackWorkItem,
    ReleaseWorkItem,
    ReturnWorkItem,
    SignWorkItem,
    TakeBackWorkItem,
    TransferWorkItem,
    UrgeInstance,
    WithdrawInstance,
)
from engine.errors import WorkflowError
from engine.model.participants import Actor
from engine.queries import Box
from engine.settings import Settings
from tests.support.counting import each_counted
from tests.support.databases import OPENING, migrated
from tests.support.memo import STRUCTURES, drafted, memo_engine
from tests.support.process_driver import ProcessDriver
from tests.support.verbs import do, listed, page, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.runtime import Engine

    Deed = Callable[[ProcessDriver], object]

PAGE: Final = Path(__file__).parents[3] / "docs" / "office-verbs.md"
_NAMES: Final = {
    "memo": "顺序（带退回的回路）",
    "memo_parallel": "并行分支",
    "memo_inside": "子流程",
    "memo_each": "多人各办一份",
    "memo_called": "被调用的流程",
}
_HEAD: Final = """# 办理动作在各种结构中的结果 / Office verbs by structure

Generated from the engine by `python -m tests.engine.verbs.office_verbs`; a test fails when this
page is out of date. Each cell was done in a matter of its own: an office handles a memo with the
steps 拟稿 (安然), 承办 (holders of a post: 安然、白露、岑岚) and 审批 (戴维、鄂宁); in the parallel
structure 协办 is open beside 承办. 白露 handles. The cell says which steps are open afterwards, who
has or may take them, and in brackets who was asked under them.

Targets and effects of returns: [returns.md](returns.md). Votes: [votes.md](votes.md).
"""


def act(driver: ProcessDriver, by: str, command: Any) -> None:
    """Execute a command as somebody."""
    driver.engine.execute(command, Actor(login=by))


def decide(driver: ProcessDriver, at: str, by: str) -> None:
    """Finish a step the way that goes on."""
    drawn = page(driver, by, driver.key_at(at)).outcomes
    onward = next((one.key for one in drawn if not one.returns), "complete")
    driver.complete(at, onward, by=by, answers={"points": "要点"} if at != "approve" else {})


def everybody_handles(driver: ProcessDriver) -> None:
    """Bring the matter to 审批."""
    while "approve" not in driver.waiting_at:
        for at in sorted(driver.waiting_at):
            decide(driver, at, "bai")


def _claimed(driver: ProcessDriver) -> None:
    do(driver, "bai", ClaimWorkItem)


def _released(driver: ProcessDriver) -> None:
    _claimed(driver)
    do(driver, "bai", ReleaseWorkItem)


def _hand_back(driver: ProcessDriver) -> None:
    do(driver, "bai", DelegateWorkItem, to="cen", reason="请核对")
    do(driver, "cen", HandBackWorkItem, opinion="已核对")


def _take_back(driver: ProcessDriver) -> None:
    do(driver, "bai", DelegateWorkItem, to="cen", reason="请核对")
    do(driver, "bai", TakeBackWorkItem, reason="我已回来")


def _sign_after(driver: ProcessDriver) -> None:
    do(driver, "bai", AddSigners, people=["gu"], when="after", request="请把关")
    decide(driver, "handle", "bai")


def _agreed(driver: ProcessDriver) -> None:
    _sign_after(driver)
    key = part_of(driver, "gu")
    act(driver, "gu", SignWorkItem(work_item_key=key, agree=True, opinion="同意"))


def _refused(driver: ProcessDriver) -> None:
    _sign_after(driver)
    key = part_of(driver, "gu")
    act(driver, "gu", SignWorkItem(work_item_key=key, agree=False, opinion="预算不足"))


def _removed(driver: ProcessDriver) -> None:
    do(driver, "bai", AddSigners, people=["gu"], when="before", request="请把关")
    parts = [part_of(driver, "gu")]
    do(driver, "bai", CancelParts, parts=parts, reason="已电话确认")


def _back(target: str) -> Deed:
    def deed(driver: ProcessDriver) -> None:
        everybody_handles(driver)
        do(driver, "dai", ReturnWorkItem, at="approve", target=target, reason="请修改")

    return deed


def _back_from_handle(driver: ProcessDriver) -> None:
    do(driver, "bai", ReturnWorkItem, target="draft", reason="请修改")


def _withdraw(driver: ProcessDriver) -> None:
    command = WithdrawInstance(instance_key=driver.instance_key, reason="内容有误")
    act(driver, driver.initiator, command)


def _circulate(driver: ProcessDriver) -> None:
    command = CirculateInstance(instance_key=driver.instance_key, people=["gu"], words="请阅")
    act(driver, driver.initiator, command)


def _urge(driver: ProcessDriver) -> None:
    act(driver, driver.initiator, UrgeInstance(instance_key=driver.instance_key, words="请尽快"))


#: (name, what is done)
VERBS: Final[tuple[tuple[str, Deed], ...]] = (
    ("提交后", lambda _driver: None),
    ("认领", _claimed),
    ("认领后释放", _released),
    ("转办给岑岚", lambda d: do(d, "bai", TransferWorkItem, to="cen", reason="出差")),
    ("委派给岑岚", lambda d: do(d, "bai", DelegateWorkItem, to="cen", reason="请核对")),
    ("委派后交回", _hand_back),
    ("委派后收回", _take_back),
    ("征求顾平意见", lambda d: do(d, "bai", ConsultPeople, people=["gu"], request="可行吗？")),
    (
        "前加签顾平",
        lambda d: do(d, "bai", AddSigners, people=["gu"], when="before", request="请把关"),
    ),
    ("前加签后减签", _removed),
    ("后加签顾平并作出决定", _sign_after),
    ("后加签人同意", _agreed),
    ("后加签人不同意", _refused),
    ("承办退回拟稿", _back_from_handle),
    ("审批退回承办", _back("handle")),
    ("审批退回拟稿", _back("draft")),
    ("发起人撤回", _withdraw),
    ("催办", _urge),
    # the last: what 顾平 has to read stays on the list
    ("抄送顾平", _circulate),
)


@dataclass(frozen=True)
class Cost:
    """What one command of a cell has cost."""

    structure: str
    verb: str
    command: str
    statements: int
    commits: int


def office_verbs() -> tuple[str, list[Cost]]:
    """Do every verb in every structure; return the page, and what each command has cost."""
    costs: list[Cost] = []
    found = [dict(_column(name, costs)) for name in STRUCTURES]
    names = " | ".join(_NAMES[name] for name in STRUCTURES)
    rows = [f"| 动作 | {names} |", "|---" * (len(STRUCTURES) + 1) + "|"]
    for verb, _deed in VERBS:
        rows.append(f"| **{verb}** | {' | '.join(cells[verb] for cells in found)} |")
    return _HEAD + "\n" + "\n".join(rows) + "\n", costs


def _column(structure: str, costs: list[Cost]) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/memo.db"
        migrated(url)
        settings = Settings(data_dir=Path(folder) / "var", database_url=url)
        with closing(memo_engine(settings, FakeClock(OPENING), structure)) as engine:
            for verb, deed in VERBS:
                note = partial(_noted, costs, structure, verb)
                yield verb, _cell(engine, structure, deed, note)


def _noted(
    costs: list[Cost], structure: str, verb: str, command: object, counts: dict[str, int]
) -> None:
    costs.append(Cost(structure, verb, type(command).__name__, **counts))


def _cell(
    engine: Engine, structure: str, deed: Deed, note: Callable[[object, dict[str, int]], None]
) -> str:
    driver = drafted(ProcessDriver.start(engine, structure, by="an"))
    try:
        with each_counted(engine, note):
            deed(driver)
    except WorkflowError as error:
        return f"*Not possible:* {error.message('zh')}"
    to_read = listed(engine, "gu", Box.TO_READ)
    return "；".join([*_open(driver), *["待阅：顾平"] * len(to_read)]) or "已办结"


def _open(driver: ProcessDriver) -> Iterator[str]:
    """Yield the current steps with who has them, and who was asked under them."""
    for step in driver.view().timeline:
        if step.state != "current":
            continue
        people = "、".join(person.name for person in step.people) or step.role
        asked = [
            f"{_KINDS.get(entry.kind, entry.kind)} {entry.person.name}".strip()
            for entry in step.entries
            if entry.state in ("current", "coming") or entry.kind == "urge"
        ]
        yield f"{step.name}：{people}" + (f"（{'，'.join(asked)}）" if asked else "")


_KINDS: Final = {
    "consult": "征求意见",
    "sign_before": "前加签",
    "sign_after": "后加签",
    "delegate": "委派",
    "decision": "决定待生效",
    "urge": "已催办",
}

if __name__ == "__main__":
    sys.stdout.write(office_verbs()[0])
