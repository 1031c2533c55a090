"""The only place where the environment is read; everything else gets a frozen ``Settings``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from engine.clock import OFFICE_ZONE, Clock, ShiftedClock
from engine.errors import ConfigurationError
from engine.partners import Partner, Partners
from engine.secret_files import drawn_secret, read_secret_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

#: File systems that do not keep SQLite's locks (https://sqlite.org/howtocorrupt.html §2.1).
_NETWORK_FILE_SYSTEMS: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"}
)


@dataclass(frozen=True, kw_only=True)
class PasswordPolicy:
    """What a new password must satisfy (rule R36) and how log-in is slowed down.

    Attributes:
        min_length: characters, ≥ 8.
        max_length: characters; longer input is refused before it is hashed.
        min_classes: of letters, digits and signs, 1..3.
        max_age_days: days until a change is demanded, 0 = never.
        max_failures: wrong passwords until the account is locked.
        lock_minutes: minutes for which it is locked.
        decision: ``process:decision`` of the deployed table that judges new passwords.
    """

    min_length: int = 8
    max_length: int = 128
    min_classes: int = 1
    max_age_days: int = 0
    max_failures: int = 5
    lock_minutes: int = 30
    decision: str = "supplier_password_recovery:new_password_policy"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an installation decides.

    Attributes:
        data_dir: folder for the database, attachments and secrets.
        database_url: SQLAlchemy URL, ``sqlite:///…`` or ``postgresql://…``.
        host: address to listen on; ``port``: TCP port, 1..65535.
        clock_start: moment at which the office's clock starts, ``None`` = real time.
        session_hours: hours until a log-in ends.
        password: rules for passwords.
        public_starts_per_hour: matters that one address may start without a log-in, >= 5.
        trusted_proxy: address of the proxy whose ``X-Forwarded-For`` is believed, ``""`` = none.
        public_address: address under which everybody reaches the site, ``https://…`` without a
            slash at the end; ``""`` = as the request says. Feeds and open data name it.
        publisher: who publishes the notices, as open data names it.
        web_threads: threads that answer requests.
        worker_threads: threads that run outside jobs inside ``serve``, 0 = none.
        lease_seconds: seconds for which a claimed job belongs to its worker.
        poll_seconds: longest pause of an idle worker, seconds.
        language: language of the command line, ``zh`` or ``en``.
        web_factory: ``module:function(engine, settings)`` that makes the WSGI application.
        handler_package: package whose modules declare the handlers.
        record_package: package whose ``migrations/versions`` extend the database.
        demo_loader: ``module:function(session, today)`` that loads the demonstration data.
        channels: ``{channel: address}`` by which notices leave the product: an apprise address
            with ``{receiver}``, or ``development`` for the outbox page.
        demo_story: ``module:function(settings, today)`` that plays what its people did before.
        partners: outside systems: addresses, keys, when calls are tried again.
        standins: ``module:function(listener, …)`` that serves stand-ins of outside systems.
        bench_postgresql: empty database for ``procureflow bench``, ``""`` = a throw-away one.
        bench_process: the procedure that it plays; ``bench_case``: one of the demonstration's.
        bench_login: ``module:function(case)``, who files it; ``bench_answers``: with the day, how.
    """

    data_dir: Path = Path("var")
    database_url: str = "sqlite:///var/procureflow.db"
    host: str = "127.0.0.1"
    port: int = 8000
    clock_start: datetime | None = None
    session_hours: int = 12
    password: PasswordPolicy = field(default_factory=PasswordPolicy)
    public_starts_per_hour: int = 20
    trusted_proxy: str = ""
    public_address: str = ""
    publisher: str = "采购流程平台"
    web_threads: int = 8
    worker_threads: int = 2
    lease_seconds: int = 30
    poll_seconds: float = 1.0
    language: str = "zh"
    web_factory: str = "webui:create_app"
    handler_package: str = "handlers"
    record_package: str = "handlers.records"
    demo_loader: str = "handlers.records.demo:load_demo"
    demo_story: str = "handlers.records.demo.story:play"
    partners: Partners = field(default_factory=Partners)
    channels: Mapping[str, str] = field(default_factory=dict)
    standins: str = "handlers.standins.serving:serve"
    bench_postgresql: str = ""
    bench_process: str = "plan_filing"
    bench_case: str = "PL054"
    bench_login: str = "handlers.records.demo:plan_login"
    bench_answers: str = "handlers.records.demo:plan_answers"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read ``PROCUREFLOW_…`` variables; what is not set keeps its default.

        Raises:
            ConfigurationError: a value cannot be used; the text names the variable.
        """
        read = _Reader(os.environ if environment is None else environment)
        data_dir = Path(read.text("DATA", "var"))
        policy = PasswordPolicy(
            min_length=read.number("PASSWORD_MIN_LENGTH", 8, 8, 64),
            min_classes=read.number("PASSWORD_MIN_CLASSES", 1, 1, 3),
            max_age_days=read.number("PASSWORD_MAX_AGE_DAYS", 0, 0, 3650),
            max_failures=read.number("LOGIN_MAX_FAILURES", 5, 1, 100),
            lock_minutes=read.number("LOGIN_LOCK_MINUTES", 30, 1, 1440),
        )
        return cls(
            data_dir=data_dir,
            database_url=read.database("DATABASE_URL", f"sqlite:///{data_dir}/procureflow.db"),
            host=read.text("HOST", "127.0.0.1"),
            port=read.number("PORT", 8000, 1, 65_535),
            clock_start=read.moment("CLOCK"),
            session_hours=read.number("SESSION_HOURS", 12, 1, 168),
            password=policy,
            public_starts_per_hour=read.number("PUBLIC_STARTS_PER_HOUR", 20, 5, 10_000),
            trusted_proxy=read.text("TRUSTED_PROXY", ""),
            public_address=read.address("PUBLIC_ADDRESS").rstrip("/"),
            publisher=read.text("PUBLISHER", "采购流程平台"),
            web_threads=read.number("WEB_THREADS", 8, 1, 64),
            worker_threads=read.number("WORKER_THREADS", 2, 0, 64),
            lease_seconds=read.number("LEASE_SECONDS", 30, 1, 3600),
            poll_seconds=read.seconds("POLL_SECONDS", 1.0),
            handler_package=read.text("HANDLERS", "handlers"),
            partners=Partners.from_environment(read.environment),
            channels=_channels(read),
            bench_postgresql=read.database("BENCH_POSTGRESQL", ""),
            language=read.choice("LANGUAGE", "zh", ("zh", "en")),
        )

    @property
    def session_lifetime(self) -> timedelta:
        """How long a log-in lasts."""
        return timedelta(hours=self.session_hours)

    @property
    def attachments_dir(self) -> Path:
        """Folder of the content-addressed files."""
        return self.data_dir / "attachments"

    def clock(self) -> Clock | None:
        """Return the clock to inject: one started at ``clock_start``, ``None`` = the engine's."""
        return None if self.clock_start is None else ShiftedClock(self.clock_start)

    def secret_key(self) -> str:
        """Return the installation's secret (64 hex digits), drawn at first use.

        Raises:
            ConfigurationError: the file can be read by others or is damaged.
        """
        return drawn_secret(self.data_dir / "secret_key")

    def partner(self, kind: str, place: str = "") -> Partner:
        """Return the outside system of ``kind`` that serves ``place``.

        Raises:
            ConfigurationError: the installation's secret is damaged or can be read by others.
        """
        return self.partners.find(kind, place, self.secret_key)


class _Reader:
    """Reads one variable at a time and names it when it is wrong."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment

    def text(self, name: str, default: str) -> str:
        return self.environment.get(f"PROCUREFLOW_{name}", "").strip() or default

    def number(self, name: str, default: int, low: int, high: int) -> int:
        return self._read(name, default, int, lambda value: low <= value <= high, f"{low}..{high}")

    def seconds(self, name: str, default: float) -> float:
        return self._read(name, default, float, lambda value: 0.01 <= value <= 60, "0.01..60")

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        return self._read(name, default, str, lambda value: value in allowed, " | ".join(allowed))

    def moment(self, name: str) -> datetime | None:
        return self._read(name, None, _moment, lambda _value: True, "2026-06-10T09:00:00+08:00")

    def address(self, name: str) -> str:
        return self._read(name, "", str, _is_web_address, "https://…")

    def database(self, name: str, default: str) -> str:
        url = self._read(name, default, str, _is_database, "sqlite:///… | postgresql://…")
        _refuse_network_sqlite(url)
        return url

    def _read(
        self,
        name: str,
        default: T,
        convert: Callable[[str], T],
        accept: Callable[[T], bool],
        allowed: str,
    ) -> T:
        text = self.text(name, "")
        if not text:
            return default
        try:
            value = convert(text)
        except ValueError:
            value = default
            accept = _never
        if not accept(value):
            # The value itself stays out of the text: it may hold a password.
            raise ConfigurationError(
                f"环境变量 PROCUREFLOW_{name} 的值无效，应为：{allowed}。",
                f"The value of PROCUREFLOW_{name} cannot be used; expected: {allowed}.",
            )
        return value


def _channels(read: _Reader) -> dict[str, str]:
    """Read ``PROCUREFLOW_NOTICE_SMS``, ``…_EMAIL`` and so on, each as a text or a file."""
    found = {}
    for channel in ("sms", "email", "wecom", "dingtalk"):
        name = f"NOTICE_{channel.upper()}"
        file = read.text(f"{name}_FILE", "")
        address = read_secret_file(Path(file)).strip() if file else read.text(name, "")
        if address:
            found[channel] = address
    return found


def _is_web_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and text.isascii() and " " not in text


def _never(_value: Any) -> bool:
    return False


def _is_database(url: str) -> bool:
    return url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://"))


def _moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=OFFICE_ZONE) if value.tzinfo is None else value


def _refuse_network_sqlite(url: str) -> None:
    if not url.startswith("sqlite:///"):
        return
    kind = file_system_of(Path(url.removeprefix("sqlite:///")), Path("/proc/mounts"))
    if kind in _NETWORK_FILE_SYSTEMS:
        raise ConfigurationError(
            f"SQLite 数据库位于网络文件系统（{kind}），可能损坏数据；"
            "请把 PROCUREFLOW_DATA 改为本机磁盘，或改用 PostgreSQL。",
            f"The SQLite database lies on a network file system ({kind}), which can damage it;"
            " point PROCUREFLOW_DATA to a local disk or use PostgreSQL.",
        )


def file_system_of(path: Path, mounts: Path) -> str:
    """Return the type of the file system that holds ``path``, ``""`` when it is unknown.

    Args:
        path: may not exist yet.
        mounts: a mount table in the format of ``/proc/mounts``.
    """
    if not mounts.is_file():
        return ""
    place = path.resolve()
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        point = fields[1].replace("\\040", " ")
        if place.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind
