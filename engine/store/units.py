"""Units as administrators find and arrange them: search, who serves whom, what a unit holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, select

from engine.store.identity import put_org_relation, put_org_unit, unit_of
from engine.store.tables import org_relation, org_unit, participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from engine.model.participants import OrgUnit

_ORDER: Final = (org_unit.c.division, org_unit.c.code)


class Units:
    """Units inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def called(self, text: str, limit: int = 2) -> list[OrgUnit]:
        """Return the unit with this code, else those with exactly this name."""
        by_code = self._some(org_unit.c.code == text, 1)
        return by_code or self._some(org_unit.c.name == text, limit)

    def matching(self, words: Sequence[str], limit: int) -> list[OrgUnit]:
        """Return units of whom every word is part of the code, name or division."""
        texts = (org_unit.c.code, org_unit.c.name, org_unit.c.division)
        found = select(org_unit)
        for word in words:
            matches = [text.icontains(word, autoescape=True) for text in texts]
            found = found.where(matches[0] | matches[1] | matches[2])
        rows = self._session.execute(found.order_by(*_ORDER).limit(limit))
        return [unit_of(row) for row in rows]

    def put(self, unit: OrgUnit) -> None:
        """Create or change a unit."""
        put_org_unit(self._session, unit)

    def relations(self, code: str) -> list[tuple[str, str, str]]:
        """Return ``[(relation, office code, office name)]`` of the offices that serve a unit."""
        rows = self._session.execute(
            select(org_relation.c.relation, org_unit.c.code, org_unit.c.name)
            .join(org_unit, org_unit.c.code == org_relation.c.office)
            .where(org_relation.c.unit == code)
            .order_by(org_relation.c.relation)
        )
        return [(row.relation, row.code, row.name) for row in rows]

    def known_relations(self) -> list[str]:
        """Return the relations that occur."""
        statement = select(org_relation.c.relation).distinct().order_by(org_relation.c.relation)
        return list(self._session.execute(statement).scalars())

    def put_relation(self, unit: str, relation: str, office: str) -> None:
        """Say that ``office`` serves ``unit`` as ``relation``."""
        put_org_relation(self._session, unit, relation, office)

    def drop_relation(self, unit: str, relation: str) -> bool:
        """Forget who serves a unit as ``relation``; ``False`` when nobody did."""
        result = self._session.execute(
            delete(org_relation).where(
                org_relation.c.unit == unit, org_relation.c.relation == relation
            )
        )
        return bool(result.rowcount)  # type: ignore[attr-defined]

    def below(self, code: str) -> list[OrgUnit]:
        """Return the units directly below one."""
        return self._some(org_unit.c.parent == code, 500)

    def led_by(self, login: str) -> list[str]:
        """Return the codes of the units whose leader a person is."""
        statement = select(org_unit.c.code).where(org_unit.c.leader == login)
        return list(self._session.execute(statement.order_by(org_unit.c.code)).scalars())

    def within(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Return these units and every unit below them, by code."""
        tree = select(org_unit.c.code).where(org_unit.c.code.in_(codes)).cte(recursive=True)
        below = select(org_unit.c.code).join(tree, org_unit.c.parent == tree.c.code)
        found = tree.union(below)
        return tuple(self._session.execute(select(found.c.code).order_by(found.c.code)).scalars())

    def people_count(self, code: str) -> int:
        """Return how many active people belong to a unit."""
        statement = select(func.count()).where(participant.c.unit == code, participant.c.active)
        return int(self._session.execute(statement).scalar_one())

    def _some(self, condition: Any, limit: int) -> list[OrgUnit]:
        rows = self._session.execute(
            select(org_unit).where(condition).order_by(*_ORDER).limit(limit)
        )
        return [unit_of(row) for row in rows]
