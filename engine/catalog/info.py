"""``process.toml``: what a package says about its procedure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.catalog.toml_table import TomlTable

if TYPE_CHECKING:
    from engine.errors import Finding

#: A summary is shown in one line of a list.
MAX_SUMMARY: Final = 3
_PREFIX: Final = re.compile(r"(?:\d{2}){1,3}")


@dataclass(frozen=True, kw_only=True)
class SummaryField:
    """One fact of a matter that lists show.

    Attributes:
        label: Chinese.
        label_en: English.
        value: FEEL over the latest answers of all documents and the variables.
    """

    label: str
    label_en: str
    value: str


@dataclass(frozen=True, kw_only=True)
class ProcessInfo:
    """The head of a package.

    Attributes:
        id: BPMN process id of the root process, the folder's name.
        name: Chinese name.
        name_en: English name, falls back to the Chinese one.
        category: heading in the start catalogue.
        category_en: the same in English.
        description: one or two sentences.
        description_en: the same in English.
        starters: keys of the roles that may start it in their own unit; empty when only an
            outside event does.
        regions: division prefixes (2, 4 or 6 digits) in which it may be started; empty = all.
        title: FEEL, the matter's title.
        number: FEEL, the business number; null until it is given.
        summary: at most three facts for lists.
        timer_unit: code of the unit to which matters belong that a start timer begins.
        public_unit: the same for matters that anybody may start without a log-in; empty = nobody.
        public_form: form that such a person fills in; its answers are the model's variables.
        public_answer: FEEL, what such a person is told when the matter has come to rest.
        withdraw: the initiator may withdraw until the first approver opens or claims.
        separation_of_duties: the initiator may not complete later steps of others' roles.
        separate_roles: groups of roles of which nobody may act in two in one matter.
    """

    id: str
    name: str
    name_en: str = ""
    category: str = ""
    category_en: str = ""
    description: str = ""
    description_en: str = ""
    starters: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    title: str = ""
    number: str = ""
    summary: tuple[SummaryField, ...] = ()
    timer_unit: str = ""
    public_unit: str = ""
    public_form: str = ""
    public_answer: str = ""
    withdraw: bool = False
    separation_of_duties: bool = True
    separate_roles: tuple[tuple[str, ...], ...] = ()

    def covers(self, division: str) -> bool:
        """Tell whether units of ``division`` may start it."""
        return not self.regions or division.startswith(self.regions)

    def name_in(self, language: str) -> str:
        """Return the name in ``language`` (``en``, else Chinese)."""
        return (self.name_en if language == "en" else "") or self.name

    def category_in(self, language: str) -> str:
        """Return the category in ``language``."""
        return (self.category_en if language == "en" else "") or self.category

    def description_in(self, language: str) -> str:
        """Return the description in ``language``."""
        return (self.description_en if language == "en" else "") or self.description


def read_info(content: bytes, file: str, folder: str) -> tuple[ProcessInfo, list[Finding]]:
    """Read ``process.toml``.

    Args:
        content: bytes of the file.
        file: its path, for findings.
        folder: name of the package's folder, which ``id`` must repeat.

    Returns:
        The head (with empty values where the file is wrong) and what is wrong.
    """
    table = TomlTable.parse(content, file)
    info = ProcessInfo(
        id=table.text("id", required=True) or folder,
        name=table.text("name", required=True) or folder,
        name_en=table.text("name_en"),
        category=table.text("category", required=True),
        category_en=table.text("category_en"),
        description=table.text("description"),
        description_en=table.text("description_en"),
        starters=table.texts("starters"),
        regions=table.texts("regions"),
        title=table.text("title", required=True),
        number=table.text("number"),
        summary=_summary(table),
        timer_unit=table.text("timer_unit"),
        public_unit=table.text("public_unit"),
        public_form=table.text("public_form"),
        public_answer=table.text("public_answer"),
        withdraw=table.flag("withdraw"),
        separation_of_duties=table.flag("separation_of_duties", default=True),
        separate_roles=_separate(table),
    )
    _check(info, folder, table)
    table.refuse_rest()
    return info, table.findings


def _summary(table: TomlTable) -> tuple[SummaryField, ...]:
    fields = []
    for item in table.tables("summary"):
        fields.append(
            SummaryField(
                label=item.text("label", required=True),
                label_en=item.text("label_en"),
                value=item.text("value", required=True),
            )
        )
        table.absorb(item)
    return tuple(fields)


def _separate(table: TomlTable) -> tuple[tuple[str, ...], ...]:
    groups = []
    for item in table.tables("separate"):
        roles = item.texts("roles", required=True)
        if len(set(roles)) < 2:
            item.report(
                "separate-roles",
                "roles",
                "职责分离至少要写两个不同的岗位。",
                "a separation needs at least two different roles",
            )
        groups.append(roles)
        table.absorb(item)
    return tuple(groups)


def _check(info: ProcessInfo, folder: str, table: TomlTable) -> None:
    if info.id != folder:
        table.report(
            "id-is-folder",
            "id",
            f"id“{info.id}”应与文件夹名“{folder}”相同。",
            f"id {info.id!r} must be the folder's name {folder!r}",
        )
    for prefix in info.regions:
        if not _PREFIX.fullmatch(prefix):
            table.report(
                "region-prefix",
                "regions",
                f"“{prefix}”不是行政区划代码前缀，应为 2、4 或 6 位数字。",
                f"{prefix!r} is not a division prefix of 2, 4 or 6 digits",
            )
    if len(info.summary) > MAX_SUMMARY:
        table.report(
            "summary-length",
            "summary",
            f"摘要最多 {MAX_SUMMARY} 项，现有 {len(info.summary)} 项。",
            f"at most {MAX_SUMMARY} summary fields, found {len(info.summary)}",
        )
