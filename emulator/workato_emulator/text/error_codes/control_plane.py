"""The codes of the control plane's answers, and of operations that are not emulated."""

from workato_emulator.text.error_codes.catalogue import declare

declare(
    "not_emulated",
    "This operation of Workato is not emulated",
    meaning="The answer is a 501 in the emulator's own format, so that it cannot be mistaken for Workato's answer.",
    example="GET /api/recipes",
    fix="Look at the suggestion in the answer. `workato-emulator coverage` says what is served, declined, or not done.",
)
declare(
    "declined",
    "This operation of Workato will not be emulated",
    meaning="It is documented for people and access, and is left out on purpose. The answer is a 501.",
    example="GET /api/managed_users",
    fix="The message has the reason; `workato-emulator coverage` lists what is declined.",
)
declare(
    "not_found",
    "The control plane has no such path, person or thing",
    meaning="The path itself is unknown, or the workspace, person, invitation or snapshot in it is.",
    example="POST /_emulator/v1/workspaces/acmi/invitations/ada@example.test/accept",
    fix="Take the suggestion in the answer. GET /_emulator/v1/export shows what there is.",
)
declare(
    "method_not_allowed",
    "The method is not allowed for this path",
    meaning="The path exists, but not with this method. The header Allow lists those that it takes.",
    example="GET /_emulator/v1/reset",
    fix="Use one of the methods in the header Allow.",
)
declare(
    "unauthorized",
    "The control plane needs its token",
    meaning="The emulator was started with --control-token, and the request carries none or another.",
    example="curl http://emulator.example.test:8086/_emulator/v1/export",
    fix="Send `Authorization: Bearer TOKEN` with the token that `serve` was given. A Workato token is another thing.",
)
declare(
    "cross_origin",
    "The control plane does not answer web pages",
    meaning="The request has an Origin, or a browser marked it as another page's. A page that you visit could "
    "otherwise drive your emulator.",
    example="fetch('http://localhost:8086/_emulator/v1/reset', {method: 'POST'}) in a page",
    fix="Call it from a program or the command line instead. For a browser there is the inspector, at /_emulator/.",
)
declare(
    "unknown_host",
    "The control plane answers to local names only",
    meaning="Without a control token the Host has to be localhost or a loopback address: a name that points "
    "there could be somebody else's.",
    example="curl http://acme.example.test:8086/_emulator/v1/export",
    fix="Use localhost or 127.0.0.1, or start with --control-token.",
)
declare(
    "leased",
    "Somebody has the emulator to themselves",
    meaning="`run --target` takes a lease for as long as it plays, and so may anybody else. What was there before is "
    "set aside meanwhile. A run that was killed leaves its lease behind.",
    example="PUT /_emulator/v1/lease while another run is playing",
    fix="Wait for the other run to end. If there is none, DELETE /_emulator/v1/lease puts back what was there.",
)
declare(
    "unusable_seed",
    "The seed cannot be used",
    meaning="Good JSON that names something which does not exist, or two things that cannot both be. Nothing changed.",
    example='{"workspaces": {"acme": {"colaborators": []}}}',
    fix="`problems` has all that is wrong, with line, column and, where there is one, the nearest spelling. "
    "`explain SEED-1` says more.",
)
declare(
    "unusable_value",
    "The request names something that does not exist",
    meaning="Good JSON or a good query, with the name of an assumption, a privilege, an operation or a rule that does "
    "not exist. Nothing changed.",
    example='PATCH /_emulator/v1/assumptions with the body {"email_cas": "sensitive"}',
    fix="The answer has the place and, where there is one, the nearest spelling.",
)
declare(
    "malformed",
    "The request cannot be read",
    meaning="The body is not JSON, a value has the wrong type, or a query parameter is unknown.",
    example="POST /_emulator/v1/clock/advance with the body {advance}",
    fix="The answer says where. openapi/control.yaml describes every request.",
)
declare(
    "unread_refused",
    "The request has an unknown query parameter or body field",
    meaning="In strict mode a query parameter or body field that has no effect is refused.",
    example="GET /api/members?emial=ada",
    fix="Correct or remove it, or serve without --strict: then it is only noted in the journal.",
)
declare(
    "unusable_fault",
    "The fault cannot be armed",
    meaning="The operation does not exist, or the effect does not take a given key or value.",
    example='{"operation": "inviteColaborator", "status": 502}',
    fix="Name an operationId of the contract; emulator/README.md lists the effects and what each takes.",
)
declare(
    "unsupported_media",
    "The body is compressed",
    meaning="Its Content-Encoding says so. The emulator reads uncompressed bodies only.",
    example="POST /_emulator/v1/clock/advance with Content-Encoding: gzip",
    fix="Send the body uncompressed, without Content-Encoding.",
)
declare(
    "body_too_large",
    "The body is too large",
    meaning="A seed may have 64 MiB, any other body 1 MiB.",
    example="PUT /_emulator/v1/seed with 100 MiB",
    fix="Send less, or start with the file as --seed.",
)
declare(
    "emulator_error",
    "The emulator itself failed",
    meaning="This is a fault of the emulator. Nothing changed. The traceback is in the log of the process that serves.",
    example="HTTP 500 from /_emulator",
    fix="Report it with the traceback and the request.",
)
declare(
    "state_not_written",
    "The state file could not be written, so nothing was changed",
    meaning="With --state the emulator acknowledges only what is in the file. The disk is full, or the file is gone.",
    example="HTTP 500 after the disk ran full",
    fix="Make room and ask again.",
)

_REFUSED = (
    "The control plane asked for something that a person could do in Workato, and a rule of the emulated world "
    "does not allow it. Nothing changed."
)


def _refusal(code: str, title: str, fix: str, example: str) -> None:
    declare(code, title, meaning=_REFUSED, example=example, fix=fix)


_PEOPLE = "POST /_emulator/v1/workspaces/acme/collaborators"
_ROLES = "PUT /_emulator/v1/workspaces/acme/collaborators/ada@example.test/roles"

_refusal("unauthenticated", "The caller is unknown", "Send a token that belongs to an API client.", "a wrong token")
_refusal(
    "not_permitted", "The caller may not do this", "Tick the privilege in the client's role.", "a missing privilege"
)
_refusal(
    "wrong_permission_model",
    "The workspace is on the other permission model",
    "Use that model's roles, or migrate the workspace first.",
    "environment roles in a legacy workspace",
)
_refusal(
    "out_of_reach",
    "The client does not reach this environment, project or folder",
    "Widen its scope.",
    "a client without dev",
)
_refusal(
    "elsewhere_at_home",
    "The token belongs to a workspace in another data center",
    "Call the host of that data center, or use a token of this one.",
    "a token of the EU on the US host",
)
_refusal(
    "address_not_allowed",
    "The API client may not call from this address",
    "Add the address to the client's allow list, or empty the list.",
    "a call from 203.0.113.7",
)
_refusal("invalid", "The request is not valid", "The message says what; correct it.", _PEOPLE)
_refusal("field_invalid", "One field is not valid", "The message names the field and what is wrong with it.", _PEOPLE)
_refusal("roles_missing", "A collaborator needs a role", "Name a role in at least one environment.", _PEOPLE)
_refusal("email_invalid", "The email address is not valid", "Write one such as ada@example.test.", _PEOPLE)
_refusal("role_not_found", "No role has this name", "Take a system role or make the custom role first.", _ROLES)
_refusal("environment_not_found", "The workspace lacks this environment", "Use dev, or change the plan.", _ROLES)
_refusal("already_collaborator", "They are a collaborator already", "Change their roles instead.", _PEOPLE)
_refusal("client_role_not_found", "No client role has this id", "List the client roles first.", "role_id 999")
_refusal(
    "invitation_lapsed",
    "The invitation cannot be accepted any more",
    "It expired, was declined or cancelled: invite again.",
    "POST /_emulator/v1/workspaces/acme/invitations/ada@example.test/accept",
)
_refusal(
    "name_taken", "The name is taken", "Choose another, or change the one that has it.", "two groups called Payroll"
)
_refusal(
    "protected",
    "Workato manages this role or group itself",
    "Leave it as it is: system roles and groups cannot be changed.",
    "All collaborators",
)
_refusal("role_protected", "System roles cannot be changed", "Make a custom role.", "DELETE of Environment admin")
_refusal("last_admin", "A workspace needs an administrator", "Appoint another one first.", "removal of the only admin")
_refusal("owner_protected", "The workspace's owner cannot be changed", "Act on somebody else.", "removal of the owner")
_refusal(
    "moderator_protected",
    "Moderators are managed in the parent workspace",
    "Act on somebody else.",
    "role change of a moderator",
)
_refusal("own_client", "An API client cannot change itself", "Use another API client's token.", "DELETE of itself")
_refusal(
    "deletion_not_ticked",
    "The client may act on folders and projects, but not delete them",
    "Tick the privilege in the client's role.",
    "deletion of a project by a role without that box",
)
_refusal(
    "folder_protected",
    "Workato keeps this folder: an environment's home, or a project's own",
    "Delete the project instead, or leave the folder.",
    "DELETE of a project's own folder",
)
_refusal(
    "seats_exhausted", "The workspace is full", "Remove somebody, or change the plan's collaborator_limit.", _PEOPLE
)
_refusal("limited", "Not now", "Wait as long as Retry-After says, or advance the clock.", "a limit of the licence")
_refusal("requests_exhausted", "Too many requests in this minute", "Advance the clock.", "the 61st call in a minute")
_refusal(
    "invited_too_soon",
    "The same person was invited less than 20 minutes ago",
    "Advance the clock by 20 minutes, or change the plan's invitation_cooldown_seconds.",
    "two invitations in a row",
)
_refusal(
    "churn_exhausted",
    "Somebody came and went more often than the licence allows",
    "Advance the clock to the window's end, or change the plan's churn_limit.",
    "a hire-and-fire loop",
)
_refusal(
    "scim_disabled",
    "SCIM is not enabled for the workspace",
    "Say that the licence includes SCIM and that single sign-on works: PATCH …/workspaces/acme/scim.",
    "a SCIM token for a workspace without the licence",
)
_refusal(
    "sign_in_blocked",
    "Somebody whom SCIM has deactivated signed in by SAML",
    "Activate the user over SCIM first, or switch the assumption scim_then_jit.",
    "a leaver who signs in again",
)
