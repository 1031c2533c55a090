"""Naming a person or a unit in a field: by login or code, or by a full name that is unique."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import field_error

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.model.participants import OrgUnit, Participant


def require_named(text: str, field: str, services: Services) -> Participant:
    """Return the person whom ``text`` names, disabled or not.

    Args:
        text: login, or the full name.
        field: where a refusal is shown.
        services: the command's.

    Raises:
        ValidationFailedError: blank, unknown, or several people have the name.
    """
    wanted = text.strip()
    if not wanted:
        raise field_error(
            field, "ERR_REQUIRED", "请填写姓名或用户名。", "Write a name or a user name."
        )
    found = services.store.people.called(wanted)
    if not found:
        raise field_error(
            field,
            "ERR_ASSIGNEE",
            f"没有名为“{wanted}”的人员，请核对姓名或用户名。",
            f"Nobody is called {wanted!r}; check the name or user name.",
        )
    if len(found) > 1:
        logins = [one.login for one in found]
        raise field_error(
            field,
            "ERR_ASSIGNEE",
            f"不止一人名为“{wanted}”，请填写用户名，例如：{'、'.join(logins)}。",
            f"Several people are called {wanted!r}; write the user name, e.g. {', '.join(logins)}.",
        )
    return found[0]


def require_active(text: str, field: str, services: Services) -> Participant:
    """Return the person whom ``text`` names and who can work.

    Raises:
        ValidationFailedError: as ``require_named``, or disabled.
    """
    person = require_named(text, field, services)
    if not person.active:
        raise field_error(
            field,
            "ERR_ASSIGNEE",
            f"{person.name}的账号已停用，请选择其他人员。",
            f"{person.name}'s account is disabled; choose somebody else.",
        )
    return person


def require_unit(text: str, field: str, services: Services) -> OrgUnit:
    """Return the unit whose code or full name ``text`` is.

    Raises:
        ValidationFailedError: blank, unknown, or several units have the name.
    """
    wanted = text.strip()
    if not wanted:
        raise field_error(
            field, "ERR_REQUIRED", "请填写单位名称或代码。", "Write the name or code of a unit."
        )
    found = services.store.units.called(wanted)
    if not found:
        raise field_error(
            field,
            "ERR_UNIT",
            f"没有名为“{wanted}”的单位，请核对名称或代码。",
            f"No unit is called {wanted!r}; check its name or code.",
        )
    if len(found) > 1:
        codes = [one.code for one in found]
        raise field_error(
            field,
            "ERR_UNIT",
            f"不止一个单位名为“{wanted}”，请填写单位代码，例如：{'、'.join(codes)}。",
            f"Several units are called {wanted!r}; write the code, e.g. {', '.join(codes)}.",
        )
    return found[0]
