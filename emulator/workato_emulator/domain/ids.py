"""Ids and tokens that look like Workato's and depend on nothing but a seed and a count.

The factory is an argument of every act that makes something. A transaction that is refused is simply not committed,
count included, so that a refused act leaves no gap.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import blake2b
from string import ascii_letters, digits

from msgspec import Struct

from workato_emulator.domain.refusals import Invalid

_ALPHABET = ascii_letters + digits
_FIRST = 50_001


MOST = 10**14
"""No id is handed out beyond this. A seed may bring along larger ones, which no count comes near."""

_LONGEST_NUMBER = 18
"""Digits that fit what every database takes."""


def number_in(text: str) -> int | None:
    """The integer id that these digits write; None for a text that can be no id."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None


class IdFactory(Struct):
    seed: int
    count: int = 0

    def number(self) -> int:
        """A fresh integer id, the same kind for accounts, invitations, roles and clients: no two things share one."""
        return _FIRST + self._next()

    def skip(self, numbers: Iterable[int]) -> None:
        """Never hand out one of these numbers or a smaller one: somebody brought them along."""
        largest = max((number for number in numbers if number <= MOST), default=0)
        self.count = max(self.count, largest - _FIRST)

    def _next(self) -> int:
        """Raises `Invalid` where a seed has brought the count to its end."""
        if _FIRST + self.count >= MOST:
            raise Invalid(f"no id is left: {MOST} has been given, or brought along by the seed")
        self.count += 1
        return self.count

    def handle(self, prefix: str) -> str:
        """A fresh string handle such as `pf-QRSTUVWX-aBcDeF`."""
        scrambled = blake2b(f"{self.seed}:{self._next()}".encode(), digest_size=14).digest()
        text = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in scrambled)
        return f"{prefix}-{text[:8]}-{text[8:]}"

    def secret(self, prefix: str, length: int) -> str:
        """A fresh opaque token: the prefix, a dash, and so many letters and digits."""
        self._next()
        scrambled = blake2b(f"secret:{self.seed}:{self.count}".encode(), digest_size=length).digest()
        return f"{prefix}-{''.join(_ALPHABET[byte % len(_ALPHABET)] for byte in scrambled)}"

    def token(self, prefix: str) -> str:
        """A fresh API token: the prefix, a dash, and what has the form of a JWT. It says nothing and signs nothing."""
        self._next()
        claims = f'{{"jti":"{self.seed}-{self.count}"}}'.encode()
        signature = blake2b(f"token:{self.seed}:{self.count}".encode()).digest()
        parts = (b'{"alg":"RS256","typ":"JWT"}', claims, signature)
        return f"{prefix}-{'.'.join(urlsafe_b64encode(part).decode().rstrip('=') for part in parts)}"
