"""All tables of the engine on one ``MetaData``; importing this package declares them."""

from engine.store.tables.calendar import calendar_day, calendar_sweep, calendar_year
from engine.store.tables.choices import chosen_person
from engine.store.tables.circulation import circulated_copy, circulation
from engine.store.tables.deadlines import alarm, clock_stop, deadline
from engine.store.tables.definitions import binding, deployment, resource
from engine.store.tables.duties import (
    handover,
    handover_line,
    recusal,
    staff_change,
    substitution,
)
from engine.store.tables.exchange import (
    partner_pause,
    received_message,
    seen_nonce,
    sent_message,
)
from engine.store.tables.identity import (
    membership,
    opinion_phrase,
    org_relation,
    org_unit,
    participant,
    post_change,
    public_try,
    role,
    temporary_password,
    web_session,
)
from engine.store.tables.instances import element_history, process_instance
from engine.store.tables.lists import person_setting, saved_filter, work_item_seen, worklist_entry
from engine.store.tables.messages import delivery, start_subscription
from engine.store.tables.notices import bell_choice, bell_notice, bell_reader
from engine.store.tables.outside import outside_link
from engine.store.tables.records import attachment, audit_entry, document, idempotency
from engine.store.tables.schema import metadata
from engine.store.tables.votes import vote_round
from engine.store.tables.waiting import incident, job, subscription, timer
from engine.store.tables.work import return_slip, work_item, work_item_draft

__all__ = [
    "alarm",
    "attachment",
    "audit_entry",
    "bell_choice",
    "bell_notice",
    "bell_reader",
    "binding",
    "calendar_day",
    "calendar_sweep",
    "calendar_year",
    "chosen_person",
    "circulated_copy",
    "circulation",
    "clock_stop",
    "deadline",
    "delivery",
    "deployment",
    "document",
    "element_history",
    "handover",
    "handover_line",
    "idempotency",
    "incident",
    "job",
    "membership",
    "metadata",
    "opinion_phrase",
    "org_relation",
    "org_unit",
    "outside_link",
    "participant",
    "partner_pause",
    "person_setting",
    "post_change",
    "process_instance",
    "public_try",
    "received_message",
    "recusal",
    "resource",
    "return_slip",
    "role",
    "saved_filter",
    "seen_nonce",
    "sent_message",
    "staff_change",
    "start_subscription",
    "subscription",
    "substitution",
    "temporary_password",
    "timer",
    "vote_round",
    "web_session",
    "work_item",
    "work_item_draft",
    "work_item_seen",
    "worklist_entry",
]
