"""The only place for the exceptions that cross module borders.

Three audiences are kept apart (docs/adr): a caller's mistake is one of the classes below, a
business outcome is ``engine.handler.BpmnError``, a technical failure ends in an incident.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


class WorkflowError(Exception):
    """The root of all errors that this project raises on purpose.

    Attributes:
        code: stable upper-case name such as ``ERR_TASK_GONE``; what programs compare.
        message_zh: a Chinese sentence that says what happened and what to do.
        message_en: the same in English.
    """

    code: ClassVar[str] = "ERR"

    def __init__(self, message_zh: str, message_en: str) -> None:
        """Keep both languages; ``str()`` is the English one, for logs."""
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en

    def message(self, language: str = "zh") -> str:
        """Return the sentence in ``language`` (``"en"``, anything else is Chinese)."""
        return self.message_en if language == "en" else self.message_zh


class NotFoundError(WorkflowError):
    """What was named does not exist (HTTP 404)."""

    code = "ERR_NOT_FOUND"

    def __init__(self, kind_zh: str, kind_en: str, key: object) -> None:
        """Name the kind of thing in both languages and the key that was asked for."""
        super().__init__(
            f"{kind_zh}不存在（{key}），请返回列表重新选择。",
            f"No such {kind_en} ({key}); go back to the list and choose again.",
        )
        self.key = str(key)


class NotAllowedError(WorkflowError):
    """The participant may not do this (HTTP 403); the text never tells about the object."""

    code = "ERR_NOT_ALLOWED"

    def __init__(
        self,
        message_zh: str = "您没有办理此事项的权限。如需办理，请联系管理员调整岗位。",
        message_en: str = "You may not do this. Ask an administrator if your post should allow it.",
    ) -> None:
        """Keep a reason that leaks nothing about the object."""
        super().__init__(message_zh, message_en)


class TooManyTriesError(WorkflowError):
    """Somebody tries too often (HTTP 429)."""

    code = "ERR_TOO_MANY"


class WrongStateError(WorkflowError):
    """The object is not in a state that allows the command (HTTP 409)."""

    code = "ERR_STATE"


class MatterSuspendedError(WrongStateError):
    """The matter is suspended (HTTP 409); nothing moves before it is resumed."""

    code = "ERR_SUSPENDED"


class TaskGoneError(WrongStateError):
    """The work item was completed or cancelled before (HTTP 409); says by whom and when."""

    code = "ERR_TASK_GONE"


class LinkGoneError(WrongStateError):
    """A one-time link was used, has lapsed or was recalled (HTTP 410); says which."""

    code = "ERR_LINK_GONE"


class StaleRevisionError(WrongStateError):
    """Somebody changed the instance between reading and writing (HTTP 409)."""

    code = "ERR_STALE"


@dataclass(frozen=True, kw_only=True)
class FieldError:
    """One refused input.

    Attributes:
        field: form path such as ``plan_name`` or ``items.0.quantity``; ``""`` for the whole form.
        code: stable name such as ``ERR_REQUIRED``.
        message_zh: what is wrong and what to do, Chinese.
        message_en: the same in English.
    """

    field: str
    code: str
    message_zh: str
    message_en: str


class ValidationFailedError(WorkflowError):
    """Input was refused (HTTP 422); nothing was written.

    Attributes:
        errors: one ``FieldError`` per refused input, in the order of the form.
    """

    code = "ERR_VALIDATION"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        """Join the messages, each once, into one sentence for callers without a form."""
        super().__init__(
            "；".join(dict.fromkeys(one.message_zh.rstrip("。") for one in errors)) + "。",
            "; ".join(dict.fromkeys(one.message_en.rstrip(".") for one in errors)) + ".",
        )
        self.errors = tuple(errors)


class NobodyFitsError(WorkflowError):
    """No active person may take a work item (an incident, or a refused hand-over)."""

    code = "ERR_NOBODY"

    def __init__(self, step: str, unit: str) -> None:
        """Name the step and the unit that the matter belongs to."""
        super().__init__(
            f"环节“{step}”（{unit}）目前没有可以办理的人员，请管理员设置岗位人员后重试，"
            "或指定办理人。",
            f"Nobody can do “{step}” ({unit}) at present; an administrator must fill the post and"
            " try again, or name a person.",
        )


class RuleNoMatchError(WorkflowError):
    """A decision has no matching rule: never an empty result, always an error."""

    code = "ERR_RULE_NO_MATCH"


class ConfigurationError(WorkflowError):
    """The installation is incomplete or contradictory; the operator must act."""

    code = "ERR_CONFIGURATION"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One result of a check of a model, decision table or form, shown at its element.

    Attributes:
        rule: name of the rule, e.g. ``dangling-reference``.
        severity: ``error`` (refuses the deployment) or ``warning``.
        file: path inside the package, e.g. ``plan_filing.bpmn``.
        element_id: BPMN/DMN id or form key, ``""`` for the whole file.
        message_zh: what is wrong and what to draw instead.
        message_en: the same in English.
        line: 1-based line in the file, 0 when unknown.
    """

    rule: str
    severity: str
    file: str
    element_id: str
    message_zh: str
    message_en: str
    line: int = 0


class DeploymentRefusedError(WorkflowError):
    """A deployment was refused whole (HTTP 422).

    Attributes:
        findings: every finding, errors first.
    """

    code = "ERR_DEPLOYMENT"

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Put every error's file, element and reason into the sentence."""
        self.findings = tuple(sorted(findings, key=lambda finding: finding.severity != "error"))
        errors = [finding for finding in self.findings if finding.severity == "error"]
        super().__init__(
            "部署被拒绝：" + "；".join(f"{e.file}#{e.element_id}：{e.message_zh}" for e in errors),
            "Deployment refused: "
            + "; ".join(f"{e.file}#{e.element_id}: {e.message_en}" for e in errors),
        )


def field_error(field: str, code: str, message_zh: str, message_en: str) -> ValidationFailedError:
    """Return a refusal of a single field."""
    return ValidationFailedError(
        [FieldError(field=field, code=code, message_zh=message_zh, message_en=message_en)]
    )


JsonValue = None | bool | int | float | str | Sequence[Any] | Mapping[str, Any]


class NoVariantError(WorkflowError):
    """The procedure is not deployed for a unit's division (HTTP 409); nothing was started."""

    code = "ERR_NO_VARIANT"

    def __init__(self, process_name: str, division: str) -> None:
        """Name the procedure and the division."""
        super().__init__(
            f"“{process_name}”尚未在贵单位所在区划（{division}）启用，请联系管理员部署该地区的流程。",
            f"“{process_name}” is not deployed for division {division}; ask an administrator.",
        )
        self.division = division


class UnmatchedError(WorkflowError):
    """A message from outside is sound, but nothing here belongs to it: a person must look."""

    code = "ERR_UNMATCHED"


class MessageRefusedError(WorkflowError):
    """A message from outside was refused whole; nothing but an audit line was written."""

    code = "ERR_MESSAGE"


class BadSignatureError(MessageRefusedError):
    """Nobody knows who sent it, or it is not what was signed (HTTP 401)."""

    code = "ERR_SIGNATURE"

    def __init__(self, reason: str) -> None:
        """Keep the reason for the log; the sender learns it, too, to find mistakes."""
        super().__init__(
            f"签名未通过验证（{reason}），请核对密钥、时间和签名内容。",
            f"The signature is not right ({reason}); check key, clock and what was signed.",
        )


class ReplayedError(MessageRefusedError):
    """The same signed request came before (HTTP 409)."""

    code = "ERR_REPLAYED"

    def __init__(self) -> None:
        """Say how to repeat a message."""
        super().__init__(
            "此签名已使用过；如需重发，请用相同消息编号和新的 nonce 重新签名。",
            "This signature was used before; to repeat, sign the same id with a new nonce.",
        )


class MalformedMessageError(MessageRefusedError):
    """It cannot be read (HTTP 400)."""

    code = "ERR_MALFORMED"

    def __init__(self, reason_zh: str, reason_en: str) -> None:
        """Say what cannot be read."""
        super().__init__(f"消息无法读取：{reason_zh}。", f"Unreadable message: {reason_en}.")


class MessageTooLargeError(MessageRefusedError):
    """It is larger than any message may be (HTTP 413)."""

    code = "ERR_TOO_LARGE"

    def __init__(self, limit: int) -> None:
        """Name the limit in bytes."""
        super().__init__(
            f"消息超过 {limit} 字节，请拆分后发送。",
            f"The message is larger than {limit} bytes; split it.",
        )


class MessageIdReusedError(MessageRefusedError):
    """An id that was used for another content (HTTP 409)."""

    code = "ERR_MESSAGE_ID_REUSED"

    def __init__(self, message_id: str) -> None:
        """Name the id."""
        super().__init__(
            f"消息编号“{message_id}”已用于其他内容，请使用新的编号。",
            f"Message id {message_id!r} was used for another content; use a new one.",
        )
