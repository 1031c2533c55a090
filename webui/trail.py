"""How the audit trail's stable names read to a person."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint
from flask_babel import lazy_gettext

from webui.language import in_english

blueprint = Blueprint("trail", __name__)

ACTION_WORDS: Final = {
    "instance_started": lazy_gettext("发起事项"),
    "instance_completed": lazy_gettext("办结"),
    "instance_withdrawn": lazy_gettext("撤回"),
    "instance_terminated": lazy_gettext("终止"),
    "work_item_claimed": lazy_gettext("认领"),
    "work_item_released": lazy_gettext("放弃认领"),
    "work_item_completed": lazy_gettext("完成办理"),
    "work_item_skipped": lazy_gettext("无人可办，按流程规定跳过"),
    "work_item_returned": lazy_gettext("退回"),
    "work_item_transferred": lazy_gettext("转办"),
    "work_item_delegated": lazy_gettext("委派"),
    "work_item_handed_back": lazy_gettext("交回委派人"),
    "work_item_taken_back": lazy_gettext("收回委派"),
    "people_consulted": lazy_gettext("征求意见"),
    "consultation_answered": lazy_gettext("答复意见"),
    "signers_added_before": lazy_gettext("前加签"),
    "signers_added_after": lazy_gettext("后加签"),
    "signature_given": lazy_gettext("加签人同意"),
    "signature_refused": lazy_gettext("加签人不同意"),
    "parts_cancelled": lazy_gettext("减签、撤销征求"),
    "work_item_returned_outside": lazy_gettext("退回外部单位"),
    "outside_return_recalled": lazy_gettext("撤回外部退回"),
    "outside_link_lapsed": lazy_gettext("外部单位逾期未补正"),
    "outside_answered": lazy_gettext("外部单位补正"),
    "vote_passed": lazy_gettext("表决通过"),
    "vote_rejected": lazy_gettext("表决未通过"),
    "vote_ended": lazy_gettext("表决中止，票已归档"),
    "voters_added": lazy_gettext("增加投票人"),
    "voters_removed": lazy_gettext("减少投票人"),
    "work_item_decided": lazy_gettext("作出决定，待加签"),
    "matter_urged": lazy_gettext("催办"),
    "matter_circulated": lazy_gettext("抄送"),
    "work_item_recalled": lazy_gettext("撤回办理"),
    "instance_suspended": lazy_gettext("挂起"),
    "instance_resumed": lazy_gettext("恢复"),
    "copy_read": lazy_gettext("已阅"),
    "draft_saved": lazy_gettext("保存草稿"),
    "attachment_added": lazy_gettext("上传附件"),
    "attachment_removed": lazy_gettext("删除附件"),
    "decision_made": lazy_gettext("规则判断"),
    "job_completed": lazy_gettext("自动处理完成"),
    "job_failed": lazy_gettext("自动处理失败"),
    "job_retried": lazy_gettext("重试自动处理"),
    "error_thrown": lazy_gettext("流程内部出错"),
    "job_threw": lazy_gettext("自动处理返回业务结果"),
    "incident_opened": lazy_gettext("出现异常"),
    "job_stopped": lazy_gettext("自动处理停止"),
    "work_item_opened": lazy_gettext("查看"),
    "token_moved": lazy_gettext("调整环节"),
    "timer_fired": lazy_gettext("到时"),
    "incident_retried": lazy_gettext("重试异常"),
    "incident_resolved": lazy_gettext("关闭异常"),
    "work_item_reminded": lazy_gettext("到期提醒"),
    "work_item_overdue": lazy_gettext("已逾期"),
    "work_item_escalated": lazy_gettext("逾期升级"),
    "escalation_found_nobody": lazy_gettext("逾期升级未找到人员"),
    "alarm_failed": lazy_gettext("提醒未能发出"),
    "clock_stopped": lazy_gettext("停止计时"),
    "clock_resumed": lazy_gettext("恢复计时"),
    "deadline_recounted": lazy_gettext("日历更新，期限重算"),
    "deadline_not_recounted": lazy_gettext("期限未能重算"),
    "work_item_replaced": lazy_gettext("任务改由他人办理"),
    "work_item_not_replaced": lazy_gettext("任务未能改由他人办理"),
    "recusal_added": lazy_gettext("登记回避"),
    "recusal_lifted": lazy_gettext("解除回避"),
    "work_handed_over": lazy_gettext("离职交接"),
    "work_item_handed_over": lazy_gettext("移交任务"),
    "matter_handed_over": lazy_gettext("移交事项"),
    "substitution_handed_over": lazy_gettext("移交代理"),
    "person_created": lazy_gettext("新建人员"),
    "person_changed": lazy_gettext("修改人员"),
    "person_disabled": lazy_gettext("停用账号"),
    "person_enabled": lazy_gettext("启用账号"),
    "password_reset": lazy_gettext("重置密码"),
    "post_given": lazy_gettext("任职"),
    "post_taken": lazy_gettext("免职"),
    "post_change_planned": lazy_gettext("登记任免"),
    "post_change_cancelled": lazy_gettext("取消任免"),
    "unit_created": lazy_gettext("新建单位"),
    "unit_changed": lazy_gettext("修改单位"),
    "relation_changed": lazy_gettext("设置服务处室"),
    "substitute_appointed": lazy_gettext("设置代理"),
    "substitution_revoked": lazy_gettext("撤销代理"),
    "calendar_published": lazy_gettext("发布工作日历"),
    "message_taken": lazy_gettext("接收外部消息"),
    "message_repeated": lazy_gettext("重复收到外部消息"),
    "message_held": lazy_gettext("外部消息待核对"),
    "message_rejected": lazy_gettext("外部消息不合格"),
    "message_put_away": lazy_gettext("外部消息不予处理"),
    "message_sent_again": lazy_gettext("重新发送外部消息"),
    "message_given_up": lazy_gettext("放弃发送外部消息"),
    "message_received": lazy_gettext("收到消息"),
    "signal_received": lazy_gettext("收到信号"),
    "phrases_kept": lazy_gettext("保存常用意见"),
    "signature_kept": lazy_gettext("更换签名图片"),
    "signature_removed": lazy_gettext("删除签名图片"),
    "refused": lazy_gettext("操作被拒绝"),
    "exhibit_opened": lazy_gettext("查看密封内容"),
    "dossier_listed": lazy_gettext("查看清单"),
    "dossier_exported": lazy_gettext("导出清单"),
    "dossier_opened": lazy_gettext("查看清单中的一项"),
    "temporary_password_used": lazy_gettext("使用临时密码登录"),
}
DETAIL_WORDS: Final = {
    "outcome": lazy_gettext("办理结果"),
    "opinion": lazy_gettext("办理意见"),
    "reason": lazy_gettext("原因"),
    "target": lazy_gettext("退回到"),
    "person": lazy_gettext("人员"),
    "people": lazy_gettext("人员"),
    "request": lazy_gettext("请对方做什么"),
    "name": lazy_gettext("文件"),
    "cancelled": lazy_gettext("撤销的任务"),
    "votes": lazy_gettext("归档的票"),
    "party": lazy_gettext("外部单位或人员"),
    "voted": lazy_gettext("已投人数"),
    "agreed": lazy_gettext("同意"),
    "against": lazy_gettext("不同意"),
    "abstained": lazy_gettext("弃权"),
    "remark": lazy_gettext("后续"),
    "message": lazy_gettext("说明"),
    "error": lazy_gettext("错误"),
    "attempt": lazy_gettext("第几次"),
    "handler": lazy_gettext("处理程序"),
    "warnings": lazy_gettext("提示"),
    "document": lazy_gettext("文号"),
    "ground": lazy_gettext("事由"),
    "before": lazy_gettext("原期限"),
    "due": lazy_gettext("期限"),
    "rule": lazy_gettext("规则"),
    "by": lazy_gettext("经办管理员"),
    "unit": lazy_gettext("单位"),
    "until": lazy_gettext("截止日期"),
    "principal": lazy_gettext("被代理人"),
    "substitute": lazy_gettext("代理人"),
    "period": lazy_gettext("期间"),
    "processes": lazy_gettext("流程"),
    "regions": lazy_gettext("地区"),
    "year": lazy_gettext("年度"),
    "version": lazy_gettext("版本"),
    "division": lazy_gettext("区划"),
    "partner": lazy_gettext("外部系统"),
    "message_id": lazy_gettext("消息编号"),
    "type": lazy_gettext("消息类型"),
    "subject": lazy_gettext("业务编号"),
}
#: Details for programs; people see them in exports only.
_HIDDEN: Final = frozenset(
    {"sha256", "trace", "object", "field", "code", "command", "decision", "process", "state"}
)
#: The outcome key of a step that the diagram gives no choice.
_UNSAID: Final = ["outcome", "complete"]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a decision table answered as it did.

    Attributes:
        name: the decision.
        rules: 1-based rows that matched.
        remarks: what the rows say about themselves, e.g. the legal source.
        inputs: ``{input: value as a FEEL literal}``.
        output: the answer as a FEEL literal.
    """

    name: str
    rules: tuple[int, ...]
    remarks: tuple[str, ...]
    inputs: Mapping[str, str]
    output: str


@blueprint.app_template_filter()
def action_name(action: str) -> str:
    """Return the word for an action; an unknown one is shown as it is."""
    return str(ACTION_WORDS.get(action, action))


@blueprint.app_template_filter()
def detail_name(name: str) -> str:
    """Return the word for a detail."""
    return str(DETAIL_WORDS.get(name, name))


@blueprint.app_template_filter()
def shown_details(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, meant for programs, or the one outcome of a step without choice."""
    said = {name: _said(name, value) for name, value in detail.items() if name not in _HIDDEN}
    return {
        name: value
        for name, value in said.items()
        if value not in ("", None) and [name, value] != _UNSAID
    }


def _said(name: str, value: Any) -> Any:
    """Write what FEEL warned about in the reader's language."""
    if name != "warnings":
        return value
    key = "message_en" if in_english() else "message_zh"
    return ("; " if in_english() else "；").join(warning[key] for warning in value)


@blueprint.app_template_filter()
def explanations(detail: Mapping[str, Any]) -> list[Explanation]:
    """Return why a decision came out as it did (``DecisionTrace.to_json`` of the engine)."""
    return [
        Explanation(
            name=str(entry.get("name") or entry.get("id", "")),
            rules=tuple(int(rule["number"]) for rule in entry.get("rules", ())),
            remarks=tuple(text for rule in entry.get("rules", ()) for text in rule["annotations"]),
            inputs=entry.get("inputs", {}),
            output=str(entry.get("output", "")),
        )
        for entry in detail.get("trace", ())
    ]


@blueprint.app_template_filter()
def detail_value(value: Any) -> str:
    """Write a value of any JSON type in one line."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return (", " if in_english() else "、").join(value)
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
