"""The stand-ins' web application: takes messages, shows them, lets itself be told to fail."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from handlers.standins import faults, lots, receipts
from handlers.standins.pages import page
from handlers.standins.signature import check
from handlers.standins.storage import Conflict, Control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from handlers.standins.courier import Courier
    from handlers.standins.signature import Keys
    from handlers.standins.storage import Storage

MODES: Final = ("up", "down", "slow", "wrong", "reject", "lose_ack")
_LARGEST: Final = 1024 * 1024
_JSON: Final = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    status: str
    body: bytes
    kind: str = _JSON
    location: str = ""


@dataclass(frozen=True)
class Habits:
    """What the stand-ins do by themselves.

    Attributes:
        lots: how many lots a plan gets.
        pays: the treasury pays every order.
    """

    lots: int = 0
    pays: bool = False


def as_json(status: str, said: Any) -> Reply:
    """Return a JSON reply."""
    return Reply(status, json.dumps(said, ensure_ascii=False).encode())


class Application:
    """WSGI application of all stand-ins, one path prefix each."""

    def __init__(
        self,
        storage: Storage,
        courier: Courier,
        keys: Mapping[str, Keys],
        now: Callable[[], datetime],
        habits: Habits,
    ) -> None:
        """Serve the systems in ``keys``."""
        self._storage = storage
        self._courier = courier
        self._keys = keys
        self._now = now
        self._habits = habits

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        reply = self._reply(environ)
        headers = [("Content-Type", reply.kind), ("Content-Length", str(len(reply.body)))]
        headers += [("Location", reply.location)] if reply.location else []
        headers += [("Retry-After", "2")] if reply.status.startswith("503") else []
        start(reply.status, headers)
        return [reply.body]

    def _reply(self, environ: dict[str, Any]) -> Reply:
        path = environ["PATH_INFO"]
        system, _, what = path.strip("/").partition("/")
        if system and system not in self._keys:
            return as_json("404 Not Found", {"message": "no such system"})
        if environ["REQUEST_METHOD"] == "GET":
            return self._shown(system, what)
        body = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), _LARGEST))
        if what == "messages":
            return self._message(system, path, body, environ)
        return self._told(system, what, body, environ)

    def _shown(self, system: str, what: str) -> Reply:
        if what in ("received", "outgoing"):
            return as_json("200 OK", getattr(self._storage, what)(system))
        return Reply("200 OK", page(self._storage, tuple(self._keys), system), "text/html")

    def _message(self, system: str, path: str, body: bytes, environ: dict[str, Any]) -> Reply:
        control = self._storage.control(system)
        if control.mode == "down":
            return as_json("503 Service Unavailable", {"message": "down for maintenance"})
        if control.mode == "wrong":
            return Reply("200 OK", b"<html>Welcome to nginx!</html>", "text/html")
        refusal = self._refusal(system, path, body, environ)
        if refusal is not None:
            return refusal
        if control.mode == "reject":
            return as_json("422 Unprocessable Entity", {"message": "不符合接收条件（演示）"})
        reply = self._take(system, json.loads(body))
        if control.mode == "slow":
            time.sleep(control.delay)
        if control.mode == "lose_ack":
            return as_json("502 Bad Gateway", {"message": "the acknowledgement was lost"})
        return reply

    def _refusal(
        self, system: str, path: str, body: bytes, environ: dict[str, Any]
    ) -> Reply | None:
        headers = {
            name: environ.get(f"HTTP_{name.upper().replace('-', '_')}", "")
            for name in ("content-digest", "signature-input", "signature")
        }
        nonce = check(self._keys[system], path, body, headers, self._now().timestamp())
        if not nonce:
            return as_json("401 Unauthorized", {"message": "signature not accepted"})
        if not self._storage.see(system, nonce):
            return as_json("409 Conflict", {"message": "replayed"})
        return None

    def _take(self, system: str, message: dict[str, Any]) -> Reply:
        said = [message["type"], message.get("subject", ""), message.get("data", {})]
        digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        if self._habits.lots and message["type"] == "plan.filed":
            self._divide(message["data"])
        if self._habits.pays and message["type"] == "payment.approved":
            paid = receipts.message(message["data"], "paid", self._now())
            self._storage.post("treasury", paid, self._today())
        try:
            ack, _is_new = self._storage.take(system, message, digest, self._today())
        except Conflict:
            return as_json("409 Conflict", {"message": "this id has another content"})
        self._courier.wake()
        return as_json("200 OK", {"ack": ack, "id": message["id"]})

    def _divide(self, data: Mapping[str, Any]) -> None:
        """Put the lots on their way before the plan is acknowledged; twice is once by their id."""
        number = str(data["plan_number"])
        parts = lots.split(data, self._habits.lots)
        told = lots.message(f"lots/{number}/1", number, f"GGZY-{number}", parts)
        self._storage.post("trading_centre", told, self._today())

    def _told(self, system: str, what: str, body: bytes, environ: dict[str, Any]) -> Reply:
        """Do what somebody at the stand-in's page, or a test, wants."""
        in_json = str(environ.get("CONTENT_TYPE", "")).startswith("application/json")
        said = json.loads(body) if in_json else dict(parse_qsl(body.decode(), True))
        result: Any = {}
        makers = {"lots": _lots, "receipts": self._receipt}
        if what == "control" and said.get("mode") in MODES:
            control = Control(said["mode"], float(said.get("delay") or 0))
            self._storage.set_control(system, control)
        elif what == "reset":
            self._storage.reset()
        elif what in makers:
            self._storage.post(system, makers[what](said), self._today())
        elif what == "again":
            result = self._again(system, said["id"])
        elif what == "faults":
            result = faults.send(said["kind"], system, self._courier, self._keys[system], self._now)
        self._courier.wake()
        if in_json:
            return as_json("200 OK", result)
        if result:
            shown = page(self._storage, tuple(self._keys), system, result)
            return Reply("200 OK", shown, "text/html")
        return Reply("303 See Other", b"", "text/plain", f"/{system}/")

    def _again(self, system: str, message_id: str) -> dict[str, Any]:
        """Send a message once more under its old id."""
        row = next(row for row in self._storage.outgoing(system) if row["id"] == message_id)
        status, answer = self._courier.deliver(system, row["body"].encode())
        self._storage.answered(message_id, status, answer)
        return {"status": status, "answer": answer}

    def _receipt(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return the receipt of an order; one that never came is answered as the sender says."""
        number = str(said["payment_number"])
        orders = {row["subject"]: row for row in self._storage.received("treasury")}
        order = json.loads(orders[number]["data"]) if number in orders else said
        told = receipts.message(
            order, str(said["result"]), self._now(), str(said.get("reason", ""))
        )
        return {**told, "id": said["id"]} if said.get("id") else told

    def _today(self) -> str:
        return self._now().isoformat(timespec="seconds")


def _lots(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the message for lots given as JSON, or as ``number name amount`` lines of a form."""
    given = said.get("lots", "")
    if isinstance(given, str):
        words = [line.split() for line in given.splitlines() if line.strip()]
        given = [
            {"number": line[0], "name": " ".join(line[1:-1]), "amount": line[-1]} for line in words
        ]
    number = str(said["plan_number"])
    project = str(said.get("project_number") or f"GGZY-{number}")
    return lots.message(str(said.get("id") or f"lots/{number}/1"), number, project, given)
