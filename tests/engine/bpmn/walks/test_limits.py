"""Long, wide, deep and shared: what must not grow, break or mix."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from engine.bpmn import read_model
from tests.engine.bpmn.walks.drawing import Flow, Level, Node
from tests.engine.bpmn.walks.drawing_xml import file_of
from tests.engine.bpmn.walks.generator import model
from tests.engine.bpmn.walks.walking import Case, Tally, Walk, walk

if TYPE_CHECKING:
    from engine.bpmn import ProcessModel

RETURNS = 1000
THREADS = 8
WALKS = 240


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a repeatable walk, not a secret


def _level(nodes: list[Node], flows: list[tuple[str, str]], back: tuple[str, str]) -> Level:
    drawn = [Flow(f"f{number}", *ends) for number, ends in enumerate(flows)]
    drawn = [
        Flow(flow.id, flow.source, flow.target, None, default=flow.source == back[0])
        for flow in drawn
    ]
    again = Flow("back", *back, frozenset({1}))
    return Level({node.id: node for node in nodes}, [*drawn, again])


def _review() -> ProcessModel:
    """Fill, countersign by three, two opinions at once, then return to the first step or end."""
    nodes = [
        Node("start1", "start"),
        Node("enter", "xor"),
        Node("fill", "task"),
        Node("sign", "task", loop="parallel", size=3, until=3),
        Node("boundary7", "boundary", host="sign", event="message", interrupting=False),
        Node("told", "end"),
        Node("fork", "and"),
        Node("law", "sub", inside=_inside()),
        Node("money", "task"),
        Node("join", "and"),
        Node("decide", "task"),
        Node("choice", "xor"),
        Node("end1", "end"),
    ]
    flows = [
        *[("start1", "enter"), ("enter", "fill"), ("fill", "sign"), ("boundary7", "told")],
        *[("sign", "fork"), ("fork", "law"), ("fork", "money"), ("law", "join")],
        *[("money", "join"), ("join", "decide"), ("decide", "choice"), ("choice", "end1")],
    ]
    return read_model(file_of(_level(nodes, flows, ("choice", "enter"))))


def _inside() -> Level:
    nodes = [Node("start2", "start"), Node("opinion", "task"), Node("end2", "end")]
    flows = [Flow("g1", "start2", "opinion"), Flow("g2", "opinion", "end2")]
    return Level({node.id: node for node in nodes}, flows)


def _round(case: Case, pick: int) -> None:
    for element in ("fill", "boundary7", "sign", "sign", "sign", "opinion", "money", "decide"):
        place = next(place for place in sorted(case.waits()) if place[0] == element)
        case.act(place, pick)


def test_a_thousand_returns_cost_what_one_costs() -> None:
    case = Case(_review(), 0)
    sizes, times = [], []

    for _ in range(RETURNS):
        started = time.process_time()
        _round(case, 1)
        times.append(time.process_time() - started)
        sizes.append(len(case.state.encode()))

    assert case.done["fill"] == RETURNS
    # token numbers grow by a digit or two; nothing else does
    assert max(sizes) <= sizes[0] + 12
    assert median(times[-100:]) < 1.5 * median(times[:100])
    _round(case, 0)
    assert case.now.is_completed


def test_a_thousand_jumps_back_leave_nothing_behind() -> None:
    case = Case(_review(), 0)
    sizes = []

    for _ in range(RETURNS):
        for element in ("fill", "sign"):
            case.act(next(place for place in sorted(case.waits()) if place[0] == element), 0)
        case.jump(next(place for place in case.waits() if place[0] == "sign"), "fill")
        sizes.append(len(case.state.encode()))

    assert max(sizes) <= sizes[0] + 12
    _round(case, 0)
    assert case.now.is_completed


def test_eight_threads_walk_on_shared_models() -> None:
    levels = [model(_random(seed)) for seed in range(THREADS)]
    models = [read_model(file_of(level)) for level in levels]

    def one(number: int) -> int:
        index, tally = number % len(levels), Tally()
        begin = partial(Case, models[index])
        Walk(levels[index], begin, _random(number), tally).go(jumps=False)
        return tally.counts["walks"]

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(one, range(WALKS))) == WALKS


def test_ten_sub_processes_inside_each_other_walk_like_the_token_model() -> None:
    level = _inside()
    for depth in range(10):
        nodes = [
            Node(f"start{depth}x", "start"),
            Node(f"sub{depth}", "sub", inside=level),
            Node(f"boundary{depth}", "boundary", host=f"sub{depth}", event="timer"),
            Node(f"end{depth}x", "end"),
        ]
        flows = [
            Flow(f"a{depth}", f"start{depth}x", f"sub{depth}"),
            Flow(f"b{depth}", f"sub{depth}", f"end{depth}x"),
            Flow(f"c{depth}", f"boundary{depth}", f"end{depth}x"),
        ]
        level = Level({node.id: node for node in nodes}, flows)

    for seed in range(20):
        walk(level, _random(seed), jumps=True)


def five_hundred() -> Level:
    """Return a model of at least 500 elements: random models in a row."""
    nodes, last = {"start0": Node("start0", "start")}, "start0"
    flows: list[Flow] = []
    seed = 0
    while len(list(Level(nodes, flows).everything())) < 500:
        part = Node(f"part{seed}", "sub", inside=_renamed(model(_random(seed)), f"p{seed}_"))
        nodes[part.id] = part
        flows.append(Flow(f"row{seed}", last, part.id))
        last, seed = part.id, seed + 1
    return Level(nodes, flows)


def _renamed(level: Level, prefix: str) -> Level:
    nodes = {
        prefix + key: replace(
            node,
            id=prefix + key,
            host=prefix + node.host if node.host else "",
            code=prefix + node.code if node.code else "",
            inside=_renamed(node.inside, prefix) if node.inside else None,
            around=None,
        )
        for key, node in level.nodes.items()
    }
    flows = [
        replace(flow, id=prefix + flow.id, source=prefix + flow.source, target=prefix + flow.target)
        for flow in level.flows
    ]
    return Level(nodes, flows)


def test_five_hundred_elements_walk_like_the_token_model() -> None:
    level = five_hundred()

    for seed in range(3):
        walk(level, _random(seed))
