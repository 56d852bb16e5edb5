"""Routes and operations agree, and the examples are true."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from workato_emulator import Emulator
from workato_emulator.fuzzing.profiles import PROFILES, WORKATO, Profile

from .conformance import NAMES, Contract

BARE = {
    "workspaces": {
        slug: {"environments": ["dev", "prod"], "api_clients": [{"name": "okta", "token": slug}]}
        for slug in ("acme", "northwind")
    }
}
CONTRACTS = {name: Contract(name) for name in NAMES}


def requests() -> Iterator[Any]:
    """Each example of a request body, with the path and query that the parameters' examples give."""
    for name, contract in CONTRACTS.items():
        for method, path, operation in contract.operations():
            if operation["tags"] == ["Not served"]:
                continue
            parameters = [contract.resolved(each) for each in operation["parameters"]]
            query: dict[str, Any] = {}
            target = path
            for each in parameters:
                if each["in"] == "path":
                    target = target.replace("{" + each["name"] + "}", each["example"])
                else:
                    query[each["name"]] = each["example"]
            body = contract.resolved(operation.get("requestBody", {}))
            examples = body.get("content", {}).get("application/json", {}).get("examples", {"": {"value": None}})
            for label, example in examples.items():
                yield pytest.param(
                    name,
                    method,
                    target,
                    query,
                    contract.resolved(example)["value"],
                    id="-".join(filter(None, (operation["operationId"], label))),
                )


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=NAMES)
def test_every_route_is_an_operation_and_every_operation_a_route(contract: Contract) -> None:
    """Methods, paths and operationIds are the same on both sides, and each operationId is there once."""
    written = [(method, path, operation["operationId"]) for method, path, operation in contract.operations()]
    served = [(route.method, route.path, route.operation) for route in contract.routes]

    assert sorted(written) == sorted(served)
    assert len({operation for _, _, operation in written}) == len(written)


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=NAMES)
def test_every_example_of_an_answer_is_valid(contract: Contract) -> None:
    """An example is what its schema says, wherever it stands."""
    wrong = {}
    for method, path, operation in contract.operations():
        for status, response in operation["responses"].items():
            for content in contract.resolved(response).get("content", {}).values():
                for label, example in content.get("examples", {}).items():
                    value = contract.resolved(example)["value"]
                    if errors := contract.schema_errors(content["schema"], value):
                        wrong[method, path, status, label] = errors

    assert wrong == {}


@pytest.mark.parametrize(("name", "method", "path", "query", "body"), list(requests()))
def test_every_example_of_a_request_is_accepted(
    name: str, method: str, path: str, query: dict[str, Any], body: object
) -> None:
    """In a world that has what the example names, its request is answered with success.

    Several worlds are asked, for what can be changed in one is still to be made in another; and every workspace, for
    each is on one permission model only.
    """
    contract = Contract(name)
    refusals = []
    for client in clients(name):
        client.event_hooks["response"].append(contract.judge)
        answer = client.request(method, path, params=query, json=body)
        if answer.is_success:
            return
        refusals.append(answer.text)

    pytest.fail("\n".join(refusals))


def clients(name: str) -> Iterator[httpx.Client]:
    """Of each workspace in each world, or of each world's control plane."""
    for world in (PROFILES[name].world, WORKATO.world, BARE):
        emulator = Emulator(world)
        emulator.control.put("/snapshots/before-acceptance")
        if name == "control":
            yield httpx.Client(transport=emulator.transport, base_url="http://emulator.example.test")
        elif name == "scim":
            bearer = {"Authorization": "Bearer scim-acme"}
            yield httpx.Client(transport=emulator.transport, base_url="http://workato.example.test", headers=bearer)
        else:
            yield from map(emulator.client, ("acme", "northwind"))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=NAMES)
def test_what_fuzzing_leaves_out_or_excuses_exists(profile: Profile) -> None:
    """A profile names operations of its contract only, so that a renamed one is not left out in silence."""
    written = list(CONTRACTS[profile.name].operations())

    assert set(profile.left_out) <= {operation["operationId"] for _, _, operation in written}
    assert {label for _, label in profile.excused} <= {f"{method} {path}" for method, path, _ in written}
