"""The public site: everything published is found, nothing else; open data obey OCDS 1.1.5."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

from engine.handler import HandlerRegistry
from engine.model.keys import new_key
from handlers.ocds import site
from handlers.records.notices import NoticeKind
from tests.handlers.ocds.validation import faults, officially_merged
from tests.processes.award_change import approve as approve_change
from tests.processes.award_change import edited, publish
from tests.processes.award_change import submitted as changed
from tests.processes.award_notice import RESULT, announced_project, published, won
from tests.processes.contract_filing import filed
from tests.processes.interconnected import project
from tests.processes.notice_correction import corrected, terminated
from tests.processes.notice_publication import CALL, notices, open_draft
from tests.processes.payment_application import paid
from tests.processes.procurement_intention import published as intention_published
from tests.support.process_driver import TINY_PDF
from tests.webui.office_client import Person

if TYPE_CHECKING:
    from flask import Flask

    from engine.clock import FakeClock
    from engine.runtime import Engine

#: What must never be shown to everybody.
SECRETS = ("6200 0000", "620000000000", "6201 0000", "620100000000", "pdzx_jb", "pdzx_sh")


@pytest.fixture
def reader(app: Flask) -> Person:
    """Give somebody who has no account."""
    return Person(app.test_client())


def whole_life(office: Engine, clock: FakeClock) -> str:
    """Take a project from the call to the payment, a day for each step; return its number."""
    number = announced_project(office)
    clock.advance(timedelta(days=1))
    corrected(office, notices(office, number)[0])
    clock.advance(timedelta(days=1))
    results = [won(f"{number}-01", "SU03", "788000"), won(f"{number}-02", "SU02", "470000.10")]
    published(office, number, *results)
    clock.advance(timedelta(days=1))
    approve_change(changed(office, f"{number}-02"))
    publish(edited(office, number))
    clock.advance(timedelta(days=1))
    contract = filed(office, number, f"{number}-01").number
    clock.advance(timedelta(days=1))
    paid(office, contract)
    return number


def fetched(reader: Person, address: str) -> Any:
    """Return the JSON behind an absolute or local address."""
    parts = urlsplit(address)
    response = reader.client.get(unquote(parts.path))
    assert response.status_code == 200, address
    assert response.content_type == "application/json; charset=utf-8"
    return json.loads(response.data)


def links(page: str) -> list[str]:
    """Return the keys of the notices that a page links to, in order."""
    return re.findall(r'href="/notices/(\d+)"', page)


def texts(document: bytes, name: str) -> list[str]:
    """Return the texts of all elements of a name."""
    return [str(one.text) for one in etree.fromstring(document).iter(f"{{*}}{name}")]


@pytest.mark.scenario("S4-O02")
def test_a_project_is_public_from_the_call_to_the_payment(
    office: Engine, clock: FakeClock, reader: Person
) -> None:
    number = whole_life(office, clock)
    by_kind = {one.kind: one for one in notices(office, number)}
    call, correction = by_kind[NoticeKind.TENDER], by_kind[NoticeKind.CORRECTION]

    listed = reader.get(f"/notices/list?q={number}")
    assert set(links(listed)) == {str(one.key) for one in by_kind.values()}
    assert "已更正" in listed
    assert "平顶山市" in listed
    changes = reader.get("/notices/list?kind=changes&division=410400")
    assert links(changes) == [str(by_kind[NoticeKind.AWARD_CHANGE].key), str(correction.key)]
    assert "没有符合条件的公告" in reader.get("/notices/list?kind=changes&division=410100")

    one_day = reader.get("/notices/list?from=2026-06-12&to=2026-06-12")
    assert links(one_day) == [str(by_kind[NoticeKind.AWARD].key)]
    assert len(links(reader.get("/notices/list"))) == 20
    assert len(links(reader.get("/notices/list?page=2"))) == 1
    judge_file(reader, by_kind[NoticeKind.CONTRACT].key)

    old, new = reader.get(f"/notices/{call.key}/1"), reader.get(f"/notices/{call.key}")
    assert "已被取代" in old
    assert str(call.key) in links(old)
    assert "2026年07月02日" in old
    assert "2026年07月10日" in new
    assert f'href="/notices/{call.key}/1"' in new
    assert call.sha256 in new
    assert str(correction.key) in links(new)
    page = reader.get(f"/notices/{correction.key}")
    assert str(call.key) in links(page)

    package = fetched(reader, f"/ocds/records/{project(office, number).ocid}.json")
    everything = json.dumps(package, ensure_ascii=False)
    judge_record(reader, package, project(office, number).ocid)
    for private in (CALL["contact_phone"], RESULT["experts"]):
        assert private not in everything
    for secret in SECRETS:
        assert secret not in everything + listed + old + new + page, secret


def judge_file(reader: Person, key: int) -> None:
    """See that a published file is sent as a file, the same for ever."""
    (address,) = re.findall(r'href="(/notices/\d+/1/files/1)"', reader.get(f"/notices/{key}"))
    sent = reader.client.get(address)
    assert sent.data == TINY_PDF
    assert 'filename="hetong.pdf"' in sent.headers["Content-Disposition"]
    assert sent.headers["Cache-Control"] == "public, max-age=31536000"


def judge_record(reader: Person, package: Any, ocid: str) -> None:
    """Hold a record against the standard: its schemas, its merging, what happened when."""
    assert faults(package, "record-package-schema") == []
    (record,) = package["records"]
    assert [release["tag"] for release in record["releases"]] == [
        *(["tender"], ["tenderAmendment"], ["award"], ["awardUpdate"]),
        *(["contract"], ["implementation"]),
    ]
    assert {release["ocid"] for release in record["releases"]} == {ocid}
    compiled = record["compiledRelease"]
    assert compiled == officially_merged(record["releases"])
    assert compiled["tender"]["value"] == {"amount": 1274000, "currency": "CNY"}
    assert compiled["tender"]["tenderPeriod"]["endDate"] == "2026-07-10T09:00:00+08:00"
    assert [lot["value"]["amount"] for lot in compiled["tender"]["lots"]] == [800000, 474000]
    assert [(one["status"], one["value"]["amount"]) for one in compiled["awards"]] == [
        ("active", 788000),
        ("cancelled", 470000.1),
        ("active", 465000),
    ]
    (contract,) = compiled["contracts"]
    assert contract["awardID"] == compiled["awards"][0]["id"]
    assert contract["implementation"]["transactions"][0]["value"]["amount"] == 120000
    for address in package["packages"]:
        assert faults(fetched(reader, address), "release-package-schema") == []


#: Addresses of lists that nobody's link leads to.
ODD = (
    *("page=0", "page=99999999999", f"page={'9' * 5000}", "page=x", "division=%25", "kind=x"),
    *("from=x", "to=9999-12-31", "from=0001-01-01", "q=%25", "q=" + "%20".join("abcdefghij")),
)


def test_what_is_not_published_is_not_there(office: Engine, reader: Person) -> None:
    number = announced_project(office)
    (call,) = notices(office, number)
    terminated(office, call)
    draft = open_draft(office, number)
    intention_published(office)
    front = reader.get("/notices/")
    assert "校园网络改造" in front
    assert "已终止" in front
    assert "截止 2026" not in front

    for nothing in (
        *(f"/notices/{draft.instance_key}", f"/notices/{new_key()}", "/notices/x"),
        *(f"/notices/{call.key}/0", f"/notices/{call.key}/2", f"/notices/{call.key}/1/files/1"),
        *(
            f"/notices/{call.key}/1/2/3",
            f"/notices/{10**25}",
            f"/ocds/releases/x/{call.key}-1.json",
        ),
        *("/ocds/records/x.json", "/ocds/x", "/ocds/.json", "/ocds/records/after/x.json"),
        f"/ocds/records/after/{2**63 - 1}.json",
    ):
        page = reader.get(nothing)
        assert (reader.status, nothing) == (404, nothing)
        assert "返回公告首页" in page
    for odd in ODD:
        reader.get(f"/notices/list?{odd}")
        assert (reader.status, odd) == (200, odd)
    assert "没有符合条件" in reader.get("/notices/list?q=%25_%25")
    judge_machines(reader, f"/notices/{call.key}")
    judge_collection(reader, str(project(office, number).ocid))


def test_where_nothing_is_published_there_is_no_site(
    office: Engine, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "/notices/" in reader.get("/login")
    monkeypatch.setattr(office, "registry", HandlerRegistry())

    assert "/notices/" not in reader.get("/login")
    for address in ("/notices/", "/notices/list", "/notices/1", "/sitemap.xml", "/ocds/x.json"):
        reader.get(address)
        assert (reader.status, address) == (404, address)


def judge_collection(reader: Person, ocid: str) -> None:
    """Follow all records to their end, a project at a time, as those who collect everything do."""
    found, address = {}, "/ocds/records.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "_PAGE", 1)
        while address:
            package = fetched(reader, address)
            assert faults(package, "record-package-schema") == []
            (record,) = package["records"]
            found[record["ocid"]] = record
            address = package.get("links", {}).get("next", "")
    once = fetched(reader, "/ocds/records.json")["records"]
    assert len(once) > 2
    assert list(found.values()) == once
    (whole,) = fetched(reader, f"/ocds/records/{ocid}.json")["records"]
    assert found[ocid]["compiledRelease"] == whole["compiledRelease"]
    linked = [fetched(reader, one["url"])["releases"][0] for one in found[ocid]["releases"]]
    assert linked == whole["releases"]


def judge_machines(reader: Person, address: str) -> None:
    """See that caches may keep a page, and that programs find it."""
    first = reader.client.get(address)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert not {"Set-Cookie", "Vary"} & set(first.headers.keys())
    again = reader.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")

    feed = reader.client.get("/notices/feed.xml?kind=calls&division=410000").data
    assert texts(feed, "guid") == [f"http://localhost{address}/1"]
    assert texts(feed, "pubDate") == ["Wed, 10 Jun 2026 01:00:00 GMT"]
    (site_map,) = texts(reader.client.get("/sitemaps.xml").data, "loc")
    listed = reader.client.get(urlsplit(site_map).path).data
    assert f"http://localhost{address}" in texts(listed, "loc")
    assert texts(reader.client.get(f"/sitemap.xml?after={2**63 - 1}").data, "loc") == []
    assert "Sitemap: http://localhost/sitemaps.xml" in reader.get("/robots.txt")

    english = reader.get(f"{address}?lang=en")
    assert "Call for tenders" in english
    assert f'href="{address}"' in english
