"""What a verb of the task page is made of: its words, its dialog and what its button does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from werkzeug.wrappers import Response as BaseResponse

    from engine.queries.views import WorkItemView
    from webui.typed import Typed

    Answer = BaseResponse | str | tuple[str, int]

Act = Callable[["WorkItemView", "Typed"], "Answer"]


@dataclass(frozen=True, kw_only=True)
class Verb:
    """An action beside the drawn outcomes.

    Attributes:
        key: the engine's name of it (``VerbView.verb``); also the button's value.
        name: what the button says.
        act: does it; may raise what its command raises.
        hint: one line below the name in the menu.
        dialog: fields of its dialog, a template below ``templates``; without one the button acts
            at once.
        confirm: what the dialog's button says.
        danger: cannot be undone by the same person.
        primary: stands in the bar beside the outcomes and reads the opinion there.
    """

    key: str
    name: LazyString
    act: Act
    hint: LazyString | str = ""
    dialog: str = ""
    confirm: LazyString | str = ""
    danger: bool = False
    primary: bool = False
