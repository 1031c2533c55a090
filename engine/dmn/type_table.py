"""Finds types by the names that a model uses: FEEL's own, the model's, the imported ones'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import feel
from engine.dmn.datatypes import (
    ANY,
    OLD_NAMES,
    SIMPLE_NAMES,
    DataType,
    FunctionType,
    ListType,
    NamedType,
    RestrictedType,
    SimpleType,
    StructureType,
)
from engine.feel.tree import TypeName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.dmn.boxed import LiteralExpression
    from engine.dmn.findings import FindingLog
    from engine.dmn.formula import FormulaReader
    from engine.dmn.model import ItemDefinition
    from engine.feel.types import TypeOrTest


class TypeTable:
    """The types of one model."""

    def __init__(
        self,
        items: tuple[ItemDefinition, ...],
        imported: Mapping[str, TypeTable],
        formulas: FormulaReader,
        log: FindingLog,
    ) -> None:
        """Read the item definitions; ``imported`` by the name of the import.

        A name that nothing defines and a definition that only refers to itself are reported to
        ``log`` and mean ``Any``.
        """
        self._items = {item.name: item for item in items}
        self._imported = imported
        self._formulas = formulas
        self._log = log
        self._built: dict[str, DataType] = {}
        self._check_circles()
        for item in items:
            if item.name not in self._built:
                self._built[item.name] = self._build(item)

    def find(self, type_ref: str) -> DataType:
        """Return the type named ``type_ref`` (``""``: ``Any``)."""
        name = OLD_NAMES.get(type_ref, type_ref)
        if type_ref in self._built:
            return self._built[type_ref]
        if type_ref in self._items:
            return NamedType(type_ref, lambda: self._built[type_ref])
        if name in SIMPLE_NAMES:
            return SimpleType(name)
        return self._find_imported(name) or written_type(name) or ANY

    def knows(self, type_ref: str) -> bool:
        """Tell whether ``type_ref`` means something here."""
        name = OLD_NAMES.get(type_ref, type_ref)
        if type_ref in self._items or name in SIMPLE_NAMES or name in _UNCHECKED:
            return True
        return self._find_imported(name) is not None or written_type(name) is not None

    def allowed_values(self, type_ref: str) -> LiteralExpression | None:
        """Return the allowed values of the type of that name, its own or those it is made of."""
        item = self._items.get(type_ref)
        for _ in self._items:
            if item is None or item.allowed_values is not None:
                break
            item = self._items.get(item.type_ref)
        if item is not None:
            return item.allowed_values
        table, name = self._imported_table(type_ref)
        return None if table is None else table.allowed_values(name)

    def component_names(self) -> frozenset[str]:
        """Return every entry name of every structure, which paths may use after a dot."""
        own = {name for item in self._items.values() for name in _component_names(item)}
        return frozenset(own).union(*(table.component_names() for table in self._imported.values()))

    def for_feel(self) -> Mapping[str, TypeOrTest]:
        """Return the types by the names that ``instance of`` may use.

        Allowed values do not count there (DMN 1.5 §10.3.2.9.3), only the structure.
        """
        found: dict[str, TypeOrTest] = {
            name: _type_name(item) for name, item in self._items.items()
        }
        for qualifier, table in self._imported.items():
            prefix = f"{qualifier}." if qualifier else ""
            found |= {f"{prefix}{name}": kind for name, kind in table.for_feel().items()}
        return found

    def _find_imported(self, name: str) -> DataType | None:
        table, inner = self._imported_table(name)
        return None if table is None else table.find(inner)

    def _imported_table(self, name: str) -> tuple[TypeTable | None, str]:
        """Return the imported table that defines ``name``, and the name it has there."""
        for qualifier, table in self._imported.items():
            prefix = f"{qualifier}." if qualifier else ""
            inner = name[len(prefix) :]
            if name.startswith(prefix) and inner and table.knows(inner):
                return table, inner
        return None, ""

    def _build(self, item: ItemDefinition) -> DataType:
        built = self._base(item)
        if item.is_collection:
            built = ListType(item.name, built)
        if item.allowed_values is not None:
            built = RestrictedType(item.name, built, self._tests(item.allowed_values))
        if item.type_constraint is not None:
            tests = self._tests(item.type_constraint)
            built = RestrictedType(item.name, built, tests, whole=True)
        return built

    def _base(self, item: ItemDefinition) -> DataType:
        if item.components:
            components = {part.name: self._build(part) for part in item.components}
            return StructureType(item.name, components)
        if item.function is not None:
            *parameters, result = (self.find(part.type_ref) for part in item.function)
            return FunctionType(item.name, tuple(parameters), result)
        if not self.knows(item.type_ref):
            self._log.warn(
                "unknown-type",
                item.place,
                f"类型“{item.type_ref}”没有定义，按任意类型处理；请更正名称或补充定义。",
                f"Type {item.type_ref!r} is not defined and accepts anything; correct the name or "
                "define it.",
            )
        return self.find(item.type_ref)

    def _tests(self, literal: LiteralExpression) -> Callable[[object], bool]:
        return self._formulas.constant_tests(literal)

    def _check_circles(self) -> None:
        """Turn definitions that are only names of each other into ``Any``."""
        for name, item in list(self._items.items()):
            seen = {name}
            target = item
            while not target.components and target.type_ref in self._items:
                if target.type_ref in seen:
                    self._report_circle(item)
                    break
                seen.add(target.type_ref)
                target = self._items[target.type_ref]

    def _report_circle(self, item: ItemDefinition) -> None:
        self._log.refuse(
            "type-cycle",
            item.place,
            f"类型“{item.name}”的定义绕回自身，请改为引用一个基本类型。",
            f"Type {item.name!r} is defined by itself; refer to a basic type.",
        )
        self._built[item.name] = ANY


#: Names that mean "do not check".
_UNCHECKED = frozenset({"", "Any", "any", "context", "list", "function", "Null", "Undefined"})


def _component_names(item: ItemDefinition) -> Iterator[str]:
    for part in item.components:
        yield part.name
        yield from _component_names(part)


def written_type(text: str) -> DataType | None:
    """Return a type that is written out, such as ``list<number>``; ``None`` for a mere name."""
    if "<" not in text:
        return None
    try:
        kind = feel.parse_type(text)
    except feel.FeelError:
        return None
    if kind.name != "list":
        return SimpleType(text)
    shape = ListType(text, _element_type(kind))
    return RestrictedType(text, shape, lambda value: feel.instance_of(value, text), whole=True)


def _element_type(kind: TypeName) -> DataType:
    part = kind.parts[0] if kind.parts else TypeName(0, "Any")
    return SimpleType(part.name) if part.name in SIMPLE_NAMES else ANY


def _type_name(item: ItemDefinition) -> TypeName:
    if item.components:
        parts = tuple(_type_name(part) for part in item.components)
        named = TypeName(0, "context", parts, tuple(part.name for part in item.components))
    elif item.function is not None:
        named = TypeName(0, "function", tuple(_reference(part.type_ref) for part in item.function))
    else:
        named = _reference(item.type_ref)
    return TypeName(0, "list", (named,)) if item.is_collection else named


def _reference(type_ref: str) -> TypeName:
    name = OLD_NAMES.get(type_ref, type_ref)
    return TypeName(0, "Any" if name in _UNCHECKED else name)
