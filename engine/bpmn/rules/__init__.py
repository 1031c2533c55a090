"""The rules of a model: one rule per module, shared by lint and deployment.

A rule module has ``check(model, findings)``; its docstring is the text for the catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.rules import (
    ad_hoc_content,
    boundary_host,
    compensation_pairs,
    complex_activation,
    conditions,
    event_gateway_targets,
    event_place,
    expressions,
    flow_ends,
    links,
    loop_counters,
    nesting,
    reachable,
    required_facts,
    start_present,
    transaction_cancel,
)

if TYPE_CHECKING:
    from types import ModuleType

    from engine.bpmn.findings import Findings
    from engine.bpmn.model import ProcessModel

#: Rules that later ones rely on; when one finds an error, the others are not asked.
STRUCTURE: Final[tuple[ModuleType, ...]] = (flow_ends, boundary_host, links, nesting)
#: All other rules, in the order in which their findings are shown.
CONTENT: Final[tuple[ModuleType, ...]] = (
    start_present,
    event_place,
    required_facts,
    conditions,
    compensation_pairs,
    transaction_cancel,
    event_gateway_targets,
    complex_activation,
    ad_hoc_content,
    loop_counters,
    expressions,
    reachable,
)


def check_model(model: ProcessModel, findings: Findings) -> None:
    """Add the findings of all rules."""
    for rule in STRUCTURE:
        rule.check(model, findings)
    if findings.has_errors:
        return
    for rule in CONTENT:
        rule.check(model, findings)
