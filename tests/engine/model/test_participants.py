"""Who is a candidate: role, unit and scope."""

from __future__ import annotations

import pytest

from engine.model.participants import Candidate, Membership


@pytest.mark.parametrize(
    ("unit", "membership_unit", "scope", "admitted"),
    [
        ("A", "A", None, True),
        ("A", "B", None, False),
        ("A", "A", "4103", False),
        ("A", "A", "4101", True),
        (None, "B", "4101", True),
        (None, "B", "4103", False),
        (None, "B", None, False),
    ],
)
def test_candidate_admits(
    unit: str | None, membership_unit: str, scope: str | None, admitted: bool
) -> None:
    candidate = Candidate(role="biz_first", unit=unit, division="410100")
    membership = Membership(role="biz_first", unit=membership_unit, scope_prefix=scope)

    assert candidate.admits(membership) is admitted


def test_another_role_is_never_admitted() -> None:
    candidate = Candidate(role="biz_first", unit="A", division="410100")

    assert not candidate.admits(Membership(role="biz_second", unit="A"))
