"""The course of a project: one release for each published version, oldest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handlers.ocds.values import Json, moment, parties, reference

if TYPE_CHECKING:
    from handlers.records.notices import PublishedNotice
    from handlers.records.projects import Project


@dataclass
class Course:
    """What the releases so far have said, which the next one needs.

    Attributes:
        project: the contracting process.
        address: of the public site.
        is_tendered: there was a call for tenders.
        lots: ``{lot number: its part of the tender}``.
        awards: ``{lot number: id of the award in force}``.
        contracts: ``{filing number: id of its award}``.
        releases: so far.
        of_notice: ``{notice key: id of its last release}``.
    """

    project: Project
    address: str
    is_tendered: bool = False
    lots: dict[str, Json] = field(default_factory=dict)
    awards: dict[str, str] = field(default_factory=dict)
    contracts: dict[str, str] = field(default_factory=dict)
    releases: list[Json] = field(default_factory=list)
    of_notice: dict[int, str] = field(default_factory=dict)

    def add(self, notice: PublishedNotice, tags: list[str], content: Json) -> None:
        """Add the release of a published version."""
        known = notice.facts["parties"]
        buyers = [one for one in known if "buyer" in one["roles"]]
        release_id = f"{notice.key}-{notice.version}"
        self.releases.append(
            {
                "ocid": self.project.ocid,
                "id": release_id,
                "date": moment(notice.published_at),
                "tag": tags,
                "initiationType": "tender",
                "language": "zh",
                "parties": parties(known),
                **({"buyer": reference(buyers[0])} if buyers else {}),
                **content,
            }
        )
        self.of_notice[notice.key] = release_id

    def tender(self, **values: Any) -> Json:
        """Return a part of the tender; there is one for each project."""
        return {"id": self.project.ocid, **values}
