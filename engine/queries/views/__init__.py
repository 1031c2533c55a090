"""What the queries return: frozen views for pages and programs; nothing here reads anything."""

from engine.queries.views.lists import (
    Box,
    BoxTallies,
    Chip,
    Due,
    PublicProcedure,
    StartableProcess,
    WorklistPage,
    WorklistRow,
)
from engine.queries.views.pages import (
    DocumentView,
    ExhibitView,
    InstanceView,
    MatterView,
    OutcomeView,
    PublicStart,
    ReturnTargetView,
    VerbView,
    WorkItemView,
)
from engine.queries.views.people import EligiblePerson, Nearness, PeoplePage
from engine.queries.views.trace import (
    AttachmentView,
    AuditRow,
    DiagramView,
    PersonView,
    StepEntry,
    StepState,
    TimelineStep,
)

__all__ = [
    "AttachmentView",
    "AuditRow",
    "Box",
    "BoxTallies",
    "Chip",
    "DiagramView",
    "DocumentView",
    "Due",
    "EligiblePerson",
    "ExhibitView",
    "InstanceView",
    "MatterView",
    "Nearness",
    "OutcomeView",
    "PeoplePage",
    "PersonView",
    "PublicProcedure",
    "PublicStart",
    "ReturnTargetView",
    "StartableProcess",
    "StepEntry",
    "StepState",
    "TimelineStep",
    "VerbView",
    "WorkItemView",
    "WorklistPage",
    "WorklistRow",
]
