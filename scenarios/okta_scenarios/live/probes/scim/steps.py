"""What probes of SCIM are put together from."""

from collections.abc import Mapping, Sequence
from typing import Any

from okta_scenarios.live.exchange import SCIM, Json
from okta_scenarios.live.probes.answers import Answers, Check
from okta_scenarios.live.probes.model import Step, read

USERS = f"{SCIM}/Users"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_ANNOUNCED = {"Content-Type": "application/scim+json"}


def ask(name: str, path: str, **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    """A read of SCIM, by the identity provider's token unless another is named."""
    return read(name, f"{SCIM}{path}", **{"client": "scim", **more})


def send(name: str, method: str, path: str, body: Json = None, **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    """A write to SCIM, announced as what it is unless `headers` say otherwise."""
    return Step(name, method, f"{SCIM}{path}", body=body, **{"client": "scim", "headers": _ANNOUNCED, **more})


def listed(answers: Answers, step: str | None = None) -> Sequence[Mapping[str, Json]]:
    """The users of a list."""
    found = answers.at("Resources", step)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def kind_of_json(answers: Answers, step: str) -> str:
    """The media type of an earlier answer."""
    answer = answers.earlier.get(step)
    said = "" if answer is None else answer.headers.get("content-type", "")
    return said.partition(";")[0].strip().lower()


def earlier(step: str, *codes: int) -> Check:
    return lambda answers: answers.status(step) in codes
