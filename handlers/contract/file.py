"""File an approved contract and publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.contract.answers import CHOICE_FORM, CONTRACT_FORM, read_contract
from handlers.contract.notice_text import ContractText, compose_contract
from handlers.notice.chosen import chosen_project
from handlers.notice.publication import publication, signature
from handlers.records.contracts import contract_of, file_contract
from handlers.records.files import attached
from handlers.records.lots import LotState, lots_of, mark
from handlers.records.notices import NewNotice, NoticeKind, publish
from handlers.records.numbers import next_number
from handlers.records.organisations import supplier_of_code
from handlers.records.projects import Stage, advance
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.handler import RecordContext
    from handlers.records.contracts import Contract
    from handlers.records.lots import Lot
    from handlers.records.projects import Project


@record_handler("contract.file")
def file(context: RecordContext) -> dict[str, str]:
    """Give the contract its number and mark its lots; writes ``contract_number``.

    Raises:
        ConfigurationError: no number rule for the division.
    """
    session, matter = context.session, context.matter
    item = _contract(context)
    number = next_number(session, "contract", matter.division, matter.today.year)
    file_contract(session, item.instance_key, number, matter.now)
    mark(session, item.lots, LotState.CONTRACTED, matter.now)
    advance(session, item.project, Stage.CONTRACTED)
    return {"contract_number": number}


@record_handler("contract.publish")
def publish_contract(context: RecordContext) -> dict[str, Any]:
    """Publish the filed contract; writes ``publication`` for ``website.publish``."""
    session = context.session
    item, project = _contract(context), chosen_project(context, CHOICE_FORM)
    lots = [lot for lot in lots_of(session, project.key) if lot.key in item.lots]
    new = NewNotice(
        kind=NoticeKind.CONTRACT,
        project=project.key,
        unit=project.unit,
        division=project.division,
        lots=tuple(lots),
    )
    text = compose_contract(_text(context, item, project, lots))
    key = publish(session, new, text, signature(context.matter))
    return {"publication": publication(session, key)}


def _text(
    context: RecordContext, item: Contract, project: Project, lots: Sequence[Lot]
) -> ContractText:
    session, matter = context.session, context.matter
    supplier = supplier_of_code(session, item.supplier)
    if supplier is None:
        message = f"supplier {item.supplier} does not exist"
        raise LookupError(message)
    return ContractText(
        item=item,
        project=project,
        unit=public_body_of(session, item.unit),
        supplier=supplier,
        answers=read_contract(matter),
        lots=lots,
        published_on=matter.today,
        attachments=attached(session, int(matter.instance_key), CONTRACT_FORM),
    )


def _contract(context: RecordContext) -> Contract:
    found = contract_of(context.session, int(context.matter.instance_key))
    if found is None:
        message = f"matter {context.matter.instance_key} has no contract"
        raise LookupError(message)
    return found
