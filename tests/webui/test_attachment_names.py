from __future__ import annotations

from email.message import Message
from urllib.parse import unquote

import pytest

from webui.attachments import disposition


@pytest.mark.parametrize(
    "name",
    [
        "采购需求论证报告（终稿）.pdf",
        "plan.docx",
        '引号"与;分号.txt',
        "100% 完成.xlsx",
        "换\r\n行.pdf",
        "没有扩展名",
        ".隐藏",
    ],
)
def test_the_name_arrives_intact(name: str) -> None:
    value = disposition(name)

    extended = value.partition("filename*=UTF-8''")[2]
    assert unquote(extended) == name
    assert value.startswith("attachment; ")
    assert value.isascii()
    assert "\r" not in value
    assert "\n" not in value


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("plan.docx", "plan.docx"),
        ("采购计划.docx", "attachment.docx"),
        ("采购计划", "attachment"),
        ('a"b.pdf', "attachment.pdf"),
    ],
)
def test_old_software_gets_an_ascii_name_of_the_same_type(name: str, plain: str) -> None:
    message = Message()
    message["Content-Disposition"] = disposition(name).partition("; filename*")[0]

    assert message.get_filename() == plain
