"""Separation of duties and eligibility: the one gate that every way to a work item passes.

Who claims, completes, is handed, added to, stands in for or decides in a batch passes here; a verb
that gives work to somebody asks ``require_eligible`` and decides nothing of its own. What somebody
did for a principal counts for both: neither may do what the other may not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from engine.errors import FieldError, ValidationFailedError
from engine.model.states import WorkItemKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from engine.bpmn import Element, ProcessModel
    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.duties import Doing
    from engine.model.participants import Participant


@dataclass(frozen=True)
class Bar:
    """Why a person is kept away from a work item, in both languages; says what to do.

    Attributes:
        reason_zh: said to the person himself, Chinese.
        reason_en: the same in English.
        others_zh: said about the person to whoever chooses him; ``{name}`` is the name.
        others_en: the same in English.
    """

    reason_zh: str
    reason_en: str
    others_zh: str = "{name}按职责分离或回避要求不能办理此环节，请选择其他人员。"
    others_en: str = "{name} is kept away from this step by separation of duties; choose another."

    def of(self, name: str) -> tuple[str, str]:
        """Return what is said about ``name`` to somebody else, Chinese and English."""
        return (
            self.others_zh.replace("{name}", name),
            self.others_en.replace("{name}", name),
        )


_STARTED: Final = Bar(
    "您是本事项的发起人，按职责分离要求不能审批，请由同岗位其他人员办理。",
    "You started this matter and may not approve it (separation of duties);"
    " a colleague in the same post must.",
    "{name}是本事项的发起人，按职责分离要求不能审批，请选择其他人员。",
    "{name} started this matter and may not approve it (separation of duties); choose another.",
)


@lru_cache(maxsize=512)
def _recused(reason: str) -> Bar:
    return Bar(
        f"您已登记回避本事项或本单位的事项（{reason}），不能办理，请由同岗位其他人员办理；"
        "登记有误请联系管理员解除。",
        f"You are recused from this matter or its unit ({reason}); a colleague in the same post"
        " must do it. Ask an administrator if the entry is wrong.",
        "{name}已登记回避本事项或本单位的事项，请选择其他人员。",
        "{name} is recused from this matter or its unit; choose another.",
    )


#: Nobody has the login that was sent.
UNKNOWN: Final = Bar(
    "所选人员不存在，请重新选择。", "That person does not exist; choose somebody else."
)


def bars_of(
    element: Element, model: ProcessModel, tree: MatterTree, *, roles: Collection[str] = ()
) -> Mapping[str, Bar]:
    """Return ``{login: why}`` of everybody who must not decide at ``element``.

    Args:
        element: the user task.
        model: its definition.
        tree: the matter; what was done in it and who keeps away is read once.
        roles: role keys of the work item's candidates, where an expression gave them.
    """
    if element.properties.get("assignee") == "initiator":
        return {}
    bars: dict[str, Bar] = {}
    apart = tree.info.separate_roles
    own_roles = {*_roles(element), *roles}
    for doing in tree.past.doings:
        if (doing.process_id, doing.element_id) == (model.process_id, element.id):
            continue
        if _is_apart(doing, element, model) or _roles_apart(doing, own_roles, apart, tree):
            bars |= dict.fromkeys(doing.people, _did(_step_name(doing, tree)))
    if tree.info.separation_of_duties:
        bars |= dict.fromkeys(_starters(tree), _STARTED)
    return bars | recusals_of(tree)


def recusals_of(tree: MatterTree) -> dict[str, Bar]:
    """Return ``{login: why}`` of whoever keeps away from the whole matter, advice included."""
    return {login: _recused(reason) for login, reason in tree.past.recused.items()}


def has_partners(element: Element, model: ProcessModel, tree: MatterTree) -> bool:
    """Tell whether deciding at ``element`` can keep somebody away from another step."""
    paired = {role for pair in tree.info.separate_roles for role in pair}
    return bool(separated_steps(model).get(element.id)) or bool(paired & set(_roles(element)))


@lru_cache(maxsize=256)
def separated_steps(model: ProcessModel) -> Mapping[str, frozenset[str]]:
    """Return for each user task those whose people may not do it (``separate.from``), both ways."""
    found: dict[str, set[str]] = {}
    for element in model.elements.values():
        for name in element.properties.get("separate.from", "").split(","):
            if name.strip():
                found.setdefault(element.id, set()).add(name.strip())
                found.setdefault(name.strip(), set()).add(element.id)
    return {key: frozenset(names) for key, names in found.items()}


def _is_apart(doing: Doing, element: Element, model: ProcessModel) -> bool:
    if doing.process_id != model.process_id:
        return False
    return doing.element_id in separated_steps(model).get(element.id, frozenset())


def _roles_apart(
    doing: Doing, roles: set[str], pairs: Collection[tuple[str, ...]], tree: MatterTree
) -> bool:
    if not pairs:
        return False
    done = tree.step_of(doing.process_id, doing.element_id)
    theirs = {doing.role, *(_roles(done) if done else ())}
    return any(
        one != other and one in roles and other in theirs
        for pair in pairs
        for one in pair
        for other in pair
    )


def _starters(tree: MatterTree) -> Iterator[str]:
    """Yield the initiator and whoever filled in the initiator's steps; signers only signed."""
    yield tree.root.row.initiator
    for doing in tree.past.doings:
        if doing.kind is not WorkItemKind.TASK:
            continue
        step = tree.step_of(doing.process_id, doing.element_id)
        if step is not None and step.properties.get("assignee") == "initiator":
            yield from doing.people


def _roles(element: Element) -> tuple[str, ...]:
    return element.user_task.candidate_groups if element.user_task else ()


def _step_name(doing: Doing, tree: MatterTree) -> str:
    step = tree.step_of(doing.process_id, doing.element_id)
    return (step.name if step else "") or doing.element_id


@lru_cache(maxsize=512)
def _did(step: str) -> Bar:
    return Bar(
        f"您（或您代理的人、代理您的人）办理过本事项的“{step}”，按职责分离要求不能再办理本环节，"
        "请由同岗位其他人员办理。",
        f"You (or whom you stand in for, or who stands in for you) did “{step}” of this matter and"
        " may not do this step too (separation of duties); a colleague in the same post must.",
        f"{{name}}办理过本事项的“{step}”，按职责分离要求不能再办理本环节，请选择其他人员。",
        f"{{name}} did “{step}” of this matter and may not do this step too; choose another.",
    )


def obstacle(person: Participant, bars: Mapping[str, Bar], services: Services) -> Bar | None:
    """Return why a verb cannot give a part in the decision to ``person``, ``None`` if it can.

    Args:
        person: whom somebody else chooses.
        bars: whom separation of duties keeps away from the step.
        services: the command's or query's; its actor cannot choose himself.
    """
    if not person.active:
        return Bar(
            f"{person.name}的账号已停用，请选择其他人员。",
            f"{person.name}'s account is disabled; choose somebody else.",
        )
    if person.login == services.actor.login:
        return Bar("不能选择自己，请选择其他人员。", "Choose somebody else than yourself.")
    if services.acting_for is not None and person.login == services.acting_for.login:
        return Bar(
            f"您正在代{person.name}办理，不能选择{person.name}，请选择其他人员。",
            f"You are acting for {person.name}; choose somebody else.",
        )
    bar = bars.get(person.login)
    return None if bar is None else Bar(*bar.of(person.name))


def require_eligible(step: Step, login: str, services: Services, field: str) -> Participant:
    """Return the person whom a verb wants to give (a part of) the work item.

    Args:
        step: the work item in its matter.
        login: who is to get it.
        services: the command's.
        field: name of the field at which a refusal is shown.

    Raises:
        ValidationFailedError: unknown, disabled, the actor, or barred by separation of duties.
    """
    person = services.store.identity.participant(login.strip())
    if person is None:
        raise refused(field, UNKNOWN)
    bar = obstacle(person, step.bars, services)
    if bar is not None:
        raise refused(field, bar)
    return person


def refused(field: str, bar: Bar) -> ValidationFailedError:
    """Return the refusal of a choice, shown at ``field``."""
    return ValidationFailedError(
        [
            FieldError(
                field=field,
                code="ERR_ASSIGNEE",
                message_zh=bar.reason_zh,
                message_en=bar.reason_en,
            )
        ]
    )
