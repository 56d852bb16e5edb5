"""The scenarios that come with the tool, skimmed: what each is called and claims, without reading it.

A shell that completes a line has no time to read YAML, and who asks what a rule means need not wait for it either. Only
files in the library's own layout can be skimmed; a test holds what is found here against what the loader reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from okta_scenarios.bundled import suites

_HEADING = re.compile(r"^scenario: (\S+)\ntitle: (.*)", re.MULTILINE)
_CLAIMS = re.compile(r"\bproves: \[([^\]]*)\]")
_TAGS = re.compile(r"^tags: \[([^\]]*)\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Skimmed:
    """A scenario by its heading, and the rules that its steps claim, each once, in their order."""

    id: str
    title: str
    tags: tuple[str, ...]
    rules: tuple[str, ...]
    file: Path


def skim(mentioning: str = "") -> Iterator[Skimmed]:
    """Every scenario of the library that has this word in its text, in the order of the files."""
    for file in sorted(suites().rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        if mentioning not in text:
            continue
        heading = _HEADING.search(text)
        if heading is not None:
            id_, title = heading.groups()
            yield Skimmed(id_, _plain(title), _words(_TAGS, text), _words(_CLAIMS, text), file)


def _words(lists: re.Pattern[str], text: str) -> tuple[str, ...]:
    words = (word.strip(" \"'") for found in lists.findall(text) for word in found.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _plain(title: str) -> str:
    """A title as it is meant: one that holds a colon stands in quotes."""
    quoted = len(title) > 1 and title[0] == title[-1] and title[0] in "\"'"
    return title[1:-1] if quoted else title
