"""What a correction has changed, and who had relied on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.commands.submission import form_context
from engine.forms import differences, visible_components

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from engine.bpmn import Element
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.forms import Form
    from engine.model.work import DocumentRow, WorkItem

#: Every visible field of a document.
_ALL: Final = ""


@dataclass(frozen=True)
class Change:
    """A changed field of a document.

    Attributes:
        form_id: the document.
        path: ``items.0.unit_price``.
        label: as people know it.
    """

    form_id: str
    path: str
    label: str


def shown_documents(element: Element) -> list[str]:
    """Return the ids of the documents that a step shows (property ``documents``)."""
    names = element.properties.get("documents", "").split(",")
    return [name.strip() for name in names if name.strip()]


def relied_on(element: Element) -> dict[str, frozenset[str]]:
    """Return what whoever decides at a step relies on: field paths by document.

    The property ``relies`` names it (``form id`` or ``form id#field``); without it, it is every
    visible field of the documents that the step shows, and of the form that it fills in.
    """
    named = [word.strip() for word in element.properties.get("relies", "").split(",")]
    own = element.user_task.form_id if element.user_task else ""
    shown = [*shown_documents(element), *([own] if own else [])]
    found: dict[str, set[str]] = {}
    for word in [word for word in named if word] or shown:
        form_id, _, path = word.partition("#")
        found.setdefault(form_id, set()).add(path or _ALL)
    return {form_id: frozenset(paths) for form_id, paths in found.items()}


class Changes:
    """What has changed in the documents of a matter since it was returned."""

    def __init__(self, step: Step, returned: WorkItem, services: Services) -> None:
        """Compare the documents as they are now with those at the moment of the return.

        Args:
            step: the corrected step; its new document is stored.
            returned: the work item that the return made.
            services: of the command.
        """
        self._context = form_context(step, services)
        before = _documents_before(step, returned, services)
        forms = {
            form_id: services.catalog.form(step.tree.binding.form(form_id))
            for form_id in step.tree.documents
        }
        self._visible: dict[str, set[str]] = {}
        self.all: list[Change] = []
        for form_id, now in step.tree.documents.items():
            old = before.get(form_id)
            if old is None or old.version == now.version:
                continue
            form = forms[form_id]
            for found in differences(form, old.answers, now.answers):
                self.all.append(Change(form_id, found.path, found.label))
            self._visible[form_id] = self._shown(form, (old, now))
        files = (
            services.store.records.changed_files(step.root_key, returned.key, returned.created_at)
            if any(form.has_files for form in forms.values())
            else []
        )
        for form_id, path in dict.fromkeys(files):
            form = forms[form_id]
            self.all.append(Change(form_id, path, form.label(path)))
            self._visible.setdefault(form_id, set()).add(path)

    def _shown(self, form: Form, rows: Sequence[DocumentRow]) -> set[str]:
        return {
            path
            for row in rows
            for path, _component in visible_components(form, row.answers, self._context)
        }

    def relied_on_by(self, element: Element) -> list[Change]:
        """Return the changed fields that whoever decided at a step had relied on."""
        relied = relied_on(element)
        return [
            change
            for change in self.all
            if change.form_id in relied and self._counts(change, relied[change.form_id])
        ]

    def _counts(self, change: Change, paths: frozenset[str]) -> bool:
        if _ALL not in paths:
            plain = _without_rows(change.path)
            return any(plain == path or plain.startswith(f"{path}.") for path in paths)
        return any(
            change.path == shown or change.path.startswith(f"{shown}.")
            for shown in self._visible.get(change.form_id, ())
        )


def _documents_before(
    step: Step, returned: WorkItem, services: Services
) -> Mapping[str, DocumentRow]:
    """Return the documents as they were when the return made its first work item."""
    now = {**step.tree.documents, **step.tree.replaced}
    if all(row.key < returned.key for row in now.values()):
        return now
    return services.store.records.documents(step.root_key, before=returned.key)


def _without_rows(path: str) -> str:
    return ".".join(part for part in path.split(".") if not part.isdigit())


def labels_of(changes: Iterable[Change]) -> list[str]:
    """Return the names of changed fields, each once."""
    return list(dict.fromkeys(change.label for change in changes))
