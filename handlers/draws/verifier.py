#!/usr/bin/env python3
"""Check the protocol of a random draw. Stands alone: Python 3.9 or later and nothing else.

    python verifier.py PROTOCOL.json [--list HEX] [--commitment HEX]...

Everything is computed anew from the file. What cannot be seen from the file itself is whether the
list and the commitments were published before: give the digests that you noted then.
The rules are those of docs/draws.md, written here a second time on purpose.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "procureflow-draw/1"
#: (what is wrong, in Chinese and in English)
Problem = tuple[str, str]


def digest(value: Any) -> str:
    """Return the hex SHA-256 of JSON with sorted keys and no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def words(seed: bytes) -> Iterator[int]:
    """Yield 8-byte words of SHA-256(seed + block number), big-endian."""
    block = 0
    while True:
        data = hashlib.sha256(seed + block.to_bytes(8, "big")).digest()
        yield from (int.from_bytes(data[at : at + 8], "big") for at in (0, 8, 16, 24))
        block += 1


def picks_of(seed: str, groups: dict[str, list[str]], needs: list[dict[str, Any]]) -> list[Any]:
    """Draw again."""
    stream, taken, picks = words(bytes.fromhex(seed)), set(), []
    for need in needs:
        pool = [name for name in groups[need["group"]] if name not in taken]
        for place in range(need["count"]):
            size = len(pool) - place
            bound = 2**64 - 2**64 % size
            word = next(one for one in stream if one < bound)
            other = place + word % size
            pool[place], pool[other] = pool[other], pool[place]
        ids = pool[: need["count"]]
        taken.update(ids)
        picks.append({"group": need["group"], "ids": ids})
    return picks


def verify(document: Any, noted: tuple[str, ...] = ()) -> list[Problem]:
    """Return everything that is wrong with a protocol; an empty list means that it is right.

    Args:
        document: the file as JSON data.
        noted: digests of the list and of commitments that were published before the draw.
    """
    try:
        return list(_problems(document, noted))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError) as bad:
        detail = f"{type(bad).__name__}: {bad}"
        return [(f"文件内容不完整或格式不对（{detail}）", f"the file is not a protocol ({detail})")]


def _problems(document: Any, noted: tuple[str, ...]) -> Iterator[Problem]:
    protocol = document["protocol"]
    if protocol["format"] != FORMAT:
        yield (f"不认识的格式 {protocol['format']}", f"unknown format {protocol['format']}")
        return
    if digest(protocol) != document["sha256"]:
        yield ("文件被改动：摘要不符", "the file was changed: its digest differs")
    if digest(protocol["list"]) != protocol["list_sha256"]:
        yield ("名单被改动：摘要不符", "the list was changed: its digest differs")
    yield from _list_problems(protocol["list"])
    yield from _share_problems(protocol)
    secrets = sorted([one["party"], one["secret"]] for one in protocol["contributions"])
    seed = digest({"format": FORMAT, "list": digest(protocol["list"]), "secrets": secrets})
    if seed != protocol["seed"]:
        yield ("种子不是由名单和各方随机数算出的", "the seed does not follow from list and secrets")
    groups = {one["name"]: one["candidates"] for one in protocol["list"]["groups"]}
    if picks_of(seed, groups, protocol["list"]["needs"]) != protocol["picks"]:
        yield ("抽取结果与重新计算的不同", "the result differs from the one computed anew")
    published = {protocol["list_sha256"], *(one["commitment"] for one in protocol["contributions"])}
    for value in noted:
        if value.lower() not in published:
            yield (f"文件中没有您记下的摘要 {value}", f"the file lacks the noted digest {value}")


def _list_problems(frozen: Any) -> Iterator[Problem]:
    excluded = {one["id"] for one in frozen["excluded"]}
    for group in frozen["groups"]:
        ids = group["candidates"]
        if ids != sorted(set(ids)):
            yield (f"“{group['name']}”的名单有重复或未排序", f"{group['name']}: unsorted or double")
        if excluded & set(ids):
            yield (f"“{group['name']}”的名单含回避人员", f"{group['name']}: excluded ones in it")
    sizes = {group["name"]: len(group["candidates"]) for group in frozen["groups"]}
    names = [need["group"] for need in frozen["needs"]]
    if len(set(names)) != len(names) or not names:
        yield ("抽取需求重复或为空", "needs are double or missing")
    for need in frozen["needs"]:
        if type(need["count"]) is not int or not 1 <= need["count"] <= sizes.get(need["group"], 0):
            yield (f"“{need['group']}”的人数不对", f"{need['group']}: the number cannot be drawn")


def _share_problems(protocol: Any) -> Iterator[Problem]:
    shares = protocol["contributions"]
    parties = [one["party"] for one in shares]
    if len(set(parties)) != len(parties) or parties.count("server") != 1:
        yield ("各方随机数重复，或缺少系统的", "double contributions, or none of the server")
    between = (_moment(protocol["list"]["frozen_at"]), _moment(protocol["drawn_at"]))
    for one in shares:
        for zh, en in _one_share(one, *between):
            yield (f"{one['party']}：{zh}", f"{one['party']}: {en}")
    if _mode(shares) != protocol["mode"]:
        yield ("随机强度标注不对", "the mode is labelled wrongly")


def _one_share(one: Any, frozen_at: datetime, drawn_at: datetime) -> Iterator[Problem]:
    sealed = hashlib.sha256(one["secret"].encode()).hexdigest()
    if one["commitment"] not in ("", sealed):
        yield ("随机数与承诺不符", "secret and commitment differ")
    if one["party"] == "server" and not one["commitment"]:
        yield ("没有事先承诺", "it had not committed")
    if bool(one["commitment"]) != bool(one["committed_at"]):
        yield ("承诺与承诺的时间不配", "a commitment without a time, or the reverse")
    elif one["commitment"] and _moment(one["committed_at"]) > _moment(one["revealed_at"]):
        yield ("承诺的时间晚于揭示", "committed after the reveal")
    if not frozen_at <= _moment(one["revealed_at"]) <= drawn_at:
        yield ("揭示的时间不对", "revealed at a wrong time")


def _mode(shares: Any) -> str:
    others = [one for one in shares if one["party"] != "server"]
    if any(one["commitment"] for one in others):
        return "parties"
    return "server_and_drawer" if others else "server_only"


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return moment


def main(arguments: list[str]) -> int:
    """Check the file that is named; 0 = right, 1 = wrong, 2 = not called as it should be."""
    paths = [one for at, one in enumerate(arguments) if not _is_option(arguments, at)]
    noted = tuple(arguments[at + 1] for at, one in enumerate(arguments[:-1]) if one in _OPTIONS)
    if len(paths) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    with open(paths[0], encoding="utf-8") as file:
        found = verify(json.load(file), noted)
    for zh, en in found:
        sys.stdout.write(f"✗ {zh} / {en}\n")
    if not found:
        sys.stdout.write("✓ 抽取结果正确，可由名单和各方随机数重新算出 / the draw is right\n")
    return 1 if found else 0


_OPTIONS = ("--list", "--commitment")


def _is_option(arguments: list[str], at: int) -> bool:
    return arguments[at] in _OPTIONS or (at > 0 and arguments[at - 1] in _OPTIONS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
