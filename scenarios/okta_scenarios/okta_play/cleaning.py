"""What a run made goes away again: by DELETE, which Okta never sends, else by deactivation, and then it is named."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from okta_connector.scim.bodies import activation, patch
from okta_scenarios.okta_play.recording import Exchange

Send = Callable[..., Exchange]
GONE = frozenset({HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class Left:
    """Something that the run made and that is there still."""

    kind: str
    id: str
    deactivated: bool


def clean(send: Send, made: tuple[tuple[str, str], ...]) -> tuple[Left, ...]:
    """Delete groups before the people in them; whoever cannot be deleted is deactivated."""
    left = []
    for kind, resource in sorted(made, key=lambda each: each[0]):
        path = f"/{kind}/{quote(resource, safe='')}"
        if send("DELETE", path).status in GONE:
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
