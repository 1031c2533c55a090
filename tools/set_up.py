"""Make this clone ready: environment, packages, translations, browser bundles, Chromium.

``python3 tools/set_up.py run`` prepares what serving needs, ``… test`` what the whole check needs.
A step is skipped when a hash of what it depends on has not changed, so a second call takes well
under a second. What waits for different servers goes on at the same time: Debian's packages,
Python's, and the browser bundles as soon as Node is there. Uses the standard library only and runs
before anything is installed.
"""

from __future__ import annotations

import configparser
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
#: Extras of setup.cfg per purpose; what the tests need includes what serving needs.
EXTRAS = {"run": "build", "test": "build,dev"}
#: The extra that brings Node, which builds the bundles.
NODE = "build"
TRANSLATIONS = ROOT / "webui" / "translations"
#: Chromium without windows, which tests need none of: half the processor time of the whole one.
BROWSER = "chromium-headless-shell"
#: What serves as well where the first cannot be installed.
BROWSERS = (Path("/usr/bin", BROWSER), Path("/usr/bin/chromium"))
#: What lays out the printed approval form (WeasyPrint).
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
CJK_FONTS = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def main(purpose: str) -> None:
    """Prepare the clone for ``purpose`` (``run`` or ``test``)."""
    check_python()
    with ThreadPoolExecutor() as beside:
        others = [beside.submit(install_browser)] if purpose == "test" else []
        make_environment()
        wanted = needs_packages(purpose)
        if wanted:
            install(*requirements(NODE))
        others.append(beside.submit(build_bundles))
        if wanted:
            install("-e", f"{ROOT}[{EXTRAS[purpose]}]")
            stamp(purpose).write_text(wanted, encoding="utf-8")
        compile_translations()
        for other in others:
            other.result()
    if purpose == "run":
        offer_printing()


def check_python() -> None:
    """Stop with a sentence when this Python is too old."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        stop(
            f"需要 Python 3.11 或更高版本，当前为 {found}；可用 make PYTHON=python3.11 指定。",
            f"Python 3.11 or newer is needed, this is {found}; name one: make PYTHON=python3.11",
        )


def make_environment() -> None:
    """Make ``.venv`` unless it is there and works with this Python."""
    wanted = "{}.{}".format(*sys.version_info)
    if PYTHON.exists() and (VENV / "lib" / f"python{wanted}").is_dir():
        return
    say("正在创建 .venv", "making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - fixed command
        stop(
            "无法创建虚拟环境；Debian/Ubuntu 请先安装 python3-venv。",
            "The environment could not be made; on Debian/Ubuntu install python3-venv first.",
        )


def needs_packages(purpose: str) -> str:
    """Return the stamp that an installation will bear; empty when there is nothing to install."""
    wanted = digest([ROOT / "setup.cfg", ROOT / "pyproject.toml"])
    if wanted in (read(stamp(purpose)), read(stamp("test"))):
        return ""
    say("正在安装依赖（约一分钟）", "installing packages (about a minute)")
    return wanted


def requirements(extra: str) -> list[str]:
    """Return what setup.cfg names for an extra."""
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    return settings["options.extras_require"][extra].split()


def install(*what: str) -> None:
    """Let pip install into the environment."""
    options = ["--quiet", "--disable-pip-version-check"]
    run([str(PYTHON), "-m", "pip", "install", *options, *what])


def compile_translations() -> None:
    """Compile the catalogues of the web pages whose text changed."""
    for source in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        mark = VENV / ("." + "-".join(source.relative_to(TRANSLATIONS).parts))
        wanted = digest([source])
        if not compiled.exists() or read(mark) != wanted:
            program = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile"]
            run([*program, "-i", str(source), "-o", str(compiled)])
            mark.write_text(wanted, encoding="utf-8")


def build_bundles() -> None:
    """Build the browser's bundles; the script itself finds out whether anything changed."""
    if not (ROOT / "webui" / "static" / "dist" / "manifest.json").exists():
        say("正在构建网页资源（约两分钟）", "building the pages' bundles (about two minutes)")
    run([str(PYTHON), str(ROOT / "webui" / "frontend" / "build_ui.py")])


def offer_printing() -> None:
    """Say what the PDF of the approval form needs; serving works without it."""
    if can_print() and CJK_FONTS.exists():
        return
    say(
        "打印审批表 PDF 还需要：apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk",
        "PDF forms also need: apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk",
    )


def can_print() -> bool:
    """Whether the system has the libraries that lay out text."""
    return all(ctypes.util.find_library(name.partition(".so")[0][3:]) for name in PANGO)


def install_browser() -> None:
    """Install Debian's Chromium, a Chinese font and Pango when they are missing."""
    usable = can_print() and CJK_FONTS.exists()
    if usable and BROWSERS[0].exists():
        return
    usable = usable and any(browser.exists() for browser in BROWSERS)
    root = [] if os.geteuid() == 0 else [shutil.which("sudo") or ""]
    if shutil.which("apt-get") and "" not in root:
        say("正在安装 Chromium 和中文字体", "installing Chromium and a Chinese font")
        packages = [BROWSER, "fonts-noto-cjk", "libpango-1.0-0", "libpangoft2-1.0-0"]
        usable = apt_get(root, packages) or usable
    if not usable:
        stop(
            f"浏览器测试需要 {BROWSER}（或 chromium）和 fonts-noto-cjk；请由管理员安装后重试。",
            f"The browser tests need {BROWSER} (or chromium) and fonts-noto-cjk; install them.",
        )


def apt_get(root: list[str], packages: list[str]) -> bool:
    """Install packages of Debian; return whether that worked."""
    program = [*root, "apt-get", "-q", "-o", "Dpkg::Use-Pty=0"]
    silent = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(  # noqa: S603 - of this file
            [*program, *command], env=silent, check=False
        )
        if done.returncode:
            return False
    return True


def stamp(purpose: str) -> Path:
    """Return the file that remembers what was installed for ``purpose``."""
    return VENV / f".installed-{purpose}"


def digest(paths: list[Path]) -> str:
    """Return the SHA-256 over the contents of ``paths``."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def read(path: Path) -> str:
    """Return the text of ``path``, empty when there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def run(command: list[str]) -> None:
    """Run ``command`` in the root folder; its failure ends everything."""
    done = subprocess.run(command, cwd=str(ROOT), check=False)  # noqa: S603 - of this file
    if done.returncode:
        stop(f"失败：{' '.join(command)}", f"failed: {' '.join(command)}")


def say(zh: str, en: str) -> None:
    """Print one line of progress."""
    print(f"· {zh} / {en} …", flush=True)


def stop(zh: str, en: str) -> NoReturn:
    """End with both sentences."""
    sys.exit(f"{zh}\n{en}")


if __name__ == "__main__":
    main(sys.argv[1])
