"""One bad example per finding: (rule, inside of a process, element at which it is found)."""

from __future__ import annotations

S = '<bpmn:startEvent id="s"/>'
CONDITION = "<bpmn:conditionExpression>{}</bpmn:conditionExpression>"


def flow(source: str, target: str, condition: str = "") -> str:
    inside = CONDITION.format(condition) if condition else ""
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</bpmn:sequenceFlow>"
    )


def task(name: str, inside: str = "", tag: str = "userTask") -> str:
    return f'<bpmn:{tag} id="{name}">{inside}</bpmn:{tag}>'


def extension(inside: str) -> str:
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>"


def event(tag: str, name: str, kind: str, attributes: str = "", inside: str = "") -> str:
    definition = f"<bpmn:{kind}EventDefinition>{inside}</bpmn:{kind}EventDefinition>"
    return f'<bpmn:{tag} id="{name}" {attributes}>{definition}</bpmn:{tag}>'


TIMER = "<bpmn:timeDuration>P1D</bpmn:timeDuration>"
INVALID: list[tuple[str, str, str]] = [
    ("dangling-flow", S + flow("s", "nowhere"), "s_nowhere"),
    ("flow-crosses-border", S + task("sub", task("in"), "subProcess") + flow("s", "in"), "s_in"),
    ("incoming-flow", S + task("a") + flow("s", "a") + flow("a", "s"), "a_s"),
    (
        "outgoing-flow",
        S + '<bpmn:endEvent id="e"/>' + flow("s", "e") + task("a") + flow("e", "a"),
        "e_a",
    ),
    (
        "event-sub-process-flow",
        S
        + '<bpmn:subProcess id="x" triggeredByEvent="true">'
        + event("startEvent", "xs", "timer", "", TIMER)
        + "</bpmn:subProcess>"
        + flow("s", "x"),
        "s_x",
    ),
    (
        "compensation-flow",
        S
        + task("a")
        + event("boundaryEvent", "b", "compensate", 'attachedToRef="a"')
        + task("h")
        + flow("s", "a")
        + flow("b", "h"),
        "b_h",
    ),
    ("boundary-without-host", S + event("boundaryEvent", "b", "error", 'attachedToRef="x"'), "b"),
    ("link-target", S + event("intermediateThrowEvent", "t", "link") + flow("s", "t"), "t"),
    ("link-source", S + event("intermediateCatchEvent", "c", "link"), "c"),
    ("no-start", task("a") + flow("a", "a"), "p"),
    (
        "event-sub-process-start",
        S + '<bpmn:subProcess id="x" triggeredByEvent="true">' + task("a") + "</bpmn:subProcess>",
        "x",
    ),
    ("event-place", S + event("endEvent", "e", "timer", "", TIMER) + flow("s", "e"), "e"),
    (
        "error-interrupts",
        S
        + task("a")
        + flow("s", "a")
        + event("boundaryEvent", "b", "error", 'attachedToRef="a" cancelActivity="false"'),
        "b",
    ),
    ("missing-fact", S + task("a", "", "serviceTask") + flow("s", "a"), "a"),
    ("missing-fact", S + task("a", "", "businessRuleTask") + flow("s", "a"), "a"),
    ("missing-fact", S + task("a", "", "callActivity") + flow("s", "a"), "a"),
    ("missing-fact", S + task("a", "", "scriptTask") + flow("s", "a"), "a"),
    ("missing-fact", S + event("intermediateCatchEvent", "c", "timer") + flow("s", "c"), "c"),
    ("missing-fact", S + event("intermediateCatchEvent", "c", "signal") + flow("s", "c"), "c"),
    ("missing-fact", S + event("intermediateCatchEvent", "c", "message") + flow("s", "c"), "c"),
    (
        "missing-fact",
        S + task("a", "<bpmn:multiInstanceLoopCharacteristics/>") + flow("s", "a"),
        "a",
    ),
    ("missing-fact", S + task("a", "<bpmn:standardLoopCharacteristics/>") + flow("s", "a"), "a"),
    (
        "condition-missing",
        S
        + task("g", "", "exclusiveGateway")
        + task("a")
        + task("b")
        + flow("s", "g")
        + flow("g", "a", "=true")
        + flow("g", "b"),
        "g_b",
    ),
    (
        "condition-not-allowed",
        S + task("g", "", "parallelGateway") + task("a") + flow("s", "g") + flow("g", "a", "=x"),
        "g_a",
    ),
    (
        "default-condition",
        S
        + '<bpmn:exclusiveGateway id="g" default="g_a"/>'
        + task("a")
        + flow("s", "g")
        + flow("g", "a", "=x"),
        "g_a",
    ),
    ("expression-mark", S + task("a") + flow("s", "a") + task("b") + flow("a", "b", "x"), "a_b"),
    ("expression", S + task("a") + task("b") + flow("s", "a") + flow("a", "b", "=x ＞ 1"), "a_b"),
    (
        "compensation-handler",
        S
        + task("a")
        + flow("s", "a")
        + event("boundaryEvent", "b", "compensate", 'attachedToRef="a"'),
        "b",
    ),
    (
        "compensation-handler-alone",
        S + '<bpmn:userTask id="h" isForCompensation="true"/>',
        "h",
    ),
    (
        "compensation-activity",
        S
        + '<bpmn:endEvent id="e"><bpmn:compensateEventDefinition activityRef="x"/></bpmn:endEvent>'
        + flow("s", "e"),
        "e",
    ),
    ("cancel-place", S + event("endEvent", "e", "cancel") + flow("s", "e"), "e"),
    (
        "cancel-place",
        S + task("a") + flow("s", "a") + event("boundaryEvent", "b", "cancel", 'attachedToRef="a"'),
        "b",
    ),
    (
        "event-gateway-target",
        S
        + task("g", "", "eventBasedGateway")
        + task("a")
        + task("b")
        + flow("s", "g")
        + flow("g", "a")
        + flow("g", "b"),
        "g_a",
    ),
    (
        "event-gateway-branches",
        S
        + task("g", "", "eventBasedGateway")
        + flow("s", "g")
        + event("intermediateCatchEvent", "c", "timer", "", TIMER)
        + flow("g", "c"),
        "g",
    ),
    (
        "complex-activation",
        S
        + task("a")
        + task("b")
        + task("g", "", "complexGateway")
        + flow("s", "a")
        + flow("s", "b")
        + flow("a", "g")
        + flow("b", "g"),
        "g",
    ),
    (
        "loop-counter",
        S
        + task(
            "a",
            '<bpmn:extensionElements><zeebe:script expression="=1" resultVariable="loopCounter"/>'
            "</bpmn:extensionElements>",
            "scriptTask",
        )
        + flow("s", "a"),
        "a",
    ),
    (
        "ad-hoc-event",
        S + task("x", '<bpmn:endEvent id="e"/>' + task("a"), "adHocSubProcess") + flow("s", "x"),
        "e",
    ),
    ("missing-id", S + "<bpmn:userTask/>", ""),
    ("duplicate-id", S + task("a") + task("a"), "a"),
    ("unsupported-element", S + '<bpmn:callChoreography id="c"/>', "c"),
    ("unsupported-element", S + task("a", "<bpmn:rendering/>") + flow("s", "a"), "a"),
    (
        "unsupported-extension",
        S + task("a", extension("<zeebe:executionListeners/>")) + flow("s", "a"),
        "a",
    ),
    (
        "unsupported-extension",
        S + task("a", extension('<x:field xmlns:x="http://flowable.org/bpmn"/>')) + flow("s", "a"),
        "a",
    ),
    (
        "foreign-attribute",
        S
        + '<bpmn:userTask id="a" xmlns:c="http://camunda.org/schema/1.0/bpmn" c:assignee="li"/>'
        + flow("s", "a"),
        "a",
    ),
    (
        "several-event-definitions",
        S + '<bpmn:intermediateCatchEvent id="c"><bpmn:timerEventDefinition/>'
        "<bpmn:signalEventDefinition/></bpmn:intermediateCatchEvent>" + flow("s", "c"),
        "c",
    ),
    (
        "dangling-reference",
        S
        + '<bpmn:endEvent id="e"><bpmn:errorEventDefinition errorRef="x"/></bpmn:endEvent>'
        + flow("s", "e"),
        "e",
    ),
    (
        "misplaced-extension",
        S + task("a", extension('<zeebe:taskDefinition type="x"/>')) + flow("s", "a"),
        "a",
    ),
    (
        "misplaced-extension",
        S
        + task(
            "g",
            extension('<zeebe:ioMapping><zeebe:output source="=1" target="x"/></zeebe:ioMapping>'),
            "exclusiveGateway",
        )
        + flow("s", "g"),
        "g",
    ),
    (
        "unsupported-attribute",
        S + '<bpmn:eventBasedGateway id="g" instantiate="true"/>' + flow("s", "g"),
        "g",
    ),
    (
        "unsupported-attribute",
        S + task("a", extension('<zeebe:formDefinition formKey="x"/>')) + flow("s", "a"),
        "a",
    ),
    (
        "unsupported-attribute",
        S
        + task(
            "a",
            extension('<zeebe:calledElement processId="x" bindingType="versionTag"/>'),
            "callActivity",
        )
        + flow("s", "a"),
        "a",
    ),
    (
        "nesting",
        S
        + '<bpmn:subProcess id="x{}">'.join(["", *[""] * 31]).format(*range(31))
        + task("deep")
        + "</bpmn:subProcess>" * 31,
        "deep",
    ),
    (
        "unsupported-loop-data",
        S
        + task(
            "a",
            "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>x</bpmn:loopDataInputRef>"
            "</bpmn:multiInstanceLoopCharacteristics>",
        )
        + flow("s", "a"),
        "a",
    ),
]
