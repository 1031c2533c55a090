"""An administrator creates units, changes them, and says which office serves them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.commands.administering import Checks, require_administrator
from engine.commands.naming import require_active, require_unit
from engine.errors import NotFoundError, WrongStateError, field_error
from engine.model.participants import OrgUnit

if TYPE_CHECKING:
    from engine.commands.services import Services

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", re.ASCII)
_DIVISION: Final = re.compile(r"\d{6}", re.ASCII)
_RELATION: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class PutUnit:
    """新建或修改单位.

    Attributes:
        code: stable code, letters, digits, ``- _ .``; at most 40.
        name: 1 to 100 characters.
        kind: what it is, 1 to 40 characters.
        division: GB/T 2260 code, 6 digits.
        parent: code or full name of the superior unit, empty at the top.
        leader: login or full name, empty for none.
        is_new: it must not exist yet; else it must.

    Raises:
        NotFoundError: no such unit to change.
        NotAllowedError: not an administrator.
        ValidationFailedError: at the fields.
    """

    code: str
    name: str
    kind: str
    division: str
    parent: str = ""
    leader: str = ""
    is_new: bool = False

    def execute(self, services: Services) -> None:
        """Store it."""
        require_administrator(services)
        code = self.code.strip()
        before = services.store.identity.unit(code)
        if before is None and not self.is_new:
            raise NotFoundError("单位", "unit", code)
        unit = self._checked(code, before, services)
        if unit == before:
            return
        services.store.units.put(unit)
        old = vars(before) if before else {}
        services.note(
            "unit_created" if before is None else "unit_changed",
            detail={"unit": unit.name, "number": unit.code},
            changes={
                name: [old.get(name) or "", value or ""]
                for name, value in vars(unit).items()
                if before is not None and old.get(name) != value
            },
        )

    def _check_code(self, code: str, before: OrgUnit | None, checks: Checks) -> None:
        checks.require(
            holds=bool(_CODE.fullmatch(code)),
            field="code",
            zh="单位代码由字母、数字和 - _ . 组成，最多 40 位。",
            en="Letters, digits and - _ ., at most 40.",
        )
        checks.require(
            holds=before is None or not self.is_new,
            field="code",
            zh=f"单位代码“{code}”已经使用，请换一个。",
            en=f"The code {code!r} is taken; choose another.",
        )

    def _checked(self, code: str, before: OrgUnit | None, services: Services) -> OrgUnit:
        checks = Checks()
        self._check_code(code, before, checks)
        name = checks.text(self.name, "name", 100)
        kind = checks.text(self.kind, "kind", 40)
        division = self.division.strip()
        checks.require(
            holds=bool(_DIVISION.fullmatch(division)),
            field="division",
            zh="请填写 6 位区划代码，例如 410100。",
            en="Six digits of a division, e.g. 410100.",
        )
        parent = leader = None
        if self.parent.strip():
            parent = checks.attempt(lambda: require_unit(self.parent, "parent", services))
        if self.leader.strip():
            leader = checks.attempt(lambda: require_active(self.leader, "leader", services))
        if parent is not None:
            checks.require(
                holds=code not in _line(parent, services),
                field="parent",
                zh="上级单位不能是本单位或其下级，请另选。",
                en="A unit is not below itself; choose another.",
            )
        checks.done()
        return OrgUnit(
            code=code,
            name=name,
            parent=parent.code if parent else None,
            kind=kind,
            division=division,
            leader=leader.login if leader else None,
        )


@dataclass(frozen=True, kw_only=True)
class PutRelation:
    """设置服务处室: which office serves a unit and those below it as ``relation``.

    Attributes:
        unit: code of the unit that is served.
        relation: name that models use, e.g. ``business_office``.
        office: code or full name; empty ends it.

    Raises:
        NotFoundError: no such unit.
        NotAllowedError: not an administrator.
        WrongStateError: there is none to end.
        ValidationFailedError: at the fields.
    """

    unit: str
    relation: str
    office: str

    def execute(self, services: Services) -> None:
        """Store or end it."""
        require_administrator(services)
        unit = services.store.identity.unit(self.unit)
        if unit is None:
            raise NotFoundError("单位", "unit", self.unit)
        relation = self.relation.strip()
        if not _RELATION.fullmatch(relation):
            raise field_error(
                "relation",
                "ERR_PATTERN",
                "关系名由小写字母、数字和下划线组成，例如 business_office。",
                "Small letters, digits and underscores, e.g. business_office.",
            )
        before = {name: office for name, office, _ in services.store.units.relations(unit.code)}
        if not self.office.strip():
            if not services.store.units.drop_relation(unit.code, relation):
                raise WrongStateError("该关系已经删除。", "It was removed before.")
            after = ""
        else:
            after = require_unit(self.office, "office", services).code
            services.store.units.put_relation(unit.code, relation, after)
        services.note(
            "relation_changed",
            detail={"unit": unit.name},
            changes={relation: [before.get(relation, ""), after]},
        )


def _line(unit: OrgUnit, services: Services) -> set[str]:
    """Return the codes of a unit and of all above it."""
    seen: set[str] = set()
    above: OrgUnit | None = unit
    while above is not None and above.code not in seen:
        seen.add(above.code)
        above = services.store.identity.unit(above.parent) if above.parent else None
    return seen
