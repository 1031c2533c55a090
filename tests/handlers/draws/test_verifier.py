"""Whatever is changed in a protocol is found, by a file that needs nothing of this project."""

from __future__ import annotations

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from handlers.draws import verifier
from handlers.draws.protocol import digest
from handlers.draws.sampling import Need, PoolShortError
from handlers.draws.verifier import verify
from tests.handlers.draws.draws import NETWORK, drawn, frozen, shares

if TYPE_CHECKING:
    from handlers.draws.protocol import Result

FILE: Final = Path(verifier.__file__)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every text, number and null."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path


def changed(document: Mapping[str, Any], path: tuple[Any, ...], *, sealed: bool) -> Any:
    """Return a copy with another value at ``path``; ``sealed`` = with a fitting digest again."""
    broken = copy.deepcopy(dict(document))
    place = broken
    for step in path[:-1]:
        place = place[step]
    old = place[path[-1]]
    place[path[-1]] = old + 1 if isinstance(old, int) else f"{old or ''}x"
    if sealed:
        broken["sha256"] = digest(broken["protocol"])
    return broken


RESULT: Final[Result] = drawn(7, committed=True)
PATHS: Final = [path for path in leaves(RESULT.document) if path != ("sha256",)]
#: What anybody could have written otherwise; only the digest that was noted shows it.
_FREE: Final = {"replaces", "reason"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(str(step) for step in path))
def test_any_change_is_found(path: tuple[Any, ...]) -> None:
    assert verify(RESULT.document) == []
    assert verify(changed(RESULT.document, path, sealed=False))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(str(step) for step in path))
def test_a_change_is_found_although_the_digest_was_made_again(path: tuple[Any, ...]) -> None:
    found = verify(changed(RESULT.document, path, sealed=True))

    assert found or path[-1] in _FREE


def test_a_whole_new_draw_is_found_by_the_digests_that_were_noted() -> None:
    noted = (RESULT.document["protocol"]["list_sha256"], shares(7)[0].commitment)
    other = drawn(8, committed=True)

    assert verify(RESULT.document, noted) == []
    assert [zh for zh, _en in verify(other.document, noted)] == [
        f"文件中没有您记下的摘要 {shares(7)[0].commitment}"
    ]


@pytest.mark.parametrize("text", ["null", "[]", "{}", '{"protocol": {}}', '{"protocol": []}', "1"])
def test_another_file_is_no_protocol(text: str) -> None:
    assert verify(json.loads(text))


def test_the_mode_says_who_had_a_share() -> None:
    alone = drawn(by=shares()[:1])

    assert str(drawn(committed=True).mode) == "parties"
    assert str(drawn().mode) == "server_and_drawer"
    assert str(alone.mode) == "server_only"
    assert verify(alone.document) == []


def test_more_than_there_are_cannot_be_drawn() -> None:
    with pytest.raises(PoolShortError) as short:
        drawn(of=frozen(needs=(Need(group="计算机网络", count=9),)))

    assert (short.value.group, short.value.needed, short.value.available) == ("计算机网络", 9, 8)


def test_everybody_can_be_drawn() -> None:
    everybody = drawn(of=frozen(needs=(Need(group="计算机网络", count=len(NETWORK)),)))

    assert sorted(everybody.picks["计算机网络"]) == list(NETWORK)
    assert verify(everybody.document) == []


def test_who_belongs_to_two_groups_is_drawn_once() -> None:
    groups = {"甲": NETWORK[:3], "乙": NETWORK[:3]}
    needs = (Need(group="甲", count=2), Need(group="乙", count=1))
    result = drawn(of=frozen(groups, needs))

    assert sorted([*result.picks["甲"], *result.picks["乙"]]) == list(NETWORK[:3])
    assert verify(result.document) == []


def test_it_imports_nothing_but_the_standard_library() -> None:
    modules = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(FILE.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }

    assert modules <= set(sys.stdlib_module_names)
    assert len(FILE.read_text("utf-8").splitlines()) < 200


def test_an_outsider_runs_the_file_alone(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.json", tmp_path / "wrong.json"
    right.write_text(json.dumps(RESULT.document), "utf-8")
    wrong.write_text(
        json.dumps(changed(RESULT.document, ("protocol", "seed"), sealed=True)), "utf-8"
    )
    alone = tmp_path / "verifier.py"
    alone.write_bytes(FILE.read_bytes())

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-X", "utf8", str(alone), *arguments]
        return subprocess.run(  # noqa: S603 - our own file
            command, capture_output=True, text=True, encoding="utf-8", timeout=30
        )

    assert run(str(right)).returncode == 0
    assert run(str(right), "--list", RESULT.document["protocol"]["list_sha256"]).returncode == 0
    assert run(str(right), "--commitment", "0" * 64).returncode == 1
    assert "种子" in run(str(wrong)).stdout
    assert run().returncode == 2
