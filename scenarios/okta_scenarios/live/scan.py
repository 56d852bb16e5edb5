"""The look at a recording that is made after it is written: nothing that was replaced may be in it after all."""

import re
from collections.abc import Iterator

from okta_scenarios.live.exchange import Json
from okta_scenarios.live.words import is_known_key, is_ours, is_plain, words_of

_SHORTEST, _DIGITS = 4, 5
_LOOKS_SECRET = {
    "an API client's token": re.compile(r"wrk[a-z]{1,12}-"),
    "a JSON Web Token": re.compile(r"\beyJ[\w-]+\.[\w-]+"),
    "an email address": re.compile(r"[^\s@\"'<>«»]+@(?!example\.test\b)[^\s@\"'<>«»]+", re.IGNORECASE),
    "an IP address": re.compile(r"(?<![\d.])(?!192\.0\.2\.)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"),
}
_RUN = re.compile(r"[^\W_]+(?:[.'\u2019 _@+-]+[^\W_]+)*")


class Scan:
    """Looks for what was replaced, whole and as words, and for what looks like a secret."""

    def __init__(self) -> None:
        self._met: set[str] = set()
        self._numbers: set[str] = set()
        self._texts: set[str] = set()

    def learn(self, originals: frozenset[str]) -> None:
        """What was replaced so far and is nobody's stand-in."""
        new = originals - self._met
        self._met |= new
        self._numbers |= {each for each in new if each.isdecimal() and len(each) >= _DIGITS}
        self._texts |= {each for each in new if len(each) >= _SHORTEST and not _is_public(each)}

    def hits(self, line: Json) -> Iterator[str]:
        """What is found and where, and never the value. What we say ourselves of an exchange is not looked at."""
        for place, text in _texts({part: line[part] for part in ("request", "response")}, ""):
            for what, look in _LOOKS_SECRET.items():
                if look.search(text):
                    yield f"{what} at {place}"
            if any(number in self._numbers for number in re.findall(r"\d+", text)):
                yield f"a number that was replaced elsewhere at {place}"
            if text in self._texts or any(each in self._texts for each in _RUN.findall(text)):
                yield f"a text that was replaced elsewhere at {place}"


def _is_public(text: str) -> bool:
    """Whether it is made of words that any recording may have."""
    if text.isdecimal() or is_ours(text) or is_known_key(text):
        return True
    words = words_of(text)
    return bool(words) and all(is_plain(each) or is_ours(each) or is_known_key(each) for each in words)


def _texts(value: Json, place: str) -> Iterator[tuple[str, str]]:
    """Every text and number with its place; the names of fields count as texts."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield f"{place}, a name", name
            yield from _texts(each, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _texts(each, f"{place}[{number}]")
    elif isinstance(value, str):
        yield place, value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield place, str(value)
