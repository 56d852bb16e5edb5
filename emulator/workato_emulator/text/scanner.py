"""The scanner of YAML: libyaml's where PyYAML was built with it, and else PyYAML's own, made to agree with libyaml.

PyYAML's own differs in corners that people do write: a question mark in a text within brackets, tabs between the parts
of a list or before a comment.
"""

from typing import Any

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import ScalarToken

_BREAKS = "\r\n"
_BLANKS_AND_END = "\0 \t\r\n"
_BRACKETS = ",[]{}"


class PurePython(Reader, Scanner, Parser):
    """Reads YAML events without libyaml; the other line breaks of YAML 1.1 are refused before a text comes here."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)

    def dispose(self) -> None:
        """Nothing is held that would have to be let go."""

    def scan_to_next_token(self) -> None:
        """Past blanks and comments. A tab is a blank wherever no block can begin."""
        while True:
            while self.peek() == " " or (self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0\r\n":
                    self.forward()
            if not self.scan_line_break():  # type: ignore[no-untyped-call]
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:  # noqa: ANN401, ARG002
        """What follows `|` or `>`, in either order: whether to keep the last line breaks, and the indentation."""
        chomping, increment = None, None
        for _ in range(2):
            here = self.peek()
            if here in "+-" and chomping is None:
                chomping = here == "+"
            elif here in "123456789" and increment is None:
                increment = int(here)
            else:
                break
            self.forward()
        return chomping, increment

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:  # noqa: ANN401
        while self.peek() == "\t":
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> tuple[Any, Any, Any]:
        found: tuple[Any, Any, Any] = super().scan_block_scalar_indentation()
        self._no_tab_here()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[Any, Any]:
        found: tuple[Any, Any] = super().scan_block_scalar_breaks(indent)
        if self.column < indent:
            self._no_tab_here()
        return found

    def _no_tab_here(self) -> None:
        if self.peek() == "\t":
            raise ScannerError(
                None, None, "found a tab character where an indentation space is expected", self.get_mark()
            )

    def scan_plain(self) -> ScalarToken:
        """A text without quotes, which may go on in further lines."""
        start = end = self.get_mark()
        words: list[str] = []
        between = ""
        while self.peek() != "#" and not self._at_document_marker():
            length = self._length_of_word()
            if length == 0:
                break
            words += [between, self.prefix(length)]
            self.allow_simple_key = False
            self.forward(length)
            end = self.get_mark()
            blanks = self._blanks()
            if not blanks:
                break
            between = blanks
            if not self.flow_level and self.column < self.indent + 1:
                break
        return ScalarToken("".join(words), True, start, end)

    def _at_document_marker(self) -> bool:
        return self.column == 0 and self.prefix(3) in {"---", "..."} and self.peek(3) in _BLANKS_AND_END

    def _length_of_word(self) -> int:
        length = 0
        while (here := self.peek(length)) not in _BLANKS_AND_END and not (self.flow_level and here in _BRACKETS):
            following = self.peek(length + 1)
            if here == ":" and following in _BLANKS_AND_END:
                break
            if here == ":" and self.flow_level and following in "?" + _BRACKETS:
                raise ScannerError("while scanning a plain scalar", None, "found unexpected ':'", self.get_mark())
            length += 1
        return length

    def _blanks(self) -> str:
        """What stands for the blanks and line breaks that come next: themselves, one space, or the lines but one."""
        spaces = ""
        breaks: list[str] = []
        while self.peek() in " \t\r\n":
            if self.peek() in _BREAKS:
                breaks.append(self.scan_line_break())  # type: ignore[no-untyped-call]
                continue
            if not breaks:
                spaces += self.peek()
            elif self.peek() == "\t" and self.column < self.indent + 1:
                raise ScannerError(
                    "while scanning a plain scalar",
                    None,
                    "found a tab character that violates indentation",
                    self.get_mark(),
                )
            self.forward()
        if breaks:
            self.allow_simple_key = True
        return ("".join(breaks[1:]) or " ") if breaks else spaces


LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What PyYAML reads with here."""


def scanner_of(loader: type[Any]) -> type[Any]:
    """What to scan with in place of this loader of PyYAML's."""
    return PurePython if issubclass(loader, Scanner) else loader
