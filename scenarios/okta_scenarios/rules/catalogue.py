"""What Okta documents of the seam to Workato, and what follows from it, as sentences that can be true or false.

The ids are the families of Okta's page on the features that its Workato integration supports: PNU push new users, PPU
push profile updates, PUD push user deactivation, INU import new users, IUS import user schema, EM entitlement
management, PG push groups. CFG is the connection, GOV several orgs with entitlements for one collaborator, OSC Okta's
SCIM client, which is the other road.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from workato_emulator import Standing

DOCUMENTED, OBSERVED, ASSUMED = Standing.DOCUMENTED, Standing.OBSERVED, Standing.ASSUMED

FEATURES = "Okta: Workato supported features"
NEW_USERS = f"{FEATURES}, Push new users"
PROFILE_UPDATES = f"{FEATURES}, Push profile updates"
DEACTIVATION = f"{FEATURES}, Push user deactivation"
GROUPS = f"{FEATURES}, Push groups"
INTEGRATE = "Okta: Integrate Workato with Okta"


@dataclass(frozen=True, slots=True)
class SeamRule:
    """`source` is the page that says so; where the rule is assumed, what the assumption is drawn from."""

    id: str
    statement: str
    source: str
    standing: Standing


_PUSH_NEW_USERS = (
    SeamRule(
        "PNU-1",
        "A user who is assigned to the app and is new to the workspace gets one invitation.",
        NEW_USERS,
        DOCUMENTED,
    ),
    SeamRule(
        "PNU-2",
        "An invited person is not a collaborator until they accept; Okta does not wait for it.",
        NEW_USERS,
        DOCUMENTED,
    ),
    SeamRule("PNU-3", "An invitation needs a role or a privilege.", NEW_USERS, DOCUMENTED),
    SeamRule("PNU-4", "No two people of an org have the same app username.", NEW_USERS, DOCUMENTED),
    SeamRule(
        "PNU-5",
        "An address belongs to one collaborator: the case of A to Z does not matter, and a longer address that "
        "contains it is a different one.",
        NEW_USERS,
        DOCUMENTED,
    ),
    SeamRule(
        "PNU-6",
        "Somebody who is a collaborator already is linked and gets the granted roles, and no invitation; a moderator "
        "is left alone.",
        "Okta: SCIM 2.0 Protocol Reference; Actions test plan, case C9335",
        DOCUMENTED,
    ),
    SeamRule(
        "PNU-7",
        "Somebody whose email has a Workato account elsewhere is invited all the same, and joins with that account.",
        "inferred from Workato docs: Team collaboration, and from baton-workato",
        ASSUMED,
    ),
    SeamRule(
        "PNU-8",
        "A pending person who is assigned again is invited again only when 20 minutes have passed; until then Okta "
        "waits and tries again.",
        "Workato API: Workspace collaborators, Rate limits; that Okta waits is inferred from its handling of 429",
        DOCUMENTED,
    ),
    SeamRule(
        "PNU-9",
        "In a workspace that has moved to environment roles, only they are accepted, and they are what is sent.",
        "Workato docs: Migration to environment roles",
        DOCUMENTED,
    ),
    SeamRule(
        "PNU-10",
        "Linking somebody who is an administrator to a lesser role is logged as a warning.",
        "inferred: no other signal would reach the admin (Okta: Actions test plan, case C9335, has no such warning)",
        ASSUMED,
    ),
)

_PUSH_PROFILE_UPDATES = (
    SeamRule(
        "PPU-1",
        "A profile that changes in Okta is pushed, and the role in Workato becomes the one that is granted.",
        PROFILE_UPDATES,
        DOCUMENTED,
    ),
    SeamRule(
        "PPU-2",
        "A pushed change of username is a conflict: it fails and changes nothing at Workato.",
        PROFILE_UPDATES,
        DOCUMENTED,
    ),
    SeamRule(
        "PPU-3",
        "After such a conflict, unassigning the person and assigning them with the original username puts it right.",
        PROFILE_UPDATES,
        DOCUMENTED,
    ),
    SeamRule(
        "PPU-4",
        "A pushed profile changes roles only: a new name or title is reported as done and does not reach Workato.",
        PROFILE_UPDATES,
        DOCUMENTED,
    ),
    SeamRule(
        "PPU-5",
        "An update of a person who has not accepted fails, and a retry after acceptance succeeds.",
        PROFILE_UPDATES,
        DOCUMENTED,
    ),
    SeamRule(
        "PPU-6",
        "Where several orgs grant entitlements to one person, a profile that one of them pushes replaces them all.",
        f"{PROFILE_UPDATES}; how it comes about is inferred",
        DOCUMENTED,
    ),
    SeamRule(
        "PPU-7",
        "Somebody whose last entitlement is revoked stays a collaborator, without access to any environment.",
        "inferred: an empty list of environments is refused, and Workato has a word for no access",
        ASSUMED,
    ),
    SeamRule(
        "PPU-8",
        "A granted role that Workato no longer has makes the push fail, and the task says which role it is.",
        "inferred from Workato API: Workspace collaborators, Error responses",
        ASSUMED,
    ),
)

_PUSH_USER_DEACTIVATION = (
    SeamRule("PUD-1", "Somebody who is deactivated in Okta is removed from the workspace.", DEACTIVATION, DOCUMENTED),
    SeamRule(
        "PUD-2",
        "Losing the app removes somebody as deactivation does, if the app instance deactivates users at all; being "
        "suspended does not.",
        "Okta: Actions test plan, cases C9294, C9295, C9311; Understanding SCIM",
        DOCUMENTED,
    ),
    SeamRule("PUD-3", "A deactivation of a person who has not accepted fails.", DEACTIVATION, DOCUMENTED),
    SeamRule(
        "PUD-4",
        "Nothing that happens in Okta takes an invitation back; only somebody in Workato can.",
        DEACTIVATION,
        DOCUMENTED,
    ),
    SeamRule("PUD-5", "One Workato account can be a collaborator of several workspaces.", DEACTIVATION, DOCUMENTED),
    SeamRule(
        "PUD-6",
        "Deactivation takes away one workspace; in the others the person keeps everything.",
        DEACTIVATION,
        DOCUMENTED,
    ),
    SeamRule("PUD-7", "The Workato account outlives the deactivation.", DEACTIVATION, DOCUMENTED),
    SeamRule(
        "PUD-8",
        "Creating and removing one person over and over is answered with 429; Okta then waits, longer each time, and "
        "gives up after ten attempts.",
        f"{DEACTIVATION}; Okta: Understanding SCIM, rate limiting; that it covers this app is inferred",
        DOCUMENTED,
    ),
    SeamRule(
        "PUD-9", "How often one person may come and go is up to the workspace's licence.", DEACTIVATION, DOCUMENTED
    ),
    SeamRule(
        "PUD-10",
        "Deactivating somebody who accepted once and is gone already counts as done.",
        "baton-workato: delete treats 404 as success",
        OBSERVED,
    ),
)

_IMPORTS_AND_ENTITLEMENTS = (
    SeamRule(
        "INU-1",
        "Collaborators who were made in Workato can be imported, and an equal email matches them to a person in Okta.",
        f"{FEATURES}, Import new users; Okta: Configure provisioning for an app integration",
        DOCUMENTED,
    ),
    SeamRule(
        "INU-2",
        "Somebody who is invited is not imported; once they accept, an import recognises them as the same person.",
        "inferred: Workato lists collaborators only",
        ASSUMED,
    ),
    SeamRule(
        "INU-3",
        "A collaborator who is gone from Workato is unassigned by the next import, unless so many are gone that all "
        "imports stop.",
        "Okta: Import safeguards; that it covers this app is inferred",
        DOCUMENTED,
    ),
    SeamRule(
        "INU-4",
        "Imported people bring their roles as entitlements; a role that Okta does not know is left out and logged.",
        "Okta: Actions test plan, case C9373; event catalogue",
        DOCUMENTED,
    ),
    SeamRule(
        "INU-5",
        "Where Okta governs the app, an import that finds other roles than Okta knew replaces what Okta grants by a "
        "custom grant of them.",
        "Okta Identity Governance: Sync entitlements from provisioning-enabled apps; that it covers this app is "
        "inferred",
        DOCUMENTED,
    ),
    SeamRule(
        "INU-6",
        "An import that finds somebody whose creation waits or failed ends that task: the roles that it carried are "
        "pushed, and where it carried none the person keeps those that the app has.",
        "Okta: Actions test plan, case C9373 for the roles of the app; that carried ones are pushed is inferred",
        DOCUMENTED,
    ),
    SeamRule(
        "IUS-1",
        "Okta discovers Workato's user schema, the roles to choose from among it.",
        f"{FEATURES}, Import user schema",
        DOCUMENTED,
    ),
    SeamRule(
        "EM-1",
        "Workato's roles are offered in Okta as entitlements, and a user who is granted one gets that role.",
        f"{FEATURES}, Entitlement management",
        DOCUMENTED,
    ),
    SeamRule(
        "EM-2",
        "With governance off Okta manages no entitlements: it refuses to change them and sends none.",
        f"{FEATURES}, Entitlement management; what is sent instead is inferred",
        DOCUMENTED,
    ),
)

_PUSH_GROUPS = (
    SeamRule(
        "PG-1", "A pushed group is made in Workato, and renamed and deleted as it is in Okta.", GROUPS, DOCUMENTED
    ),
    SeamRule(
        "PG-2",
        "A member added to or removed from a pushed group in Okta is added or removed in Workato.",
        GROUPS,
        DOCUMENTED,
    ),
    SeamRule(
        "PG-3",
        "Only people who accepted are put into a collaborator group; the others are reported and do not stop the rest.",
        f"{GROUPS}; that the rest goes through is inferred",
        DOCUMENTED,
    ),
    SeamRule(
        "PG-4",
        "After a collaborator group was deleted in Workato, the next push fails and the mapping shows an error.",
        "inferred from how Okta treats other apps: Troubleshooting Group Push",
        ASSUMED,
    ),
    SeamRule(
        "PG-5",
        'The group "All collaborators" is never pushed to.',
        "inferred from Workato API: Collaborator groups, which marks it as a system group",
        ASSUMED,
    ),
    SeamRule(
        "PG-6",
        "Somebody who is deactivated leaves the collaborator groups, and no later push puts them back.",
        "inferred: group members are collaborators; Okta: Group Push prerequisites",
        ASSUMED,
    ),
    SeamRule(
        "PG-7",
        "Push Now leaves exactly Okta's members in the group: members added in Workato are removed.",
        "Okta: Actions test plan, case C9316",
        DOCUMENTED,
    ),
    SeamRule(
        "PG-8",
        "A group push that fails for a moment is tried again by itself, one that fails for good is left to the admin.",
        "inferred from Okta's event catalogue, which tells the two apart; when it is tried again is the assumption "
        "group_push_retry",
        ASSUMED,
    ),
)

_CONNECTION = (
    SeamRule(
        "CFG-1", "A connection is saved only when its credentials have been tested and work.", INTEGRATE, DOCUMENTED
    ),
    SeamRule(
        "CFG-2",
        "An API client whose role lacks a section fails in what needs that section, and in nothing else.",
        INTEGRATE,
        DOCUMENTED,
    ),
    SeamRule(
        "CFG-3",
        "An API client without access to the DEV environment cannot manage collaborators.",
        "Workato API: Workspace collaborators",
        DOCUMENTED,
    ),
    SeamRule(
        "CFG-4",
        "A token of another data center than the host's is refused, and the connection is not saved.",
        "inferred: data centers are separate installations with hosts of their own (AUTH-7)",
        ASSUMED,
    ),
    SeamRule(
        "CFG-5",
        "With Import Groups off an import does not ask for groups; pushing groups works all the same.",
        f"{INTEGRATE}; which calls are left out is inferred",
        DOCUMENTED,
    ),
)

_SEVERAL_ORGS = (
    SeamRule(
        "GOV-1",
        "Where two orgs grant a role in one environment, the last push wins.",
        "inferred: one role per environment (baton-workato) and whole profiles (Okta: Profile Push)",
        ASSUMED,
    ),
    SeamRule(
        "GOV-2",
        "A push that omits an entitlement takes it away, even if another org still grants it.",
        PROFILE_UPDATES,
        DOCUMENTED,
    ),
    SeamRule(
        "GOV-3",
        "Any change of the profile is enough to set off such a push, a job title for one.",
        f"{PROFILE_UPDATES}; Okta: Profile Push",
        DOCUMENTED,
    ),
    SeamRule(
        "GOV-4",
        "The org whose grant was overwritten sees nothing of it: no task, no log entry, no other state.",
        "inferred: Workato sends no notifications",
        ASSUMED,
    ),
    SeamRule(
        "GOV-5",
        "The next push of the org that was overwritten, or its Force Sync, brings its own grants back, unless an "
        "import came first.",
        "inferred: whole profiles (Okta: Profile Push)",
        ASSUMED,
    ),
    SeamRule(
        "GOV-6",
        "A deactivation in one org removes the person for all; the next update from another org does not find them.",
        "inferred: there is one collaborator, and removing is all that Workato offers",
        ASSUMED,
    ),
    SeamRule(
        "GOV-7",
        "Two orgs that push in turn never settle: each push undoes the other's.",
        "inferred from GOV-1 and GOV-5",
        ASSUMED,
    ),
    SeamRule(
        "GOV-8",
        "What counts is the order in which pushes arrive at Workato, not the order of the edits in Okta.",
        "inferred: Workato knows nothing of the edits",
        ASSUMED,
    ),
)

_SCIM_CLIENT = (
    SeamRule(
        "OSC-1",
        "Over SCIM Okta looks a user up by username before anything else, and creates only who is not found.",
        "Okta: SCIM 2.0 Protocol Reference; observed call by call in okta-iam-lifecycle-lab",
        DOCUMENTED,
    ),
    SeamRule(
        "OSC-2",
        "Whatever Okta writes of a user carries Okta's own id for them as externalId.",
        "Okta: SCIM 2.0 Protocol Reference; okta-iam-lifecycle-lab",
        DOCUMENTED,
    ),
    SeamRule(
        "OSC-3",
        "A profile push sends back what it read a moment before, with the mapped attributes laid over it.",
        "observed in okta-iam-lifecycle-lab and in a firezone spike",
        OBSERVED,
    ),
    SeamRule(
        "OSC-4",
        "Over SCIM Okta deletes no user: a user who loses the app is sent as not active.",
        "Okta: SCIM 2.0 Protocol Reference; Understanding SCIM",
        DOCUMENTED,
    ),
    SeamRule(
        "OSC-5",
        "Somebody who comes back is made active again and keeps the id.",
        "Okta: SCIM 2.0 CRUD suite; okta-iam-lifecycle-lab, incident 07",
        DOCUMENTED,
    ),
    SeamRule(
        "OSC-6",
        "An app of the App Integration Wizard sends PUT and never PATCH; an app of the catalogue may send PATCH.",
        "Okta: SCIM 2.0 Protocol Reference; that nothing falls back was tried by an Okta engineer",
        DOCUMENTED,
    ),
    SeamRule(
        "OSC-7",
        "A rate limit is tried again by itself; any other refusal is a task with the words of the server.",
        "Okta: Understanding SCIM, rate limiting; okta-iam-lifecycle-lab, incident 05",
        DOCUMENTED,
    ),
    SeamRule(
        "OSC-8",
        "An import asks for a hundred users at a time and counts the active ones.",
        "Okta: SCIM 2.0 Protocol Reference; that only active ones count was observed in okta-iam-lifecycle-lab",
        DOCUMENTED,
    ),
    SeamRule(
        "OSC-9",
        "Testing or saving the connection lists two users and writes nothing.",
        "observed in okta-iam-lifecycle-lab",
        OBSERVED,
    ),
    SeamRule(
        "OSC-10",
        "A profile push does not make anybody active or inactive.",
        "Okta: Understanding SCIM",
        DOCUMENTED,
    ),
)

SEAM_RULES: Mapping[str, SeamRule] = {
    rule.id: rule
    for rule in (
        *_PUSH_NEW_USERS,
        *_PUSH_PROFILE_UPDATES,
        *_PUSH_USER_DEACTIVATION,
        *_IMPORTS_AND_ENTITLEMENTS,
        *_PUSH_GROUPS,
        *_CONNECTION,
        *_SEVERAL_ORGS,
        *_SCIM_CLIENT,
    )
}
