"""The one place where errors become pages; every page says what to do next."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]  # ships no types
from werkzeug.exceptions import HTTPException

from engine.errors import (
    DeploymentRefusedError,
    NotAllowedError,
    NotFoundError,
    TooManyTriesError,
    ValidationFailedError,
    WorkflowError,
    WrongStateError,
)
from webui.access import PUBLIC_SITE
from webui.formats import new_idempotency_key
from webui.language import said

if TYPE_CHECKING:
    from flask import Flask

_log: Final = logging.getLogger(__name__)
#: Status by error class, most special first.
STATUS: Final[tuple[tuple[type[WorkflowError], int], ...]] = (
    (NotFoundError, 404),
    (NotAllowedError, 403),
    (WrongStateError, 409),
    (ValidationFailedError, 422),
    (DeploymentRefusedError, 422),
    (TooManyTriesError, 429),
)


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says: heading, what happened, what to do."""

    title: str
    words: str
    advice: str


def init_app(app: Flask) -> None:
    """Show a page for every error."""
    app.register_error_handler(WorkflowError, _workflow_error)
    app.register_error_handler(CSRFError, _page_expired)
    app.register_error_handler(HTTPException, _http_error)


def status_of(error: WorkflowError) -> int:
    """Return the HTTP status that ``error`` means; 500 when only an operator can act."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def _workflow_error(error: WorkflowError) -> tuple[str, int]:
    status = status_of(error)
    if status == 500:
        return _broken(error, said(error))
    titles = {
        403: gettext("没有权限"),
        404: gettext("找不到"),
        409: gettext("此事项已发生变化"),
        422: gettext("内容未通过检查"),
        429: gettext("操作过于频繁"),
    }
    advice = {
        403: gettext("本次访问已记入审计日志。请返回待办，从列表中打开事项。"),
        404: gettext("请返回待办，从列表中重新打开。"),
        409: gettext("没有保存任何内容。请查看最新情况后再办理。"),
        422: gettext("没有保存任何内容。请返回修改后重试。"),
        429: gettext("没有保存任何内容。请稍后再试。"),
    }
    return _show(status, ErrorPage(titles[status], said(error), advice[status]))


def _page_expired(_error: CSRFError) -> tuple[str, int]:
    page = ErrorPage(
        gettext("页面已失效"),
        gettext("页面停留时间过长，或浏览器没有保存本站的 Cookie。"),
        gettext("请返回上一页，刷新后重新提交；填写的内容仍在上一页中，请先复制。"),
    )
    return _show(400, page)


def _http_error(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    if status >= 500:
        return _broken(getattr(error, "original_exception", None) or error, "")
    known = {
        404: ErrorPage(
            gettext("找不到页面"),
            gettext("地址可能输入有误，或事项已被移走。"),
            gettext("请返回待办，从列表中重新打开。"),
        ),
        405: ErrorPage(
            gettext("不能这样打开"),
            gettext("这个地址只能由页面上的按钮提交。"),
            gettext("请返回待办，从列表中重新打开。"),
        ),
        413: ErrorPage(
            gettext("提交的内容太大"),
            gettext("一次提交的文件总量超过了系统上限，没有保存任何内容。"),
            gettext("请返回上一页，分几次上传较大的文件。"),
        ),
    }
    other = ErrorPage(
        gettext("无法处理此请求"), gettext("浏览器发来的内容不完整。"), gettext("请返回后重试。")
    )
    return _show(status, known.get(status, other))


def _broken(error: BaseException, words: str) -> tuple[str, int]:
    """Log once with a number that the page shows, so that both can be found together."""
    number = new_idempotency_key()[:8]
    _log.error("request %s failed: %s %s", number, request.method, request.path, exc_info=error)
    page = ErrorPage(
        gettext("系统出错了"),
        words or gettext("没有保存任何内容，已有的数据不受影响。"),
        gettext("请稍后重试；如再次出现，请把编号 %(number)s 告诉管理员。", number=number),
    )
    return _show(500, page)


def _show(status: int, page: ErrorPage) -> tuple[str, int]:
    folder = PUBLIC_SITE if request.blueprint == PUBLIC_SITE else "errors"
    return render_template(f"{folder}/error.html", status=status, error=page), status
