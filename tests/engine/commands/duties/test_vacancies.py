"""Steps that nobody could do are found before a matter stops there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands import DisablePerson, GivePost
from engine.model.participants import Actor
from engine.queries import Vacancies

if TYPE_CHECKING:
    from engine.runtime import Engine

BOSS = Actor(login="boss")


def vacant(engine: Engine) -> set[tuple[str, str, str]]:
    found = engine.ask(Vacancies())
    return {(one.division, one.process_id, one.step) for one in found}


def test_a_step_is_vacant_until_somebody_holds_its_post(engine: Engine) -> None:
    rare = {one for one in vacant(engine) if one[1] == "nobody_incident"}
    assert rare == {("410100", "nobody_incident", "稀缺岗位审核")}
    assert "four_eyes" not in {process for _, process, _ in vacant(engine)}
    (line,) = [one for one in engine.ask(Vacancies()) if one.process_id == "nobody_incident"]
    assert (list(line.units), list(line.posts), line.policy) == (
        ["第一中学"],
        ["rare_post岗"],
        "incident",
    )

    give = GivePost(login="yi", role="rare_post", unit="JY01", scope="4101", reason="任")
    engine.execute(give, BOSS)
    for login in ("jg_cs", "jg_fh", "three"):
        engine.execute(DisablePerson(login=login, reason="调离"), BOSS)

    assert "nobody_incident" not in {process for _, process, _ in vacant(engine)}
    assert ("410100", "four_eyes", "终审") in vacant(engine)
