"""One HTTP request to an outside system: no redirects, no proxies, limited in time and size.

``urllib3`` rather than the standard library: it has connection and read timeouts apart, verifies
certificates with the system's store, and reads an answer piece by piece so that size and duration
can be limited. ``requests`` and ``httpx`` would bring further packages and follow redirects.
"""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

import urllib3

from engine.handler import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds to connect, between two pieces of the answer, and for everything: below the lease.
CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 12.0
TOTAL_SECONDS: Final = 20.0
#: Largest answer, bytes.
ANSWER_BYTES: Final = 64 * 1024
_PIECE: Final = 8 * 1024


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        status: HTTP status.
        body: at most ``ANSWER_BYTES``.
        headers: names in lower case.
    """

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send ``body`` and return the answer, whatever its status.

    Raises:
        UnreachableError: no answer, none in time, or one that is too large.
    """
    started = time.monotonic()
    try:
        response = _pool().request(
            "POST",
            url,
            body=body,
            headers={"Accept-Encoding": "identity", "User-Agent": "procureflow", **headers},
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise UnreachableError("无法连接", f"no connection: {_kind(error)}") from error
    try:
        content = _read(response, started)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        response.close()
        raise UnreachableError("应答中断", f"the answer broke off: {_kind(error)}") from error
    response.release_conn()
    named = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status, content, named)


def _read(response: urllib3.BaseHTTPResponse, started: float) -> bytes:
    content = b""
    while piece := response.read1(_PIECE):
        content += piece
        if len(content) > ANSWER_BYTES:
            response.close()
            raise UnreachableError("应答过大", f"the answer exceeds {ANSWER_BYTES} bytes")
        if time.monotonic() - started > TOTAL_SECONDS:
            response.close()
            raise UnreachableError("应答超时", f"no whole answer within {TOTAL_SECONDS:.0f} s")
    return content


@cache
def _pool() -> urllib3.PoolManager:
    # One connection at a time and none kept: a call is rare, and a kept one may be half dead.
    return urllib3.PoolManager(num_pools=8, maxsize=1, ssl_context=ssl.create_default_context())


def _kind(error: BaseException) -> str:
    return type(error).__name__
