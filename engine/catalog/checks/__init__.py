"""Everything that is checked of a package before it is deployed; one subject per module.

Each check is a function ``(Subject) -> Iterator[Finding]`` and is listed in ``CHECKS``; a new one
is a module, a line here, a test, and a broken example in the test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.catalog.checks.assignees import check_assignees
from engine.catalog.checks.choices import check_choices
from engine.catalog.checks.copies import check_copies
from engine.catalog.checks.deadlines import check_deadlines
from engine.catalog.checks.definitions import check_definitions
from engine.catalog.checks.expressions import check_expressions
from engine.catalog.checks.naming import check_naming
from engine.catalog.checks.people import check_people
from engine.catalog.checks.references import check_references
from engine.catalog.checks.returns import check_returns
from engine.catalog.checks.subject import Subject
from engine.catalog.checks.translations import check_translations
from engine.catalog.checks.variables import check_variables
from engine.catalog.checks.variants import check_variants
from engine.catalog.checks.votes import check_votes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from engine.catalog.package import Package
    from engine.errors import Finding
    from engine.handler import HandlerRegistry

CHECKS: Final[tuple[Callable[[Subject], Iterator[Finding]], ...]] = (
    check_definitions,
    check_references,
    check_people,
    check_deadlines,
    check_assignees,
    check_returns,
    check_votes,
    check_choices,
    check_copies,
    check_expressions,
    check_variables,
    check_variants,
    check_naming,
    check_translations,
)


def check_package(
    package: Package,
    registry: HandlerRegistry,
    *,
    roles: Collection[str] | None = None,
    known: Collection[str] = (),
) -> list[Finding]:
    """Return everything that is wrong with a package, errors first.

    Args:
        package: as read; its own findings are included.
        registry: handlers and lookups of the installation.
        roles: keys of the roles that exist, ``None`` = do not check them.
        known: ``kind:id`` of what other packages define and this one may refer to.
    """
    subject = Subject(package, registry, roles, frozenset(known))
    found = dict.fromkeys(package.findings)
    for check in CHECKS:
        found |= dict.fromkeys(check(subject))
    return sorted(found, key=lambda item: (item.severity != "error", item.file, item.line))
