"""``procureflow doctor``: do the interpreters and the rows that people see tell one story?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import WaitKind
from engine.catalog import Binding
from engine.cli.installation import open_engine
from engine.commands.matter import MatterTree
from engine.errors import WorkflowError
from engine.store.inspection import Inspection

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from engine.cli.voice import Voice
    from engine.commands.services import Services
    from engine.settings import Settings

_TABLES: Final = {
    WaitKind.USER_TASK: "work_item",
    WaitKind.MANUAL_TASK: "work_item",
    WaitKind.JOB: "job",
    WaitKind.TIMER: "timer",
    WaitKind.MESSAGE: "subscription",
    WaitKind.SIGNAL: "subscription",
}


@dataclass(frozen=True)
class Trouble:
    """Something that contradicts something else.

    Attributes:
        place: instance key and token, file hash, or binding.
        message_zh: what is wrong, Chinese.
        message_en: the same in English.
    """

    place: str
    message_zh: str
    message_en: str


@dataclass(frozen=True)
class Diagnosis:
    """The result of an examination.

    Attributes:
        matters: open matters that were examined.
        troubles: what was found; empty is healthy.
    """

    matters: int
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, kw_only=True)
class Examine:
    """Compare interpreter states, open rows, pinned definitions and attachment files."""

    def answer(self, services: Services) -> Diagnosis:
        """Examine everything that is open."""
        inspection = Inspection(services.store.session)
        roots = inspection.open_roots()
        troubles: list[Trouble] = []
        for root_key in roots:
            troubles.extend(_matter(root_key, inspection, services))
        troubles += [
            Trouble(
                f"{key}/{token}", f"事项已结束，{table} 仍未关闭", f"{table} open after the end"
            )
            for table, key, token in inspection.rows_of_ended()
        ]
        troubles.extend(_files(inspection, services))
        return Diagnosis(len(roots), tuple(troubles))


def _matter(root_key: int, inspection: Inspection, services: Services) -> Iterator[Trouble]:
    try:
        tree = MatterTree.load(services, root_key)
        told = set(_waits(tree))
    except WorkflowError as error:
        yield Trouble(
            str(root_key), f"无法读取：{error.message_zh}", f"unreadable: {error.message_en}"
        )
        return
    rows = inspection.open_rows(root_key)
    calls = {(table, key, token) for table, key, token in told if table == "call"}
    for table, key, token in sorted(told - calls - rows):
        yield Trouble(
            f"{key}/{token}", f"流程在等待，但没有 {table} 行", f"waits without a {table} row"
        )
    for table, key, token in sorted(rows - told):
        yield Trouble(f"{key}/{token}", f"{table} 行没有对应的等待", f"{table} row without a wait")
    for _table, key, token in sorted(calls):
        if not tree.children_at(key, token):
            yield Trouble(f"{key}/{token}", "被调用的流程不存在", "the called instance is missing")


def _waits(tree: MatterTree) -> Iterator[tuple[str, int, str]]:
    for key, node in tree.nodes.items():
        if not node.is_active:
            continue
        for wait in node.interpreter.waits():
            table = "call" if wait.kind is WaitKind.CALL else _TABLES.get(wait.kind, "unknown")
            yield table, key, wait.token_id


def _files(inspection: Inspection, services: Services) -> Iterator[Trouble]:
    stored = inspection.resource_hashes()
    for document in inspection.bindings():
        binding = Binding.from_json(document)
        pinned = {binding.info, *binding.processes.values(), *binding.texts}
        for layers in (*binding.decisions.values(), *binding.forms.values()):
            pinned.update(layers)
        for sha256 in sorted(pinned - stored):
            yield Trouble(sha256, "绑定的定义文件缺失", "a pinned definition is missing")
    for sha256 in inspection.attachment_hashes():
        try:
            services.blobs.get(sha256)
        except WorkflowError as error:
            yield Trouble(sha256, error.message_zh, error.message_en)


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "doctor", help=voice.pick("检查数据一致性", "check that the data agree")
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Examine and report; exit status 1 when anything is wrong."""
    engine = open_engine(settings)
    try:
        diagnosis = engine.ask(Examine())
    finally:
        engine.close()
    for trouble in diagnosis.troubles:
        voice.say(
            f"{trouble.place}：{trouble.message_zh}", f"{trouble.place}: {trouble.message_en}"
        )
    voice.say(
        f"检查了 {diagnosis.matters} 个在办事项，发现 {len(diagnosis.troubles)} 个问题。",
        f"{diagnosis.matters} open matters, {len(diagnosis.troubles)} problems.",
    )
    return 1 if diagnosis.troubles else 0
