"""The rules that a new password must satisfy: a deployed decision table, then the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from engine.catalog import Manifest, ResourceKind, resolve
from engine.catalog.resources import with_imports
from engine.commands.passwords import password_matches, weakness
from engine.errors import ConfigurationError, field_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.errors import ValidationFailedError
    from engine.model.participants import Participant

_SAME: Final = "ERR_SAME_AS_OLD"
#: What a person reads for each code of the table.
_REASONS: Final = {
    "ERR_TOO_SHORT": (
        "新密码太短，至少需要 {length} 位。",
        "The new password is too short; it needs at least {length} characters.",
    ),
    "ERR_CHARSET": (
        "新密码只能使用字母、数字和键盘上的半角符号，不能有空格和汉字。",
        "Use letters, digits and the signs of the keyboard only, no spaces.",
    ),
    _SAME: (
        "新密码不能与初始密码或原密码相同，请换一个。",
        "The new password is the initial or the old one; choose another.",
    ),
}


def require_acceptable(
    new: str, earlier: Sequence[str], person: Participant, services: Services
) -> None:
    """Refuse a new password that the rules do not take.

    Args:
        new: as typed.
        earlier: hashes of the passwords that it must not be: the initial one, the old one.
        person: whose password.
        services: of the command.

    Raises:
        ValidationFailedError: at the field ``new``, with the table's code.
    """
    policy = services.settings.password
    if len(new) > policy.max_length:
        raise _refusal("ERR_PASSWORD_WEAK", weakness(new, policy))
    facts = {
        "length": len(new),
        "only_allowed_chars": all("!" <= sign <= "~" for sign in new),
        "equals_initial_or_old": any([password_matches(known, new) for known in earlier]),
    }
    code = _code(facts, person, services)
    if code:
        zh, en = _REASONS.get(
            code, ("新密码不符合规则，请换一个。", "The rules refuse it; choose another.")
        )
        length = policy.min_length
        raise _refusal(code, (zh.format(length=length), en.format(length=length)))
    weak = weakness(new, policy)
    if weak is not None:
        raise _refusal("ERR_PASSWORD_WEAK", weak)


def _code(facts: Mapping[str, Any], person: Participant, services: Services) -> str:
    """Ask the table; without one only the old passwords are refused."""
    process_id, _, decision_id = services.settings.password.decision.partition(":")
    deployment = services.store.definitions.latest_of(process_id)
    if deployment is None:
        return _SAME if facts["equals_initial_or_old"] else ""
    division = person.unit.division
    resources = Manifest.from_json(deployment.manifest, services.catalog).resources
    table = resolve(resources, ResourceKind.DECISION, decision_id, division)
    if table is None:
        raise ConfigurationError(
            f"流程包“{process_id}”中没有密码规则“{decision_id}”，请管理员重新部署。",
            f"The package {process_id!r} has no decision {decision_id!r}; deploy it again.",
        )
    model = services.catalog.decision(with_imports(resources, table, division))
    value = model.evaluate(decision_id, facts, require_match=True).value
    answer: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    return "" if answer.get("ok") is True else str(answer.get("error") or "ERR_PASSWORD_WEAK")


def _refusal(code: str, words: tuple[str, str] | None) -> ValidationFailedError:
    zh, en = words or ("", "")
    return field_error("new", code, zh, en)
