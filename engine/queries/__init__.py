"""Questions: read-only, answered with the frozen views of ``engine.queries.views``."""

from engine.queries.answered_request import AnsweredRequest
from engine.queries.anything_due import AnythingDue
from engine.queries.attachment_content import AttachmentContent, StoredFile
from engine.queries.audit_trail import AuditTrail
from engine.queries.bell import Bell, BellCount, LastChange, OwnNoticeChoices
from engine.queries.calendar_page import CalendarPage, CalendarPreview
from engine.queries.desk import DeskQuery, OwnSignature, SignatureUnder
from engine.queries.document_changes import ChangesSinceSeen
from engine.queries.dossiers import DossierHead, Dossiers
from engine.queries.eligible_people import EligiblePeople
from engine.queries.exchange import ExchangeQuery, StoppedMessages
from engine.queries.exhibit_query import ExhibitFile, ExhibitQuery
from engine.queries.field_options import FieldOptions
from engine.queries.gazette import (
    GazetteAddresses,
    GazetteData,
    GazetteFile,
    GazetteFrontPage,
    GazetteMenu,
    GazetteNotice,
    GazetteNotices,
)
from engine.queries.handovers import HandoverOutcome, HandoverPreview
from engine.queries.instance_query import InstanceQuery
from engine.queries.list_lines import MOST_LINES, ListLines, WholeList
from engine.queries.neighbours import Around, Neighbours, NextOpen
from engine.queries.open_incidents import OpenIncidents
from engine.queries.outside_link import OutsideLinkQuery
from engine.queries.personal import PersonalChoices, SavedFilter, SavedFilterView
from engine.queries.public_procedures import PublicProcedures, PublicStartQuery
from engine.queries.recusals import Recusals
from engine.queries.session_query import SessionQuery
from engine.queries.staff import Person, Staff, Unit, UnitList
from engine.queries.start_catalogue import StartCatalogue
from engine.queries.substitutions import Substitutions
from engine.queries.vacancies import Vacancies
from engine.queries.views import Box, Chip, Due
from engine.queries.way_ahead import WayAhead
from engine.queries.why import WhyPage, WhyQuery
from engine.queries.work_item_query import WorkItemQuery
from engine.queries.worklist import BoxCounts, Narrowing, Worklist
from engine.store.lists import Group, Sort, Tally

__all__ = [
    "MOST_LINES",
    "AnsweredRequest",
    "AnythingDue",
    "Around",
    "AttachmentContent",
    "AuditTrail",
    "Bell",
    "BellCount",
    "Box",
    "BoxCounts",
    "CalendarPage",
    "CalendarPreview",
    "ChangesSinceSeen",
    "Chip",
    "DeskQuery",
    "DossierHead",
    "Dossiers",
    "Due",
    "EligiblePeople",
    "ExchangeQuery",
    "ExhibitFile",
    "ExhibitQuery",
    "FieldOptions",
    "GazetteAddresses",
    "GazetteData",
    "GazetteFile",
    "GazetteFrontPage",
    "GazetteMenu",
    "GazetteNotice",
    "GazetteNotices",
    "Group",
    "HandoverOutcome",
    "HandoverPreview",
    "InstanceQuery",
    "LastChange",
    "ListLines",
    "Narrowing",
    "Neighbours",
    "NextOpen",
    "OpenIncidents",
    "OutsideLinkQuery",
    "OwnNoticeChoices",
    "OwnSignature",
    "Person",
    "PersonalChoices",
    "PublicProcedures",
    "PublicStartQuery",
    "Recusals",
    "SavedFilter",
    "SavedFilterView",
    "SessionQuery",
    "SignatureUnder",
    "Sort",
    "Staff",
    "StartCatalogue",
    "StoppedMessages",
    "StoredFile",
    "Substitutions",
    "Tally",
    "Unit",
    "UnitList",
    "Vacancies",
    "WayAhead",
    "WholeList",
    "WhyPage",
    "WhyQuery",
    "WorkItemQuery",
    "Worklist",
]
