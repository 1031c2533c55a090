"""Names of lists, orders and headings, where templates need them."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext

from engine.queries import Group, Sort
from engine.queries.views import Box

#: (name, icon) by list, in the order of the menu.
BOXES: Final = {
    Box.TODO: (lazy_gettext("待办"), "inbox"),
    Box.TO_READ: (lazy_gettext("待阅"), "mail"),
    Box.DONE: (lazy_gettext("已办"), "done"),
    Box.READ: (lazy_gettext("已阅"), "mail-open"),
    Box.STARTED: (lazy_gettext("我发起的"), "flag"),
    Box.SENT: (lazy_gettext("抄送"), "send"),
    Box.DRAFTS: (lazy_gettext("草稿"), "draft"),
}
SORTS: Final = {
    Sort.DUE: lazy_gettext("期限最近的在前"),
    Sort.NEWEST: lazy_gettext("最新到达的在前"),
    Sort.OLDEST: lazy_gettext("最早到达的在前"),
    Sort.STEP: lazy_gettext("按环节"),
    Sort.UNIT: lazy_gettext("按单位"),
    Sort.TITLE: lazy_gettext("按名称"),
}
GROUPS: Final = {
    Group.NONE: lazy_gettext("不分组"),
    Group.PROCESS: lazy_gettext("按事项类型"),
    Group.UNIT: lazy_gettext("按单位"),
}
