"""Keep what a person has typed so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.clock import OFFICE_ZONE
from engine.commands.step import read_step
from engine.errors import field_error
from engine.store.work_items import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class SaveDraft:
    """暂存: incomplete and unreadable input is kept as typed; nothing is checked.

    Attributes:
        work_item_key: the work item.
        answers: the form as typed.
        opinion: 办理意见 as typed.
        begun_from: version of the draft that the page began from, empty for none; ``None`` =
            replace whatever there is.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        ValidationFailedError: the person has saved another draft since, in another window.
    """

    work_item_key: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    opinion: str = ""
    begun_from: str | None = None

    def execute(self, services: Services) -> None:
        """Store the draft."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        self._require_latest(step.item.key, services)
        services.store.work_items.put_draft(
            step.item.key,
            services.actor.login,
            Draft(answers=dict(self.answers), opinion=self.opinion, saved_at=services.now),
        )
        services.note(
            "draft_saved",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
        )

    def _require_latest(self, key: int, services: Services) -> None:
        """Refuse to replace what the page does not show."""
        if self.begun_from is None:
            return
        draft = services.store.work_items.draft(key, services.actor.login)
        if draft is None or draft.version == self.begun_from:
            return
        if (draft.answers, draft.opinion) == (self.answers, self.opinion):
            return
        time = f"{draft.saved_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
        raise field_error(
            "",
            "ERR_STALE",
            f"您已在其他窗口保存过这份草稿（{time}），本页没有显示那些内容。"
            "要以本页内容替换，请再点一次“保存草稿”；要保留那份草稿，请重新打开此事项。",
            f"You have saved this draft in another window ({time}), and this page does not show it."
            " To replace it press “Save draft” once more; to keep it open the matter again.",
        )
