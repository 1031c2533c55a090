"""The engine as a library, as ``docs/embedding.md`` shows it."""

from __future__ import annotations

import re
import runpy
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import UncaughtError
from engine.embedded import Embedded
from engine.errors import DeploymentRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PARCEL = (ROOT / "tests" / "packages" / "embedding" / "parcel.bpmn").read_bytes()


@pytest.fixture
def flow() -> Iterator[Embedded]:
    flow = Embedded()
    flow.handlers.add("parcel.weigh", lambda _job, *, parcel_no: {"of": parcel_no}, inside=False)
    flow.deploy(PARCEL)
    yield flow
    flow.close()


def test_the_example_of_the_page_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)

    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    runpy.run_path(str(script))

    assert "sign_parcel parcel" in capsys.readouterr().out
    assert len([line for line in example.splitlines() if line.strip()]) <= 20


def test_error_at_a_task_takes_its_boundary_event(flow: Embedded) -> None:
    key = flow.start("parcel", {"parcel_no": "P1"})
    flow.publish("arrived", "P1")
    (work,) = flow.open_work(key)

    with pytest.raises(UncaughtError):
        flow.throw_error(work.key, "ELSE")
    flow.throw_error(work.key, "LOST")

    assert flow.state(key) == "completed"
    assert flow.history(key)[-1].event == "completed"
    assert flow.variables(key)["of"] == "P1"


def test_timer_waits_for_the_clock(flow: Embedded) -> None:
    key = flow.start("parcel", {"parcel_no": "P1"})
    flow.publish("arrived", "P1")
    (work,) = flow.open_work(key)
    flow.complete(work.key)

    flow.advance(timedelta(days=1))
    assert flow.state(key) == "active"
    flow.advance(timedelta(days=1))

    assert flow.state(key) == "completed"


def test_broken_bytes_are_refused_with_the_element(flow: Embedded) -> None:
    broken = PARCEL.replace(b'targetRef="keep_record"', b'targetRef="nowhere"')

    with pytest.raises(DeploymentRefusedError) as raised:
        flow.deploy(broken)

    assert any("nowhere" in finding.message_en for finding in raised.value.findings)
