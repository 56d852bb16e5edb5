"""What nothing that we show may repeat: tokens, passwords, and whatever else opens a door.

A secret is known by its value (the tokens there are), by its look, or by the name it stands under.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

REDACTED = "[redacted]"
SHORTEST = 6
"""Characters of a token that is known by its value; a shorter one is a part of ordinary words."""
MOST_IN_BASE64 = 100
"""Tokens that are looked for in base64 too; among thousands, each text would be searched for ten thousand others."""
ROUNDS = 3
"""How often a text is unescaped to look beneath."""

_NAMES = (
    r"token|secret|passw(?:or)?d|passphrase|passcode|pwd|authorization|credential|bearer"
    r"|(?:api|access|private|secret)[-_. ]?key|(?<![a-z])(?:auth|pass|jwt)(?![a-z])"
)
_NAME = re.compile(_NAMES, re.IGNORECASE)
_NAMED = re.compile(rf"""(?:{_NAMES})[\w.\[\]-]{{0,40}}+[\\"']*+\s*+[:=]\s*+\\*+""", re.IGNORECASE)
"""A credential's name in a text, up to where its value begins. Nothing in it can be matched in two ways, so that a text
made for it cannot keep us busy."""
_TOKEN = re.compile(
    r"wrk[a-z]{1,12}-[\w.~+/=%-]*"
    r"|\b(?:Bearer|Basic)[\s+]{1,9}[^\s\"'&,;<]+"
    r"|\beyJ[\w-]{1,4000}\.[\w-]{1,4000}\.[\w-]*"
    r"|(?<=://)[^/\s@\"'?#]{1,400}(?=@)"
)
"""An API client's token, credentials after their scheme, a JSON Web Token, user and password in a URL."""
_BARE = re.compile(r"""(?:(?:Bearer|Basic|Digest|Token)[\s+]{1,9})?[^"'&\s,;}\]<]+""", re.IGNORECASE)
_QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*+', re.DOTALL), "'": re.compile(r"'[^']*+")}
_QUOTED_TWICE = re.compile(r'"(?:[^"\\]|\\[^"])*+')
"""A text within a text: the quotes that end it are escaped themselves."""
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_ASCII_ESCAPE = re.compile(r"\\u00([2-7][0-9a-f])", re.IGNORECASE)
_SIGNS = (
    *(
        "wrk",
        "eyj",
        "://",
        "%",
        "\\u00",
        "bearer",
        "basic",
        "token",
        "secret",
        "passw",
        "passphrase",
        "passcode",
        "pwd",
    ),
    *("authorization", "credential", "key", "auth", "pass", "jwt"),
)
"""What every text has that holds a secret, in lower case, unless it is known by its value."""


class Secrets:
    """Takes secrets out of what is shown; `known` are values that are secret wherever and however they stand."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        tokens = sorted({each for each in known if len(each) >= SHORTEST}, key=lambda each: (-len(each), each))
        self._values = tuple(each for each in tokens if not looks_like_a_token(each))
        self._spellings = self._values + tuple(
            spelling for each in tokens[:MOST_IN_BASE64] for spelling in _in_base64(each)
        )

    def in_sight(self, text: str) -> bool:
        """Whether there can be a secret in this text at all: a quick no for most."""
        low = text.lower()
        return any(sign in low for sign in _SIGNS) or any(each in text for each in self._spellings)

    def out_of(self, value: Any, name: str = "") -> Any:  # noqa: ANN401  (JSON in, JSON of the same form out)
        """The same JSON without them. What stands under a credential's name is secret as a whole."""
        if _NAME.search(name) or ("%" in name and _NAME.search(unquote(name))):
            return self._blank(value)
        if isinstance(value, dict):
            return {self.out_of_text(key): self.out_of(each, key) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.out_of(each) for each in value]
        return self.out_of_text(value) if isinstance(value, str) else value

    def _blank(self, value: Any) -> Any:  # noqa: ANN401
        """The same form with nothing in it but when it was made or changed."""
        if isinstance(value, dict):
            return {
                self.out_of_text(key): self.out_of(each) if key.endswith("_at") else self._blank(each)
                for key, each in value.items()
            }
        if isinstance(value, list | tuple):
            return [self._blank(each) for each in value]
        return value if value is None or value == "" or isinstance(value, bool) else REDACTED

    def out_of_text(self, text: str) -> str:
        """The same text without them. Where one shows only beneath escapes, the text is shown unescaped."""
        if not self.in_sight(text):
            return text
        shown = beneath = self._clean(text)
        for _ in range(ROUNDS):
            plain = _unescape(beneath)
            if plain == beneath:
                break
            beneath = self._clean(plain)
            if beneath != plain:
                shown = beneath
        return shown

    def out_of_part(self, text: str) -> str:
        """The same for a text that was cut off: its end may be the beginning of a secret."""
        for value in self._values:
            for length in range(len(value) - 1, 2, -1):
                if text.endswith(value[:length]):
                    return self.out_of_text(text[:-length]) + REDACTED
        return self.out_of_text(text)

    def values_out_of(self, text: str) -> str:
        """The text without what is secret by its value or look; names of variables in it are no credentials' names."""
        for each in self._spellings:
            if each in text:
                text = text.replace(each, REDACTED)
        return _TOKEN.sub(REDACTED, text)

    def _clean(self, text: str) -> str:
        return _without_named(self.values_out_of(text))


_BY_LOOK = Secrets()


def without_secrets(value: Any, name: str = "") -> Any:  # noqa: ANN401
    """The same JSON without what looks like a secret or stands under a secret's name."""
    return _BY_LOOK.out_of(value, name)


def text_without_secrets(text: str) -> str:
    """The same for a text that is no JSON, a query string for one."""
    return _BY_LOOK.out_of_text(text)


def looks_like_a_token(text: str) -> bool:
    """Whether its look gives this token away, so that nobody has to know its value."""
    return _TOKEN.fullmatch(text) is not None


def _without_named(text: str) -> str:
    """The text in which no credential's name is followed by a value."""
    parts: list[str] = []
    at = 0
    while (name := _NAMED.search(text, at)) is not None:
        begin = name.end()
        end = _end_of_value(text, begin)
        if end > begin and text[begin] in _QUOTED:
            begin += 1
        parts += [text[at:begin], REDACTED if end > begin else ""]
        at = max(begin, end)
    return "".join((*parts, text[at:]))


def _end_of_value(text: str, begin: int) -> int:
    """Where the value that begins here ends: a closing quote, the closing bracket, the next separator, or the end."""
    first = text[begin : begin + 1]
    if first not in {"[", "{"}:
        twice = first == '"' and text[begin - 1] == "\\"
        found = (_QUOTED_TWICE if twice else _QUOTED.get(first, _BARE)).match(text, begin)
        return begin if found is None else found.end()
    depth = 0
    for piece in _PIECE.finditer(text, begin):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(piece[0], 0)
        if depth == 0:
            return piece.end()
    return len(text)


def _unescape(text: str) -> str:
    """The text after one round of what URLs and JSON escape. Only ASCII is unescaped of JSON: tokens are ASCII."""
    plain = unquote(text, errors="replace") if "%" in text else text
    return _ASCII_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), plain) if "\\u00" in plain else plain


def _in_base64(token: str) -> Iterable[str]:
    """The middle of this token in base64, wherever it begins in what was encoded."""
    raw = token.encode()
    for before in range(3):
        encoded = b64encode(bytes(before) + raw).decode()
        yield encoded[-(-before * 4 // 3) : (before + len(raw)) // 3 * 4]
