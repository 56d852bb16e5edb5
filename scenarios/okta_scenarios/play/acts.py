"""Acting out steps: one function per verb, found by the step's class."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from okta_connector import OktaConnector
from okta_org import CheckResult, Choices, ImportResult, OktaOrg, OktaRefusal, UnknownName
from okta_org import Switches as OrgSwitches
from okta_scenarios.language.models import okta_apps, okta_base, okta_groups, okta_people
from okta_scenarios.language.models import workato_steps as workato
from okta_scenarios.language.models.matching import Lookup
from okta_scenarios.language.models.steps import CallStep, CheckStep, ClockStep, DuringStep, FaultStep, PeopleStep, Step
from okta_scenarios.play.outcomes import DONE, Outcome
from okta_scenarios.play.stage import Stage, Unplayable, fault_fields, plan_fields, switches_of
from okta_scenarios.play.vocabulary import vocabulary

S = TypeVar("S", bound=Step)
Act = Callable[[Stage, Any], Outcome]
_ACTS: dict[type[Step], Act] = {}


def act(stage: Stage, step: Step) -> Outcome:
    """Do what the step says: at once or, with `during`, while a later step's request is under way."""
    if not isinstance(step, DuringStep) or step.during is None:
        return _act_now(stage, step)
    stage.meanwhile.wait(step, lambda: _act_now(stage, step))
    return DONE


def _act_now(stage: Stage, step: Step) -> Outcome:
    try:
        return _for_everybody(stage, step)
    except OktaRefusal as refusal:
        return Outcome(refused=str(refusal))
    except (Unplayable, UnknownName) as problem:
        return Outcome(unplayable=str(problem))
    finally:
        stage.addresses.remember()


def _for_everybody(stage: Stage, step: Step) -> Outcome:
    """A step about several people is done for one after the other, until somebody is refused."""
    if not isinstance(step, PeopleStep) or step.users is None:
        return _ACTS[type(step)](stage, step)
    outcome = DONE
    for user in step.users:
        outcome = _ACTS[type(step)](stage, step.model_copy(update={"user": user, "users": None}))
        if outcome.refused is not None:
            return outcome
    return outcome


def _acts_out(kind: type[S]) -> Callable[[Callable[[Stage, S], Outcome]], Callable[[Stage, S], Outcome]]:
    def register(function: Callable[[Stage, S], Outcome]) -> Callable[[Stage, S], Outcome]:
        _ACTS[kind] = function
        return function

    return register


def _okta(kind: type[S], verb: Callable[[OktaOrg, Any, Stage], object]) -> None:
    """A verb of an org that answers nothing, or the result of a button."""

    def perform(stage: Stage, step: Any) -> Outcome:  # noqa: ANN401  (a step of `kind`)
        answer = verb(stage.orgs[step.org], _on_group(stage, step), stage)
        if isinstance(answer, ImportResult):
            return Outcome(imported=answer)
        return Outcome(checked=answer) if isinstance(answer, CheckResult) else DONE

    _ACTS[kind] = perform


def _on_group(stage: Stage, step: Any) -> Any:  # noqa: ANN401  (a step, its group by who it is and not by its name)
    if isinstance(step, okta_base.OktaGroupStep | okta_people.OktaRetryTask) and step.group is not None:
        return step.model_copy(update={"group": stage.group_handle(step.org or "", step.group)})
    return step


def _workspace_of(stage: Stage, step: Any) -> str:  # noqa: ANN401  (any step with an app)
    return stage.connections[step.org, step.app].workspace


def _group_ids(stage: Stage, step: okta_people.OktaAssign) -> tuple[str, ...]:
    return tuple(stage.group_id(_workspace_of(stage, step), group) for group in step.groups)


def _configure(org: OktaOrg, step: okta_apps.OktaConfigureApp, stage: Stage) -> None:
    """Change switches and the connection. What the app held stays until the new connection is saved."""
    place = step.org or "", step.app or ""
    held = stage.connections[place]
    connection = held._replace(host=step.host or held.host, token=held.token if step.token is None else step.token)
    if step.client is not None:
        workspace = step.workspace or ""
        connection = connection._replace(token=stage.token_of(workspace, step.client), workspace=workspace)
    connector: OktaConnector | None = None
    if step.model_fields_set & {"token", "client", "host"}:
        connector = stage.connector(stage.given.okta[place[0]].apps[place[1]], connection)
    switches = OrgSwitches() if step.provisioning is None else switches_of(step.provisioning)
    org.configure_app(place[1], connector=connector, **switches)
    stage.connections[place] = connection


_okta(
    okta_people.OktaAssign,
    lambda org, step, stage: org.assign(
        step.user, step.app, step.entitlements, _group_ids(stage, step), user_name=step.user_name
    ),
)
_okta(okta_people.OktaUnassign, lambda org, step, _: org.unassign(step.user, step.app))
_okta(okta_people.OktaProvisionUser, lambda org, step, _: org.provision_user(step.user, step.app))
_okta(
    okta_people.OktaChangeEntitlements,
    lambda org, step, _: org.change_entitlements(step.user, step.app, step.entitlements),
)
_okta(
    okta_people.OktaGrant,
    lambda org, step, _: org.grant_entitlements(step.user, step.app, step.name, step.entitlements, step.lasts),
)
_okta(okta_people.OktaRevokeGrant, lambda org, step, _: org.revoke_grant(step.user, step.app, step.name))
_okta(okta_people.OktaRevertToPolicy, lambda org, step, _: org.revert_to_policy(step.user, step.app))
_okta(okta_people.OktaChangeUsername, lambda org, step, _: org.change_username(step.user, step.app, step.user_name))
_okta(okta_people.OktaUpdateUsernamesNow, lambda org, step, _: org.update_usernames_now(step.app))
_okta(okta_people.OktaMoveDomain, lambda org, step, _: org.move_domain(step.old, step.new))
_okta(
    okta_people.OktaEditProfile,
    lambda org, step, _: org.edit_profile(step.user, step.profile.model_dump(exclude_unset=True)),
)
_okta(
    okta_people.OktaCreateUser,
    lambda org, step, stage: org.create_user(stage.cast[step.user].as_okta_user(), activate=step.activate),
)
_okta(okta_people.OktaActivateUser, lambda org, step, _: org.activate_user(step.user, set_up=step.set_up))
_okta(okta_people.OktaLockOutUser, lambda org, step, _: org.lock_out_user(step.user))
_okta(okta_people.OktaUnlockUser, lambda org, step, _: org.unlock_user(step.user))
_okta(okta_people.OktaResetPassword, lambda org, step, _: org.reset_password(step.user))
_okta(okta_people.OktaExpirePassword, lambda org, step, _: org.expire_password(step.user))
_okta(okta_people.OktaChoosePassword, lambda org, step, _: org.choose_password(step.user))
_okta(okta_people.OktaDeactivateUser, lambda org, step, _: org.deactivate_user(step.user))
_okta(okta_people.OktaSuspendUser, lambda org, step, _: org.suspend_user(step.user))
_okta(okta_people.OktaUnsuspendUser, lambda org, step, _: org.unsuspend_user(step.user))
_okta(okta_people.OktaDeleteUser, lambda org, step, _: org.delete_user(step.user))
_okta(okta_people.OktaRetryTask, lambda org, step, _: org.retry_tasks(step.app, step.user, step.group))
_okta(okta_people.OktaForceSync, lambda org, step, _: org.force_sync(step.app, step.user))
_okta(okta_people.OktaApplyUpdatesNow, lambda org, step, _: org.apply_updates_now(step.app))
_okta(
    okta_groups.OktaCreateGroup,
    lambda org, step, stage: org.create_group(
        stage.new_group_handle(step.org, step.group), step.members, display_name=step.group
    ),
)
_okta(
    okta_groups.OktaCreateGroupRule,
    lambda org, step, _: org.create_group_rule(step.rule, step.group, step.attribute, step.equals),
)
_okta(okta_groups.OktaAddToGroup, lambda org, step, _: org.add_to_group(step.group, *step.members))
_okta(okta_groups.OktaRemoveFromGroup, lambda org, step, _: org.remove_from_group(step.group, *step.members))
_okta(okta_groups.OktaRenameGroup, lambda org, step, _: org.rename_group(step.group, step.to))
_okta(okta_groups.OktaDeleteGroup, lambda org, step, _: org.delete_group(step.group))
_okta(okta_groups.OktaAssignGroup, lambda org, step, _: org.assign_group(step.group, step.app, step.entitlements))
_okta(
    okta_groups.OktaChangeGroupEntitlements,
    lambda org, step, _: org.change_group_entitlements(step.group, step.app, step.entitlements),
)
_okta(okta_groups.OktaUnassignGroup, lambda org, step, _: org.unassign_group(step.group, step.app))
_okta(
    okta_groups.OktaPushGroup,
    lambda org, step, _: org.push_group(step.group, step.app, link=step.link, members_now=step.members_now),
)
_okta(okta_groups.OktaPushGroupNow, lambda org, step, _: org.push_group_now(step.group, step.app))
_okta(
    okta_groups.OktaUnlinkGroup,
    lambda org, step, _: org.unlink_group(step.group, step.app, delete=step.in_target == "delete"),
)
_okta(okta_groups.OktaPauseGroupPush, lambda org, step, _: org.pause_group_push(step.group, step.app))
_okta(okta_groups.OktaActivateGroupPush, lambda org, step, _: org.activate_group_push(step.group, step.app))
_okta(okta_groups.OktaCreatePushRule, lambda org, step, _: org.create_push_rule(step.rule, step.app, step.starts_with))
_okta(okta_groups.OktaDeactivatePushRule, lambda org, step, _: org.deactivate_push_rule(step.rule, step.app))
_okta(okta_groups.OktaActivatePushRule, lambda org, step, _: org.activate_push_rule(step.rule, step.app))
_okta(
    okta_groups.OktaDeletePushRule,
    lambda org, step, _: org.delete_push_rule(step.rule, step.app, groups=step.in_target == "delete"),
)
_okta(okta_apps.OktaImportUsers, lambda org, step, _: org.import_users(step.app))
_okta(
    okta_apps.OktaConfirmAssignments,
    lambda org, step, _: org.confirm_assignments(
        step.app, Choices(step.matches, step.as_new, dict(step.as_existing), step.ignored)
    ),
)
_okta(okta_apps.OktaStopIgnoring, lambda org, step, _: org.stop_ignoring(step.app, *step.users))
_okta(okta_apps.OktaResumeImports, lambda org, _, __: org.resume_imports())
_okta(okta_apps.OktaCancelImport, lambda org, _, __: org.cancel_import())
_okta(okta_apps.OktaImportSchema, lambda org, step, _: org.import_schema(step.app))
_okta(okta_apps.OktaTestCredentials, lambda org, step, _: org.test_credentials(step.app))
_okta(okta_apps.OktaConfigureApp, _configure)


@_acts_out(ClockStep)
def _pass_time(stage: Stage, step: ClockStep) -> Outcome:
    stage.advance(step.clock.advance)
    return DONE


@_acts_out(CheckStep)
def _look(_stage: Stage, _step: CheckStep) -> Outcome:
    return DONE


@_acts_out(FaultStep)
def _arm(stage: Stage, step: FaultStep) -> Outcome:
    fault = step.fault
    return _by_control(
        stage,
        "POST",
        "/faults",
        fault_fields(fault),
    )


@_acts_out(CallStep)
def _call(stage: Stage, step: CallStep) -> Outcome:
    workspace = step.workspace or ""

    def sent(value: Any) -> Any:  # noqa: ANN401  (JSON with lookups in it)
        if isinstance(value, Lookup):
            return stage.found(workspace, value)
        if isinstance(value, Mapping):
            return {key: sent(each) for key, each in value.items()}
        return [sent(each) for each in value] if isinstance(value, list | tuple) else value

    operation = vocabulary().operations[step.call]
    path = operation.path
    for name, value in step.path.items():
        path = path.replace(f"{{{name}}}", quote(str(sent(value)), safe=""))
    query = [
        (name, str(each))
        for name, value in step.query.items()
        for each in (sent(value) if isinstance(value, list | tuple) else [sent(value)])
    ]
    content: bytes | None = None
    if step.raw_body is not None:
        content = step.raw_body.encode()
    elif "body" in step.model_fields_set:
        content = json.dumps(sent(step.body)).encode()
    token = step.token if step.token is not None else stage.token_of(workspace, step.client or "")
    headers = {} if content is None else {"Content-Type": "application/json"}
    with stage.caller(token, host=step.host, address=step.address) as client:
        try:
            response = client.request(operation.method, path, params=tuple(query), content=content, headers=headers)
        except httpx.RequestError as error:
            return Outcome(lost=f"{type(error).__name__}: {error}")
    return Outcome(response=response)


def _by_control(stage: Stage, method: str, path: str, body: object = None) -> Outcome:
    """Something that only the emulator can do; its refusal is Workato's."""
    response = stage.control(method, path, body)
    if response.is_success:
        return DONE
    return Outcome(refused=str(response.json()["error"]["message"]))


def _workato(kind: type[S], request: Callable[[Any, Stage], tuple[str, str, object]]) -> None:
    """A verb that is one request to the control plane, below the step's workspace."""

    def perform(stage: Stage, step: Any) -> Outcome:  # noqa: ANN401  (a step of `kind`)
        method, path, body = request(step, stage)
        return _by_control(stage, method, f"/workspaces/{step.workspace}{path}", body)

    _ACTS[kind] = perform


def _segment(text: str) -> str:
    return quote(text, safe="")


def _invitee(stage: Stage, step: Any) -> str:  # noqa: ANN401  (any step with a user)
    return _segment(stage.address_in(step.workspace, step.user, "invitations"))


def _collaborator(stage: Stage, step: Any) -> str:  # noqa: ANN401  (any step with a user)
    return _segment(stage.address_in(step.workspace, step.user, "collaborators"))


for _kind, _verb in (
    (workato.WorkatoAcceptInvitation, "accept"),
    (workato.WorkatoDeclineInvitation, "decline"),
    (workato.WorkatoCancelInvitation, "cancel"),
    (workato.WorkatoExpireInvitation, "expire"),
):
    _workato(
        _kind,
        lambda step, stage, verb=_verb: ("POST", f"/invitations/{_invitee(stage, step)}/{verb}", None),  # type: ignore[misc]
    )
_workato(
    workato.WorkatoAddCollaborator,
    lambda step, stage: (
        "POST",
        "/collaborators",
        {
            "name": stage.cast[step.user].name,
            "email": stage.address_in(step.workspace, step.user, "collaborators", "invitations"),
            "roles": dict(step.roles),
            "groups": list(step.groups),
        },
    ),
)
_workato(
    workato.WorkatoRemoveCollaborator,
    lambda step, stage: ("DELETE", f"/collaborators/{_collaborator(stage, step)}", None),
)
_workato(
    workato.WorkatoChangeRoles,
    lambda step, stage: ("PUT", f"/collaborators/{_collaborator(stage, step)}/roles", {"roles": dict(step.roles)}),
)
_workato(workato.WorkatoAddEnvironment, lambda step, _: ("POST", "/environments", {"name": step.environment}))
_workato(workato.WorkatoCreateRole, lambda step, _: ("POST", "/roles", {"name": step.role}))
_workato(workato.WorkatoRenameRole, lambda step, _: ("PUT", f"/roles/{_segment(step.role)}", {"name": step.to}))
_workato(workato.WorkatoDeleteRole, lambda step, _: ("DELETE", f"/roles/{_segment(step.role)}", None))
_workato(workato.WorkatoChangePlan, lambda step, _: ("PATCH", "/plan", plan_fields(step)))
_workato(
    workato.WorkatoChangePermissionModel, lambda step, _: ("PUT", "/permission_model", {"permission_model": step.to})
)


@_acts_out(workato.WorkatoChangeClient)
def _change_client(stage: Stage, step: workato.WorkatoChangeClient) -> Outcome:
    workspace = step.workspace or ""
    changes = {
        key: list(value) if isinstance(value, tuple) else value
        for key in ("token", "privileges", "environments", "role", "ip_allow_list")
        if (value := getattr(step, key)) is not None
    }
    outcome = _by_control(stage, "PATCH", f"/workspaces/{workspace}/api_clients/{_segment(step.client)}", changes)
    if step.token is not None and outcome.refused is None:
        stage.replace_token(workspace, step.client, step.token)
    return outcome


_workato(
    workato.WorkatoChangeClientRole,
    lambda step, _: ("PATCH", f"/client_roles/{_segment(step.role)}", {"privileges": list(step.privileges)}),
)
_workato(workato.WorkatoDeleteClientRole, lambda step, _: ("DELETE", f"/client_roles/{_segment(step.role)}", None))
_workato(workato.WorkatoRevokeClient, lambda step, _: ("DELETE", f"/api_clients/{_segment(step.client)}", None))
_workato(workato.WorkatoCreateGroup, lambda step, _: ("POST", "/groups", {"name": step.group}))


def _group_path(stage: Stage, step: Any) -> str:  # noqa: ANN401  (any step with a collaborator group)
    stage.group_id(step.workspace, step.group)  # whoever points at a group in Workato's pages sees it there
    return f"/groups/{_segment(step.group)}"


def _members(stage: Stage, step: Any, change: str) -> tuple[str, str, object]:  # noqa: ANN401  (a step with members)
    for member in step.members:
        stage.found(step.workspace, Lookup(member_id=member))
    emails = [stage.address_in(step.workspace, member, "collaborators") for member in step.members]
    return "PATCH", f"{_group_path(stage, step)}/members", {change: emails}


_workato(workato.WorkatoDeleteGroup, lambda step, stage: ("DELETE", _group_path(stage, step), None))
_workato(workato.WorkatoAddToGroup, lambda step, stage: _members(stage, step, "add"))
_workato(workato.WorkatoRemoveFromGroup, lambda step, stage: _members(stage, step, "remove"))
