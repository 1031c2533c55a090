"""BPMN: the only door to SpiffWorkflow. Reads models, moves tokens, reports what waits."""

from __future__ import annotations

from engine.bpmn.ahead import next_user_tasks
from engine.bpmn.codec import decode as decode_values
from engine.bpmn.codec import encode as encode_values
from engine.bpmn.errors import (
    ElementError,
    EndlessLoopError,
    ExpressionError,
    JumpRefusedError,
    MigrationRefusedError,
    NoFlowError,
    StateCodecError,
    StuckError,
    TokenGoneError,
    UncaughtError,
)
from engine.bpmn.facts import (
    AdHocFacts,
    CalledDecision,
    ElementKind,
    EventFacts,
    EventType,
    IoMapping,
    LoopFacts,
    Script,
    TimerKind,
    UserTaskSpec,
)
from engine.bpmn.free_choice import condition_of
from engine.bpmn.interpreter import Interpreter
from engine.bpmn.jump import CancelledToken, JumpEffect
from engine.bpmn.machine import Outgoing, StepEvent, StepKind
from engine.bpmn.marking import Marking
from engine.bpmn.model import Element, ProcessModel, SequenceFlow
from engine.bpmn.order import after
from engine.bpmn.outcomes import Outcome, is_return
from engine.bpmn.reader import lint_model, read_deployed_model, read_model
from engine.bpmn.structure import are_beside
from engine.bpmn.votes import RoundChange
from engine.bpmn.waits import Wait, WaitKind

__all__ = [
    "AdHocFacts",
    "CalledDecision",
    "CancelledToken",
    "Element",
    "ElementError",
    "ElementKind",
    "EndlessLoopError",
    "EventFacts",
    "EventType",
    "ExpressionError",
    "Interpreter",
    "IoMapping",
    "JumpEffect",
    "JumpRefusedError",
    "LoopFacts",
    "Marking",
    "MigrationRefusedError",
    "NoFlowError",
    "Outcome",
    "Outgoing",
    "ProcessModel",
    "RoundChange",
    "Script",
    "SequenceFlow",
    "StateCodecError",
    "StepEvent",
    "StepKind",
    "StuckError",
    "TimerKind",
    "TokenGoneError",
    "UncaughtError",
    "UserTaskSpec",
    "Wait",
    "WaitKind",
    "after",
    "are_beside",
    "condition_of",
    "decode_values",
    "encode_values",
    "is_return",
    "lint_model",
    "next_user_tasks",
    "read_deployed_model",
    "read_model",
]
