"""One unit of work: one session, one transaction, every aggregate behind a name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from engine.store.calendars import Calendars
from engine.store.choices import ChosenPeople
from engine.store.circulations import Circulations
from engine.store.deadlines import Deadlines
from engine.store.definitions import Definitions
from engine.store.deliveries import Deliveries
from engine.store.desks import Desks
from engine.store.duties import Duties
from engine.store.exchange import Exchange
from engine.store.handovers import Handovers
from engine.store.identity import Identity
from engine.store.incidents import Incidents
from engine.store.instances import Instances
from engine.store.lists import Lists
from engine.store.messages import Messages
from engine.store.notices import Notices
from engine.store.outside import OutsideLinks
from engine.store.parts import Parts
from engine.store.people import People
from engine.store.personal import Personal
from engine.store.public_access import PublicAccess
from engine.store.records import Records
from engine.store.returns import Returns
from engine.store.staff import Staff
from engine.store.staff_changes import StaffChanges
from engine.store.staffing import Staffing
from engine.store.standstill import Standstill, read_standstill
from engine.store.substitutions import Substitutions
from engine.store.suspensions import Suspensions
from engine.store.units import Units
from engine.store.votes import Votes
from engine.store.waiting import Waiting
from engine.store.work_items import WorkItems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from engine.model.pools import Source


class UnitOfWork:
    """What a command or query changes and reads; ``engine.runtime`` alone commits it."""

    def __init__(self, session: Session) -> None:
        """Wrap an open session."""
        self.session = session

    @cached_property
    def identity(self) -> Identity:
        """People and units."""
        return Identity(self.session)

    @cached_property
    def suspensions(self) -> Suspensions:
        """What rests."""
        return Suspensions(self.session)

    def standstill(self, root_key: int) -> Standstill:
        """What stands still in a suspended matter."""
        return read_standstill(self.session, root_key)

    @cached_property
    def circulations(self) -> Circulations:
        """Copies of matters."""
        return Circulations(self.session)

    @cached_property
    def parts(self) -> Parts:
        """Parts of tasks."""
        return Parts(self.session)

    @cached_property
    def people(self) -> People:
        """Finding people."""
        return People(self.session)

    @cached_property
    def desks(self) -> Desks:
        """Phrases and signatures."""
        return Desks(self.session)

    @cached_property
    def staffing(self) -> Staffing:
        """People by post."""
        return Staffing(self.session)

    @cached_property
    def duties(self) -> Duties:
        """Who did what, who keeps away."""
        return Duties(self.session)

    @cached_property
    def units(self) -> Units:
        """Units, as administrators arrange them."""
        return Units(self.session)

    @cached_property
    def handovers(self) -> Handovers:
        """Work of leavers that is handed over."""
        return Handovers(self.session)

    @cached_property
    def staff(self) -> Staff:
        """People and posts, as administrators arrange them."""
        return Staff(self.session)

    @cached_property
    def staff_changes(self) -> StaffChanges:
        """People whose open work is to be looked through."""
        return StaffChanges(self.session)

    @cached_property
    def substitutions(self) -> Substitutions:
        """Who stands in for whom."""
        return Substitutions(self.session)

    @cached_property
    def definitions(self) -> Definitions:
        """Deployments."""
        return Definitions(self.session)

    @cached_property
    def instances(self) -> Instances:
        """Process instances."""
        return Instances(self.session)

    @cached_property
    def work_items(self) -> WorkItems:
        """Work items."""
        return WorkItems(self.session)

    @cached_property
    def public_access(self) -> PublicAccess:
        """Temporary passwords and what people did who had not logged in."""
        return PublicAccess(self.session)

    def lists(self, login: str, sources: Sequence[Source]) -> Lists:
        """Return the lists of one person, whose open work stands in ``sources``."""
        return Lists(self.session, login, sources)

    @cached_property
    def personal(self) -> Personal:
        """What a person has chosen, saved and seen."""
        return Personal(self.session)

    @cached_property
    def records(self) -> Records:
        """Documents, attachments, audit."""
        return Records(self.session)

    @cached_property
    def returns(self) -> Returns:
        """What returns have ended."""
        return Returns(self.session)

    @cached_property
    def choices(self) -> ChosenPeople:
        """People chosen for steps that come."""
        return ChosenPeople(self.session)

    @cached_property
    def outside(self) -> OutsideLinks:
        """One-time links of parties outside of the office."""
        return OutsideLinks(self.session)

    @cached_property
    def votes(self) -> Votes:
        """Rounds of votes."""
        return Votes(self.session)

    @cached_property
    def messages(self) -> Messages:
        """Messages, signals and start events."""
        return Messages(self.session)

    @cached_property
    def incidents(self) -> Incidents:
        """What stopped."""
        return Incidents(self.session)

    @cached_property
    def exchange(self) -> Exchange:
        """Messages exchanged with outside systems."""
        return Exchange(self.session)

    @cached_property
    def waiting(self) -> Waiting:
        """Jobs, timers, subscriptions."""
        return Waiting(self.session)

    @cached_property
    def calendars(self) -> Calendars:
        """Published calendars."""
        return Calendars(self.session)

    @cached_property
    def deadlines(self) -> Deadlines:
        """Clocks with their stops and alarms."""
        return Deadlines(self.session)

    @cached_property
    def notices(self) -> Notices:
        """What people are told."""
        return Notices(self.session)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What people want to be told by channels."""
        return Deliveries(self.session)
