"""Which test modules call which operation, found by reading them: nothing is run, and nothing is kept by hand.

`python tests/project/exercises.py` prints them.

A call is a client's `.get("/api/…")`, with constants of the module filled in, or one of the small world's own methods,
such as `world.invite()`, which stand for the calls that they make.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from workato_emulator import operation_of

_TESTS = Path(__file__).parents[1]
_METHODS = frozenset({"get", "put", "post", "patch", "delete"})
_WORLD = Path("emulator", "world.py")

Known = Mapping[str, frozenset[str]]
"""The operations behind a method of the small world."""


def modules_by_operation(tests: Path = _TESTS) -> Mapping[str, Sequence[str]]:
    """The test modules by operationId, as `folder/name`."""
    known = _world_methods(_parsed(tests / _WORLD))
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        for operation in sorted(called_in(_parsed(path), known)):
            found.setdefault(operation, []).append(str(path.relative_to(tests).with_suffix("")))
    return found


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _world_methods(tree: ast.Module) -> Known:
    functions = {each.name: each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
    known: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = dict.fromkeys(functions, frozenset())
    while found != known:  # a method may call another
        known = found
        found = {
            name: frozenset(_called(function, {}, known, frozenset({"self"}))) for name, function in functions.items()
        }
    return known


def called_in(tree: ast.Module, known: Known) -> set[str]:
    """The operations that a module calls, as far as its paths can be read."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    worlds = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _name(node.value.func) == "World"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return set(_called(tree, constants, known, frozenset({"world", *worlds})))


def _called(tree: ast.AST, constants: Mapping[str, str], known: Known, worlds: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if _name(node.func.value) in worlds:
            yield from known.get(node.func.attr, ())
        method, arguments = node.func.attr, node.args
        if method == "request" and arguments and isinstance(arguments[0], ast.Constant):
            method, arguments = str(arguments[0].value).lower(), arguments[1:]
        if method in _METHODS and arguments:
            operation = operation_of(method.upper(), _path(arguments[0], constants).partition("?")[0])
            if operation is not None:
                yield operation


def _path(node: ast.expr, constants: Mapping[str, str]) -> str:
    """The path as it is written; what is only known when it runs stands as one dash."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_path(each, constants) for each in node.values)
    if isinstance(node, ast.FormattedValue):
        return _path(node.value, constants)
    if isinstance(node, ast.Constant):
        return str(node.value)
    return constants.get(_name(node), "-")


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


if __name__ == "__main__":
    for _operation, _modules in sorted(modules_by_operation().items()):
        print(f"{_operation}: {', '.join(_modules)}")  # noqa: T201  (this is what it is for)
