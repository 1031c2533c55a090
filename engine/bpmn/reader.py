"""The only place where BPMN bytes become a ``ProcessModel``; refuses what cannot be run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.findings import Findings
from engine.bpmn.process_reader import read_process
from engine.bpmn.rules import check_model
from engine.errors import DeploymentRefusedError, WorkflowError
from engine.xml import XmlRefusedError, parse_xml

if TYPE_CHECKING:
    from engine.bpmn.model import ProcessModel
    from engine.errors import Finding


def read_model(data: bytes, file: str = "") -> ProcessModel:
    """Return the model in ``data``.

    Raises:
        DeploymentRefusedError: with every finding: file, element id, reason, what to draw instead.
    """
    model, findings = _read(data, file)
    if model is None or findings.has_errors:
        raise DeploymentRefusedError(findings.all())
    return model


def read_deployed_model(data: bytes, file: str = "") -> ProcessModel:
    """Return a model that was accepted when it was deployed.

    The rules are not asked again: matters go on as their diagram was drawn, also where a newer
    version would refuse it.

    Raises:
        DeploymentRefusedError: there is no model in it.
    """
    model, findings = _read(data, file, is_new=False)
    if model is None:
        raise DeploymentRefusedError(findings.all())
    return model


def lint_model(data: bytes, file: str = "") -> list[Finding]:
    """Return errors and warnings of a model; never raises for a bad one."""
    found = _read(data, file)[1].all()
    return sorted(found, key=lambda finding: (finding.severity != "error", finding.line))


def _read(data: bytes, file: str, *, is_new: bool = True) -> tuple[ProcessModel | None, Findings]:
    findings = Findings(file)
    try:
        root = parse_xml(data)
        model = read_process(root, findings)
        if model is not None and is_new:
            check_model(model, findings)
        return model, findings
    except XmlRefusedError as error:
        findings.error("xml", ("", error.line), error.message_zh, error.message_en)
    except WorkflowError as error:
        findings.error("model", ("", 0), error.message_zh, error.message_en)
    except Exception as error:  # a file from outside must never crash the deployment
        findings.error(
            "unreadable",
            ("", 0),
            f"文件无法读取（{type(error).__name__}），请在设计器中重新保存后再试。",
            f"The file cannot be read ({type(error).__name__}); save it again in a designer.",
        )
    return None, findings
