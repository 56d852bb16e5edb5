"""What no source settles about Workato's SCIM: nearly all of it, as no byte that it answered was ever published."""

from dataclasses import dataclass
from typing import Literal

from workato_emulator.domain.questions import assumption


@dataclass(frozen=True, slots=True)
class ScimAssumptions:
    """One choice per open question about SCIM. Probes named S1 to S10 are those of the plan for a live tenant."""

    scim_base_url: Literal["data_center", "us_only"] = assumption(
        "data_center",
        "At which hosts does SCIM answer?",
        evidence="Every example has https://workato.com/scim/v2 and says that it can vary with the data center; a "
        "third-party guide writes www.workato.com.",
        probe="Read the base URL that a workspace outside the US is shown with its SCIM token.",
    )
    scim_token_format: Literal["opaque", "jwt"] = assumption(
        "opaque",
        "What does a SCIM token look like?",
        evidence="Nothing documented. The wrka prefix belongs to the Developer API's clients.",
        probe="Generate a SCIM token and look at its form.",
    )
    scim_token_count: Literal["one", "several"] = assumption(
        "one",
        "How many SCIM tokens may a workspace have?",
        evidence="Refreshing the token makes the earlier one useless, which is the documented way to switch SCIM off.",
        probe="Generate a token twice and call with the first one.",
    )
    scim_token_separation: Literal["separate", "developer_token_works"] = assumption(
        "separate",
        "Does the token of a Developer API client open SCIM?",
        evidence="The two kinds of token are made on different pages of the settings.",
        probe="S4: ask for /Users with a Developer API token.",
    )
    scim_groups: Literal["absent", "empty_list", "served"] = assumption(
        "absent",
        "What answers /Groups?",
        evidence="The guide for Okta lists no group actions; groups come through SAML.",
        probe="S4: ask for /Groups.",
    )
    scim_discovery: Literal["served", "404", "401"] = assumption(
        "served",
        "What answers the discovery endpoints?",
        evidence="RFC 7644 section 4 wants them; no page mentions them.",
        probe="S1: read /ServiceProviderConfig, /ResourceTypes and /Schemas.",
    )
    scim_discovery_open: Literal["config_only", "none"] = assumption(
        "config_only",
        "Which discovery endpoints are read without a token?",
        evidence="RFC 7643 section 5 would have the authentication schemes readable by anybody.",
        probe="S1: read /ServiceProviderConfig and /Schemas without a token.",
    )
    scim_bulk: Literal["501", "404"] = assumption(
        "501",
        "What answers /Bulk?",
        evidence="RFC 7644 allows either; no client that is listed sends one.",
        probe="S4: post to /Bulk.",
    )
    scim_me: Literal["501", "404"] = assumption(
        "501",
        "What answers /Me?",
        evidence="RFC 7644 section 3.11 says 501 where it is not supported.",
        probe="S4: ask for /Me.",
    )
    scim_search: Literal["501", "404"] = assumption(
        "501",
        "What answers a search that is posted to /.search?",
        evidence="RFC 7644 allows either; Okta says that it never posts one.",
        probe="S4: post to /Users/.search.",
    )
    scim_create_effect: Literal["membership", "invitation"] = assumption(
        "membership",
        "Is somebody whom SCIM creates a collaborator at once, or invited?",
        evidence="Workato's page speaks of automatic provisioning, and SSO is a prerequisite, so that people "
        "need not choose a password. Against it: the integration in Okta's catalogue does invite.",
        probe="S5: create a person, and look at the mail box and at GET /api/members.",
    )
    scim_lists: Literal["members_and_deactivated", "members", "with_pending", "with_owner"] = assumption(
        "members_and_deactivated",
        "Who is in a list of users?",
        evidence="Nothing documented. Okta imports the active ones only, whatever is listed.",
        probe="S2: list the users of a workspace with an invitation that waits and somebody who was deactivated.",
    )
    scim_id: Literal["collaborator", "membership", "uuid"] = assumption(
        "collaborator",
        "What is the id of a SCIM user?",
        evidence="Nothing documented. Where member_id is account, a collaborator's id is the person's own: a person "
        "who is deleted and created again keeps it, and no other person gets it (RFC 7643 section 3.1).",
        probe="S2: compare the ids with those of GET /api/members.",
    )
    scim_external_id: Literal["stored", "shown", "dropped"] = assumption(
        "stored",
        "Where does externalId show?",
        evidence="RFC 7643 has it stored for the client; a collaborator has a field external_id, null in all samples.",
        probe="S5: create a person with an externalId, read it back, and read GET /api/members.",
    )
    scim_name: Literal["own_accounts", "always", "never"] = assumption(
        "own_accounts",
        "Does an update by SCIM change a person's name?",
        evidence="Accounts are global; a workspace cannot well rename somebody whom another one knows.",
        probe="S7: update the names of a person who is in this workspace only, and of one who is in two.",
    )
    scim_email_differs: Literal["400", "ignored", "emails_win"] = assumption(
        "400",
        "What if the email of a user is not the userName?",
        evidence="Workato's page says that userName is the email.",
        probe="Create a person with two different addresses.",
    )
    scim_unmapped: Literal["ignored", "400"] = assumption(
        "ignored",
        "What becomes of attributes that Workato has no use for, such as title or the enterprise extension?",
        evidence="Okta and Entra send many of them.",
        probe="S7: update a title.",
    )
    scim_schemas_strict: Literal["lax", "required"] = assumption(
        "lax",
        "Must a request list in schemas what it holds?",
        evidence="The guide for OneLogin has the URN of the role extension added there.",
        probe="Create a person with a role and without the extension's URN in schemas.",
    )
    scim_default_role: Literal["operator_or_member", "no_access", "400"] = assumption(
        "operator_or_member",
        "Which role has somebody who is created without one?",
        evidence="Just-in-time provisioning gives Operator by default; Member is its counterpart in the new model.",
        probe="S5: create a person without roles.",
    )
    scim_roles_omitted: Literal["kept", "cleared"] = assumption(
        "kept",
        "What becomes of the roles at an update without the role extension?",
        evidence="In the hybrid configuration roles come by SAML: a change of title would take all of them away.",
        probe="S7: update a title only.",
    )
    scim_role_removed: Literal["no_access", "default_role", "kept"] = assumption(
        "no_access",
        "What does a PATCH that removes a role attribute mean?",
        evidence="RFC 7644 leaves the attribute unassigned; what that means for a role is not said.",
        probe="Remove workato_role_prod from a person.",
    )
    scim_role_empty: Literal["omitted", "no_access", "400"] = assumption(
        "omitted",
        "What does a role attribute mean that is empty or null?",
        evidence="Entra drops nulls, and Okta may send them.",
        probe="Update a person with workato_role_prod as an empty text.",
    )
    scim_unknown_role: Literal["400", "ignored", "default_role"] = assumption(
        "400",
        "What answers a role that does not exist?",
        evidence="Nothing documented, for SCIM or for SAML.",
        probe="S6: create a person with an unknown role.",
    )
    scim_no_access_spelling: Literal["all", "value_only", "all_and_none"] = assumption(
        "all",
        "How may no access be written?",
        evidence="NoAccess is the value in Okta's guide for SAML, No Access its display name, No access what the "
        "Developer API reads back. One company's public configuration sends None.",
        probe="Update a person with each spelling.",
    )
    scim_roles_returned: Literal["yes", "no"] = assumption(
        "yes",
        "Do answers hold the role extension?",
        evidence="An import into Okta brings profile updates, which would need it.",
        probe="S2: list users.",
    )
    scim_extra_environments: Literal["if_there", "ignored", "400"] = assumption(
        "if_there",
        "What does a role attribute of a further environment mean, such as workato_role_qa?",
        evidence="The page on SAML speaks of up to six role attributes; those on SCIM name three.",
        probe="Update a person with workato_role_qa in a workspace that has such an environment.",
    )
    scim_user_groups_attribute: Literal["ignored", "honoured"] = assumption(
        "ignored",
        "Does workato_user_groups put a person into collaborator groups?",
        evidence="The attribute is documented for SAML only.",
        probe="Update a person with workato_user_groups.",
    )
    scim_known_account: Literal["joins", "invitation", "409"] = assumption(
        "joins",
        "What becomes of somebody who is created and has an account in another workspace?",
        evidence="Just-in-time provisioning lets such a person in without an invitation.",
        probe="Create a person who is a collaborator elsewhere.",
    )
    scim_create_over_inactive: Literal["409", "reactivates"] = assumption(
        "409",
        "What answers the creation of somebody whom SCIM has deactivated?",
        evidence="Nothing documented. RFC 7644 has 409 for a userName that is taken.",
        probe="S10: deactivate a person and create them again.",
    )
    scim_create_over_invitation: Literal["joins", "409"] = assumption(
        "joins",
        "What answers the creation of somebody who was invited and has not answered?",
        evidence="Nothing documented.",
        probe="Invite a person by the Developer API and create them by SCIM.",
    )
    scim_seats_exhausted: Literal["403", "400", "409", "402"] = assumption(
        "403",
        "What answers a creation where no seat is left?",
        evidence="Nothing documented.",
        probe="Create one person more than the plan allows.",
    )
    scim_after_deactivation: Literal["tombstone", "gone"] = assumption(
        "tombstone",
        "Is somebody whom SCIM has deactivated still shown?",
        evidence="Okta's test suite reads the user and wants active false and the same id; Entra wants inactive users "
        "by id and by filter; OneLogin is told to suspend where it would delete.",
        probe="S8: deactivate a person and read them.",
    )
    scim_reactivation: Literal["remembered_roles", "default_role", "refused", "new_id"] = assumption(
        "remembered_roles",
        "What does somebody have who is activated again without roles?",
        evidence="Okta's test suite wants the same id; of roles nothing is said.",
        probe="S8: deactivate a person with a role in prod and activate them.",
    )
    scim_removed_elsewhere: Literal["gone", "tombstone"] = assumption(
        "gone",
        "What does SCIM show of somebody who was removed by hand or by the Developer API?",
        evidence="Nothing documented.",
        probe="Create a person by SCIM, remove them by the Developer API, and read them by SCIM.",
    )
    scim_delete: Literal["removes", "tombstone", "405", "501"] = assumption(
        "removes",
        "What does DELETE of a user do?",
        evidence="Okta never deletes and Entra does. RFC 7644 has 204, and the user is gone.",
        probe="S10: delete a person and read them.",
    )
    scim_create_inactive: Literal["201", "400", "ignored"] = assumption(
        "201",
        "What becomes of somebody who is created with active false?",
        evidence="Nothing documented.",
        probe="Create a person with active false and look at GET /api/members.",
    )
    scim_protected: Literal["403", "400", "allowed"] = assumption(
        "403",
        "What answers the deactivation of the last administrator?",
        evidence="Nothing documented.",
        probe="Deactivate the only administrator.",
    )
    scim_then_jit: Literal["blocked", "comes_back"] = assumption(
        "blocked",
        "May somebody whom SCIM has deactivated come back by signing in while just-in-time provisioning is on?",
        evidence="Another vendor had to close that hole (different-ai/openwork, issue 4775).",
        probe="Deactivate a person and have them sign in by SAML.",
    )
    scim_username_change: Literal["409", "400", "ignored", "renames"] = assumption(
        "409",
        "What answers an update with another userName?",
        evidence="The email belongs to a global account. Okta's page on the other road says that renaming triggers a "
        "conflict.",
        probe="S7: update a person with another userName.",
    )
    scim_put_active_omitted: Literal["unchanged", "true"] = assumption(
        "unchanged",
        "What does a PUT without active mean?",
        evidence="RFC 7644 lets a server keep or default what is left out.",
        probe="PUT a deactivated person without active.",
    )
    scim_filter_support: Literal["full", "username_eq_only"] = assumption(
        "full",
        "Which filters are served?",
        evidence="Okta asks for userName eq only; Entra for a few more.",
        probe="S3: ask with active eq true, and with emails.value eq.",
    )
    scim_filter_unknown_attribute: Literal["400", "no_hits"] = assumption(
        "400",
        "What answers a filter on an attribute that there is not?",
        evidence="RFC 7644 section 3.4.2.1 can be read either way.",
        probe="S3: ask with favouriteColour eq.",
    )
    scim_page_max: Literal["100", "200", "1000", "none"] = assumption(
        "100",
        "How many users does a page hold at most?",
        evidence="Okta asks for 100.",
        probe="S2: ask for 1,000 users.",
    )
    scim_sort: Literal["ignored", "served"] = assumption(
        "ignored",
        "Does sortBy sort?",
        evidence="RFC 7644 lets a server ignore it; no client that is listed sends it.",
        probe="S2: list users with sortBy=userName.",
    )
    scim_patch_answer: Literal["200", "204"] = assumption(
        "200",
        "What does a PATCH answer?",
        evidence="RFC 7644 allows either, and Okta takes either.",
        probe="S8: PATCH a person.",
    )
    scim_unmatched_value_path: Literal["created", "400"] = assumption(
        "created",
        "What does a PATCH do whose filter in brackets matches nothing?",
        evidence="Entra expects the entry to be created; RFC 7644 says noTarget for replace.",
        probe='PATCH emails[type eq "home"].value of a person.',
    )
    scim_media_types: Literal["both", "scim_only", "json_out"] = assumption(
        "both",
        "Which media types are read and answered?",
        evidence="Okta's test suite posts one body as application/json, and production sends application/scim+json.",
        probe="S2: read the Content-Type of a list; post a body as application/json.",
    )
    scim_status_type: Literal["string", "number"] = assumption(
        "string",
        "Is the status in an error a text or a number?",
        evidence="RFC 7644 has a text; Okta's own examples have a number.",
        probe="S4: ask for a user that is not there.",
    )
    scim_unauthorized_body: Literal["scim", "workato"] = assumption(
        "scim",
        "What is the body of a 401?",
        evidence="RFC 7644 has its error; the rest of Workato answers a bare message.",
        probe="S4: ask with a wrong token.",
    )
    scim_disabled_answer: Literal["403", "401", "404"] = assumption(
        "403",
        "What answers where SCIM was not enabled for the workspace?",
        evidence="Nothing documented.",
        probe="Ask for /Users with the token of a workspace whose licence has ended.",
    )
    scim_payload_limit: Literal["1_mib", "none"] = assumption(
        "1_mib",
        "How large may a body be?",
        evidence="Nothing documented.",
        probe="Post a body of 2 MiB.",
    )
    scim_etag: Literal["off", "weak"] = assumption(
        "off",
        "Do answers carry entity tags?",
        evidence="Nothing documented. Okta sends no If-Match.",
        probe="S2: read the headers of a user.",
    )
    scim_rate_limit: Literal["own", "none", "shared"] = assumption(
        "own",
        "How many SCIM requests a minute are answered?",
        evidence="No limit is documented for SCIM; the Developer API has 60 a minute.",
        probe="Ask for /Users 61 times within a minute.",
    )
    scim_audit_actor: Literal["root", "person", "system"] = assumption(
        "root",
        "Who acts, in the activity log, where SCIM does?",
        evidence="Nothing documented. What API clients do is logged as the root account's.",
        probe="Create a person by SCIM and read the activity log.",
    )
    scim_saml_wins: Literal["last_write", "saml", "scim"] = assumption(
        "last_write",
        "Whose role counts where SCIM and a SAML sign-in differ?",
        evidence="Workato's answer to that question: a role lasts until the next synchronisation.",
        probe="S9: change a role by hand, update by SCIM, sign in by SAML, and read after each.",
    )
