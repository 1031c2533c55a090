"""Everything that a task page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.commands.copying import copy_readers
from engine.commands.reliance import shown_documents
from engine.commands.step import read_step
from engine.commands.submission import form_context, form_of, takes_opinion
from engine.forms import prefilled_answers
from engine.queries.ballots import vote_of
from engine.queries.choices import outcome_views
from engine.queries.diagrams import Diagrams
from engine.queries.due_date import clock_view
from engine.queries.instance_query import matter_view
from engine.queries.language import translator
from engine.queries.next_steps import next_step_views
from engine.queries.papers import attachment_views, document_views
from engine.queries.timeline import Timeline
from engine.queries.verbs import Situation, task_verbs
from engine.queries.verbs.matter import matter_verbs
from engine.queries.views import WorkItemView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.forms import Form
    from engine.model.work import AttachmentRow, WorkItem
    from engine.queries.language import Translator
    from engine.queries.views import TimelineStep


@dataclass(frozen=True, kw_only=True)
class WorkItemQuery:
    """The page of an open work item for its candidates.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not a candidate.
        TaskGoneError: finished; says who did it and when.
    """

    work_item_key: str

    def answer(self, services: Services) -> WorkItemView:
        """Read it."""
        step = read_step(services, self.work_item_key)
        tree, item = step.tree, step.item
        words = translator(services, tree.root.row.binding)
        items = services.store.work_items.of_matter(step.root_key)
        files = services.store.records.attachments(step.root_key)
        form = form_of(step, services) if item.is_task else None
        here = Situation(step, items, words, services)
        course = Timeline(tree, items, files, words, services)
        timeline = course.steps()
        return WorkItemView(
            key=str(item.key),
            revision=tree.root.row.revision,
            matter=matter_view(tree, words, services),
            element_id=item.element_id,
            element_name=words(item.name),
            documentation=words(step.element.documentation),
            state=item.state,
            **_may(step, services),
            form=form.translated(words.texts) if form else None,
            **_typed(step, form, services),
            attachments=attachment_views(_here(files, item, form), services),
            documents=document_views(tree, _shown(step), files, words, services),
            outcomes=outcome_views(step, words) if item.is_task and item.owner is None else [],
            verbs=[*task_verbs(here), *matter_verbs(tree, items, words, services)],
            **_returned(here, item.returned_from),
            timeline=timeline,
            diagrams=Diagrams(tree, items, words, services).views(),
            due_at=item.due_at,
            clock=clock_view(item, services),
            seen=services.store.personal.has_seen(services.actor.login, item.key),
            context=form_context(step, services),
            **_asked(item, timeline, services),
            **_around(step, course, words, services),
        )


def _around(step: Step, course: Timeline, words: Translator, services: Services) -> dict[str, Any]:
    """Return the round that it is a ballot of, and who has to do with what comes."""
    decides = step.verdict.allowed and step.item.is_task and step.item.owner is None
    return {
        "vote": vote_of(step.item, course.rounds),
        "next_steps": next_step_views(step, words),
        "copy_to": [one.name for one in copy_readers(step, services)] if decides else (),
        "takes_opinion": takes_opinion(step),
    }


def _asked(item: WorkItem, timeline: Sequence[TimelineStep], services: Services) -> dict[str, Any]:
    """Return what the verbs of people have to do with it."""
    task = str(item.parent_key or item.key)
    return {
        "entries": next((one.entries for one in timeline if one.work_item_key == task), ()),
        "kind": item.kind,
        "asked_by": _name(item.sender if item.request else None, services),
        "request": item.request,
        "delegated": item.owner is not None,
    }


def _here(files: Sequence[AttachmentRow], item: WorkItem, form: Form | None) -> list[AttachmentRow]:
    """Return the files of this step: its own and those of the form it fills in."""
    form_id = form.id if form else None
    return [file for file in files if item.key == file.work_item_key or form_id == file.form_id]


def _shown(step: Step) -> list[str]:
    """Return the ids of the documents shown read-only: what the model names.

    Who is asked for an opinion sees everything that has been handed in.
    """
    if not step.item.is_task:
        return list(step.tree.documents)
    return shown_documents(step.element)


def _may(step: Step, services: Services) -> dict[str, Any]:
    """Say whether it is the reader's to do."""
    verdict = step.verdict
    english = services.language == "en"
    return {
        "mine": verdict.allowed,
        "refusal": verdict.reason_en if english else verdict.reason_zh,
        "stands_in_for": services.acting_for.name if services.acting_for else "",
    }


def _typed(step: Step, form: Form | None, services: Services) -> dict[str, Any]:
    """Return what to start from: the own draft, the last stored version, what is prefilled."""
    drafts, key = services.store.work_items, step.item.key
    draft = drafts.draft(key, services.actor.login)
    if draft is not None:
        own = {"opinion": draft.opinion, "draft": draft.version}
        return {"answers": draft.answers, "prefilled": True, **own}
    principal = step.verdict.on_behalf_of
    begun = drafts.draft(key, principal) if principal and step.item.has_draft else None
    answers = begun.answers if begun is not None else _first_answers(step, form, services)
    return {"answers": answers, "prefilled": begun is not None, "opinion": ""}


def _first_answers(step: Step, form: Form | None, services: Services) -> Mapping[str, Any]:
    if form is None:
        return {}
    stored = step.tree.documents.get(form.id)
    if stored is not None and step.element.properties.get("submit") == "true":
        return stored.answers
    return prefilled_answers(form, form_context(step, services))


def _name(login: str | None, services: Services) -> str:
    if not login:
        return ""
    return services.store.identity.people([login]).get(login, (login, "", True))[0]


def _returned(here: Situation, key: int | None) -> dict[str, Any]:
    """Say who returned it, why, and what follows the correction; empty words when nobody did."""
    returned = next((item for item in here.items if item.key == key), None)
    return {
        "returned_reason": returned.opinion if returned else "",
        "returned_by": here.name_of(returned.ended_by if returned else None),
        "returned_then": _then(here, returned) if returned else "",
    }


def _then(here: Situation, returned: WorkItem) -> str:
    """Say what follows the correction of a returned step."""
    slip = here.step.item.slip
    if slip is None or not slip.resumes:
        return here.said(
            "办理后，之后各环节依次重新办理。", "Afterwards every step that follows is done again."
        )
    name, step = here.name_of(returned.ended_by), here.words(returned.name)
    return here.said(
        f"办理后直接返回{name}（{step}）；修改了他人据以办理的内容时，须逐级重新办理。",
        f"Afterwards it goes straight back to {name} ({step}), unless you change something that"
        " others relied on; then every step is done again.",
    )
