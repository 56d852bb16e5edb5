"""Text from files, names and answers, made harmless for a terminal.

A terminal obeys control characters: a title could recolour, overwrite or reorder what stands around it.
"""

import re

_KEPT = "\n\t"
_ESCAPED = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # what is invisible, or turns the direction
    "\ud800-\udfff"  # halves of a character; U+DC80 to U+DCFF are the bytes of a file name that is not UTF-8
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # annotations and tags, which are invisible
)
_JOINERS = "\u200c\u200d"
"""Invisible by themselves, and part of how words and emoji are written in many scripts."""
_FIRST_BYTE, _LAST_BYTE = 0xDC80, 0xDCFF


def visible(text: str) -> str:
    """The text with every character that a terminal would obey or hide written as an escape; lines stay lines."""
    return _ESCAPED.sub(lambda found: _escape(found[0], _KEPT), text)


def one_line(text: str) -> str:
    """The same on one line: the end of a line is an escape too."""
    return _ESCAPED.sub(lambda found: _escape(found[0], ""), text)


def _escape(character: str, kept: str) -> str:
    if character in kept or character in _JOINERS:
        return character
    number = ord(character)
    if _FIRST_BYTE <= number <= _LAST_BYTE:
        return f"\\x{number - 0xDC00:02x}"
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
