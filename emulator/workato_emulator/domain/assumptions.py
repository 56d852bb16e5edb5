"""What no source settles, as data: each open question about the live service is a named field that can be switched.

The field's type lists the alternatives, its default is our best guess, and its metadata says what the question is,
what speaks for the guess, and which probe of a live tenant would settle it. Behaviour that depends on one of these
reads it from the `Assumptions` value it is handed; no handler hides a guess.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Literal, get_args, get_type_hints

from workato_emulator.domain.questions import Assumption as Assumption  # noqa: PLC0414  (whoever asks for all asks here)
from workato_emulator.domain.questions import assumption as _assumption
from workato_emulator.domain.scim_assumptions import ScimAssumptions
from workato_emulator.text.spelling import did_you_mean
from workato_emulator.text.wording import show


class UnknownAssumption(ValueError):
    """A name or a value that is not one of ours; the message says what it could have been.

    `name` is the unknown name.
    """

    def __init__(self, message: str, name: str | None = None) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Assumptions(ScimAssumptions):
    """One choice per open question. `Assumptions()` is our best guess throughout."""

    error_envelope: Literal["errors", "message"] = _assumption(
        "errors",
        "Which envelope carries a 400 of the people endpoints?",
        evidence="A client's decoder reads errors[0].title before message; it quotes these texts bare.",
        probe="Invite with a role that does not exist and read the body.",
    )
    already_collaborator: Literal["400", "409", "422"] = _assumption(
        "400",
        "What answers an invitation for somebody who is already a collaborator?",
        evidence="Nothing documented. One client handles 409, by its own assumption.",
        probe="Invite an existing collaborator.",
    )
    invitation_cooldown_status: Literal["429", "400", "422"] = _assumption(
        "429",
        "What answers a second invitation of one person within 20 minutes?",
        evidence="Workato's newest page repeats the limit without a status; Okta's page speaks of 429 for creating and "
        "deleting.",
        probe="Invite the same address twice in a row.",
    )
    invitation_cooldown_header: Literal["retry_after", "none"] = _assumption(
        "retry_after",
        "Does that answer carry Retry-After?",
        evidence="Two clients read Retry-After on rate limits in general; no source quotes one for this rule.",
        probe="Invite the same address twice in a row and read the headers.",
    )
    invitation_cooldown_extended: Literal["no", "yes"] = _assumption(
        "no",
        "Does a refused invitation start the 20 minutes again?",
        evidence="Nothing documented.",
        probe="Invite at 0, 15 and 21 minutes.",
    )
    known_account_joins: Literal["on_acceptance", "at_once"] = _assumption(
        "on_acceptance",
        "Does inviting an email that has a Workato account add it without acceptance?",
        evidence="The UI pages say that existing users are asked to sign in and accept.",
        probe="Invite an address with an account in another workspace, then list collaborators.",
    )
    reinvitation: Literal["replaces", "keeps_first"] = _assumption(
        "replaces",
        "After the cool-down, does a second invitation replace the roles of the pending one?",
        evidence="Posting again is documented as a way to resend; which roles count is not said.",
        probe="Invite twice with different roles, accept, read the roles.",
    )
    invitation_lifetime: Literal["never", "7_days", "30_days"] = _assumption(
        "never",
        "How long can an invitation be accepted, where the plan does not say?",
        evidence="No source gives a lifetime.",
        probe="Open an old invitation link.",
    )
    pending_takes_a_seat: Literal["no", "yes"] = _assumption(
        "no",
        "Does a pending invitation count towards the collaborator limit?",
        evidence="The limit is documented for collaborators; invitations are not mentioned.",
        probe="Fill a small plan with invitations only.",
    )
    seats_exhausted: Literal["400", "403", "422"] = _assumption(
        "400",
        "What answers an invitation into a full workspace?",
        evidence="Nothing documented.",
        probe="Invite beyond the limit.",
    )
    member_envelope: Literal["data", "bare"] = _assumption(
        "data",
        "Is a single collaborator wrapped in `data`?",
        evidence="PUT on the same path documents a data object; GET's body was never seen.",
        probe="GET one collaborator.",
    )
    removal_answer: Literal["204", "200"] = _assumption(
        "204",
        "What does a successful removal of a collaborator answer?",
        evidence="The reference lists no body; 200 with a result is the invitation's habit.",
        probe="Remove a collaborator.",
    )
    update_scope: Literal["merge", "replace"] = _assumption(
        "merge",
        "What happens to the environments that an update of roles leaves out?",
        evidence="The newest client says they are untouched; Okta's override sentence could mean they are cleared.",
        probe="Give somebody dev and prod roles, update dev only, read both.",
    )
    no_access_in_invitation: Literal["accepted", "refused"] = _assumption(
        "accepted",
        "May an invitation name NoAccess for an environment?",
        evidence="NoAccess is documented for the update only.",
        probe="Invite with NoAccess for prod.",
    )
    role_type_default: Literal["legacy", "workspace"] = _assumption(
        "legacy",
        "Where is a role looked up that comes without role_type?",
        evidence="The documented default is privilege_group; clients on the new model always send environment.",
        probe="Invite with an environment role and no role_type.",
    )
    member_id: Literal["account", "membership"] = _assumption(
        "account",
        "Is a collaborator's id the person's global id or one per membership?",
        evidence="The reference calls it the user id; audit samples show a separate id for the membership.",
        probe="Compare one person's id in two workspaces, and before and after a re-invitation.",
    )
    owner_listed: Literal["no", "yes"] = _assumption(
        "no",
        "Is the workspace's owner among the collaborators?",
        evidence="Not stated.",
        probe="List collaborators of a fresh workspace.",
    )
    protected_removal: Literal["400", "403", "allowed"] = _assumption(
        "400",
        "What answers the removal or the demotion of the last administrator, and of an owner who is listed?",
        evidence="Nothing documented.",
        probe="Remove the only administrator, and give them another role; do both to the owner.",
    )
    moderator_change: Literal["403", "400", "allowed"] = _assumption(
        "403",
        "What answers an update or a removal of a moderator in a child workspace?",
        evidence="Moderators come from the parent and show as federation_manager; changing one is not mentioned.",
        probe="Remove a federation_manager in a child workspace.",
    )
    direct_addition: Literal["absent", "present"] = _assumption(
        "absent",
        "Does POST /api/members exist?",
        evidence="ConductorOne alone: its client calls it, and its connector's page lists it among a client role's "
        "boxes. No page of Workato's and no other client knows it.",
        probe="POST an existing account's email.",
    )
    activity_keys: Literal["timestamp_event_type", "created_at_event_type", "timestamp_event"] = _assumption(
        "timestamp_event_type",
        "Under which keys does an entry of the activity log hold its time and its event?",
        evidence="The body was never seen. A member's last activity has created_at and event_type; the audit stream "
        "has timestamp and event.",
        probe="GET one entry of the activity log.",
    )
    activity_order: Literal["newest_first", "oldest_first"] = _assumption(
        "newest_first",
        "In which order does the activity log come?",
        evidence="Not stated; page[after] names the last row of a page in either order.",
        probe="Do two things, then list the log.",
    )
    unnamed_events: Literal["recorded", "left_out"] = _assumption(
        "recorded",
        "Is there an entry for acts whose event name no page gives?",
        evidence="The reference has a part on event types that could not be read, so names are documented; three are "
        "known from samples of the stream.",
        probe="Create a collaborator group, then list the log.",
    )
    root_user_id: Literal["workspace", "account"] = _assumption(
        "workspace",
        "Which id does the activity log give the workspace's root account?",
        evidence="A sample of the audit stream has one number for both; GET /api/users/me names the workspace by it.",
        probe="Invite somebody by the API and read the entry's user.",
    )
    account_details: Literal["filled", "null"] = _assumption(
        "filled",
        "What are plan, billing period and numbers of recipes of a workspace that has none of these?",
        evidence="The reference lets every field be null; Workato's own command-line client requires plan, billing "
        "period and both numbers.",
        probe="Read GET /api/users/me of a trial workspace without recipes.",
    )
    me_id_per_environment: Literal["no", "yes"] = _assumption(
        "no",
        "Does GET /api/users/me show another id to an API client of another environment?",
        evidence="The id names the workspace; but one client reads it with each new token, to store the environment "
        "that the token was made for.",
        probe="Read GET /api/users/me with clients of two environments.",
    )
    name_filter: Literal["contains", "exact"] = _assumption(
        "contains",
        "How does the `name` filter of roles and groups match?",
        evidence="The email filter is a contains match; a client checks names again itself.",
        probe="List roles with half a name.",
    )
    legacy_role_type: Literal["present", "absent"] = _assumption(
        "present",
        "Do a collaborator's legacy roles carry role_type?",
        evidence="A client treats an empty one as privilege_group.",
        probe="List collaborators of a workspace on legacy roles.",
    )
    legacy_roles_after_their_end: Literal["answer", "closed"] = _assumption(
        "answer",
        "Do the endpoints of legacy roles answer after August 2026 in a workspace that has not migrated?",
        evidence="The legacy permission model was announced to work through August 2026. Nothing newer says whether "
        "workspaces were moved, or their endpoints closed.",
        probe="After August 2026, list the roles of a workspace that was never migrated.",
    )
    creation_status: Literal["200", "201"] = _assumption(
        "200",
        "What status does creating a group or a role answer?",
        evidence="The Embedded page's text hints at 201 for groups; other samples are 200.",
        probe="Create a group, an environment role and a project role.",
    )
    role_config: Literal["opaque", "empty"] = _assumption(
        "opaque",
        "What does an environment role's `config` hold when none was written?",
        evidence="Its grammar was seen only in one sample.",
        probe="Get the three system roles.",
    )
    system_role_change: Literal["403", "400"] = _assumption(
        "403",
        "What answers a change to a system role, or to an inherited one?",
        evidence="Their types are documented, their immutability is our reading.",
        probe="Rename the role Member, and in a child workspace an inherited role.",
    )
    project_role_id: Literal["handle", "integer"] = _assumption(
        "handle",
        "Is the id that a project role shows a handle or a number?",
        evidence="The samples of the list and of the update show numbers, those of one role and of grants handles.",
        probe="List project roles.",
    )
    granted_role_deletion: Literal["with_its_grants", "refused"] = _assumption(
        "with_its_grants",
        "What happens to the grants of a project role that is deleted?",
        evidence="Nothing documented.",
        probe="Grant a custom project role, delete it, list the grants.",
    )
    json_not_announced: Literal["read", "refused"] = _assumption(
        "read",
        "What becomes of a JSON body whose Content-Type is missing, or is not JSON in UTF-8?",
        evidence="Nothing documented; every known client announces application/json. The journal names it as unread.",
        probe="Create a collaborator group with Content-Type text/plain.",
    )
    rate_window: Literal["sliding", "fixed"] = _assumption(
        "sliding",
        "Does a rate limit count the last sixty seconds or calendar minutes?",
        evidence="Not stated.",
        probe="Spend the quota at second 50, go on at second 61.",
    )
    rate_scope: Literal["client", "workspace"] = _assumption(
        "client",
        "Do API clients of one workspace share the quota?",
        evidence="Not stated.",
        probe="Spend one client's quota, call with another.",
    )
    refused_call_counts: Literal["if_too_soon", "never", "always"] = _assumption(
        "if_too_soon",
        "Which refused calls count against the 60 requests a minute?",
        evidence="Not stated. What is wrong with a request is found before any limit counts; one that is in order and "
        "only comes too soon (the 20 minutes, add and remove limits) is a request like others.",
        probe="Send 60 invitations without an email, then a good one; invite twice and compare X-Rate-Limit-Remaining.",
    )
    rate_body: Literal["message", "errors"] = _assumption(
        "message",
        "What is the body of a 429?",
        evidence="Never quoted anywhere.",
        probe="Exceed a limit.",
    )
    missing_privilege: Literal["401", "403"] = _assumption(
        "401",
        "What answers a call that the client role does not allow?",
        evidence="Observed as 401; one client's matrix has 403 for a family granted without the action.",
        probe="Call with a client role that lacks one box.",
    )
    address_not_allowed: Literal["401", "403"] = _assumption(
        "401",
        "What answers a call from an address that is not on the API client's allow list?",
        evidence="Nothing documented; a dead token and a missing privilege are both 401.",
        probe="Put one foreign address on a client's list and call with its token.",
    )
    new_token_place: Literal["token.value", "token"] = _assumption(
        "token.value",
        "Where do creating and regenerating an API client show the token?",
        evidence="Two independent clients' scripts read `result.token.value`; the listed record's `token` object has "
        "`updated_at` only.",
        probe="Create an API client and read the whole body.",
    )
    client_deletion_answer: Literal["204", "200"] = _assumption(
        "204",
        "What does a successful deletion of an API client answer?",
        evidence="The body was never seen.",
        probe="Delete an API client.",
    )
    client_environment_field: Literal["refused", "ignored"] = _assumption(
        "refused",
        "What if an API client is given an environment in a workspace that has none?",
        evidence="A client's notes from a real workspace: one without environments rejects the attribute. With which "
        "answer, they do not say.",
        probe="Create an API client with environment DEV in a workspace without environments.",
    )
    unknown_folder_of_client: Literal["kept", "refused"] = _assumption(
        "kept",
        "What if an API client is given a folder that the workspace does not have?",
        evidence="Nothing documented. An id without a folder gives access to nothing.",
        probe="Create an API client with a folder id that was never used.",
    )
    own_client: Literal["allowed", "refused"] = _assumption(
        "allowed",
        "May an API client change, regenerate or delete itself?",
        evidence="Nothing documented; rotating one's own token is what the operation is good for.",
        probe="Regenerate a client's token with that very token.",
    )
    email_case: Literal["insensitive", "sensitive"] = _assumption(
        "insensitive",
        "Are two emails that differ in the case of A to Z only one person?",
        evidence="Not stated; clients compare without case. No mail server is known to equate more than A to Z.",
        probe="Invite a collaborator's address in capitals; then one with ß for ss.",
    )
    page_out_of_range: Literal["clamp", "refuse"] = _assumption(
        "clamp",
        "What answers page 0 or a page size beyond the maximum?",
        evidence="One client sent page 0 for a while, with no failure reported.",
        probe="Ask for page 0 and for 1,000 per page.",
    )
    unknown_group_in_invitation: Literal["refused", "ignored"] = _assumption(
        "refused",
        "What happens to an invitation that names a group which does not exist?",
        evidence="Nothing documented.",
        probe="Invite with an invented group id.",
    )
    unknown_user_in_group: Literal["refused", "ignored"] = _assumption(
        "refused",
        "What happens when somebody who is not a collaborator is added to a group?",
        evidence="Nothing documented.",
        probe="Add an invented user id.",
    )
    group_name_taken: Literal["400", "409", "allowed"] = _assumption(
        "400",
        "May two groups share a name?",
        evidence="Nothing documented; Okta treats a taken name as a reason to link.",
        probe="Create the same group twice.",
    )
    system_group_change: Literal["403", "400"] = _assumption(
        "403",
        "What answers a change to the system group?",
        evidence="Its existence is documented, its immutability is our reading.",
        probe="Rename All collaborators.",
    )
    out_of_reach: Literal["403", "404"] = _assumption(
        "403",
        "What answers a call about a project outside the client's environments and projects?",
        evidence="One client's matrix of answers has 403 for a wrong project or environment.",
        probe="Read the grants of a project in prod with a client of dev.",
    )
    project_deletion: Literal["always", "empty_only"] = _assumption(
        "always",
        "May a project or a folder be deleted that holds folders?",
        evidence="Workato's own command-line client describes the deletion of a project as one of all its contents, "
        "and labels the 403 Cannot destroy folder as permission denied.",
        probe="Delete a project that holds a folder.",
    )
    project_folder_deletion: Literal["refused", "deleted"] = _assumption(
        "refused",
        "What answers the deletion of a project's own folder by DELETE /api/folders?",
        evidence="Workato's own client wk sends projects to DELETE /api/projects, as the folders' call does not handle "
        "them; what answers it does not say. Cannot destroy folder is the only text known.",
        probe="Create a project and delete its folder by the folder's id.",
    )
    deletion_not_ticked: Literal["403", "401"] = _assumption(
        "403",
        "What answers the deletion of a project or folder where the client role ticks only other boxes of the section?",
        evidence="The 403 Cannot destroy folder is labelled permission denied; one client's matrix of answers has 403 "
        "for a family granted without the action.",
        probe="Tick List projects without Delete project, and delete a project.",
    )
    nested_folders_default: Literal["immediate", "nested"] = _assumption(
        "immediate",
        "Which folders does a list show that is not asked for with_nested_folders?",
        evidence="The parameter is documented, its default was not readable; a client of Workato's own walks the tree "
        "level by level.",
        probe="List the folders of a project that has folders in folders, without the parameter.",
    )
    nested_folders_root: Literal["left_out", "included"] = _assumption(
        "left_out",
        "Does a list with nested folders begin with the folder that was asked about?",
        evidence="The page excludes the root where with_nested_folders is false, and is silent where it is true.",
        probe="List folders with with_nested_folders=true.",
    )
    folder_name_taken: Literal["400", "allowed"] = _assumption(
        "400",
        "May two folders in one place share a name?",
        evidence="Nothing documented.",
        probe="Create the same folder twice.",
    )
    subfolder_project_id: Literal["project", "null"] = _assumption(
        "project",
        "Does a folder inside a project carry that project's id?",
        evidence="A client's API description lets project_id be null; its only sample is a project.",
        probe="Create a folder inside a project.",
    )
    projects_privileges_element: Literal["nested", "flat"] = _assumption(
        "nested",
        "What does one row of a collaborator's project privileges look like?",
        evidence="The call is documented and its rows were never seen; project grants nest, environment rows do not.",
        probe="Grant somebody a project role and read their project privileges.",
    )

    def switch(self, choices: Mapping[str, str]) -> "Assumptions":
        """These assumptions with some of them switched. Raises `UnknownAssumption`, with the nearest spelling."""
        _must_be_among(catalogue(), choices)
        return replace(self, **choices)  # type: ignore[arg-type]  # checked against the literals just above

    def choices(self) -> dict[str, str]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


def choices_from(texts: Iterable[str], others: Iterable[Assumption] = ()) -> dict[str, str]:
    """Assumptions as a command line has them, `NAME=VALUE` each; the last one of a name counts.

    `others` are questions that are not about Workato. Raises `UnknownAssumption`, with the nearest spelling.
    """
    choices = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UnknownAssumption(f"an assumption is given as NAME=VALUE, not {show(text)}")
        choices[name] = value
    _must_be_among((*catalogue(), *others), choices)
    return choices


@cache
def open_questions(choices: type) -> tuple[Assumption, ...]:
    """The open questions that the fields of a dataclass are, in the order of declaration: ours, or another side's."""
    hints = get_type_hints(choices)
    return tuple(
        Assumption(
            id=each.name,
            default=str(each.default),
            alternatives=tuple(value for value in get_args(hints[each.name]) if value != each.default),
            **each.metadata,
        )
        for each in fields(choices)
    )


def catalogue() -> tuple[Assumption, ...]:
    """Every assumption about Workato, those about SCIM at the end."""
    return tuple(sorted(open_questions(Assumptions), key=lambda each: each.id.startswith("scim_")))


def _must_be_among(questions: Iterable[Assumption], choices: Mapping[str, str]) -> None:
    known = {each.id: each for each in questions}
    for name, value in choices.items():
        if name not in known:
            raise UnknownAssumption(f"no assumption is called {show(name)}{did_you_mean(name, known)}", name)
        allowed = (known[name].default, *known[name].alternatives)
        if value not in allowed:
            raise UnknownAssumption(
                f"{name} is one of {', '.join(allowed)}, not {show(value)}{did_you_mean(str(value), allowed)}"
            )
