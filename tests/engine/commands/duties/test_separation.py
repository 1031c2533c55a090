"""Nobody does both of two steps that the model or the package keeps apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import ClaimWorkItem, ReleaseWorkItem
from engine.errors import NotAllowedError
from engine.model.participants import Actor
from engine.queries import WorkItemQuery

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def test_the_first_reviewer_is_not_the_second(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    driver = filed("four_eyes")
    driver.complete("first_review", "approve", by="both")

    with pytest.raises(NotAllowedError, match="did “初审”"):
        driver.complete("second_review", "approve", by="both")
    with pytest.raises(NotAllowedError):
        driver.claim("second_review", by="both")
    view = engine.ask(
        WorkItemQuery(work_item_key=driver.key_at("second_review")), Actor(login="both")
    )

    assert "办理过本事项的“初审”" in view.refusal
    driver.complete("second_review", "approve", by="fh")


def test_it_holds_in_the_other_direction_too(filed: Callable[..., ProcessDriver]) -> None:
    driver = filed("four_eyes")
    driver.complete("first_review", "approve", by="cs")
    driver.complete("second_review", "return", by="both", opinion="补充")
    driver.complete("first_review", "return", by="cs", opinion="重填")
    driver.complete("fill_claim", by="jia")

    with pytest.raises(NotAllowedError):
        driver.complete("first_review", "approve", by="both")


def test_roles_of_process_toml_are_kept_apart(filed: Callable[..., ProcessDriver]) -> None:
    driver = filed("four_eyes")
    driver.complete("first_review", "approve", by="cs")
    driver.complete("second_review", "approve", by="three")
    with pytest.raises(NotAllowedError, match="did “复核”"):
        driver.complete("final_review", "approve", by="three")

    driver.complete("final_review", "approve", by="jg_fh")

    assert driver.state == "completed"


def test_roles_are_kept_apart_in_both_directions(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    driver = filed("four_eyes")
    driver.complete("first_review", "approve", by="cs")
    driver.complete("second_review", "approve", by="fh")
    driver.complete("final_review", "return", by="three", opinion="补充")
    driver.complete("first_review", "approve", by="cs")

    key = driver.key_at("second_review")
    engine.execute(ReleaseWorkItem(work_item_key=key), Actor(login="fh"))

    with pytest.raises(NotAllowedError, match="did “终审”"):
        engine.execute(ClaimWorkItem(work_item_key=key), Actor(login="three"))
