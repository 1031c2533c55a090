"""Writes docs/elements.md: what may be drawn, where, and the example that shows it."""

from __future__ import annotations

from typing import Final

from engine.bpmn.facts import EventType
from engine.bpmn.rules import CONTENT, STRUCTURE
from engine.bpmn.rules.event_place import ALLOWED

#: Where the examples are, from docs/.
EXAMPLES: Final = "../tests/engine/bpmn/elements"

#: (Chinese, BPMN tag, what it does here, example).
ELEMENTS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("抽象任务", "task", "立即通过 passes at once", "tasks"),
    ("用户任务", "userTask", "等待办理人 waits for a person", "tasks"),
    ("手工任务", "manualTask", "等待人工确认 waits for a person", "tasks"),
    ("服务任务", "serviceTask", "由处理程序完成 waits for a handler", "tasks"),
    ("脚本任务", "scriptTask", "计算一个 FEEL 表达式 evaluates FEEL", "tasks"),
    ("业务规则任务", "businessRuleTask", "执行决策表 asks a decision", "tasks"),
    ("发送任务", "sendTask", "由处理程序发送，或发出消息 a handler or a message", "message_events"),
    ("接收任务", "receiveTask", "等待消息 waits for a message", "message_events"),
    ("调用活动", "callActivity", "启动另一个流程并等待 starts another process", "tasks"),
    ("子流程", "subProcess", "自己的变量范围 a scope of its own", "sub_process"),
    (
        "事件子流程",
        "subProcess triggeredByEvent",
        "由事件触发 set off by an event",
        "event_sub_process",
    ),
    ("事务", "transaction", "取消时补偿 undone when cancelled", "transaction"),
    ("即席子流程", "adHocSubProcess", "无顺序的任务集合 tasks without order", "ad_hoc"),
    ("排他网关", "exclusiveGateway", "第一个为真的流向 first true flow", "exclusive_gateway"),
    ("并行网关", "parallelGateway", "全部分支 all branches", "parallel_gateway"),
    ("包容网关", "inclusiveGateway", "所有为真的分支 every true branch", "inclusive_gateway"),
    ("事件网关", "eventBasedGateway", "先到的事件 first event wins", "event_gateway"),
    ("复杂网关", "complexGateway", "激活条件，如三取二 e.g. two of three", "complex_gateway"),
    ("并行多实例", "multiInstance parallel", "会签 all at once", "multi_instance_parallel"),
    ("串行多实例", "multiInstance sequential", "依次审批 in turn", "multi_instance_sequential"),
    ("多实例次数", "loopCardinality", "按次数 by number", "multi_instance_number"),
    ("多实例子流程", "multiInstance subProcess", "按集合 per item", "multi_instance_sub_process"),
    ("表决", "multiInstance userTask, vote.pass", "会签、或签、依次、票签 votes", "vote"),
    ("标准循环", "standardLoop", "条件为真时重复 while true", "standard_loop"),
    ("链接事件", "linkEvent", "跨页连接 connects pages", "link_events"),
    ("隐式分支", "several outgoing flows", "活动后直接分支 implicit split", "implicit_split"),
    (
        "活动的默认流向",
        "default of an activity",
        "条件与默认流 conditional flows",
        "activity_default_flow",
    ),
    ("隐式开始", "no start event", "从无流入的元素开始 begins at the first", "implicit_start"),
    ("无 id 连线、无结束事件", "flow without id", "自动补全 completed", "no_flow_ids"),
    ("多个开始事件", "several start events", "启动时选择 chosen at start", "message_start"),
    ("泳道", "laneSet", "未指定岗位时作为候选岗位 candidate role", "lanes"),
    ("数据对象", "dataObject", "所在范围的变量 a variable of its scope", "data_objects"),
    ("补偿", "compensation", "倒序撤销 undone backwards", "compensation"),
)

_EVENT_ZH: Final = {
    EventType.NONE: "空",
    EventType.TIMER: "定时",
    EventType.MESSAGE: "消息",
    EventType.SIGNAL: "信号",
    EventType.ERROR: "错误",
    EventType.ESCALATION: "升级",
    EventType.CONDITIONAL: "条件",
    EventType.TERMINATE: "终止",
    EventType.CANCEL: "取消",
    EventType.COMPENSATION: "补偿",
    EventType.LINK: "链接",
}
_EVENT_EXAMPLE: Final = {
    EventType.NONE: "none_events",
    EventType.TIMER: "timer_events",
    EventType.MESSAGE: "message_events",
    EventType.SIGNAL: "signal_events",
    EventType.ERROR: "error_events",
    EventType.ESCALATION: "escalation_events",
    EventType.CONDITIONAL: "conditional_events",
    EventType.TERMINATE: "terminate_end",
    EventType.CANCEL: "transaction",
    EventType.COMPENSATION: "compensation",
    EventType.LINK: "link_events",
}
_NON_INTERRUPTING: Final = frozenset(
    {
        EventType.TIMER,
        EventType.MESSAGE,
        EventType.SIGNAL,
        EventType.ESCALATION,
        EventType.CONDITIONAL,
    }
)
_PLACES: Final = (
    ("start", "开始 start"),
    ("sub-process start", "子流程开始 sub-process start"),
    ("event sub-process start", "事件子流程开始 event sub-process start"),
    ("catch", "中间捕获 catch"),
    ("boundary", "边界 boundary"),
    ("throw", "中间抛出 throw"),
    ("end", "结束 end"),
)


def elements_page() -> str:
    """Return docs/elements.md."""
    lines = [
        "# 支持的 BPMN 元素 Supported elements",
        "",
        "由 `engine/bpmn/catalogue.py` 生成，请勿手工修改。Generated; do not edit.",
        "",
        "每一行都有一个很小的流程图和一个测试，测试在每一步之前保存并重新读取状态。",
        "Every row has a tiny model and a test that saves and reloads before every step.",
        "",
        "## 元素 Elements",
        "",
        "| 元素 | BPMN | 作用 | 示例 |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {zh} | `{tag}` | {what} | {_link(example)} |" for zh, tag, what, example in ELEMENTS
    ]
    lines += ["", "## 事件 Events", "", *_event_lines()]
    lines += [
        "",
        "✔ 中断或不区分 interrupting；✔○ 另有非中断 also non-interrupting（重新等待 re-armed）。",
    ]
    lines += ["", "## 检查规则 Rules", "", *_rule_lines(), ""]
    return "\n".join(lines)


def _link(example: str) -> str:
    return f"[{example}]({EXAMPLES}/{example}.bpmn)"


def _event_lines() -> list[str]:
    names = [title for _, title in _PLACES]
    lines = ["| 事件 | " + " | ".join(names) + " | 示例 |", "|---" * (len(names) + 2) + "|"]
    for kind in EventType:
        marks = [_mark(place, kind) for place, _ in _PLACES]
        title = f"{_EVENT_ZH[kind]} {kind.value}"
        lines.append(f"| {title} | " + " | ".join(marks) + f" | {_link(_EVENT_EXAMPLE[kind])} |")
    return lines


def _mark(place: str, kind: EventType) -> str:
    if kind not in ALLOWED[place]:
        return "–"
    both = place in ("boundary", "event sub-process start") and kind in _NON_INTERRUPTING
    return "✔○" if both else "✔"


def _rule_lines() -> list[str]:
    found = []
    for rule in (*STRUCTURE, *CONTENT):
        name = rule.__name__.rpartition(".")[2]
        found.append(f"- `{name}`: {(rule.__doc__ or '').strip()}")
    return found
