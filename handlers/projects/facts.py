"""Everything that the records say of one project, read once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.clock import OFFICE_ZONE
from handlers.expert_draw.panel import drawn_of
from handlers.records.award_changes import changes_of_project
from handlers.records.awards import active_awards
from handlers.records.contracts import live_contracts_of_project
from handlers.records.experts import applications_of_project
from handlers.records.lots import lots_of
from handlers.records.notices import notices_of_project
from handlers.records.notices.kinds import Family
from handlers.records.organisations import supplier_names
from handlers.records.payments import payments_of_contracts
from handlers.records.plans import filing_of
from handlers.records.treasury_receipts import TreasuryResult, receipts_of_contracts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from handlers.records.award_changes import AwardChange
    from handlers.records.awards import Award
    from handlers.records.contracts import Contract
    from handlers.records.draws import Draw
    from handlers.records.experts import Application
    from handlers.records.lots import Lot
    from handlers.records.notices import PublishedNotice
    from handlers.records.payments import Payment
    from handlers.records.plans import Filing
    from handlers.records.projects import Project
    from handlers.records.treasury_receipts import TreasuryReceipt


@dataclass(frozen=True, kw_only=True)
class ProjectFacts:
    """A project with its rows, each kind oldest first.

    Attributes:
        today: the office's day.
        names: of suppliers by code.
        draws: applications for experts with their draws; nothing here names an expert.
    """

    item: Project
    today: date
    filing: Filing | None
    lots: Sequence[Lot]
    notices: Sequence[PublishedNotice]
    draws: Sequence[tuple[Application, Sequence[Draw]]]
    awards: Sequence[Award]
    changes: Sequence[AwardChange]
    contracts: Sequence[Contract]
    payments: Sequence[Payment]
    receipts: Sequence[TreasuryReceipt]
    names: Mapping[str, str]

    def supplier(self, code: str) -> str:
        """Return the name of a supplier."""
        return self.names.get(code, code)

    def first_notice(self, family: Family) -> PublishedNotice | None:
        """Return the first notice of a family."""
        return next((one for one in self.notices if one.kind.family is family), None)

    def award_notice_of(self, contract: Contract) -> PublishedNotice | None:
        """Return the notice by which the lots of a contract were awarded last."""
        keys = {one.notice for one in self.awards if one.lot in contract.lots}
        found = [one for one in self.notices if one.key in keys]
        return found[-1] if found else self.first_notice(Family.AWARD)

    def paid_of(self, contract: Contract) -> Decimal:
        """Return Σ of what the treasury has paid of a contract."""
        paid = (
            one.amount
            for one in self.receipts
            if one.contract == contract.instance_key and one.result is TreasuryResult.PAID
        )
        return sum(paid, Decimal(0))


def facts_of(session: Session, item: Project, now: datetime) -> ProjectFacts:
    """Read everything about a project."""
    contracts = live_contracts_of_project(session, item.key)
    keys = [one.instance_key for one in contracts]
    awards, changes = active_awards(session, item.key), changes_of_project(session, item.key)
    codes = {one.supplier for one in contracts} | {one.supplier for one in awards}
    codes |= {one.new_supplier for one in changes}
    return ProjectFacts(
        item=item,
        today=day(now),
        filing=filing_of(session, item.plan) if item.plan is not None else None,
        lots=lots_of(session, item.key),
        notices=notices_of_project(session, item.key),
        draws=[
            (one, drawn_of(session, one.instance_key))
            for one in applications_of_project(session, item.key)
        ],
        awards=awards,
        changes=changes,
        contracts=contracts,
        payments=payments_of_contracts(session, keys),
        receipts=receipts_of_contracts(session, keys),
        names=supplier_names(session, codes),
    )


def day(moment: datetime) -> date:
    """Return the office's day of a moment."""
    return moment.astimezone(OFFICE_ZONE).date()
