"""``procureflow dmn check|eval`` as an analyst uses it, mistakes included."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.support.databases import ROOT

Run = Callable[..., tuple[int, str, str]]

HERE: Final = Path(__file__).parent
LEAVE: Final = HERE / "leave.dmn"
#: Two decisions on undrawn inputs, one needs the other; imports leave.dmn beside it.
MATTER: Final = HERE / "matter.dmn"
WINDOW: Final = ROOT / "processes" / "plan_filing" / "regions" / "410100" / "intention_window.dmn"


def test_the_rule_that_applies_is_explained(run: Run) -> None:
    status, said, complaint = run(
        *("dmn", "eval", WINDOW, "-i", "days_since_publication=29"),
        *("-i", "already_linked=false", "-i", "same_purchaser=true"),
    )

    assert (status, complaint) == (0, "")
    assert said.splitlines() == [
        "决策：采购意向可选窗口（intention_window）",
        "输入：",
        "  已发布天数 days_since_publication = 29",
        "  已被其他计划占用 already_linked = false",
        "  是否本单位发布 same_purchaser = true",
        "命中规则 3（共 5 条）：发布不足 30 天",
        "  已发布天数：< 30",
        "  已被其他计划占用：false",
        "  是否本单位发布：true",
        "结果：",
        "  selectable = false",
        '  reason_code = "TOO_EARLY"',
    ]


def test_without_a_rule_the_nearest_are_shown_and_what_was_not_given(run: Run) -> None:
    status, said, _ = run("dmn", "eval", WINDOW, "-i", "days_since_publication=29")

    assert status == 1
    assert "是否本单位发布 same_purchaser 未给出，按空值 null 处理" in said
    assert "规则 1：是否本单位发布 要求 false，实际为 null" in said
    assert said.splitlines()[-1].startswith("结果：没有规则适用，流程到这里会停下。")


def test_in_english_when_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROCUREFLOW_LANGUAGE", "en")

    status, said, _ = run("dmn", "eval", LEAVE, "-i", "days=4")

    assert status == 1
    assert "Rule 1: days wants <= 3, but is 4" in said
    assert "Rule 2: days wants > 5, but is 4" in said


def test_a_column_may_be_named_by_its_heading_and_texts_need_no_quotes(run: Run) -> None:
    status, said, _ = run(
        *("dmn", "eval", MATTER, "限额", "-i", "采购金额=500000", "-i", "采购类别=货物")
    )

    assert status == 0
    assert '采购类别 类别 = "货物"' in said
    assert "命中规则 1（共 2 条）" in said
    assert said.splitlines()[-1] == '  "限额以上"'


def test_every_decision_on_the_way_is_explained(run: Run) -> None:
    status, said, _ = run(
        *("dmn", "eval", MATTER, "open", "-i", "金额=600000.50", "-i", "类别=货物"),
        *("-i", "开标日期=2026-06-10"),
    )

    assert status == 0
    assert said.index("— 限额（limit）") < said.index("— 公开（open）")
    assert '开标日期 开标日 = @"2026-06-10"' in said
    assert said.splitlines()[-2:] == ["结果：", "  true"]


def test_a_default_is_called_one(run: Run) -> None:
    status, said, _ = run(
        *("dmn", "eval", MATTER, "open", "-i", "金额=600000", "-i", "类别=货物"),
        *("-i", "开标日=2025-06-10"),
    )

    assert status == 0
    assert "没有规则适用，取默认结果。" in said
    assert said.splitlines()[-1] == "  false"


def test_a_needed_decision_without_a_rule_stops_the_one_that_needs_it(run: Run) -> None:
    status, said, _ = run("dmn", "eval", MATTER, "open", "-i", "金额=1")

    assert status == 1
    assert "规则 2：渠道 要求" in said


def test_inputs_and_answer_as_json(run: Run) -> None:
    status, said, _ = run(
        *("dmn", "eval", LEAVE, "leave_class", "--inputs", '{"days": 9.5}', "--json")
    )

    report = json.loads(said)
    assert status == 0
    assert (report["decision"], report["value"], report["matched"]) == ("leave_class", "long", True)
    assert (report["inputs"], report["missing"]) == ({"days": "9.5"}, [])
    assert report["trace"][0]["rules"][0]["number"] == 2


def test_json_says_that_no_rule_applies_too(run: Run) -> None:
    status, said, _ = run("dmn", "eval", LEAVE, "--json")

    report = json.loads(said)
    assert (status, report["matched"], report["missing"]) == (1, False, ["days"])


def test_an_expression_is_a_value(run: Run) -> None:
    assert run("dmn", "eval", LEAVE, "-i", "days=1 + 1")[1].splitlines()[-1] == '  "short"'


def test_office_functions_and_the_day_are_those_of_a_process(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROCUREFLOW_CLOCK", "2026-06-10T09:00:00+08:00")
    text = LEAVE.read_text("utf-8")
    shown = text.replace('<text>"short"', "<text>大写金额(days) + string(today())")
    (tmp_path / "office.dmn").write_text(shown, "utf-8")

    status, said, _ = run("dmn", "eval", tmp_path / "office.dmn", "-i", "days=3")

    assert (status, said.splitlines()[-1]) == (0, '  "叁元整2026-06-10"')


@pytest.mark.parametrize(
    ("file", "arguments", "said"),
    [
        (LEAVE, ["-i", "days"], "缺少等号，请写成 名称=值"),
        (LEAVE, ["-i", "days＝3"], "请改用英文半角的 = 。"),
        (LEAVE, ["-i", "dayz=3"], "是否指“days”？"),
        (LEAVE, ["-i", "days=三"], "应为数字，例如 -i days=300.50；不能是 三"),
        (LEAVE, ["-i", "days=3＋1"], "不能使用“＋”，请改用英文半角的 + 。"),
        (LEAVE, ["-i", 'days="3"'], '应为数字，例如 -i days=300.50；不能是 "3"'),
        (LEAVE, ["--inputs", "[1]"], "--inputs 应为 JSON 对象"),
        (LEAVE, ["--inputs", "{"], "--inputs 不是合法的 JSON"),
        (LEAVE, ["--inputs", '{"dayz": 1}'], "没有名为“dayz”的输入"),
        (LEAVE, ["leave"], "模型中没有决策“leave”，可用的有：leave_class（leave class）"),
        (MATTER, [], "请指定其一：limit（限额）、open（公开）"),
        (MATTER, ["open", "-i", "开标日期=六月"], "“开标日期”应为日期，例如 -i 开标日=2026-06-10"),
        (MATTER, ["limit", "-i", "渠道=商城"], "-i '渠道=\"商城\"'"),
    ],
)
def test_a_mistake_is_named_with_what_to_type(
    run: Run, file: Path, arguments: list[str], said: str
) -> None:
    status, out, complaint = run("dmn", "eval", file, *arguments)

    assert (status, out) == (1, "")
    assert said in complaint


def test_a_file_is_checked_with_examples(run: Run) -> None:
    status, said, _ = run("dmn", "check", LEAVE)

    assert status == 0
    assert "例如：days = " in said
    assert "检查了 1 个文件：0 个错误，" in said


def test_folders_are_searched_and_every_file_is_reported(run: Run, tmp_path: Path) -> None:
    shutil.copy(LEAVE, tmp_path / "leave.dmn")
    overlapping = LEAVE.read_text("utf-8").replace("&gt; 5", "&gt; 1").replace('"n"', '"o"')
    (tmp_path / "overlap.dmn").write_text(overlapping, "utf-8")
    (tmp_path / "broken.dmn").write_text("<definitions", "utf-8")

    status, said, _ = run("dmn", "check", tmp_path)

    assert status == 1
    assert "broken.dmn:1 错误" in said
    assert "overlap.dmn:" in said
    assert "规则 1 与规则 2 重叠" in said
    assert "检查了 3 个文件：2 个错误，" in said


def test_findings_as_json(run: Run) -> None:
    status, said, _ = run("dmn", "check", LEAVE, "--json")

    assert status == 0
    assert {finding["rule"] for finding in json.loads(said)} == {"gap"}


def test_a_model_is_read_with_what_it_imports_beside_it(run: Run, tmp_path: Path) -> None:
    shutil.copy(MATTER, tmp_path / "matter.dmn")
    alone = run("dmn", "eval", tmp_path / "matter.dmn", "limit")
    shutil.copy(LEAVE, tmp_path / "leave.dmn")
    together = run("dmn", "eval", tmp_path / "matter.dmn", "limit", "-i", "金额=1")

    assert alone[0] == 1
    assert "matter.dmn:" in alone[1]
    assert "规则 2：渠道 要求" in together[1]


@pytest.mark.parametrize("verb", ["check", "eval"])
def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path, verb: str) -> None:
    status, _, complaint = run("dmn", verb, tmp_path / "none.dmn")

    assert status == 1
    assert "none.dmn 不存在，请核对路径" in complaint


def test_a_folder_is_no_decision_and_may_be_empty(run: Run, tmp_path: Path) -> None:
    assert "是文件夹，请指定一个 DMN 文件" in run("dmn", "eval", tmp_path)[2]
    assert "没有 DMN 文件" in run("dmn", "check", tmp_path)[2]
