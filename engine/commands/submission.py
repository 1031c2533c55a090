"""What a person hands in with a decision: outcome, opinion and the form's answers, checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import is_return
from engine.clock import OFFICE_ZONE
from engine.commands.automatic import record_context
from engine.errors import (
    ConfigurationError,
    FieldError,
    NotAllowedError,
    ValidationFailedError,
)
from engine.forms import check_answers
from engine.model.participants import SYSTEM
from engine.model.voting import CAST, Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.bpmn import Element, Outcome
    from engine.commands.complete_work_item import CompleteWorkItem
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.forms import CheckedAnswers, Form
    from engine.handler import Option

#: Characters of an opinion after trimming (catalogue 0.1).
MAX_OPINION: Final = 500


class OpinionRule(StrEnum):
    """When the model asks for an opinion (property ``opinion`` of the user task)."""

    REQUIRED = "required"
    REQUIRED_ON_RETURN = "required-on-return"
    OPTIONAL = "optional"
    NONE = "none"


def needs_opinion(element: Element, outcome_key: str, *, choices: int) -> bool:
    """Tell whether an outcome needs an opinion.

    Args:
        element: the user task.
        outcome_key: the outcome.
        choices: number of drawn outcomes; with a choice the default is ``required``.
    """
    rule = _opinion_rule(element, choices)
    if rule is OpinionRule.REQUIRED:
        return True
    objects = element.vote is not None and outcome_key == Choice.REFUSE
    return rule is OpinionRule.REQUIRED_ON_RETURN and (objects or is_return(element, outcome_key))


def takes_opinion(step: Step) -> bool:
    """Tell whether whoever has a work item is asked for words; answers to others always are."""
    if not step.item.is_task or step.item.owner is not None:
        return True
    return _opinion_rule(step.element, choices=1) is not OpinionRule.NONE


def _opinion_rule(element: Element, choices: int) -> OpinionRule:
    default = OpinionRule.REQUIRED if choices > 1 else OpinionRule.OPTIONAL
    if element.vote is not None:
        default = OpinionRule.NONE if element.vote.secret else OpinionRule.REQUIRED_ON_RETURN
    return OpinionRule(element.properties.get("opinion", default))


@dataclass(frozen=True)
class Submission:
    """A checked submission.

    Attributes:
        outcome: the chosen flow.
        returns: it sends the matter back.
        opinion: trimmed.
        form: the form filled in, ``None`` without one.
        checked: the form's values, ``None`` without a form or for a return.
        variables: given by a program.
        is_secret: nobody may know the outcome.
    """

    outcome: Outcome
    returns: bool
    opinion: str
    form: Form | None
    checked: CheckedAnswers | None
    variables: Mapping[str, Any]
    is_secret: bool = False

    @property
    def recorded(self) -> Outcome:
        """The outcome as it is written down; a secret vote only that it was cast."""
        key, label = CAST
        return replace(self.outcome, key=key, label=label) if self.is_secret else self.outcome


def check_submission(step: Step, services: Services, given: CompleteWorkItem) -> Submission:
    """Check everything and report all faults at once.

    Raises:
        NotAllowedError: an outcome that is not drawn here; no page offers it.
        ValidationFailedError: no outcome, opinion missing or too long, form refused.
    """
    choices = step.node.model.outcomes(step.element.id)
    chosen = next((choice for choice in choices if choice.key == given.outcome), None)
    if chosen is None and given.outcome:
        raise NotAllowedError(
            f"环节“{step.item.name}”不能办理“{given.outcome[:40]}”，请使用页面上的按钮。",
            f"“{given.outcome[:40]}” is not possible at this step; use the buttons of its page.",
        )
    errors = [] if chosen else [_no_outcome()]
    trimmed = given.opinion.strip()
    # A program has no opinion to give.
    asked = chosen is not None and services.actor.login != SYSTEM.login
    if asked and not trimmed and needs_opinion(step.element, given.outcome, choices=len(choices)):
        errors.append(_opinion_missing())
    if trimmed and step.element.vote is not None and step.element.vote.secret:
        errors.append(_opinion_betrays())
    if len(trimmed) > MAX_OPINION:
        errors.append(_opinion_long(len(trimmed)))
    returns = chosen is not None and is_return(step.element, chosen.key)
    form = form_of(step, services)
    checked = None
    if form is not None and not returns:
        try:
            checked = check_form(step, form, given.answers, services)
        except ValidationFailedError as error:
            errors += error.errors
    if errors or chosen is None:
        raise ValidationFailedError(errors)
    secret = step.element.vote is not None and step.element.vote.secret
    return Submission(chosen, returns, trimmed, form, checked, given.variables, secret)


def form_of(step: Step, services: Services) -> Form | None:
    """Return the form of a user task as its matter pinned it."""
    form_id = step.element.user_task.form_id if step.element.user_task else None
    return services.catalog.form(step.tree.binding.form(form_id)) if form_id else None


def check_form(
    step: Step,
    form: Form,
    answers: Mapping[str, Any],
    services: Services,
    *,
    complete: bool = True,
) -> CheckedAnswers:
    """Check answers as a complete form, with the choices that lookups offer now.

    Args:
        step: the work item in its matter.
        form: of its user task.
        answers: as typed.
        services: the command's or query's.
        complete: ``False``: nothing is refused, what cannot be read counts as unanswered.

    Raises:
        ValidationFailedError: every refused answer.
    """
    return check_answers(
        form,
        answers,
        form_context(step, services),
        complete=complete,
        attachments=_counts(step, services) if form.has_files else {},
        options={name: options_of(step, name, services) for name in sorted(form.lookups)},
    )


def form_context(step: Step, services: Services) -> dict[str, Any]:
    """Return what a form's expressions may read beside its own answers.

    These are the routing variables, the matter's ``division`` and ``unit``, and ``today``.
    """
    root = step.tree.root
    facts = {"division": root.row.division, "unit": root.row.unit}
    today = services.now.astimezone(OFFICE_ZONE).date()
    return {**root.interpreter.variables, **facts, "today": today}


def options_of(step: Step, lookup: str, services: Services) -> Sequence[Option]:
    """Ask a lookup for its choices in this matter.

    Raises:
        ConfigurationError: no such lookup.
    """
    function = services.registry.lookup(lookup)
    if function is None:
        raise ConfigurationError(
            f"没有名为“{lookup}”的选项来源，请联系管理员。",
            f"There is no lookup {lookup!r}; tell an administrator.",
        )
    return function(record_context(step.tree, step.node, step.element.id, services))


def _counts(step: Step, services: Services) -> dict[str, int]:
    form_id = step.element.user_task.form_id if step.element.user_task else ""
    counts: dict[str, int] = {}
    for row in services.store.records.attachments(step.root_key):
        if row.form_id == form_id and row.field:
            counts[row.field] = counts.get(row.field, 0) + 1
    return counts


def _no_outcome() -> FieldError:
    return FieldError(
        field="outcome",
        code="ERR_ENUM",
        message_zh="请选择审批结果。",
        message_en="Choose one of the offered outcomes.",
    )


def _opinion_missing() -> FieldError:
    return FieldError(
        field="opinion",
        code="ERR_OPINION_REQUIRED",
        message_zh="请填写办理意见。",
        message_en="Write your opinion.",
    )


def _opinion_betrays() -> FieldError:
    return FieldError(
        field="opinion",
        code="ERR_SECRET",
        message_zh="无记名投票不记录意见，请清空办理意见后投票。",
        message_en="A secret vote keeps no opinion; clear it and vote.",
    )


def _opinion_long(length: int) -> FieldError:
    return FieldError(
        field="opinion",
        code="ERR_LENGTH",
        message_zh=f"办理意见不能超过 {MAX_OPINION} 字，现在 {length} 字，请精简。",
        message_en=f"The opinion may have {MAX_OPINION} characters, it has {length}; shorten it.",
    )
