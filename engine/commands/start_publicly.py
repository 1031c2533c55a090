"""Start a procedure that is open to everybody, without a log-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from engine import feel
from engine.commands.beginning import Beginning, begin, newest
from engine.errors import ConfigurationError, NotAllowedError, TooManyTriesError
from engine.feel.office import OFFICE
from engine.forms.normalise import one_line
from engine.model.participants import PUBLIC

if TYPE_CHECKING:
    from engine.catalog import ProcessInfo
    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.model.participants import OrgUnit

#: Characters of one given text.
MAX_INPUT: Final = 200
#: Time over which starts from one address are counted.
_WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True)
class PublicAnswer:
    """What somebody is told who has started a public procedure.

    Attributes:
        instance_key: the matter.
        answer: ``public_answer`` of process.toml, texts in the reader's language.
    """

    instance_key: str
    answer: Any


@dataclass(frozen=True, kw_only=True)
class StartPublicly:
    """Start a procedure whose process.toml names a ``public_unit``.

    The model gets the texts that ``public_inputs`` names, and the address as ``public_address``.

    Attributes:
        process_id: the procedure.
        inputs: ``{name: text}``; other names are ignored.
        language: ``zh`` or ``en``.

    Raises:
        NotFoundError: no such procedure is deployed.
        NotAllowedError: it is not open to everybody.
        TooManyTriesError: too many starts from this address within an hour.
    """

    process_id: str
    inputs: Mapping[str, str]
    language: str = "zh"

    def execute(self, services: Services) -> PublicAnswer:
        """Start."""
        deployment, manifest = newest(self.process_id, services)
        if not manifest.info.public_unit:
            raise NotAllowedError
        self._brake(services)
        start = Beginning(
            unit=_unit_of(manifest.info, services),
            initiator=PUBLIC.login,
            variables=self._variables(manifest.info, services),
        )
        tree, _batch = begin(deployment, manifest, start, services)
        return PublicAnswer(str(tree.root.row.key), self._answer(tree, services))

    def _brake(self, services: Services) -> None:
        access, address = services.store.public_access, services.actor.address
        most = services.settings.public_starts_per_hour
        if access.tries(address, services.now - _WINDOW) >= most:
            raise TooManyTriesError(
                "操作过于频繁，请一小时后再试。", "Too many requests; try again in an hour."
            )
        access.add_try(self.process_id, address, services.now)

    def _variables(self, info: ProcessInfo, services: Services) -> dict[str, str]:
        given = {
            name: one_line(self.inputs.get(name, "")[:MAX_INPUT]) for name in info.public_inputs
        }
        return {**given, "public_address": services.actor.address}

    def _answer(self, tree: MatterTree, services: Services) -> Any:
        expression = tree.info.public_answer
        if not expression:
            return None
        known = {
            name: feel.to_feel(value) for name, value in tree.root.interpreter.variables.items()
        }
        value = feel.compile_expression(expression, known, OFFICE).evaluate(known)
        texts = services.catalog.texts(tree.binding.texts) if self.language == "en" else {}
        return _translated(feel.from_feel(value), texts)


def _unit_of(info: ProcessInfo, services: Services) -> OrgUnit:
    unit = services.store.identity.unit(info.public_unit)
    if unit is None:
        raise ConfigurationError(
            f"流程“{info.name}”的 public_unit 不是有效的单位，请管理员修改 process.toml。",
            f"public_unit of {info.id} is no unit; correct its process.toml.",
        )
    return unit


def _translated(value: Any, texts: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return texts.get(value, value)
    if isinstance(value, Mapping):
        return {name: _translated(item, texts) for name, item in value.items()}
    return value
