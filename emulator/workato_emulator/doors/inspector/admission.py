"""Who may look, and who may act: the same people that the control plane answers, and nobody's web page for them.

A browser cannot bear a token by itself. So the token is asked for once, and a cookie stands for it from then on. It is
a value of this process and not the token, no script can read it, no other site can have it sent, and it is sent to the
inspector's paths only. The control plane knows no cookie.
"""

import hmac
from collections.abc import Iterator, Mapping
from hashlib import sha256
from os import urandom

from workato_emulator.http.exchange import Exchange
from workato_emulator.http.origins import is_loopback, is_well_formed, without_port

COOKIE = "workato_emulator_inspector"
PATH = "/_emulator/"
FORM_FIELD = "csrf"
"""The field of every form that shows that the form is one of ours."""


class Admission:
    """`token` is the control plane's. `loopback_only` is the same as there: without a token, this machine only."""

    def __init__(self, token: str | None, *, loopback_only: bool) -> None:
        self._token = token
        self._loopback_only = loopback_only
        self._key = urandom(32)

    def knows_host(self, exchange: Exchange) -> bool:
        """Whether the name that the page was opened by can be ours.

        A page of somebody else can make any name lead here, but for those that mean this machine.
        """
        hosts = [value.decode("latin-1") for name, value in exchange.scope["headers"] if name == b"host"]
        if not all(is_well_formed(each) for each in hosts):
            return False
        return not self._loopback_only or all(is_loopback(without_port(each)) for each in hosts)

    def knows(self, exchange: Exchange) -> bool:
        """Whether this browser has shown the token, or none is needed."""
        session = self._value("session").encode()
        return self._token is None or any(hmac.compare_digest(each.encode(), session) for each in _cookies(exchange))

    def is_own_page(self, exchange: Exchange) -> bool:
        """Whether a form comes from a page of ours: its origin is the very host that it is sent to.

        Every browser says where a POST comes from. Whatever says nothing is no browser, and has the control plane.
        """
        origin, host = exchange.header(b"origin"), exchange.header(b"host")
        if origin is None or not host:
            return False
        return origin.lower() in {f"{scheme}://{host.lower()}" for scheme in ("http", "https")}

    def is_own_form(self, exchange: Exchange, form: Mapping[str, str]) -> bool:
        """Whether a form was made here: its hidden value is not to be had from outside of the page."""
        return hmac.compare_digest(form.get(FORM_FIELD, "").encode(), self.form_value(exchange).encode())

    def form_value(self, exchange: Exchange) -> str:
        """The hidden value of this browser's forms. Who has yet to show the token gets another, worth nothing else."""
        return self._value("form" if self.knows(exchange) else "entry")

    def accepts(self, token: str) -> bool:
        return self._token is not None and hmac.compare_digest(token.encode(), self._token.encode())

    def cookie(self) -> str:
        """The header that lets a browser stay, for as long as it is open and this process lives."""
        return f"{COOKIE}={self._value('session')}; Path={PATH}; HttpOnly; SameSite=Strict"

    def _value(self, purpose: str) -> str:
        return hmac.new(self._key, purpose.encode(), sha256).hexdigest()


def _cookies(exchange: Exchange) -> Iterator[str]:
    """What our cookie says. A browser sends what other programs on this machine have left with it, in whatever form."""
    for each in (exchange.header(b"cookie") or "").split(";"):
        name, _, value = each.strip().partition("=")
        if name == COOKIE:
            yield value
