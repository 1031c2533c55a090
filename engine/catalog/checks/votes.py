"""Votes: the properties ``vote.*`` make sense together and with the rest of the step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.catalog.checks.assignees import check_source
from engine.catalog.checks.subject import fault, hint
from engine.model.voting import RULE, Choice, Voters, VoteRule, read_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn import Element, ProcessModel
    from engine.catalog.checks.subject import Subject
    from engine.catalog.resources import Resource
    from engine.errors import Finding

#: What a vote decides by itself, and why it cannot be said at one.
_NOT_AT_VOTES: Final = {
    "assignee": ("投票人由 vote.voters 决定", "vote.voters says who votes"),
    "transfer.people": ("票由本人投，不能转办", "a vote is not given away"),
    "delegate.people": ("票由本人投，不能委派", "a vote is not given away"),
    "sign.people": ("增加人员请用“增加投票人”", "voters are added instead"),
    "sign.refused": ("增加人员请用“增加投票人”", "voters are added instead"),
    "return.outcomes": ("投票结果由画出的条件决定去向", "flows are drawn for the result"),
    "nobody.outcome": ("无人投票不能按某个结果继续", "without voters there is no result"),
    "submit": ("提交只由一个人办理", "one person submits"),
}


def check_votes(subject: Subject) -> Iterator[Finding]:
    """Check every user task that has a property ``vote.*``."""
    for resource, model, element in subject.elements:
        if element.user_task is None:
            continue
        if not any(name.startswith("vote.") for name in element.properties):
            continue
        if element.vote is None:
            yield _no_vote(resource, element)
            continue
        yield from _contradictions(resource, element)
        yield from _loop(resource, element)
        yield from _people(subject, resource, element, element.vote)
        yield from _ways(resource, model, element, element.vote)


def _no_vote(resource: Resource, element: Element) -> Finding:
    if RULE not in element.properties:
        return fault(
            resource,
            "vote",
            element,
            f"环节“{element.name}”写了表决属性，却没有 {RULE}；请写明多少人同意才通过。",
            f"{element.id!r} has properties of a vote but no {RULE}",
        )
    return fault(
        resource,
        "vote",
        element,
        f"环节“{element.name}”写了 {RULE}，却没有画成多实例；"
        "请画成并行（同时投票）或串行（依次投票）多实例。",
        f"{element.id!r} has {RULE} but is no multi-instance",
    )


def _contradictions(resource: Resource, element: Element) -> Iterator[Finding]:
    said = {name: _NOT_AT_VOTES[name] for name in element.properties if name in _NOT_AT_VOTES}
    if element.properties.get("nobody") == "skip":
        said["nobody"] = ("没有投票人不能跳过", "a vote without voters is not left out")
    secret = element.properties.get("vote.secret") == "true"
    if secret and element.properties.get("opinion", "none") != "none":
        said["opinion"] = ("无记名投票不记录意见", "a secret vote keeps no opinion")
    for name, (zh, en) in said.items():
        yield fault(
            resource,
            "vote",
            element,
            f"表决环节“{element.name}”不能写属性“{name}”：{zh}。",
            f"the vote {element.id!r} cannot have the property {name!r}: {en}",
        )


def _loop(resource: Resource, element: Element) -> Iterator[Finding]:
    loop = element.loop
    if loop is None:
        return
    if loop.standard:
        yield _loop_fault(resource, element, "标准循环", "a standard loop")
    for words, zh, en in (
        (loop.collection or loop.cardinality, "输入集合或次数", "a collection or number"),
        (loop.condition, "完成条件", "a completion condition"),
        (loop.output_collection or loop.output_element, "输出集合", "an output collection"),
    ):
        if words and not loop.standard:
            yield _loop_fault(resource, element, zh, en)


def _loop_fault(resource: Resource, element: Element, zh: str, en: str) -> Finding:
    return fault(
        resource,
        "vote",
        element,
        f"表决环节“{element.name}”不能有{zh}：投票人、结束条件和结果由 vote.* 属性决定，请删除。",
        f"the vote {element.id!r} cannot have {en}: vote.* says who votes and when it ends",
    )


def _people(
    subject: Subject, resource: Resource, element: Element, rule: VoteRule
) -> Iterator[Finding]:
    yield from check_source(subject, resource, element, "vote.voters")
    task = element.user_task
    named = task is not None and (task.candidate_groups or task.candidate_users)
    if rule.voters in (Voters.POST, Voters.CHOSEN) and not named:
        yield fault(
            resource,
            "vote",
            element,
            f"表决环节“{element.name}”没有写由谁投票：请填写 candidateGroups 或 candidateUsers。",
            f"the vote {element.id!r} names no voters; set candidateGroups or candidateUsers",
        )
    try:
        weights = read_weights(rule.weights) if rule.weights else {}
    except ValueError:
        return  # the vocabulary says so
    for role in weights:
        if subject.roles is not None and role not in subject.roles:
            yield fault(
                resource,
                "unknown-role",
                element,
                f"vote.weights 中的岗位“{role}”不存在，请先建立岗位或改正名称。",
                f"vote.weights names the role {role!r}, which does not exist",
            )


def _ways(
    resource: Resource, model: ProcessModel, element: Element, rule: VoteRule
) -> Iterator[Finding]:
    """Check that the result is read, and that nobody takes a vote for a drawn outcome."""
    read = re.compile(rf"\b{re.escape(rule.result)}\b")
    if not any(flow.condition and read.search(flow.condition) for flow in model.flows.values()):
        yield hint(
            resource,
            "vote-unread",
            element,
            f"没有连线读取表决结果“{rule.result}”：通过与不通过走同一条路。"
            f"请在之后的网关写条件 {rule.result}.passed。",
            f"no flow reads {rule.result!r}: passed or not, it goes the same way",
        )
    for flow in model.outgoing.get(element.id, ()):
        for after in model.outgoing.get(flow.target, ()):
            words = f'outcome = "{Choice.AGREE}"'
            if after.condition and words in " ".join(after.condition.split()):
                yield fault(
                    resource,
                    "vote",
                    after.id,
                    f"“{after.name or after.id}”按一张票的选择走；请改用表决结果"
                    f" {rule.result}.passed。",
                    f"{after.id!r} asks for one voter's choice; ask {rule.result}.passed",
                )
