"""Open data by address: a release package for each publication, a record for each project.

Whoever collects everything reads ``records.json`` and follows ``links.next`` to its end.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from engine.model.keys import parse_key
from handlers.ocds.course import Course
from handlers.ocds.merge import compiled
from handlers.ocds.notices import add_release
from handlers.ocds.payments import add_payments
from handlers.records.notices.reading import history_of_project, published_projects
from handlers.records.projects import project_of_key, project_of_ocid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from engine.gazette import Site
    from handlers.ocds.values import Json
    from handlers.records.notices import PublishedNotice
    from handlers.records.projects import Project

_VERSION: Final = "1.1"
#: Lots are an extension of OCDS 1.1; everything else is of the standard itself.
_EXTENSIONS: Final = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json",
)
_ALL_RECORDS: Final = "records"
_AFTER: Final = "records/after/"
#: Projects of one page of all records.
_PAGE: Final = 20
_RECORDS: Final = "records/"
_RELEASES: Final = "releases/"
_ENDING: Final = ".json"


def release_name(notice: PublishedNotice, project: Project) -> str:
    """Return where the release package of a published version stands."""
    return f"{_RELEASES}{project.ocid}/{notice.key}-{notice.version}{_ENDING}"


def record_name(project: Project) -> str:
    """Return where the record of a project stands."""
    return f"{_RECORDS}{project.ocid}{_ENDING}"


def open_data(session: Session, name: str, site: Site) -> bytes | None:
    """Return the JSON behind a name, ``None`` when nothing was published under it."""
    if not name.endswith(_ENDING):
        return None
    stem = name.removesuffix(_ENDING)
    if stem == _ALL_RECORDS:
        return _records(session, stem, 0, site)
    if stem.startswith(_AFTER):
        after = parse_key(stem.removeprefix(_AFTER))
        return None if after is None else _records(session, stem, after, site)
    if stem.startswith(_RECORDS):
        return _record(session, stem.removeprefix(_RECORDS), site)
    ocid, _, release_id = stem.removeprefix(_RELEASES).rpartition("/")
    is_release = stem.startswith(_RELEASES)
    return _release(session, ocid, release_id, site) if is_release else None


def releases_of(session: Session, project: Project, address: str) -> list[Json]:
    """Return every release of a project, oldest first."""
    course = Course(project=project, address=address)
    for notice in history_of_project(session, project.key):
        add_release(course, notice)
    add_payments(session, course)
    return course.releases


def _release(session: Session, ocid: str, release_id: str, site: Site) -> bytes | None:
    project = project_of_ocid(session, ocid)
    releases = releases_of(session, project, site.address) if project else []
    found = [one for one in releases if one["id"] == release_id]
    if not found:
        return None
    return _package(f"{_RELEASES}{ocid}/{release_id}{_ENDING}", found, {"releases": found}, site)


def _record(session: Session, ocid: str, site: Site) -> bytes | None:
    project = project_of_ocid(session, ocid)
    releases = releases_of(session, project, site.address) if project else []
    if not releases:
        return None
    record = {"ocid": ocid, "releases": releases, "compiledRelease": compiled(releases)}
    packages = [_address(f"{_RELEASES}{ocid}/{one['id']}{_ENDING}", site) for one in releases]
    content = {"packages": packages, "records": [record]}
    return _package(f"{_RECORDS}{ocid}{_ENDING}", releases, content, site)


def _records(session: Session, stem: str, after: int, site: Site) -> bytes | None:
    """Return a page of all records, each compiled, its releases by their addresses."""
    keys = published_projects(session, after, _PAGE + 1)
    projects = [project_of_key(session, key) for key in keys[:_PAGE]]
    read = [(one, releases_of(session, one, site.address)) for one in projects if one]
    found = [(project, releases) for project, releases in read if releases]
    if not found:
        return None
    records = [
        {
            "ocid": project.ocid,
            "releases": [_linked(project.ocid, release, site) for release in releases],
            "compiledRelease": compiled(releases),
        }
        for project, releases in found
    ]
    latest = max((releases[-1] for _, releases in found), key=lambda one: str(one["date"]))
    content: Json = {"records": records}
    if len(keys) > _PAGE:
        content["links"] = {"next": _address(f"{_AFTER}{keys[_PAGE - 1]}{_ENDING}", site)}
    return _package(f"{stem}{_ENDING}", [latest], content, site)


def _linked(ocid: str, release: Json, site: Site) -> Json:
    address = _address(f"{_RELEASES}{ocid}/{release['id']}{_ENDING}", site)
    return {"url": address, "date": release["date"], "tag": release["tag"]}


def _package(name: str, releases: Sequence[Json], content: Json, site: Site) -> bytes:
    package = {
        "uri": _address(name, site),
        "version": _VERSION,
        "extensions": list(_EXTENSIONS),
        "publisher": {"name": site.publisher, "uri": f"{site.address}/"},
        "publishedDate": releases[-1]["date"],
        "publicationPolicy": f"{site.address}/notices/about",
        **content,
    }
    return json.dumps(package, ensure_ascii=False, indent=2).encode()


def _address(name: str, site: Site) -> str:
    return f"{site.address}/ocds/{quote(name)}"
