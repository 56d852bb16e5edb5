"""Acting out an Okta step: the org's verb of that name, with the keys of the step as its arguments."""

from collections.abc import Mapping
from typing import Any

from okta_org import VERBS, CheckResult, ImportResult, ProvisioningConnector, SettingsChange
from okta_scenarios.language.models.okta_apps import OktaConfigureApp
from okta_scenarios.language.models.okta_base import OktaGroupStep, OktaStep
from okta_scenarios.language.models.okta_groups import OktaCreateGroup
from okta_scenarios.language.models.okta_people import OktaAssign, OktaCreateUser, OktaEditProfile, OktaRetryTask
from okta_scenarios.language.models.scenario import verb_of
from okta_scenarios.language.models.steps import PeopleStep, Step
from okta_scenarios.play.harness import Harness, switches_of
from okta_scenarios.play.outcomes import DONE, StepOutcome


def act_in_okta(harness: Harness, step: OktaStep) -> StepOutcome:
    if isinstance(step, OktaConfigureApp):
        _configure(harness, step)
        return DONE
    answer = harness.orgs[step.org or ""].do(VERBS[verb_of(step)], **_arguments(harness, step))
    if isinstance(answer, ImportResult):
        return StepOutcome(imported=answer)
    return StepOutcome(checked=answer) if isinstance(answer, CheckResult) else DONE


def arguments_of(shape: type[Step]) -> frozenset[str]:
    """The keys of a step that its verb takes. The others say where, and what should follow."""
    others = {*OktaStep.model_fields, "okta", *({"users"} if issubclass(shape, PeopleStep) else ())}
    return frozenset(shape.model_fields) - others


def _arguments(harness: Harness, step: OktaStep) -> Mapping[str, Any]:
    """What the step says, but for names that mean something else to the org: somebody new, or who is called so now."""
    said = {key: getattr(step, key) for key in arguments_of(type(step))}
    org = step.org or ""
    match step:
        case OktaAssign():
            workspace = harness.connections[org, step.app or ""].workspace
            return said | {"groups": tuple(harness.group_id(workspace, group) for group in step.groups)}
        case OktaCreateUser():
            return said | {"user": harness.people[step.user or ""].as_okta_user()}
        case OktaEditProfile():
            return said | {"profile": step.profile.model_dump(exclude_unset=True)}
        case OktaCreateGroup():
            return said | {"group": harness.new_group_handle(org, step.group), "display_name": step.group}
        case OktaGroupStep() | OktaRetryTask() if step.group is not None:
            return said | {"group": harness.group_handle(org, step.group)}
    return said


def _configure(harness: Harness, step: OktaConfigureApp) -> None:
    """Change switches and the connection. What the app held stays until the new connection is saved."""
    place = step.org or "", step.app or ""
    held = harness.connections[place]
    connection = held._replace(host=step.host or held.host, token=held.token if step.token is None else step.token)
    if step.client is not None:
        workspace = step.workspace or ""
        connection = connection._replace(token=harness.token_of(workspace, step.client), workspace=workspace)
    if step.scim_token is not None:
        connection = connection._replace(token=harness.scim_token_of(step.scim_token), workspace=step.scim_token)
    connector: ProvisioningConnector | None = None
    org = harness.orgs[place[0]]
    if step.model_fields_set & {"token", "client", "scim_token", "host"}:
        app = harness.given.okta[place[0]].apps[place[1]]
        connector = harness.connector(app, connection, org.value.assumptions)
    switches = SettingsChange() if step.provisioning is None else switches_of(step.provisioning)
    if step.mapping is not None:
        switches["mapping"] = step.mapping
    org.configure_app(place[1], connector=connector, **switches)
    harness.connections[place] = connection
