"""Start a procedure that is open to everybody, without a log-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from engine import feel
from engine.clock import OFFICE_ZONE
from engine.commands.beginning import Beginning, begin, newest
from engine.commands.public_form import public_form, public_unit
from engine.errors import TooManyTriesError
from engine.feel.office import OFFICE
from engine.forms import check_answers
from engine.model.participants import PUBLIC

if TYPE_CHECKING:
    from engine.commands.matter import MatterTree
    from engine.commands.services import Services

#: Time over which starts from one address are counted.
_WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True)
class PublicAnswer:
    """What somebody is told who has started a public procedure.

    Attributes:
        instance_key: the matter.
        done: whether it has come to what was asked for.
        message: one sentence.
        detail: what to do next, may be empty.
    """

    instance_key: str
    done: bool
    message: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class StartPublicly:
    """Start a procedure whose process.toml names a ``public_unit``.

    The model gets the answers of ``public_form`` as variables, and the reader's address as
    ``public_address``; ``public_answer`` gives what is said: ``{done, message, detail}``.

    Attributes:
        process_id: the procedure.
        answers: ``{form key: value as typed}``.
        language: ``zh`` or ``en``.

    Raises:
        NotFoundError: no such procedure is deployed.
        NotAllowedError: it is not open to everybody.
        ValidationFailedError: the form is not filled in as it must be.
        TooManyTriesError: too many starts from this address within an hour.
    """

    process_id: str
    answers: Mapping[str, Any]
    language: str = "zh"

    def execute(self, services: Services) -> PublicAnswer:
        """Start."""
        deployment, manifest = newest(self.process_id, services)
        unit = public_unit(manifest, services)
        form = public_form(manifest, unit, services)
        today = services.now.astimezone(OFFICE_ZONE).date()
        checked = check_answers(form, self.answers, {"today": today}, complete=True)
        self._brake(services)
        start = Beginning(
            unit=unit,
            initiator=PUBLIC.login,
            variables={**checked.values, "public_address": services.actor.address},
        )
        tree, _batch = begin(deployment, manifest, start, services)
        return self._answer(tree, services)

    def _brake(self, services: Services) -> None:
        access, address = services.store.public_access, services.actor.address
        most = services.settings.public_starts_per_hour
        if access.tries(address, services.now - _WINDOW) >= most:
            raise TooManyTriesError(
                "操作过于频繁，请一小时后再试。", "Too many requests; try again in an hour."
            )
        access.add_try(self.process_id, address, services.now)

    def _answer(self, tree: MatterTree, services: Services) -> PublicAnswer:
        known = {
            name: feel.to_feel(value) for name, value in tree.root.interpreter.variables.items()
        }
        expression = tree.info.public_answer
        value = feel.compile_expression(expression, known, OFFICE).evaluate(known)
        said: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        texts = services.catalog.texts(tree.binding.texts) if self.language == "en" else {}
        message, detail = (str(said.get(name) or "") for name in ("message", "detail"))
        return PublicAnswer(
            str(tree.root.row.key),
            said.get("done") is True,
            texts.get(message, message),
            texts.get(detail, detail),
        )
