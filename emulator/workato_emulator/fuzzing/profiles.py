"""What a run is: which contract, in which world, with which checks and phases. Plain data, no schemathesis."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.types import ASGIApp

from workato_emulator.app import create_app
from workato_emulator.clock import Clock
from workato_emulator.doors.control.resources import PREFIX, control_routes
from workato_emulator.doors.developer.resources import developer_routes
from workato_emulator.doors.scim.resources import scim_routes
from workato_emulator.http.routing import RouteTable
from workato_emulator.state.seeds import parse
from workato_emulator.state.seeds.default import ACME_SCIM_TOKEN, ACME_TOKEN, NORTHWIND_TOKEN
from workato_emulator.transport import InProcessTransport

Data = Mapping[str, Any]

ANY_TIME = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "ignored_auth",
)
"""Checks of one answer. `positive_data_acceptance` is not among them: a role's name may be any text for the schema,
and is refused all the same when nobody defined that role."""

ALONG_THE_WAY = ("use_after_free", "ensure_resource_availability")
"""Checks of a sequence: what was removed is gone, and what was made is there."""

ONCE = ("examples", "coverage")
"""Phases that walk through the contract. They are done when it ends, and would send the same again."""

IN_SEQUENCE = "stateful"
AGAIN = ("fuzzing", IN_SEQUENCE)
"""Phases that generate. Every round of a run sends something new."""

_GENERATION = {"fuzzing": {"max-examples": 10}, "stateful": {"max-examples": 100}}
"""How much a round generates: requests for each operation, and sequences."""

_PLAN = {
    # The real limits would drown the run in 429s, and one still clock serves all of it. Limits have tests of their own.
    "requests_per_minute": 1_000_000_000,
    "invitation_cooldown_seconds": 0,
    "collaborator_limit": 1_000_000,
}

_WORDS = (
    "Member",
    "Environment admin",
    "Environment manager",
    "Release manager",
    "NoAccess",
    "dev",
    "test",
    "prod",
    "environment",
    "nora.lind@example.test",
    "pf-QRSTUVWX-aBcDeF",
    "am-AbCdEfGh-XyZwVu",
    "51877",
    "User",
    "UserGroup",
    "pr-MnOpQrSt-UvWxYz",
    "pg-ZyXwVuTs-RqPoNm",
    "44120",
    "26138",
    "26139",
    "pr-QRSTUVWX-aBcDeF",
    "5120",
    "MemberInvitation",
    "team_invitation_created",
    "50947",
    "26779",
    "Development",
    'userName eq "nora.lind@example.test"',
    "userName",
    "active",
    "replace",
)
"""Texts that mean something in the world below. Without them a generated role never exists, and every answer is 400."""


def world(*more_collaborators: Data) -> Data:
    """A seed in which the contracts' examples find what they name: ids, handles, roles, people."""
    return {
        "workspaces": {
            "acme": {
                "plan": _PLAN,
                "roles": [
                    {"name": "Release manager", "id": 7},
                    # Left over from before the workspace moved: what `migrateCustomRole` is there for.
                    {
                        "name": "Finance builder",
                        "id": 5120,
                        "type": "privilege_group",
                        "privileges": {"Recipes": ["read", "run"]},
                    },
                ],
                "groups": [
                    {"name": "Payroll builders", "id": "pf-QRSTUVWX-aBcDeF"},
                    {"name": "All collaborators", "id": "am-AbCdEfGh-XyZwVu", "system": True},
                ],
                "collaborators": [
                    {
                        "name": "Nora Lind",
                        "email": "nora.lind@example.test",
                        "id": 51877,
                        "roles": {"dev": "Environment admin"},
                    },
                    {
                        "name": "Omar Haddad",
                        "email": "omar.haddad@example.test",
                        "id": 51878,
                        "roles": {"dev": "Environment admin"},
                    },
                    *more_collaborators,
                ],
                "invitations": [{"name": "Tomas Rey", "email": "tomas.rey@example.test", "roles": {"dev": "Member"}}],
                "project_roles": [
                    {"name": "Payroll builder", "id": "pr-MnOpQrSt-UvWxYz", "number": 7002},
                    {"name": "Payroll reviewer", "id": "pr-QRSTUVWX-aBcDeF"},
                ],
                "environment_ids": {"dev": 7001},
                "projects": [
                    {
                        "name": "Payroll",
                        "id": 44120,
                        "folder_id": 26138,
                        "folders": [{"name": "Recipes", "id": 26139}],
                        # Nora is removed on the way; everybody is not.
                        "grants": [
                            {"group": "All collaborators", "role": "Payroll builder", "id": "pg-ZyXwVuTs-RqPoNm"}
                        ],
                    }
                ],
                "client_roles": [{"name": "Okta provisioning", "id": 26779}],
                "api_clients": [
                    {"name": "okta", "token": ACME_TOKEN, "id": 50946},
                    {"name": "SCIM sync", "token": "wrkaus-acme-scim", "id": 50947, "role": "Okta provisioning"},
                ],
                "scim": {"token": ACME_SCIM_TOKEN, "deactivated": [{"name": "Bo Lee", "email": "bo.lee@example.test"}]},
            },
            "northwind": {
                "plan": _PLAN,
                "permission_model": "legacy_roles",
                "environments": ["dev", "prod"],
                "roles": [{"name": "Finance builder", "id": 5120, "privileges": {"Recipes": ["read", "run"]}}],
                "collaborators": [
                    {"name": "Pia Holm", "email": "pia.holm@example.test", "roles": {"dev": "Admin", "prod": "Admin"}}
                ],
                "api_clients": [{"name": "okta", "token": NORTHWIND_TOKEN}],
            },
        },
        "accounts": [{"name": "Ines Faro", "email": "ines.faro@example.test"}],
        # An operation that by default is not there would answer 404 to everything; and a client that deletes itself
        # would be answered 401 from then on, whatever it sends.
        "assumptions": {"direct_addition": "present", "own_client": "refused"},
    }


_ROUTES: Mapping[str, Callable[[], RouteTable[Any]]] = {
    "workato": developer_routes,
    "control": control_routes,
    "scim": scim_routes,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One contract and how it is fuzzed.

    `prelude` are requests, method and path, that bring about what no seed can hold. `left_out` names operations, and
    `excused` a check and the operation it is wrong about, which is the one that it blames or the one that was answered;
    each with the reason.
    """

    name: str
    world: Data
    phases: tuple[str, ...]
    checks: tuple[str, ...]
    headers: Data = field(default_factory=dict)
    operations: tuple[Data, ...] = ()
    prelude: tuple[tuple[str, str], ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    excused: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def contract(self) -> str:
        return f"{self.name}.yaml"

    def excuses(self, checks: Iterable[str], *operations: str | None) -> bool:
        return any((check, operation) in self.excused for check in checks for operation in operations)

    def app(self) -> ASGIApp:
        """A fresh emulator in this profile's world, its clock still."""
        app = create_app(parse(self.world), clock=Clock.still())
        with httpx.Client(transport=InProcessTransport(app), base_url="http://workato.example.test") as client:
            for method, path in self.prelude:
                client.request(method, path).raise_for_status()
        return app

    def finder(self) -> Callable[[str, str], str]:
        """From a method and a path to the operationId that serves them, or a dash for what nobody serves."""
        routes = _ROUTES[self.name]()

        def operation(method: str, path: str) -> str:
            found = routes.find(method, path)
            return "-" if found is None or found.route is None else found.route.operation

        return operation

    def config(self, *, seed: int, phases: Iterable[str]) -> dict[str, Any]:
        """Schemathesis' configuration for one round, in the words of its configuration file."""
        return {
            "seed": seed,
            "workers": 1,
            "cache": {"enabled": False},
            "suppress-health-check": ["all"],
            "continue-on-failure": True,
            "headers": dict(self.headers),
            "checks": {"enabled": False} | {name: {"enabled": True} for name in self.checks},
            "dictionaries": {"words": {"values": list(_WORDS)}},
            "generation": {
                "database": "none",
                "no-shrink": True,  # a smaller request for the same failure costs a budget of its own
                "dictionaries": {"string": {"dictionary": "words", "probability": 0.5}},
            },
            "phases": {
                each: {"enabled": each in phases, "generation": _GENERATION.get(each, {})} for each in (*ONCE, *AGAIN)
            },
            # Literals of our own source would make the run depend on which modules happen to be loaded.
            "analysis": {"constants": {"enabled": False}},
            "output": {"sanitization": {"enabled": False}},  # the tokens are invented and open nothing
            "operations": [dict(each) for each in self.operations],
        }


WORKATO = Profile(
    name="workato",
    world=world(),
    phases=("examples", "coverage", "fuzzing", "stateful"),
    checks=ANY_TIME + ALONG_THE_WAY,
    headers={"Authorization": f"Bearer {ACME_TOKEN}"},
    # Legacy roles exist in the other workspace only; with Acme's token every answer would be 401.
    operations=(
        {
            "include-operation-id": ["listRoles", "updateRoleFolders", "copyRole"],
            "headers": {"Authorization": f"Bearer {NORTHWIND_TOKEN}"},
        },
    ),
    excused={
        ("use_after_free", "DELETE /api/user_groups/{id}/members"): "takes people out of a list; the list stays",
        ("ensure_resource_availability", "PUT /api/folders/{id}"): "404 may speak of the parent that its body names",
    },
)

CONTROL = Profile(
    name="control",
    world=world(
        {"name": "Ines Faro", "email": "ines.faro@example.test", "roles": {"dev": "Member"}, "groups": []},
    ),
    # No sequences: reset and restore bring back what was removed, which is what they are for and what
    # `use_after_free` would call a failure.
    phases=("examples", "coverage", "fuzzing"),
    checks=ANY_TIME,
    prelude=(("PUT", f"{PREFIX}/snapshots/before-acceptance"),),
    left_out={"seed": "replaces the world that the other operations work in; it has tests of its own"},
)

SCIM = Profile(
    name="scim",
    world={**world(), "assumptions": {"scim_groups": "served", "scim_rate_limit": "none"}},
    phases=("examples", "coverage", "fuzzing", "stateful"),
    checks=ANY_TIME + ALONG_THE_WAY,
    headers={"Authorization": f"Bearer {ACME_SCIM_TOKEN}"},
    excused={
        ("not_a_server_error", path): "501 is what RFC 7644 has for what is not served"
        for path in ("GET /scim/v2/Me", "POST /scim/v2/Bulk", "POST /scim/v2/.search", "POST /scim/v2/Users/.search")
    },
)

PROFILES: Mapping[str, Profile] = {each.name: each for each in (WORKATO, CONTROL, SCIM)}
