"""Random walks: the interpreter against an independent token game and against stock."""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import NoFlowError, StuckError, read_model
from tests.engine.bpmn.conftest import Run, bpmn
from tests.engine.bpmn.random_models import PICKS, blocks, free_graph, xml_body
from tests.engine.bpmn.token_model import Game, GivenUpError, NoWayError

if TYPE_CHECKING:
    from engine.bpmn.token import Token
    from tests.engine.bpmn.token_model import Diagram

MODELS = int(os.environ.get("WALK_MODELS", "200"))
PATHS = int(os.environ.get("WALK_PATHS", "2"))
STEPS = 25


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a repeatable walk, not a secret


def _begin(diagram: Diagram, pick: int) -> tuple[Game, Run] | None:
    game = Game(diagram)
    model = read_model(bpmn(xml_body(diagram)), "random.bpmn")
    try:
        game.settle(pick)
    except GivenUpError:
        return None
    except NoWayError:
        with pytest.raises(NoFlowError):
            Run(model, {"pick": pick})
        return None
    if _is_stuck(game):
        with pytest.raises(StuckError):
            Run(model, {"pick": pick})
        return None
    return game, Run(model, {"pick": pick})


def _is_stuck(game: Game) -> bool:
    return not game.is_over and not list(game.waiting())


def _number(case: Run, node: str) -> int:
    """Return which wait at ``node`` is the first in the tree of scopes, as the game counts."""
    tasks = case.interpreter._machine.tasks
    ages = {token_id: age for age, token_id in enumerate(tasks)}

    def path(token_id: str) -> list[int]:
        found: list[int] = []
        token: Token | None = tasks[token_id]
        while token is not None:
            found.insert(0, ages[token.id])
            token = tasks.get(token._parent)
        return found

    tokens = [wait.token_id for wait in case.waits if wait.element_id == node]
    return tokens.index(min(tokens, key=path))


def _step(game: Game, case: Run, node: str, pick: int) -> bool:
    """Make one step in both; ``False`` when the walk ends here."""
    number = _number(case, node)
    try:
        game.complete(node, pick)
        game.settle(pick)
    except GivenUpError:
        return False
    except NoWayError:
        with pytest.raises(NoFlowError):
            case.complete(node, number, pick=pick)
        return False
    if _is_stuck(game):
        with pytest.raises(StuckError):
            case.complete(node, number, pick=pick)
        return False
    case.complete(node, number, pick=pick)
    return True


def _walk(diagram: Diagram, random: Random) -> int:
    begun = _begin(diagram, random.randint(0, PICKS))
    if begun is None:
        return 0
    game, case = begun
    for step in range(STEPS):
        assert case.waiting_at == sorted(game.waiting())
        assert case.is_completed == game.is_over
        if game.is_over:
            return step
        node = random.choice(sorted(set(game.waiting())))
        if not _step(game, case, node, random.randint(0, PICKS)):
            return step
    return STEPS


@pytest.mark.parametrize("kind", ["free", "blocks"])
def test_walks_agree_with_the_token_game(kind: str) -> None:
    steps = 0
    for seed in range(MODELS):
        diagram = (free_graph if kind == "free" else blocks)(_random(seed))
        for path in range(PATHS):
            try:
                steps += _walk(diagram, _random(seed * 1000 + path))
            except BaseException:
                print(f"seed {seed}, path {path}")  # noqa: T201 - to find the model again
                raise

    assert steps > MODELS
