"""What is published stays: versions count upwards, the database refuses every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Table, delete, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound

from handlers.records.notices import (
    Family,
    NewNotice,
    NoticeKind,
    files_of,
    lots_of_notice,
    notice_of,
    notice_of_lot,
    notices_of_project,
    publish,
    publish_version,
    release_lots,
)
from handlers.records.projects import project_of_intention
from handlers.records.tables import notice, notice_attachment, notice_version
from tests.handlers.records.spine import NOW, SIGNATURE, TEXT, a_notice, a_project, two_lots

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LATER = replace(SIGNATURE, now=NOW + timedelta(days=2))


def test_a_correction_is_a_new_version_and_the_first_stays(session: Session) -> None:
    project = a_project(session)
    key = a_notice(session, project)
    corrected = replace(TEXT, title="职校实训电脑公开招标公告（更正）", reason="预算有误")

    assert publish_version(session, key, corrected, LATER) == 2

    first, latest = notice_of(session, key, 1), notice_of(session, key)
    assert first is not None
    assert latest is not None
    assert (first.title, first.sections, first.facts) == (TEXT.title, TEXT.sections, TEXT.facts)
    assert (latest.version, latest.reason) == (2, "预算有误")
    assert latest.first_published_at == first.published_at == NOW
    assert latest.published_at == LATER.now
    assert first.sha256 != latest.sha256
    assert [item.version for item in notices_of_project(session, project.key)] == [2]
    assert notice_of(session, key, 3) is None


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "award"},
        {"versions": 1},
        {"versions": 3},
        {"versions": 2, "unit": "410421-NY01"},
        {"versions": 2, "first_published_at": LATER.now},
        {"versions": 2, "refers_to": 1},
    ],
)
def test_the_address_of_a_notice_is_never_changed(
    session: Session, change: dict[str, object]
) -> None:
    key = a_notice(session, a_project(session))

    with pytest.raises(DBAPIError, match="only gets further versions"):
        session.execute(update(notice).where(notice.c.key == key).values(**change))


@pytest.mark.parametrize("table", [notice, notice_version, notice_attachment])
def test_nothing_published_is_deleted(session: Session, table: Table) -> None:
    a_notice(session, a_project(session))
    put_file(session)

    with pytest.raises(DBAPIError, match=table.name):
        session.execute(delete(table))


def put_file(session: Session) -> None:
    """Attach a file to every version, past the foreign key to its upload."""
    deferred = "SET session_replication_role = replica"
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    session.execute(text(deferred if on_postgresql else "PRAGMA defer_foreign_keys = ON"))
    session.execute(
        text(
            "INSERT INTO notice_attachment SELECT notice, version, 1, 1, 'a.pdf', 3,"
            " 'application/pdf', '00' FROM notice_version"
        )
    )
    if on_postgresql:
        session.execute(text("SET session_replication_role = origin"))


@pytest.mark.parametrize("table", [notice_version, notice_attachment])
def test_no_version_is_changed(session: Session, table: Table) -> None:
    a_notice(session, a_project(session))
    put_file(session)

    with pytest.raises(DBAPIError, match="versions never change"):
        session.execute(update(table).values(sha256="ff"))


def test_a_lot_has_one_live_call(session: Session) -> None:
    project = a_project(session)
    first, second = two_lots(session, project)
    key = a_notice(session, project, first)

    found = notice_of_lot(session, first.key, Family.CALL)
    assert found is not None
    assert found.key == key
    assert lots_of_notice(session, key) == [first.key]
    assert notice_of_lot(session, second.key, Family.CALL) is None
    with pytest.raises(IntegrityError):
        a_notice(session, project, first)


def test_a_lot_whose_call_ended_is_announced_again(session: Session) -> None:
    project = a_project(session)
    first, _second = two_lots(session, project)
    a_notice(session, project, first)

    assert release_lots(session, [first.key], NOW) == 1

    again = a_notice(session, project, first)
    found = notice_of_lot(session, first.key, Family.CALL)
    assert found is not None
    assert found.key == again


def test_corrections_of_one_lot_follow_each_other(session: Session) -> None:
    project = a_project(session)
    lot, _other = two_lots(session, project)
    call = a_notice(session, project, lot)
    correction = NewNotice(
        kind=NoticeKind.CORRECTION,
        project=project.key,
        unit=project.unit,
        division=project.division,
        refers_to=call,
        lots=(lot,),
    )

    keys = [publish(session, correction, TEXT, LATER) for _time in range(2)]

    assert len(set(keys)) == 2
    found = [item for item in notices_of_project(session, project.key) if item.key in keys]
    assert [item.refers_to for item in found] == [call, call]


def test_a_version_needs_its_notice(session: Session) -> None:
    with pytest.raises(NoResultFound):
        publish_version(session, 404, TEXT, SIGNATURE)


def test_the_demonstration_published_its_intentions(session: Session) -> None:
    project = project_of_intention(session, "INT01")
    assert project is not None

    (found,) = notices_of_project(session, project.key)

    assert found.title == "郑州市示例第一中学智慧课堂设备采购意向公告"
    assert found.facts["budget"] == "1200000.00"
    assert files_of(session, found.key, 1) == []
    stored = session.execute(
        select(notice_version.c.search_text).where(notice_version.c.notice == found.key)
    ).scalar_one()
    assert "预算金额（元） 1,200,000.00" in stored
