"""What no source settles about Okta's side, as data: the counterpart of the emulator's assumptions about Workato.

Each open question is a field of `OktaAssumptions`: the type lists the alternatives, the default is our best guess, and
the metadata says what the question is, what speaks for the guess, and what would settle it in a live org. An org is
handed one value and its decisions read it; no decision hides a guess. The names share one space with the emulator's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal


def _assumption(default: str, question: str, *, evidence: str, probe: str) -> Any:  # noqa: ANN401  (a dataclass field)
    return field(default=default, metadata={"question": question, "evidence": evidence, "probe": probe})


@dataclass(frozen=True, slots=True)
class OktaAssumptions:
    """One choice per open question. `OktaAssumptions()` is our best guess throughout."""

    okta_retry: Literal["snapshot", "current"] = _assumption(
        "snapshot",
        "Does the retry of a task send what the failed push recorded, or the profile of today?",
        evidence="okta-iam-lifecycle-lab, incident 05 (a real org, October 2026): a mapping was repaired, the task was "
        "retried, and the same body went out again; the next profile edit carried the value. That was a SCIM app.",
        probe="Let a creation fail for want of a role, grant one, choose Retry Selected, read what arrives.",
    )
    staged_users: Literal["wait", "pushed"] = _assumption(
        "wait",
        "Is somebody who is still staged pushed at assignment, where the app instance does not say?",
        evidence="Okta's API has the feature PUSH_PENDING_USERS; whether Workato's integration has it is not said.",
        probe="Assign the app to a staged user and look for an invitation.",
    )
    sync_state: Literal["tracked", "disabled"] = _assumption(
        "tracked",
        "Does Okta keep a syncState for the users of an app that does not source profiles?",
        evidence="Okta's API ties DISABLED to a missing PROFILE_MASTERING; a published sample of an app user that was "
        "pushed shows SYNCHRONIZED.",
        probe="Read an app user of the Workato app over Okta's API after a push.",
    )
    import_over_grants: Literal["replaced", "kept"] = _assumption(
        "replaced",
        "Where governance is on, does an import that finds other roles than Okta knew replace what Okta grants?",
        evidence="Okta Identity Governance, Sync entitlements from provisioning-enabled apps: the existing grants are "
        "removed and the user gets a custom one; Create Users and Update User Attributes have to be on. That it covers "
        "this app is our reading.",
        probe="Change a role in Workato, import, and look at the user's grants.",
    )
    import_over_outstanding_push: Literal["pushed", "custom_grant"] = _assumption(
        "pushed",
        "An import finds somebody who has not received Okta's own roles yet: which roles count?",
        evidence="Nothing documented. Okta's grants record what the admin wants, and a custom grant records a "
        "change in the app; both happened.",
        probe="Let a creation with a role fail, add the person in Workato with another role, import, read both sides.",
    )
    linking_administrators: Literal["pushed", "refused"] = _assumption(
        "pushed",
        "Is somebody who is an administrator already linked and given the lesser role that Okta grants?",
        evidence="Okta pushes what it grants to whomever it links (Actions test plan, case C9335); no page treats "
        "administrators otherwise. The warning in the System Log is ours.",
        probe="Assign the app with the role Member to somebody who is Environment admin.",
    )
    rate_limit_retry: Literal["backs_off", "fails"] = _assumption(
        "backs_off",
        "Does Okta retry by itself what Workato answered with 429?",
        evidence="Okta documents the waits for SCIM apps (Understanding SCIM, rate limiting); no page says what "
        "kind of app Workato's is.",
        probe="Assign, unassign and assign somebody within 20 minutes, and read the task.",
    )
    group_push_retry: Literal["hourly", "after_six_hours", "never"] = _assumption(
        "hourly",
        "When does Okta try again a group push of which the System Log says that it will be retried?",
        evidence="Okta's event catalogue tells a failed update of a pushed group that is retried from one that is not, "
        "and no page says how often. Once an hour for six hours is a guess.",
        probe="Answer a membership push with 502, wait, and read the System Log.",
    )
    deleted_group_push: Literal["unlinked", "refused"] = _assumption(
        "unlinked",
        "What becomes of the app group when the Okta group that is pushed to it is deleted?",
        evidence="Okta's pages on Group Push know two ends of a mapping, leaving the app group and deleting it, and "
        "call deleting a choice that the admin makes at unlinking. Deleting the Okta group is not spoken of.",
        probe="Push a group, delete it in Okta, and look at the group in Workato and at the System Log.",
    )
    okta_app_kind: Literal["custom", "catalogue_patch", "catalogue_put"] = _assumption(
        "custom",
        "What kind of app provisions by SCIM, where the app instance does not say: one of the App Integration Wizard, "
        "which only sends PUT, or one of the catalogue, whose version decides between PATCH and PUT?",
        evidence="Workato's guide for Okta sets up a custom SAML app with SCIM; Okta documents that such apps always "
        "send PUT (SCIM 2.0 Protocol Reference), for the older wizard. Okta's newer wizard is not spoken of.",
        probe="Deactivate somebody in the app and read whether PUT or PATCH arrives.",
    )
    okta_link_reads_by_id: Literal["no", "yes"] = _assumption(
        "no",
        "When the look-up finds somebody, does Okta read the user by id before it sends the profile?",
        evidence="In the capture of 2026 (okta-iam-lifecycle-lab) the PUT follows the filter; in an older one "
        "(a firezone spike) a GET comes between.",
        probe="Assign the app to somebody whom the server has already, and read the requests.",
    )
    okta_link_activation: Literal["patch", "with_profile"] = _assumption(
        "patch",
        "How does an app of the catalogue activate an inactive user whom the look-up found: by a PATCH of its own, or "
        "with the profile?",
        evidence="Okta documents PATCH for activation in the catalogue (SCIM 2.0 Protocol Reference), and not what "
        "becomes of it while linking.",
        probe="Assign a catalogue app to somebody who is inactive at the server, and read the requests.",
    )
    okta_several_hits: Literal["same_username", "fails"] = _assumption(
        "same_username",
        "What does Okta do when the look-up by username finds several users?",
        evidence="Nothing documented. Usernames are unique at a correct server.",
        probe="Answer the look-up with two users.",
    )
    okta_email_type: Literal["work", "absent"] = _assumption(
        "work",
        "Does the email carry its type?",
        evidence="Okta's reference and one capture show type work; another capture lacks it although the mapping says "
        "work (okta-iam-lifecycle-lab).",
        probe="Read the emails of a creation.",
    )
    okta_empty_attributes: Literal["absent", "echoed"] = _assumption(
        "absent",
        "A mapped attribute is emptied in Okta: is it left out of the next PUT, or echoed as the server had it?",
        evidence="In a creation an empty attribute is absent (okta-iam-lifecycle-lab); for an update nothing was seen.",
        probe="Empty a title that is mapped, and read the PUT.",
    )
    okta_create_answer: Literal["any_success", "only_201"] = _assumption(
        "any_success",
        "Does Okta take 200 with a user for a successful creation?",
        evidence="Only 201 is documented; Okta's test suite checks for 201 and says nothing of what follows.",
        probe="Answer a creation with 200 and the user, and read the task.",
    )
    okta_reactivation: Literal["look_up", "known_id"] = _assumption(
        "look_up",
        "A person gets the app back through a group: does Okta look the user up, or write to the id that it knew?",
        evidence="A PUT with active true on the same id was seen (okta-iam-lifecycle-lab, incident 07); whether a "
        "look-up came first is not in the notes.",
        probe="Deactivate and activate somebody whose group has the app, and read the requests.",
    )
    okta_group_reads_before_put: Literal["yes", "no"] = _assumption(
        "yes",
        "Does a custom app read a pushed group before every PUT of its members?",
        evidence="The first push does (okta-iam-lifecycle-lab, incident 05); later ones were not logged in full.",
        probe="Add somebody to a pushed group and read the requests.",
    )
    okta_import_user_schema: Literal["no", "yes"] = _assumption(
        "no",
        "Can a custom app with SCIM import the user schema?",
        evidence="Import User Schema came in May 2026 (Identity Engine API release notes) as a check box of the "
        "wizard for catalogue submissions; of custom apps nothing is said.",
        probe="Look for the check box in a custom app.",
    )


def assumptions_among(choices: Mapping[str, str]) -> OktaAssumptions:
    """The choices about Okta's side, picked out of choices about either; a boundary has checked them."""
    ours = {each.name for each in fields(OktaAssumptions)}
    return OktaAssumptions(**{name: value for name, value in choices.items() if name in ours})  # type: ignore[arg-type]
