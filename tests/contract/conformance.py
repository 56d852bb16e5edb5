"""Answers held against a contract: the status is written down, and the body is what stands there."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import httpx
import jsonschema_rs
import yaml

from workato_emulator.doors.control.resources import control_routes
from workato_emulator.doors.developer.resources import developer_routes
from workato_emulator.doors.scim.resources import scim_routes
from workato_emulator.http.contract import contract_file
from workato_emulator.http.routing import RouteTable

NAMES = ("workato", "control", "scim")
_ROUTES: Mapping[str, Callable[[], RouteTable[Any]]] = {
    "workato": developer_routes,
    "control": control_routes,
    "scim": scim_routes,
}
METHODS = frozenset({"get", "put", "post", "patch", "delete"})


@cache
def document(name: str) -> dict[str, Any]:
    """The contract as it is written, read once."""
    found: dict[str, Any] = _yaml(contract_file(f"{name}.yaml").read_bytes())
    return found


def _yaml(content: bytes) -> Any:  # noqa: ANN401
    return yaml.load(content, Loader=yaml.CSafeLoader)


@cache
def _validator(name: str, schema: str) -> jsonschema_rs.Draft202012Validator:
    """Made once for each schema: it takes longer than all that it judges."""
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": document(name)["components"]})


class Contract:
    """One contract as it is written. `met` counts the answers it has judged, by operation."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.document = document(name)
        self.routes: RouteTable[Any] = _ROUTES[name]()
        self.met: Counter[str] = Counter()

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Method, path and operation, with the path's own parameters among the operation's."""
        for path, item in self.document["paths"].items():
            for method in (each for each in item if each in METHODS):
                parameters = [*item.get("parameters", ()), *item[method].get("parameters", ())]
                yield method.upper(), path, item[method] | {"parameters": parameters}

    def resolved(self, item: dict[str, Any]) -> dict[str, Any]:
        """What `item` says, or what it refers to."""
        while "$ref" in item:
            found = self.document
            for part in item["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            item = found
        return item

    def schema_errors(self, schema: Mapping[str, Any], value: object) -> list[str]:
        """What is wrong with a value, by a schema of this contract."""
        return [error.message for error in _validator(self.name, json.dumps(schema)).iter_errors(value)]

    def judge(self, response: httpx.Response) -> None:
        """Assert that this answer is one that the contract writes down. Serves as a hook of an `httpx` client."""
        response.read()
        request = response.request
        told = f"{request.method} {request.url} → {response.status_code} {response.text[:400]}"
        found = self.routes.find(request.method, request.url.path)
        assert found is not None, told
        assert found.route is not None, told
        self.met[found.route.operation] += 1
        operation = self.document["paths"][found.route.path][request.method.lower()]

        assert str(response.status_code) in operation["responses"], f"not written down: {told}"

        written = self.resolved(operation["responses"][str(response.status_code)])
        for name, header in written.get("headers", {}).items():
            if name in response.headers:
                schema = self.resolved(header)["schema"]
                value = response.headers[name]
                sent = int(value) if schema.get("type") == "integer" else value
                assert self.schema_errors(schema, sent) == [], told
        if "content" in written:
            media_type, _, charset = response.headers["content-type"].partition("; ")
            is_json = media_type.endswith("json")
            assert is_json == (charset == "charset=utf-8"), told
            value = response.json() if is_json else _yaml(response.content)
            assert self.schema_errors(written["content"][media_type]["schema"], value) == [], told
        else:
            assert response.content == b"", told
