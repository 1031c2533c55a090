"""Random jumps on block-structured models: no token is lost, doubled or left behind.

Such a model is safe (never two tokens at one task) and sound (it can always end). A jump that
loses, doubles or strands a token breaks one of the two sooner or later.
"""

from __future__ import annotations

import json
import os
from random import Random

import pytest

from engine.bpmn import read_model
from engine.bpmn.marking import Marking
from tests.engine.bpmn.conftest import Run, bpmn
from tests.engine.bpmn.random_models import PICKS, blocks, xml_body

MODELS = int(os.environ.get("JUMP_MODELS", "120"))
STEPS = 20
#: In no condition: every choice takes its default and every loop ends.
FINISH = 99


def _jump_somewhere(case: Run, random: Random) -> None:
    token = random.choice(case.waits).token_id
    targets = case.interpreter.jump_targets([token])
    target = random.choice([t for t in targets if case.model.elements[t].kind == "user_task"])
    before = case.interpreter.dump()
    foreseen = case.interpreter.preview_jump([token], target)
    assert case.interpreter.dump() == before

    effect = case.interpreter.jump([token], target, now=case.now)
    case._after()

    assert (foreseen.cancelled, foreseen.forgotten, foreseen.assumed) == (
        effect.cancelled,
        effect.forgotten,
        effect.assumed,
    )
    assert effect.token_id in {wait.token_id for wait in case.waits}
    ended = {token.token_id for token in effect.cancelled}
    assert not ended & {wait.token_id for wait in case.waits}


def _back_and_forth(case: Run, random: Random) -> None:
    """Jump and put back what the jump ended: everything is as it was."""
    token = random.choice(case.waits).token_id
    targets = case.interpreter.jump_targets([token])
    target = random.choice([t for t in targets if case.model.elements[t].kind == "user_task"])
    before = _shape(case.state)

    effect = case.interpreter.jump([token], target, now=case.now)
    case._after()
    marking = Marking.from_text(effect.marking.to_text())
    tokens = case.interpreter.restore([effect.token_id], marking, now=case.now)
    case._after()

    assert _shape(case.state) == before
    assert tokens[token] in {wait.token_id for wait in case.waits}


def _shape(state: str) -> list[object]:
    """Return the tokens of a state document without their ids, in an order of their own."""
    rows = json.loads(state)["t"]

    def inside(parent: str) -> list[object]:
        found = [[row[2:], inside(row[0])] for row in rows if row[1] == parent]
        return sorted(found, key=json.dumps)

    return inside("")


def _is_safe(case: Run) -> bool:
    return len(set(case.waiting_at)) == len(case.waiting_at)


@pytest.mark.parametrize("seed", range(MODELS))
def test_jumps_keep_a_sound_model_sound(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a repeatable walk
    diagram = blocks(random, 8, forks_in_loops=True)
    case = Run(read_model(bpmn(xml_body(diagram)), "random.bpmn"), {"pick": 0})
    for _ in range(STEPS):
        if case.is_completed:
            break
        if random.random() < 0.35:
            _jump_somewhere(case, random)
        elif random.random() < 0.2:
            _back_and_forth(case, random)
        else:
            case.complete(random.choice(case.waiting_at), pick=random.randint(0, PICKS))
        assert _is_safe(case), case.waiting_at

    for _ in range(400):
        if case.is_completed:
            break
        case.complete(random.choice(case.waiting_at), pick=FINISH)
        assert _is_safe(case), case.waiting_at

    assert case.is_completed
