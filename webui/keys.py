"""Keys for people who do not take the mouse: one table, from which the sheet is written.

The script takes its bindings from the sheet of the page, so no key can be missing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from flask import Flask
    from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Binding:
    """A key and what it does.

    Attributes:
        key: as the browser names it.
        name: what the sheet says.
        does: ``click`` or ``focus`` the first of ``at`` that is shown, ``open`` the panel there,
            ``next`` and ``previous`` walk along the lines, ``sheet`` shows all keys.
        at: CSS selector.
    """

    key: str
    name: LazyString
    does: str
    at: str = ""


#: (heading, its keys): everywhere, on lists, on the page of a task.
KEYS: Final = (
    (
        lazy_gettext("所有页面"),
        (
            Binding("?", lazy_gettext("显示本说明"), "sheet"),
            Binding("/", lazy_gettext("搜索"), "focus", "main [data-search], [data-search]"),
            Binding("1", lazy_gettext("待办"), "click", '[data-go="todo"]'),
            Binding("2", lazy_gettext("已办"), "click", '[data-go="done"]'),
            Binding("3", lazy_gettext("我发起的"), "click", '[data-go="started"]'),
            Binding("4", lazy_gettext("草稿"), "click", '[data-go="drafts"]'),
            Binding("5", lazy_gettext("待阅"), "click", '[data-go="to_read"]'),
            Binding("6", lazy_gettext("第一个保存的筛选"), "click", '[data-go="filter"]'),
            Binding("n", lazy_gettext("发起新事项"), "click", '[data-go="start"]'),
            Binding("b", lazy_gettext("通知"), "click", "a.bell"),
            Binding(",", lazy_gettext("个人设置"), "click", ".nav-foot a"),
        ),
    ),
    (
        lazy_gettext("列表"),
        (
            Binding("j", lazy_gettext("下一条，回车打开"), "next", "[data-row-link]"),
            Binding("k", lazy_gettext("上一条，回车打开"), "previous", "[data-row-link]"),
            Binding("f", lazy_gettext("快捷筛选"), "focus", "[data-first-filter]"),
            Binding("c", lazy_gettext("清除条件"), "click", ".clear-all"),
            Binding("v", lazy_gettext("排序、分组、列"), "open", '[data-panel="show"]'),
            Binding("w", lazy_gettext("保存筛选"), "open", '[data-panel="save"]'),
            Binding("e", lazy_gettext("导出 Excel"), "click", '[data-go="export"]'),
        ),
    ),
    (
        lazy_gettext("列表和办理页"),
        (
            Binding("[", lazy_gettext("上一页、上一条"), "click", 'main [data-go="previous"]'),
            Binding("]", lazy_gettext("下一页、下一条"), "click", 'main [data-go="next"]'),
        ),
    ),
    (
        lazy_gettext("办理页"),
        (
            Binding("i", lazy_gettext("表单第一项"), "focus", ".form-fields :is(input, select)"),
            Binding("o", lazy_gettext("办理意见"), "focus", "#opinion"),
            Binding("a", lazy_gettext("办理按钮，回车办理"), "focus", ".verbs > button"),
            Binding("r", lazy_gettext("退回"), "open", ".verbs [data-apart], .verbs > .btn-warn"),
            Binding("m", lazy_gettext("更多操作"), "open", ".verbs [data-more]"),
            Binding("s", lazy_gettext("保存草稿"), "click", '.verbs [value="save"]'),
            Binding("y", lazy_gettext("为什么"), "open", "#why"),
            Binding("h", lazy_gettext("为什么是这一天"), "open", "#why-this-date"),
            Binding("p", lazy_gettext("审批详情"), "click", '.tabs a[href="#panel-work"]'),
            Binding("d", lazy_gettext("流程图"), "click", '.tabs a[href="#panel-diagram"]'),
            Binding("l", lazy_gettext("流转记录"), "click", '.tabs a[href="#panel-audit"]'),
            Binding("u", lazy_gettext("返回列表"), "click", '.crumbs [data-go="list"]'),
        ),
    ),
)


def init_app(app: Flask) -> None:
    """Let every page show the sheet."""
    app.jinja_env.globals["all_keys"] = KEYS
