"""A request that is sent twice is answered twice and done once (catalogue 0.5)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from engine.errors import WrongStateError
from engine.model.jsontext import encode_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


def digest_of(values: Mapping[str, Any]) -> str:
    """Return the hex SHA-256 of what a request asks for."""
    return hashlib.sha256(encode_json(dict(values)).encode()).hexdigest()


def earlier_answer(
    services: Services, request_key: str, command: str, digest: str
) -> Mapping[str, Any] | None:
    """Return the first answer to this request, ``None`` when it is new or has no key.

    Raises:
        WrongStateError: the key was used for something else.
    """
    if not request_key:
        return None
    answered = services.store.records.answered(services.actor.login, request_key)
    if answered is None:
        return None
    if answered[:2] != (command, digest):
        raise WrongStateError(
            "此页面已经提交过不同的内容，请刷新页面后重新填写。",
            "This page was submitted before with other contents; reload it and fill it in again.",
        )
    return answered[2]


def keep_answer(
    services: Services, request_key: str, command: str, digest: str, answer: Mapping[str, Any]
) -> None:
    """Remember the answer in the command's own transaction."""
    if request_key:
        services.store.records.remember_answer(
            services.actor.login,
            request_key,
            command=command,
            digest=digest,
            answer=dict(answer),
            at=services.now,
        )
