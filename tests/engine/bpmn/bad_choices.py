"""Bad examples of conditions and expressions that look right: (rule, inside, element)."""

from __future__ import annotations

from tests.engine.bpmn.bad_examples import S, extension, flow, task

MISLEADING: list[tuple[str, str, str]] = [
    (
        "default-condition",
        S
        + '<bpmn:exclusiveGateway id="g" default="s_g"/>'
        + task("a")
        + flow("s", "g")
        + flow("g", "a", "=true"),
        "g",
    ),
    *(
        (
            "expression",
            S
            + task("g", "", "exclusiveGateway")
            + task("a")
            + flow("s", "g")
            + flow("g", "a", condition),
            "g_a",
        )
        for condition in ("=sum_of(total) = 3", "=starts with(total)")
    ),
    *(
        (
            "expression-mark",
            S
            + task(
                "a",
                extension(
                    f'<zeebe:ioMapping><zeebe:output source="{source}" target="number"/>'
                    "</zeebe:ioMapping>"
                ),
            )
            + flow("s", "a"),
            "a",
        )
        for source in ("number", "＝total")
    ),
]
