"""Suppliers and agencies see and do only their own: every address of the site, guessed.

The addresses are read from the application, so a page that is added later is guessed, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types

from engine.store.unit_of_work import UnitOfWork
from handlers.records.awards import active_awards
from tests.processes.agency_entrustment import entrusted
from tests.processes.award_notice import two_winners
from tests.processes.contract_filing import filed, submitted
from tests.processes.expert_draw import applied, draw
from tests.processes.interconnected import TWO_LOTS, filed_plan, project, push_lots
from tests.processes.notice_publication import CHOOSE, start
from tests.processes.payment_application import approve
from tests.processes.payment_application import submitted as submitted_payment
from tests.processes.refusals import nothing_but_a_line, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask import Flask
    from werkzeug.routing import Rule

    from engine.runtime import Engine
    from tests.webui.office_client import Person

AWARDS: Final = "/dossiers/supplier_awards"
#: Titles, numbers, amounts, names, files and phones of what is guessed at.
SECRETS: Final = (
    *("职校实训电脑", "平财计备-2026", "788,000", "788000", "SU03", "平顶山虚构医疗设备"),
    *("虚构经办PDZX", "虚构审核PDZX", "hetong.pdf", "0375-55550001", "虚构专家", "PDZX-HT"),
)
#: What is everybody's own: log-in and log-out, preferences, the bell, files of the site itself.
OWN: Final = ("auth.", "preferences.", "passwords.", "desk.", "bell.", "assets.", "static")
#: What nothing published has told yet: the contract waits for its review, the panel is sealed.
UNPUBLISHED: Final = ("hetong.pdf", "PDZX-HT", "虚构专家", "虚构经办PDZX", "虚构审核PDZX")
#: Pages that open without a log-in: they show what is published, and take letters with a key.
OPEN: Final = ("open_procedures.", "outside_answers.", "partners.")
PUBLISHED: Final = ("gazette.",)
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Affairs:
    """What a school is busy with: keys as they stand in addresses."""

    matter: str
    task: str
    ended: str
    file: str
    project: str
    draw: str

    def guesses(self, rule: Rule) -> Iterator[Mapping[str, str]]:
        """Return arguments of an address that lead to something of the school."""
        keys = {"tasks": (self.task, self.ended), "attachments": (self.file,)}
        keys |= {"instances": (self.matter, self.draw), "dossiers": (self.project,)}
        place = rule.rule.split("/")[1]
        others = {
            "name": "project_supervision" if place == "dossiers" else "protocol.json",
            **{"login": "pdzx_jb", "box": "todo", "year": "2026", "verb": "transfer"},
            **{"field": "to", "work_item": self.task, "process_id": "notice_publication"},
        }
        for key in keys.get(place, (self.matter,)):
            yield {name: others.get(name, key) for name in rule.arguments}


@pytest.fixture
def affairs(office: Engine) -> Affairs:
    """Let a school announce, award, contract and draw."""
    number = two_winners(office)
    contract = submitted(office, number, f"{number}-01")
    second = filed_plan(office)
    push_lots(office, second, *TWO_LOTS, message_id="M-2")
    panel = applied(office, number=second)
    draw(panel)
    with office.database.session(write=False) as session:
        (signed,) = UnitOfWork(session).records.attachments(int(contract.instance_key))
    return Affairs(
        matter=contract.instance_key,
        task=contract.key_at("internal_review"),
        ended=str(next(one for one in contract.work_items if not one.is_open).key),
        file=str(signed.key),
        project=str(project(office, number).key),
        draw=panel.instance_key,
    )


@dataclass(frozen=True)
class Guess:
    """An address; ``named`` = it names something of the school, which is nobody else's."""

    address: str
    named: bool
    published: bool


def guesses(app: Flask, affairs: Affairs, method: str) -> Iterator[Guess]:
    """Return every address for a method."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and not rule.endpoint.startswith((*OWN, *OPEN)):
            published = rule.endpoint.startswith(PUBLISHED)
            for arguments in affairs.guesses(rule):
                named = not published and bool({"key", "login", "work_item"} & set(arguments))
                address = adapter.build(rule.endpoint, arguments, method)
                yield Guess(address, named, published)


@pytest.mark.scenario("OWN-01")
def test_no_guessed_address_tells_or_changes_anything(
    office: Engine, app: Flask, person: Callable[[str], Person], affairs: Affairs
) -> None:
    for login in ("su06", "ag12"):
        guess_everything(office, app, person(login), affairs)


def guess_everything(office: Engine, app: Flask, outsider: Person, affairs: Affairs) -> None:
    token = _TOKEN.search(outsider.get("/worklist/todo"))
    before, guessed = state(office), 0
    assert token

    for guess in guesses(app, affairs, "GET"):
        if guess.named:
            guessed += 1
            with nothing_but_a_line(office):
                answer = outsider.client.get(guess.address)
            assert answer.status_code in (403, 404), guess
        else:
            answer = outsider.client.get(guess.address, follow_redirects=True)
        page = answer.get_data().decode("utf-8", "replace")
        answer.close()
        secrets = UNPUBLISHED if guess.published else SECRETS
        assert [secret for secret in secrets if secret in page] == [], guess
    for guess in guesses(app, affairs, "POST"):
        if guess.named:
            answer = outsider.client.post(guess.address, data={"csrf_token": token[1]})
            assert answer.status_code in (400, 403, 404), guess

    assert guessed > 12
    assert state(office) == before
    for query in ("", "?q=实训", "?columns=arrived,unit"):
        answer = outsider.client.get(f"/worklist/todo/export{query}")
        assert load_workbook(BytesIO(answer.get_data())).active.max_row == 1
        answer.close()


@pytest.mark.scenario("OWN-01")
def test_an_agency_opens_what_it_was_given_and_nothing_else_of_the_project(
    office: Engine, person: Callable[[str], Person]
) -> None:
    number = filed_plan(office, "PL057")
    plan = str(project(office, number).plan)
    request = entrusted(office, number)
    call = start(office)
    answers = {"project": number, "by_agency": True}
    call.complete(CHOOSE, by="pdzx_jb", answers=answers, opinion="")
    task = f"/tasks/{call.key_at('agency_draft')}"
    own, other = person("ag11"), person("ag10")

    assert "职校实训楼修缮" in own.get(task)
    assert "职校实训楼修缮" in own.get(f"/instances/{request.instance_key}")
    assert "职校实训楼修缮" in own.get("/worklist/todo")
    for reader, address in (
        *((own, f"/instances/{plan}"), (other, task), (other, f"/instances/{call.instance_key}")),
        *((own, "/dossiers/project_supervision"), (other, f"/instances/{request.instance_key}")),
    ):
        with nothing_but_a_line(office):
            reader.get(address)
        assert reader.status == 403, address
        assert "修缮" not in reader.page
    assert "修缮" not in other.get("/worklist/todo")
    own.get("/dossiers/entrusted_projects")
    assert (own.status, "PDZX-WT-2026-01" in own.page) == (200, True)
    thing = f"/dossiers/entrusted_projects/{request.instance_key}"
    assert "编制采购文件" in own.get(thing)
    with nothing_but_a_line(office):
        other.get(thing)
    assert other.status == 403
    assert "修缮" not in other.get("/dossiers/entrusted_projects")


@pytest.mark.scenario("OWN-01")
def test_a_supplier_looks_through_what_it_has_won_signed_and_been_paid(
    office: Engine, person: Callable[[str], Person]
) -> None:
    number = two_winners(office)
    approve(submitted_payment(office, filed(office, number, f"{number}-01").number))
    with office.database.session(write=False) as session:
        first, second = active_awards(session, project(office, number).key)
    own, other = person("su03"), person("su02")

    listed, page = own.get(AWARDS), own.get(f"{AWARDS}/{first.key}")

    assert "我的中标和合同" in own.get("/worklist/boxes")
    for text in ("职校实训电脑", "788,000.00", "HTBA-410400-2026-00001"):
        assert text in listed
        assert text in page
    for event in ("结果公告", "合同备案", "支付申请已审核", "120,000.00"):
        assert event in page
    assert "网络设备" not in listed + page
    assert "HTBA" not in other.get(AWARDS)
    assert "470,000.00" in other.page
    for reader, key in ((own, second.key), (other, first.key), (person("pdzx_jb"), first.key)):
        with nothing_but_a_line(office):
            reader.get(f"{AWARDS}/{key}")
        assert reader.status == 403
        assert "职校" not in reader.page
