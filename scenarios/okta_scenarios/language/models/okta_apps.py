"""What an Okta administrator does about an app instance: imports, discovery, settings."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from okta_scenarios.language.models.claims import (
    DiscoveryExpect,
    ImportExpect,
    OktaTaskExpect,
)
from okta_scenarios.language.models.given import MappedAttribute, Provisioning
from okta_scenarios.language.models.names import (
    ClientName,
    HostName,
    PersonName,
    WorkspaceName,
)
from okta_scenarios.language.models.okta_base import OktaAppStep, OktaStep
from okta_scenarios.language.models.steps import Needs
from okta_scenarios.language.objections import objection
from workato_emulator.text.error_codes.scenarios import SCN_SHOWS_NOTHING, SCN_TOGETHER


class OktaImportUsers(OktaAppStep):
    """Import Now."""

    needs = Needs.READ
    says = "{admin} imports users from {app}"
    okta: Literal["import_users"]
    expect: ImportExpect | None = None
    """What should follow."""


class OktaConfirmAssignments(OktaAppStep):
    """Confirm Assignments after an import: the rows named, as they are named; without names every row, as proposed."""

    says = (
        "{admin} confirms the import from {app}[, {matches} as proposed][, {as_new} as new users]"
        "[, {as_existing} as existing users][, {ignored} ignored]"
    )
    okta: Literal["confirm_assignments"]
    matches: tuple[PersonName, ...] = ()
    """People whose row is who Okta proposes."""
    as_new: tuple[PersonName, ...] = ()
    """People of whom a new Okta user is made."""
    as_existing: Mapping[PersonName, PersonName] = {}
    """People whose row is an Okta user that the admin names."""
    ignored: tuple[PersonName, ...] = ()
    """People whose row is ignored from now on."""
    expect: OktaTaskExpect | None = None
    """What should follow."""


class OktaStopIgnoring(OktaAppStep):
    """Rows of an import that were ignored wait to be confirmed again."""

    says = "{admin} stops ignoring the imported rows of {who} in {app}"
    okta: Literal["stop_ignoring"]
    users: Annotated[tuple[PersonName, ...], Field(min_length=1)]
    """People whose row is ignored no more."""


class OktaResumeImports(OktaStep):
    """Resume all imports that a safeguard holds up; the one that tripped it goes on."""

    says = "{admin} resumes all imports"
    okta: Literal["resume_imports"]
    expect: ImportExpect | None = None
    """What should follow."""


class OktaCancelImport(OktaStep):
    """Cancel the import that tripped a safeguard; the others may run again."""

    says = "{admin} cancels the import that tripped a safeguard"
    okta: Literal["cancel_import"]


class OktaImportSchema(OktaAppStep):
    """Refresh what Okta knows of Workato's user schema and entitlement values."""

    needs = Needs.READ
    says = "{admin} refreshes the schema of {app}"
    okta: Literal["import_schema"]
    expect: DiscoveryExpect | None = None
    """What should follow."""


class OktaTestCredentials(OktaAppStep):
    """Test API Credentials."""

    needs = Needs.READ
    says = "{admin} tests the API credentials of {app}"
    okta: Literal["test_credentials"]
    expect: OktaTaskExpect | None = None
    """What should follow."""


def _without_defaults(schema: dict[str, Any]) -> None:
    for switch in schema["properties"].values():
        switch.pop("default", None)


class Switches(Provisioning):
    """Provisioning switches to set; those left out stay as they are."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    active: bool | None = None
    """Whether the app instance itself is active."""


class OktaConfigureApp(OktaAppStep):
    """Change an app instance's settings."""

    says = (
        "{admin} changes the settings of {app}[, {provisioning}]"
        "[, API client {client} of {workspace}][, the SCIM token of {scim_token}][, {token}][, mapping {mapping}]"
        "[, host {host}]"
    )
    okta: Literal["configure_app"]
    provisioning: Switches | None = None
    """Switches that change."""
    client: ClientName | None = None
    """The API client whose token the app instance holds from now on."""
    workspace: WorkspaceName | None = None
    """The workspace whose API client that is; the app instance's own when left out."""
    scim_token: WorkspaceName | None = None
    """Of a SCIM app: the workspace whose SCIM token the app instance holds from now on, as it is by then."""
    token: str | None = None
    """A literal token, such as a wrong one."""
    mapping: tuple[MappedAttribute, ...] | None = None
    """Of a SCIM app: what is mapped from now on. Nobody is pushed by it; `apply_updates_now` does that."""
    host: HostName | None = None
    """The host that the app instance calls from now on, such as app.eu.workato.com."""
    expect: OktaTaskExpect | None = None
    """What should follow."""

    @model_validator(mode="after")
    def _changes_something(self) -> "OktaConfigureApp":
        chosen = self.model_fields_set & {"provisioning", "client", "scim_token", "token", "mapping", "host"}
        if not chosen:
            raise objection(
                "changes nothing; name provisioning, client, scim_token, token, mapping or host", code=SCN_SHOWS_NOTHING
            )
        if self.workspace is not None and self.client is None:
            raise objection("a workspace is that of a client; name the client", at=("workspace",), code=SCN_TOGETHER)
        tokens = [key for key in ("client", "scim_token", "token") if key in chosen]
        if len(tokens) > 1:
            raise objection(f"name a {' or a '.join(tokens)}, not both", at=(tokens[1],), code=SCN_TOGETHER)
        return self
