"""The party outside of the office opens its link, fills in its slice of the form and answers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from engine.commands.add_attachment import keep_file
from engine.commands.matter import MatterTree
from engine.commands.paperwork import next_version
from engine.commands.reasons import require_opinion
from engine.errors import LinkGoneError, NotFoundError
from engine.forms import check_answers, differences
from engine.model.notices import NoticeEvent
from engine.model.outside import OutsideLink, Slice, hash_of
from engine.model.participants import PUBLIC
from engine.model.states import WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.forms import Form
    from engine.model.work import AttachmentRow, WorkItem


@dataclass(frozen=True)
class OpenedLink:
    """A link that can still be used.

    Attributes:
        link: as kept.
        part: what waits for the answer.
        tree: the matter.
        form: the whole form.
        shown: its slice.
    """

    link: OutsideLink
    part: WorkItem
    tree: MatterTree
    form: Form
    shown: Form

    @property
    def answers(self) -> Mapping[str, Any]:
        """The latest answers of the whole form."""
        return self.tree.answers.get(self.form.id, {})

    def files(self, services: Services) -> list[AttachmentRow]:
        """Return the files in the fields of the slice."""
        shown = {place.path for place in self.shown.places}
        rows = services.store.records.attachments(self.link.root_key)
        return [row for row in rows if row.form_id == self.form.id and row.field in shown]


def open_link(token: str, services: Services) -> OpenedLink:
    """Return what a token opens.

    Raises:
        NotFoundError: there is no such link.
        LinkGoneError: used, lapsed, or not needed any more.
    """
    link = services.store.outside.find(hash_of(token))
    if link is None:
        raise NotFoundError("链接", "link", "…")
    part = services.store.work_items.get(link.work_item_key, lock=services.writing)
    if part is None:
        raise NotFoundError("链接", "link", "…")
    if services.writing:
        services.locked.add(link.root_key)
    if part.state is WorkItemState.COMPLETED:
        raise LinkGoneError("您已答复，此链接不能再次使用。", "This link has been used already.")
    if services.now >= link.expires_at:
        raise LinkGoneError(
            "链接已过期，未能在规定期限内答复；如仍需补正，请联系退回的单位重新发送。",
            "The link has lapsed; ask the office for another one.",
        )
    if part.state is not WorkItemState.WAITING:
        raise LinkGoneError(
            "该事项已不需要您补正，链接已失效。", "The correction is not needed any more."
        )
    tree = MatterTree.load(services, link.root_key)
    wanted = Slice.read(link.fields)
    form = services.catalog.form(tree.binding.form(wanted.form_id))
    kept = tuple(one for one in form.components if getattr(one, "key", "") in wanted.keys)
    return OpenedLink(link, part, tree, form, replace(form, components=kept))


@dataclass(frozen=True, kw_only=True)
class AnswerOutside:
    """补正: the slice's answers become the next version of the document; the link is used up.

    Attributes:
        token: out of the link.
        answers: ``{form key: value as typed}``.
        opinion: what the party says, 1 to 500 characters.

    Raises:
        NotFoundError: there is no such link.
        LinkGoneError: used, lapsed, or not needed any more.
        ValidationFailedError: at the fields.
    """

    token: str = dataclasses.field(repr=False)
    answers: Mapping[str, Any] = field(default_factory=dict)
    opinion: str = ""

    def execute(self, services: Services) -> None:
        """Check, store, tell."""
        opened = open_link(self.token, services)
        stored = self._checked(opened, services)
        opinion = require_opinion(self.opinion)
        changes = differences(opened.form, opened.answers, stored)
        part, link = opened.part, opened.link
        next_version(opened.tree, (opened.form.id, stored), part.key, PUBLIC.login, services)
        moved = services.store.work_items.move(
            part,
            WorkItemState.COMPLETED,
            ended_at=services.now,
            ended_by=PUBLIC.login,
            opinion=opinion,
        )
        if not moved:
            raise LinkGoneError("此链接刚刚被使用或撤回。", "The link was used a moment ago.")
        services.tell(
            NoticeEvent.ANSWERED,
            [part.sender],
            root_key=part.root_key,
            work_item_key=part.parent_key,
            step=part.name,
            name=link.party,
        )
        services.note(
            "outside_answered",
            root_key=part.root_key,
            element_name=part.name,
            detail={"party": link.party, "opinion": opinion},
            changes={one.label: [one.old, one.new] for one in changes},
        )

    def _checked(self, opened: OpenedLink, services: Services) -> dict[str, Any]:
        counts: dict[str, int] = {}
        for row in opened.files(services):
            counts[row.field] = counts.get(row.field, 0) + 1
        context = {**opened.tree.root.interpreter.variables, **opened.answers}
        checked = check_answers(
            opened.shown, self.answers, context, complete=True, attachments=counts
        )
        return {**opened.answers, **checked.stored}


@dataclass(frozen=True, kw_only=True)
class AddOutsideFile:
    """上传附件 by the party outside, checked by catalogue 0.7.

    Attributes:
        token: out of the link.
        field: path of a file field of the slice.
        name: file name; for display only.
        content: the bytes.

    Raises:
        NotFoundError: there is no such link or field.
        LinkGoneError: used, lapsed, or not needed any more.
        ValidationFailedError: wrong type, empty, too large, too many.
    """

    token: str = dataclasses.field(repr=False)
    field: str
    name: str
    content: bytes = dataclasses.field(repr=False)

    def execute(self, services: Services) -> None:
        """Check and store."""
        opened = open_link(self.token, services)
        if opened.shown.component(self.field) is None:
            raise NotFoundError("字段", "field", self.field)
        row = keep_file(
            opened.part, opened.form.id, (self.field, self.name, self.content), services
        )
        services.note(
            "attachment_added",
            root_key=opened.link.root_key,
            element_name=opened.part.name,
            detail={"name": row.name, "sha256": row.sha256, "field": self.field},
        )
