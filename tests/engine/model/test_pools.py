"""The pools say the same as ``Candidate.admits``, from both sides."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from engine.commands.authority import admitting_membership
from engine.model.participants import Candidate, Membership, OrgUnit, Participant
from engine.model.pools import draft_pool, own_pool, pools_of, sources_of
from engine.model.states import WorkItemState
from engine.model.work import WorkItem

ROLES = st.sampled_from(["reviewer", "biz_first"])
UNITS = st.sampled_from(["JY01", "YWC"])
DIVISIONS = st.sampled_from(["410000", "410100", "410122", "350000"])
SCOPES = st.sampled_from([None, "", "4", "41", "410", "4101", "41012", "410122", "35"])
LOGINS = st.sampled_from(["jia", "yi"])

memberships = st.lists(
    st.builds(Membership, role=ROLES, unit=UNITS, scope_prefix=SCOPES), max_size=3
).map(tuple)
candidates = st.lists(
    st.one_of(
        st.builds(Candidate, role=ROLES, unit=st.none() | UNITS, division=DIVISIONS),
        st.builds(Candidate, role=st.just(""), unit=st.none(), division=DIVISIONS, login=LOGINS),
    ),
    max_size=3,
).map(tuple)


def _item(candidates: tuple[Candidate, ...], assignee: str | None = None) -> WorkItem:
    return WorkItem(
        key=1,
        instance_key=1,
        root_key=1,
        process_id="p",
        root_process_id="p",
        element_id="e",
        token_id="t",
        name="审核",
        state=WorkItemState.OFFERED if assignee is None else WorkItemState.CLAIMED,
        assignee=assignee,
        priority=50,
        due_at=None,
        created_at=datetime(2026, 6, 10, tzinfo=UTC),
        candidates=candidates,
    )


def _person(login: str, held: tuple[Membership, ...]) -> Participant:
    unit = OrgUnit(code="JY01", name="第一中学", parent=None, kind="", division="410100")
    return Participant(login=login, name=login, unit=unit, memberships=held)


@given(LOGINS, memberships, candidates, DIVISIONS)
def test_a_person_reads_exactly_what_is_offered_to_him(
    login: str, held: tuple[Membership, ...], offered: tuple[Candidate, ...], division: str
) -> None:
    # the candidates of one work item all belong to its matter's division
    offered = tuple(
        Candidate(role=one.role, unit=one.unit, division=division, login=one.login)
        for one in offered
    )
    person, item = _person(login, held), _item(offered)
    may_take = admitting_membership(person, item) is not None or any(
        candidate.names(person) for candidate in offered
    )

    listed = set(pools_of(item))
    read = {source.pool for source in sources_of(person) if division.startswith(source.division)}

    assert bool(listed & read) is may_take


@given(LOGINS, candidates)
def test_what_somebody_has_is_listed_for_nobody_else(
    login: str, offered: tuple[Candidate, ...]
) -> None:
    assert pools_of(_item(offered, assignee=login)) == (own_pool(login),)
    assert pools_of(_item(offered, assignee=login), draft=True) == (draft_pool(login),)
