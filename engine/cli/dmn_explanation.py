"""Says why a decision answered as it did: inputs, rules that applied, and else the nearest ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.feel import feel_repr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.cli.dmn_inputs import KnownInput
    from engine.cli.voice import Voice
    from engine.dmn import DecisionResult, DecisionTrace, DmnModel
    from engine.dmn.boxed import DecisionTable, InputClause, Rule
    from engine.dmn.table import CompiledTable

#: Rules shown when none applies.
_NEAREST: Final = 3
#: Trials of one decision shown; a table may be called in a loop.
_STEPS: Final = 50


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A decision that was tried.

    Attributes:
        decision: its id.
        known: what can be given to it.
        given: what was given, FEEL values by name.
        result: the answer, with null where no rule applies.
        matched: whether a process could go on with it: every table that it needs has a rule.
    """

    decision: str
    known: Mapping[str, KnownInput]
    given: Mapping[str, object]
    result: DecisionResult
    matched: bool

    def missing(self, model: DmnModel) -> list[str]:
        """Return the inputs that were not given."""
        needed = model.decisions[self.decision].inputs or tuple(self.known)
        return [name for name in needed if name not in self.given]


class Explanation:
    """Speaks about one trial, line by line."""

    def __init__(self, trial: Trial, model: DmnModel, voice: Voice) -> None:
        """Keep the three."""
        self._trial = trial
        self._model = model
        self._say = voice.say
        self._tables = {table.drawn.place.id: table for table in model.compiler.tables}

    def speak(self) -> None:
        """Say everything."""
        self._inputs()
        steps = self._trial.result.trace
        for step in steps[:_STEPS]:
            self._step(step, named=len(steps) > 1)
        for warning in self._trial.result.warnings:
            self._say(f"提示：{warning.message_zh}", f"Note: {warning.message_en}")
        if self._trial.matched:
            self._say("结果：", "Result:")
            self._values(self._trial.result.value)
        else:
            self._say(
                "结果：没有规则适用，流程到这里会停下。请补充规则或更正输入。",
                "Result: no rule applies, a process would stop here; add a rule or correct the"
                " inputs.",
            )

    def _inputs(self) -> None:
        described = self._model.decisions[self._trial.decision]
        self._say(
            f"决策：{described.name}（{described.id}）",
            f"Decision: {described.name} ({described.id})",
        )
        self._say("输入：", "Inputs:")
        for name, value in self._trial.given.items():
            shown = f"  {self._heading(name)} = {feel_repr(value)}"
            self._say(shown, shown)
        for name in self._trial.missing(self._model):
            heading = self._heading(name)
            self._say(
                f"  {heading} 未给出，按空值 null 处理", f"  {heading} is not given, taken as null"
            )

    def _heading(self, name: str) -> str:
        one = self._trial.known.get(name)
        return f"{one.label} {name}" if one is not None and one.label else name

    def _step(self, step: DecisionTrace, *, named: bool) -> None:
        if named:
            self._say(f"— {step.name}（{step.id}）", f"— {step.name} ({step.id})")
        table = self._tables.get(step.table_id)
        if table is not None and step.rules:
            self._matches(step, table.drawn)
        elif table is not None:
            self._nearest(step, table)
        if named:
            self._values(step.output)

    def _matches(self, step: DecisionTrace, table: DecisionTable) -> None:
        rules = {rule.number: rule for rule in table.rules}
        for match in step.rules:
            notes = "；".join(note for note in match.annotations if note)
            self._say(
                f"命中规则 {match.number}（共 {len(table.rules)} 条）"
                + (f"：{notes}" if notes else ""),
                f"Rule {match.number} of {len(table.rules)} applies"
                + (f": {notes}" if notes else ""),
            )
            for clause, cell in _cells(table, rules[match.number]):
                if cell != "-":
                    shown = f"  {_column(clause)}：{cell}"
                    self._say(shown, shown)

    def _nearest(self, step: DecisionTrace, table: CompiledTable) -> None:
        if step.output is not None:
            self._say("没有规则适用，取默认结果。", "No rule applies, the default does.")
            return
        self._say("没有规则适用。最接近的规则：", "No rule applies. The nearest ones:")
        misses = {rule.number: self._misses(step, table, rule) for rule in table.drawn.rules}
        for number in sorted(misses, key=lambda number: len(misses[number]))[:_NEAREST]:
            for column, wanted, actual in misses[number]:
                self._say(
                    f"  规则 {number}：{column} 要求 {wanted}，实际为 {actual}",
                    f"  Rule {number}: {column} wants {wanted}, but is {actual}",
                )

    def _misses(
        self, step: DecisionTrace, table: CompiledTable, rule: Rule
    ) -> list[tuple[str, str, str]]:
        """Return (column, cell, value) for every cell that does not accept its value."""
        found = []
        tested = zip(_cells(table.drawn, rule), table.matcher.columns, strict=True)
        for (clause, cell), column in tested:
            value = step.inputs.get(clause.expression.text)
            tests = column.tests[rule.number - 1]
            if tests is None or tests.matches(value, self._trial.given) is not True:
                found.append((_column(clause), cell, feel_repr(value)))
        return found

    def _values(self, value: object) -> None:
        if not isinstance(value, dict):
            self._say(f"  {feel_repr(value)}", f"  {feel_repr(value)}")
            return
        for name, entry in value.items():
            self._say(f"  {name} = {feel_repr(entry)}", f"  {name} = {feel_repr(entry)}")


def _cells(table: DecisionTable, rule: Rule) -> Iterator[tuple[InputClause, str]]:
    for clause, cell in zip(table.inputs, rule.conditions, strict=True):
        yield clause, " ".join(cell.text.split()) or "-"


def _column(clause: InputClause) -> str:
    return clause.label or clause.expression.text
