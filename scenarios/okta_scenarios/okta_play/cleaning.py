"""What a run made goes away again: by DELETE, which Okta never sends, else by deactivation, and then it is named."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from okta_connector.client import NO_IDS
from okta_connector.scim.bodies import activation, patch
from okta_connector.scim.client import resource_path
from okta_scenarios.okta_play.recording import Exchange

Send = Callable[..., Exchange]
LONGEST_WAIT = 120
MOST_WAITS = 3
DELETED = frozenset({HTTPStatus.OK, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT})


@dataclass(frozen=True, slots=True)
class Left:
    """Something that the run made and that is there still."""

    kind: str
    id: str
    deactivated: bool


def patient(send: Send, wait: Callable[[float], None]) -> Send:
    """Send again what a rate limit refused, if it said how long to wait; a few times in all, and never for long."""
    waited: list[int] = []

    def patiently(method: str, path: str, *body: object) -> Exchange:
        answer = send(method, path, *body)
        seconds = answer.headers.get("retry-after", "")
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS and seconds.isdecimal() and len(waited) < MOST_WAITS:
            waited.append(min(int(seconds[:9]), LONGEST_WAIT))
            wait(waited[-1])
            return patiently(method, path, *body)
        return answer

    return patiently


def clean(send: Send, made: tuple[tuple[str, str], ...]) -> tuple[Left, ...]:
    """Delete groups before the people in them; whoever cannot be deleted is deactivated.

    Each is read first: that shows whose it is, and what a 404 to the DELETE means. Where a method is not served, many
    servers answer 404 too.
    """
    left = []
    for kind, resource in sorted(made, key=lambda each: each[0]):
        if resource in NO_IDS:
            left.append(Left(kind, resource, deactivated=False))
            continue
        path = resource_path(kind, resource)
        read, deleted = send("GET", path).status, send("DELETE", path).status
        if deleted in DELETED or read == deleted == HTTPStatus.NOT_FOUND:
            continue
        left.append(Left(kind, resource, kind == "Users" and _deactivate(send, path)))
    return tuple(left)


def _deactivate(send: Send, path: str) -> bool:
    if send("PATCH", path, patch(activation(active=False))).said_yes:
        return True
    read = send("GET", path)
    if not isinstance(read.body, dict):
        return False
    return send("PUT", path, {**read.body, "active": False}).said_yes
