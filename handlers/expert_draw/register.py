"""Take an application: check it, freeze the list of who may be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.errors import field_error
from engine.handler import record_handler
from handlers.draws.sampling import Need
from handlers.expert_draw.answers import read_application, shown
from handlers.expert_draw.eligible import judge_pool
from handlers.expert_draw.parties import applicant, renew_if_changed
from handlers.expert_draw.projects import chosen_project
from handlers.records.draws import chain, freeze, keep_commitment
from handlers.records.experts import KIND, Application, put_application
from handlers.records.numbers import next_number

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.draws.protocol import FrozenList
    from handlers.expert_draw.answers import ApplicationAnswers
    from handlers.expert_draw.projects import Chosen
    from handlers.records.draws import Draw

#: Experts of one field at the most (dictionary 9.11).
MOST_OF_A_FIELD: Final = 20


@record_handler("expert_draw.register")
def register(context: RecordContext) -> dict[str, Any]:
    """Store the application and freeze its list.

    Writes what follows in the model needs, no names: ``interconnected``, ``takes_part``,
    ``review_at``, ``review_time``, ``draw_number``, ``list_sha256``, ``server_commitment``,
    ``experts_needed``.

    Raises:
        ValidationFailedError: ``ERR_PROJECT_SELECTION``, ``ERR_LOT_REQUIRED``, ``ERR_DATE``,
            ``ERR_DUPLICATE``, ``ERR_POOL_SHORT``, ``ERR_RANGE``, ``ERR_COMMITMENT`` at its field.
    """
    matter, session = context.matter, context.session
    answers = read_application(matter)
    chosen = chosen_project(context, answers)
    if answers.review_at <= matter.now:
        raise field_error(
            "review_at",
            "ERR_DATE",
            "评审时间必须晚于现在，请修改。",
            "The review time must lie in the future; correct it.",
        )
    item = renew_if_changed(context, chain(session, KIND, int(matter.instance_key))[-1], answers)
    frozen = _frozen(context, answers, item)
    put_application(session, _application(context, answers, chosen))
    freeze(session, item, frozen, matter.now)
    if answers.commitment:
        party = applicant(matter.initiator)
        keep_commitment(session, item, party, answers.commitment, matter.now)
    return {
        "interconnected": chosen.key is not None,
        "takes_part": bool(answers.commitment),
        "review_at": answers.review_at.isoformat(),
        "review_time": shown(answers.review_at),
        "draw_number": frozen.draw,
        "list_sha256": frozen.sha256,
        "server_commitment": item.server_commitment,
        "experts_needed": sum(one.count for one in answers.wanted),
    }


def _frozen(context: RecordContext, answers: ApplicationAnswers, item: Draw) -> FrozenList:
    matter = context.matter
    names = [one.field for one in answers.wanted]
    for row, one in enumerate(answers.wanted):
        if one.field in names[:row]:
            raise field_error(
                f"needs.{row}.field",
                "ERR_DUPLICATE",
                "同一专业只能填写一行，请合并人数。",
                "A field may stand in one row only; add the numbers up.",
            )
    eligible = judge_pool(context, answers, names)
    for row, one in enumerate(answers.wanted):
        _check_count(row, one.count, len(eligible.groups.get(one.field, ())))
    number = item.number or next_number(context.session, "draw", matter.division, matter.today.year)
    needs = [Need(group=one.field, count=one.count) for one in answers.wanted]
    return eligible.frozen(number, needs, matter.now.isoformat())


def _check_count(row: int, needed: int, available: int) -> None:
    if needed > available:
        raise field_error(
            f"needs.{row}.count",
            "ERR_POOL_SHORT",
            "专家库中符合条件的专家不足，请减少人数或调整回避条件。",
            "The pool has too few eligible experts; ask for fewer or avoid fewer.",
        )
    if needed > MOST_OF_A_FIELD:
        raise field_error(
            f"needs.{row}.count",
            "ERR_RANGE",
            f"每个专业最多抽取 {MOST_OF_A_FIELD} 人，请修改。",
            f"At most {MOST_OF_A_FIELD} experts of one field can be drawn; correct it.",
        )


def _application(
    context: RecordContext, answers: ApplicationAnswers, chosen: Chosen
) -> Application:
    matter = context.matter
    return Application(
        instance_key=int(matter.instance_key),
        project=chosen.key,
        project_name=chosen.name,
        unit=matter.unit,
        division=matter.division,
        review_at=answers.review_at,
        place=answers.place,
        contact=answers.contact,
        contact_phone=answers.contact_phone,
        submitted_at=matter.now,
        lots=chosen.lots,
    )
