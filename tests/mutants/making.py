"""Which mutants a folder of modules has, and the sample of them that is tried."""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from .meaning import meaning

NEVER = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
"""Types are for mypy; what a decorator says of a rule is text that the rule book repeats."""

TRIVIAL_CALLS = ("len", "isinstance", "cast")
"""Without an argument they are broken, and not subtly: mutmut leaves the first two out as well."""


@dataclass(frozen=True, eq=False)
class Mutant:
    """One change of one module."""

    path: Path
    within: str
    """The function or class, by its qualified name; empty in the module itself."""

    lines: range
    """Of the statement, up to where the change is."""

    key: str
    module: "_Module"
    node: cst.CSTNode
    changed: cst.CSTNode

    @cached_property
    def source(self) -> str:
        """The whole module, changed."""
        tree = self.module.tree.deep_replace(self.node, self.changed)
        if not isinstance(tree, cst.Module):
            raise TypeError(self.key)
        return str(tree.code)

    @cached_property
    def change(self) -> tuple[str, ...]:
        """The lines that differ, as a diff shows them, without their indentation."""
        before, after = self.module.code.splitlines(), self.source.splitlines()
        return tuple(
            f"{line[0]} {line[2:].strip()}" for line in difflib.ndiff(before, after) if line.startswith(("-", "+"))
        )


@dataclass(frozen=True)
class _Module:
    path: Path
    code: str
    tree: cst.Module

    @cached_property
    def meaning(self) -> str:
        return meaning(self.code)


@dataclass(frozen=True)
class _Place:
    """Where the walk through a module is."""

    within: tuple[str, ...] = ()
    in_function: bool = False
    statement: cst.CSTNode | None = None


def sample(folder: Path, size: int, seed: int) -> list[Mutant]:
    """The mutants whose digest with the seed is lowest: a change elsewhere in the folder leaves the others in."""
    return sorted(mutants(folder), key=lambda each: sha256(f"{seed} {each.key}".encode()).digest())[:size]


def mutants(folder: Path) -> Iterator[Mutant]:
    for path in sorted(folder.rglob("*.py")):
        yield from _mutants_of(path, folder)


def _mutants_of(path: Path, folder: Path) -> Iterator[Mutant]:
    code = path.read_text("utf-8")
    wrapper = MetadataWrapper(cst.parse_module(code))
    module = _Module(path, code, wrapper.module)
    positions = wrapper.resolve(PositionProvider)
    seen: Counter[str] = Counter()
    for node, place in _nodes(wrapper.module, _Place()):
        for changed in _changes(node):
            before, after = (wrapper.module.code_for_node(each) for each in (node, changed))
            if before == after:
                continue
            key = f"{path.relative_to(folder)} {'.'.join(place.within)} {before} -> {after}"
            seen[key] += 1
            lines = _lines(positions[place.statement or node], positions.get(node))
            yield Mutant(path, ".".join(place.within), lines, f"{key} {seen[key]}", module, node, changed)


def _changes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from operator(node)


def _lines(statement: CodeRange, node: CodeRange | None) -> range:
    return range(statement.start.line, (node or statement).end.line + 1)


def _nodes(node: cst.CSTNode, place: _Place) -> Iterator[tuple[cst.CSTNode, _Place]]:
    """Every node that may be changed, with its place."""
    if isinstance(node, NEVER) or _is_left_out(node, place):
        return
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        in_function = place.in_function or isinstance(node, cst.FunctionDef)
        place = _Place((*place.within, node.name.value), in_function, node)
    elif isinstance(node, cst.BaseStatement | cst.BaseSmallStatement) and not isinstance(node, cst.SimpleStatementLine):
        place = _Place(place.within, place.in_function, node)
    if not _is_a_declaration(node, place):
        yield node, place
    for child in node.children:
        yield from _nodes(child, place)


def _is_left_out(node: cst.CSTNode, place: _Place) -> bool:
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
        return node.func.value in TRIVIAL_CALLS
    if isinstance(node, cst.If) and isinstance(node.test, cst.Name):
        return bool(node.test.value == "TYPE_CHECKING")
    if isinstance(node, cst.Param) and node.default is not None:
        return not isinstance(node.default, cst.Name | cst.BaseNumber | cst.BaseString)
    # Outside a function a string is an id or a sentence, which the generated pages hold.
    return isinstance(node, cst.BaseString) and not place.in_function


def _is_a_declaration(node: cst.CSTNode, place: _Place) -> bool:
    """A call outside functions that says something in words, such as an assumption: its arguments are text."""
    return (
        isinstance(node, cst.Call)
        and not place.in_function
        and any(isinstance(each.value, cst.BaseString | cst.ConcatenatedString) for each in node.args)
    )


def is_a_change(mutant: Mutant) -> bool:
    """Whether Python reads it, and reads something else than before."""
    try:
        return meaning(mutant.source) != mutant.module.meaning
    except SyntaxError:
        return False
