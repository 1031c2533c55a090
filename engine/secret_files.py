"""Files that hold secrets: drawn once, never readable by everybody."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from engine.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path


def drawn_secret(path: Path) -> str:
    """Return the secret in ``path`` (64 hex digits), drawn at first use.

    Raises:
        ConfigurationError: the file can be read by others or is damaged.
    """
    if path.exists():
        return _existing_secret(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    # A link appears whole or not at all: of two processes that start together one wins.
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return _existing_secret(path)


def _existing_secret(path: Path) -> str:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ConfigurationError(
            f"密钥文件 {path} 可被其他用户读取，请执行 chmod 600 后重新启动。",
            f"Secret file {path} can be read by others; run chmod 600 on it and start again.",
        )
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) != 64:
        raise ConfigurationError(
            f"密钥文件 {path} 已损坏，请删除后重新启动（所有人需要重新登录）。",
            f"Secret file {path} is damaged; delete it and start again (everyone logs in anew).",
        )
    return secret


def read_secret_file(path: Path) -> str:
    """Return the text of a file that an operator has put there.

    Raises:
        ConfigurationError: it cannot be read, or everybody can read it.
    """
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o007:
            raise ConfigurationError(
                f"密钥文件 {path} 可被任何用户读取，请执行 chmod 640 后重新启动。",
                f"Secret file {path} can be read by everybody; run chmod 640 on it, start again.",
            )
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"无法读取密钥文件 {path}，请检查路径和权限。",
            f"Cannot read secret file {path}; check its path and rights.",
        ) from error
