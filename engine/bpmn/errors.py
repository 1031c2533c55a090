"""What the interpreter raises; every error names the element, so that an incident can show it."""

from __future__ import annotations

from typing import ClassVar

from engine.errors import WorkflowError, WrongStateError


class ElementError(WorkflowError):
    """Execution cannot go on at an element; the commands layer makes an incident of it.

    Attributes:
        element_id: BPMN id of the element.
    """

    code: ClassVar[str] = "ERR_ELEMENT"

    def __init__(self, element_id: str, message_zh: str, message_en: str) -> None:
        """Keep the element beside the two sentences."""
        super().__init__(message_zh, message_en)
        self.element_id = element_id


class NoFlowError(ElementError):
    """No condition of an exclusive or inclusive choice is true and there is no default flow."""

    code = "ERR_NO_FLOW"

    def __init__(self, element_id: str, name: str) -> None:
        """Name the element."""
        super().__init__(
            element_id,
            f"“{name or element_id}”的所有流出条件都不成立，且没有默认流向。"
            "请检查变量，或在流程图中指定默认流向。",
            f"No condition of {element_id} is true and it has no default flow.",
        )


class ExpressionError(ElementError):
    """An expression of the model failed or has a value of the wrong kind."""

    code = "ERR_EXPRESSION"


class UncaughtError(ElementError):
    """An error event that nobody catches.

    Attributes:
        error_code: the BPMN error code.
    """

    code = "ERR_UNCAUGHT"

    def __init__(self, element_id: str, error_code: str) -> None:
        """Name the element and the code."""
        super().__init__(
            element_id,
            f"环节“{element_id}”抛出的业务错误“{error_code}”没有被任何错误边界事件或"
            "错误事件子流程捕获，请在流程图中补画。",
            f"Nobody catches the error {error_code!r} thrown at {element_id}.",
        )
        self.error_code = error_code


class StuckError(ElementError):
    """Nothing can move and nothing waits: a join waits for a token that will never come."""

    code = "ERR_STUCK"

    def __init__(self, element_id: str) -> None:
        """Name the join."""
        super().__init__(
            element_id,
            f"汇聚网关“{element_id}”在等待不会到来的分支，流程无法继续。请检查分支与汇聚是否配对。",
            f"The join {element_id} waits for a token that will never arrive.",
        )


class EndlessLoopError(ElementError):
    """More automatic steps in one run than any sensible model needs."""

    code = "ERR_ENDLESS_LOOP"

    def __init__(self, element_id: str, steps: int) -> None:
        """Name an element of the circle."""
        super().__init__(
            element_id,
            f"流程连续自动执行超过 {steps} 步（经过“{element_id}”），存在没有等待点的循环。",
            f"More than {steps} automatic steps in a row, around {element_id}.",
        )


class StateCodecError(WorkflowError):
    """A state document that this version cannot read."""

    code = "ERR_STATE_CODEC"


class TokenGoneError(WrongStateError):
    """A token was completed or cancelled before, or never existed."""

    def __init__(self, token_id: str) -> None:
        """Name the token."""
        super().__init__(
            f"该步骤（令牌 {token_id}）已经办结或撤销，不能再次办理。",
            f"Token {token_id} is finished, cancelled or unknown.",
        )
        self.token_id = token_id


class JumpRefusedError(WrongStateError):
    """A return, withdrawal or move that the structure does not allow.

    Attributes:
        target_id: the element that was asked for.
    """

    code = "ERR_JUMP"

    def __init__(self, target_id: str, reason_zh: str, reason_en: str) -> None:
        """Name the target and the reason."""
        super().__init__(
            f"不能转到环节“{target_id}”：{reason_zh}", f"Cannot move to {target_id}: {reason_en}"
        )
        self.target_id = target_id


class MigrationRefusedError(WrongStateError):
    """An instance cannot go on with another definition.

    Attributes:
        element_ids: active elements without a counterpart, in the order of the state.
    """

    code = "ERR_MIGRATION"

    def __init__(self, element_ids: tuple[str, ...]) -> None:
        """Name the elements; none when the instance is over."""
        names = "、".join(element_ids)
        self.element_ids = element_ids
        if not element_ids:
            super().__init__("实例已经结束，不能迁移。", "The instance is over.")
            return
        super().__init__(
            f"实例不能迁移到新的流程定义：正在办理的“{names}”在新定义中没有同类型、同层次的对应元素。"
            "请先办结，或指定对应关系。",
            f"The instance cannot be migrated: {', '.join(element_ids)} have no counterpart of the"
            " same kind and level in the new definition; finish them or name the counterparts.",
        )
