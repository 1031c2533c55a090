"""The procedures of the crowded office: four user tasks each, deployed under several names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.catalog import build_package
from engine.catalog.package_files import PackageFile
from engine.commands import DeployPackage, StartInstance
from engine.store.tables import process_instance

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.runtime import Engine

#: (id, name, role, unit rule) of the steps.
STEPS: Final = (
    ("fill", "填报", "bench_handler", "own"),
    ("review", "主管单位审核", "bench_reviewer", "superior"),
    ("office", "业务处室审核", "bench_office", "own"),
    ("regulate", "监管单位审核", "bench_regulator", "covering"),
)
PROCEDURES: Final = {
    "bench_plan": "采购计划备案",
    "bench_intention": "采购意向公开",
    "bench_change": "采购方式变更",
    "bench_single": "单一来源公示",
    "bench_contract": "合同备案",
    "bench_accept": "履约验收",
    "bench_pay": "支付申请",
    "bench_import": "进口产品论证",
}


@dataclass(frozen=True)
class Deployed:
    """What instances of a procedure have in common.

    Attributes:
        process_id: the procedure.
        binding: SHA-256 of what they pinned.
        document: an interpreter state.
    """

    process_id: str
    binding: str
    document: str


def deploy(engine: Engine, unit: str) -> list[Deployed]:
    """Deploy the procedures and start one instance of each in ``unit``."""
    found = []
    for process_id, name in PROCEDURES.items():
        files = [
            PackageFile(path=f"processes/{process_id}/{file}", content=text.encode())
            for file, text in (
                ("process.toml", _head(process_id, name)),
                (f"{process_id}.bpmn", _model(process_id, name)),
            )
        ]
        engine.execute(DeployPackage(package=build_package(process_id, files)))
        started = engine.execute(StartInstance(process_id=process_id, unit=unit))
        with engine.database.engine.connect() as connection:
            found.append(_pinned(connection, process_id, int(started.instance_key)))
    return found


def _pinned(connection: Connection, process_id: str, key: int) -> Deployed:
    row = connection.execute(process_instance.select().where(process_instance.c.key == key)).one()
    return Deployed(process_id, row.binding, row.document)


def _head(process_id: str, name: str) -> str:
    return (
        f'id = "{process_id}"\nname = "{name}"\ncategory = "bench"\n'
        'starters = ["bench_handler"]\ntitle = "null"\nseparation_of_duties = false\n'
    )


def _model(process_id: str, name: str) -> str:
    ids = ["begin", *(step[0] for step in STEPS), "end"]
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{place}" sourceRef="{ids[place]}" targetRef="{ids[place + 1]}"/>'
        for place in range(len(ids) - 1)
    )
    tasks = "".join(
        f'<bpmn:userTask id="{key}" name="{title}"><bpmn:extensionElements>'
        f'<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="{role}"/>'
        f'<zeebe:properties><zeebe:property name="unit" value="{unit}"/></zeebe:properties>'
        "</bpmn:extensionElements></bpmn:userTask>"
        for key, title, role, unit in STEPS
    )
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="bench"'
        ' targetNamespace="https://procureflow.example/bench">'
        f'<bpmn:process id="{process_id}" name="{name}" isExecutable="true">'
        f'<bpmn:startEvent id="begin"/>{tasks}<bpmn:endEvent id="end"/>{flows}'
        "</bpmn:process></bpmn:definitions>"
    )
