"""What users read is plain English: the worst patterns of an older tone do not come back."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "emulator/workato_emulator",
    "connector/okta_connector",
    "scenarios/okta_org",
    "scenarios/okta_scenarios",
)
TEXTS = frozenset({".py", ".md", ".yaml", ".json", ".toml", ".txt", ".jinja"})
INVERTED = re.compile(
    r"\b(nobody|whoever|anew|stands? there|leads? nowhere|twice, and|is no (?!longer\b)\w|are no (?!longer\b)\w+s\b)",
    re.IGNORECASE,
)
"""An inversion, or a word that a message in plain English does without."""


def strings_in(source: str) -> Iterator[tuple[int, str]]:
    """Every string of a module that is no docstring, with its line."""
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


@pytest.mark.parametrize("package", PACKAGES)
def test_messages_are_plain_english(package: str) -> None:
    """Say what is wrong, where, and what is allowed: "unknown role 'x'" and not "'x' is no role"."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in strings_in(path.read_text("utf-8"))
        if INVERTED.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["'x' is no role", "Nobody reads it", "the key stands there twice", "start anew", "a name that leads nowhere"],
)
def test_the_patterns_are_found(text: str) -> None:
    """In an f-string as well as in a plain one, and not in a docstring."""
    source = f'"""{text}"""\nmessage = "{text}"\nother = f"{{message}} {text}"\n'
    assert [line for line, each in strings_in(source) if INVERTED.search(each)] == [2, 3]


def test_sources_are_cited_so_that_a_reader_can_find_them() -> None:
    """By the page's name or its address; notes that only its author has are no source."""
    private = re.compile(r"fact[ -]?sheet", re.IGNORECASE)
    folders = ("emulator", "connector", "scenarios", "openapi", "tests", ".github")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS]
    found = [
        path
        for path in (*files, *ROOT.glob("*.md"))
        if path != Path(__file__) and private.search(path.read_text("utf-8"))
    ]
    assert [str(path.relative_to(ROOT)) for path in found] == []
