"""The few words that every form shows, in both languages."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS: Final = {
    "required": ("必填", "required"),
    "readonly": ("由系统填写", "set by the system"),
    "choose": ("请选择", "Please choose"),
    "choose_of": ("请选择（共 {count} 项）", "Please choose ({count} choices)"),
    "change": ("更改", "Change"),
    "no_choices": ("目前没有可选的内容。", "There is nothing to choose from at the moment."),
    "search": ("查找", "Search"),
    "search_label": ("在“{label}”中查找", "Search in “{label}”"),
    "no_match": ("没有符合“{query}”的内容。", "Nothing matches “{query}”."),
    "more_choices": (
        "还有 {count} 项未显示，请输入关键词查找。",
        "{count} more; search to see them.",
    ),
    "add_row": ("添加一行", "Add a row"),
    "delete_row": ("删除", "Delete"),
    "delete_row_of": ("删除第 {number} 行", "Delete row {number}"),
    "row": ("第 {number} 行", "Row {number}"),
    "rows": ("共 {count} 行", "{count} row(s)"),
    "no_rows": ("还没有内容。", "Nothing here yet."),
    "refresh": ("刷新表单", "Refresh the form"),
    "upload": ("上传", "Upload"),
    "uploaded": ("已上传的文件", "Uploaded files"),
    "remove_file": ("移除", "Remove"),
    "remove_file_of": ("移除文件 {name}", "Remove the file {name}"),
    "files_hint": ("最多 {count} 个", "At most {count} file(s)"),
    "files_accept": ("{types} 格式", "{types} only"),
    "files_full": ("已达到文件数上限。", "No more files can be added."),
    "errors": ("有 {count} 处需要修改", "{count} thing(s) to correct"),
    "nothing": ("—", "—"),
    "separator": ("：", ": "),
}


def texts(language: str) -> Mapping[str, str]:
    """Return the words in ``language`` (``en``, anything else is Chinese)."""
    position = 1 if language == "en" else 0
    return MappingProxyType({name: pair[position] for name, pair in _TEXTS.items()})
